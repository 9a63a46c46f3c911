#!/usr/bin/env python3
"""Outputs on real mounts and in real shared folders: a bind-mounted file, a sticky folder with another user's file, two file
systems, one of them full, one read-only. Needs root and leave to mount; says so where it has not."""

import os
import pathlib
import subprocess
import sys
import tempfile

patrol = os.path.abspath(sys.argv[1])
data = pathlib.Path(__file__).resolve().parent.parent / "data/karabakh-2020"
NOBODY = 65534
tried = 0


def annotate(folder, *words, user=None):
    line = [patrol, "annotate", "--force", "--quiet"]
    for layer in ("posts", "routes", "incidents"):
        line += [f"--{layer}", str(inputs / f"{layer}.geojson")]
    who = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    return subprocess.run([*line, *words], cwd=folder, capture_output=True, text=True, **who)


def mount(*words):
    return subprocess.run(["mount", *map(str, words)], capture_output=True).returncode == 0


def holds(what, *facts):
    global tried
    tried += 1
    if not all(facts):
        sys.exit(f"{what}: {facts}")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


if os.geteuid() != 0:
    sys.exit(print("outputs on mounts: skipped, this needs root"))

base = pathlib.Path(tempfile.mkdtemp(prefix="patrol-outputs-"))
base.chmod(0o755)
inputs = base / "inputs"
inputs.mkdir()
for layer in ("posts", "routes", "incidents"):
    (inputs / f"{layer}.geojson").write_bytes((data / f"{layer}.geojson").read_bytes())
mounted = []
try:
    # A sticky folder: one of the outputs belongs to somebody else.
    shared = base / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    holds("a first run", annotate(shared, "-o", "out.geojson", "--connectors", "con.geojson", "--qml", user=NOBODY).returncode == 0)
    for name in names(shared):
        (shared / name).write_text("old")
    for other in ("con.geojson", "out.qml", "out.geojson"):
        os.chown(shared / other, 0, 0)
        (shared / other).chmod(0o666)
        before = names(shared)
        run = annotate(shared, "-o", "out.geojson", "--connectors", "con.geojson", "--qml", user=NOBODY)
        old = all((shared / name).read_text() == "old" for name in before)
        holds(f"sticky, {other}", run.returncode == 3, other in run.stderr, "another user" in run.stderr, old, names(shared) == before)
        os.chown(shared / other, NOBODY, NOBODY)
    # A journal that somebody else lays there names the files of whoever reads it.
    victim = base / "victim"
    victim.write_text("mine")
    trap = shared / ".patrol-zzzzzz.journal"
    trap.write_text('{"version":1,"outputs":[],"journals":["%s"]}' % victim)
    os.chown(trap, NOBODY, NOBODY)
    run = annotate(shared, "-o", "root.geojson")
    holds("another's journal", run.returncode == 0, "another user" in run.stderr, victim.read_text() == "mine", trap.exists())
    trap.unlink()
    # Owner and mode of what root replaces.
    os.chown(shared / "out.geojson", NOBODY, NOBODY)
    (shared / "out.geojson").chmod(0o640)
    run = annotate(shared, "-o", "out.geojson")
    found = (shared / "out.geojson").stat()
    holds("owner and mode", run.returncode == 0, found.st_uid == NOBODY, found.st_gid == NOBODY, found.st_mode & 0o7777 == 0o640)

    bound, source = base / "bound", base / "source.geojson"
    bound.mkdir()
    source.write_text("old" * 1_000_000)
    (bound / "out file.geojson").write_text("")
    (bound / "con.geojson").write_text("old")
    if not mount("--bind", source, bound / "out file.geojson"):
        print(f"outputs on mounts: {tried} held, the rest skipped: no leave to mount")
        sys.exit()
    mounted.append(bound / "out file.geojson")
    before = names(bound)
    run = annotate(bound, "-o", "out file.geojson", "--connectors", "con.geojson")
    holds("a bind mount among several", run.returncode == 2, "mount point" in run.stderr, names(bound) == before,
          source.read_text().startswith("oldold"), (bound / "con.geojson").read_text() == "old")
    run = annotate(bound, "-o", "out file.geojson")
    annotate(base, "-o", "plain.geojson")
    holds("a bind mount alone", run.returncode == 0, "in place" in run.stderr, names(bound) == before,
          source.read_bytes() == (base / "plain.geojson").read_bytes())

    # Two file systems: outputs together, then one without room, then one that is read-only.
    small = base / "small"
    small.mkdir()
    holds("a tmpfs", mount("-t", "tmpfs", "-o", "size=64k", "none", small))
    mounted.append(small)
    together = ["-o", "../here.geojson", "--connectors", "con.geojson", "--qml"]
    run = annotate(small, *together)
    holds("two file systems", run.returncode == 0, names(small) == ["con.geojson", "con.qml"], (base / "here.qml").exists())
    for path in (base / "here.geojson", base / "here.qml", small / "con.geojson", small / "con.qml"):
        path.write_text("old")
    (small / "filler").write_bytes(b"x" * 56 * 1024)
    before = names(small), names(base)
    run = annotate(small, *together)
    kept = all(path.read_text() == "old" for path in (base / "here.geojson", base / "here.qml", small / "con.geojson"))
    holds("no room", run.returncode == 3, kept, (names(small), names(base)) == before)
    (small / "filler").unlink()
    holds("read-only", mount("-o", "remount,ro", small))
    before = names(small), names(base)
    run = annotate(small, *together)
    holds("a read-only file system", run.returncode == 3, "Read-only" in run.stderr, (names(small), names(base)) == before)
    print(f"outputs on mounts: {tried} held")
finally:
    for path in reversed(mounted):
        subprocess.run(["umount", path])
    subprocess.run(["rm", "-r", base])
