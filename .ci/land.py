#!/usr/bin/env python3
"""Writes data/natural-earth/land-*.bin, the land and coasts that maps are drawn on, out of the npm package `world-atlas`.

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz && python3 .ci/land.py package

The package is Natural Earth 4.1 (public domain) as TopoJSON. Its coordinates stay as they are, in steps of its grid. Coasts that
are cut at 180 degrees are sewn together, and rings that are no coast are left out.

A file begins with the latitude of row 0 and the degrees from row to row (two doubles), the number of pieces, and the length of
the index (two integers of 32 bits); all is little-endian. A column is 360 / 99999 degrees, and column 0 is 180 W.
A ring is one or more pieces, each of which begins where the one before ends; the last ends where the first begins.
The index has for each piece, as LEB128: twice its number of edges, and 1 where it begins a ring; its start, as the difference to
the start of the piece before (column, row; zigzag); how far it reaches to the west, east, south and north of it; the number of its
bytes; one byte with the parameters of its columns (high half) and rows.
Then follow the edges of each piece, whose first bit is the highest of a byte: the differences of column and row, in zigzag as Rice
codes: as many 1 as the quotient by 2^parameter, a 0, and the remainder in as many bits as the parameter.
"""
import json
import pathlib
import struct
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "natural-earth"
# So many columns are a turn.
TURN = 99999
# Edges of a piece at most.
MOST_EDGES = 128


def east(from_x, to_x):
    """The short way, in columns."""
    return (to_x - from_x + TURN // 2) % TURN - TURN // 2


def rings_of(topology):
    """The rings of all polygons, closed, in steps of the grid."""
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        arcs.append([(x := x + dx, y := y + dy) for dx, dy in arc])
    for polygon in topology["objects"]["land"]["geometries"][0]["arcs"]:
        for ring in polygon:
            points = []
            for n in ring:
                points += (arcs[n] if n >= 0 else arcs[~n][::-1])[1 if points else 0:]
            assert points[0] == points[-1]
            yield points[:-1]


def is_coast(ring, transform):
    """No ring along a parallel: an island of one step of the grid, or the hole that a flat map has at the pole. No "Null Island",
    which Natural Earth has at 0, 0 to catch mistakes."""
    steps, from_deg = transform["scale"], transform["translate"]
    is_null = all(abs(n * step + low) < 0.1 for at in ring for n, step, low in zip(at, steps, from_deg))
    return len({y for _, y in ring}) > 1 and not is_null


def without_seam(ring):
    """A ring as an open line from one end of its edges along 180 degrees to the other; None where it has no such edge."""
    is_seam = [a[0] % TURN == 0 and b[0] % TURN == 0 for a, b in zip(ring, ring[1:] + ring[:1])]
    if True not in is_seam:
        return None
    last = next(i for i in range(len(ring)) if is_seam[i] and not is_seam[(i + 1) % len(ring)])
    turned = ring[last + 1:] + ring[:last + 1]
    seams = (is_seam[last + 1:] + is_seam[:last + 1])
    kept = turned[:seams.index(True) + 1]
    assert True not in seams[:len(kept) - 1] and False not in seams[len(kept) - 1:], "two seams"
    return kept


def sewn(rings):
    """The rings, those that meet along 180 degrees as one."""
    whole, cut = [], []
    for ring in rings:
        line = without_seam(ring)
        (whole if line is None else cut).append(ring if line is None else line)
    while cut:
        line = cut.pop(0)
        # The ends of both sides differ by a step or two.
        apart = lambda a, b: abs(a[-1][1] - b[0][1]) + abs(a[0][1] - b[-1][1])
        other = min(cut, key=lambda other: apart(line, other))
        assert apart(line, other) <= 4, (line[0], line[-1])
        cut.remove(other)
        whole.append(line + other[1:-1])
    return whole


def pieces_of(rings):
    for ring in rings:
        edges = [(east(a[0], b[0]), b[1] - a[1]) for a, b in zip(ring, ring[1:] + ring[:1])]
        edges = [edge for edge in edges if edge != (0, 0)]
        x, y = ring[0]
        for first in range(0, len(edges), MOST_EDGES):
            piece = edges[first:first + MOST_EDGES]
            yield first == 0, (x % TURN, y), piece
            x, y = x + sum(edge[0] for edge in piece), y + sum(edge[1] for edge in piece)


def zigzag(n):
    return 2 * n if n >= 0 else -2 * n - 1


def leb128(n):
    out = bytearray()
    while n >= 128:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out) + bytes([n])


def rice(n, parameter):
    n = zigzag(n)
    low = f"{n & (1 << parameter) - 1:0{parameter}b}" if parameter else ""
    return "1" * (n >> parameter) + "0" + low


def packed(rings, transform):
    index, stream, count, before = bytearray(), bytearray(), 0, (0, 0)
    for begins, start, edges in pieces_of(rings):
        best = [min(range(16), key=lambda k: sum(1 + k + (zigzag(e[axis]) >> k) for e in edges)) for axis in (0, 1)]
        bits = "".join(rice(edge[axis], best[axis]) for edge in edges for axis in (0, 1))
        bits += "0" * (-len(bits) % 8)
        data = int(bits, 2).to_bytes(len(bits) // 8, "big")
        at, seen = (0, 0), [(0, 0)]
        for edge in edges:
            at = at[0] + edge[0], at[1] + edge[1]
            seen.append(at)
        reach = [sign * of(point[axis] for point in seen) for axis in (0, 1) for sign, of in ((-1, min), (1, max))]
        numbers = [2 * len(edges) + begins, *(zigzag(a - b) for a, b in zip(start, before)), *reach, len(data)]
        index += b"".join(map(leb128, numbers)) + bytes([best[0] << 4 | best[1]])
        stream += data
        before, count = start, count + 1
    (_, step), (_, low) = transform["scale"], transform["translate"]
    return struct.pack("<ddII", low, step, count, len(index)) + index + stream


def main():
    for scale in ("10m", "50m"):
        topology = json.loads((pathlib.Path(sys.argv[1]) / f"land-{scale}.json").read_text())
        assert abs(topology["transform"]["scale"][0] * TURN - 360) < 1e-9 and topology["transform"]["translate"][0] == -180
        rings = sewn(ring for ring in rings_of(topology) if is_coast(ring, topology["transform"]))
        data = packed(rings, topology["transform"])
        (OUT / f"land-{scale}.bin").write_bytes(data)
        edges = sum(len(edges) for _, _, edges in pieces_of(rings))
        print(f"land-{scale}.bin: {len(data)} bytes, {len(rings)} rings, {edges} edges")


main()
