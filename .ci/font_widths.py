#!/usr/bin/env python3
"""Writes the table of widths by which a map places its names: src/report/map/labels/font_widths.rs.

    apt-get install fonts-dejavu-core fonts-noto-core
    python3 -m venv venv && venv/bin/pip install fonttools uharfbuzz
    venv/bin/python .ci/font_widths.py > src/report/map/labels/font_widths.rs
    venv/bin/python .ci/font_widths.py --compare PATROL [FONT.ttf]

Widths are facts of a font; nothing of its outlines goes into the table. They are those of DejaVu Sans 2.37 (Bitstream Vera
licence), and for scripts that it has not those of Noto Sans (SIL Open Font License). Arabic letters have four widths, as
HarfBuzz shapes them: alone, first, within and last. `--compare` draws a map of posts with names in many scripts, reads
`textLength` out of it, and holds it against what HarfBuzz says of the fonts that a reader is likely to have.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree

import uharfbuzz
from fontTools.ttLib import TTFont

FONTS = pathlib.Path("/usr/share/fonts/truetype")
DEJAVU, BOLD = FONTS / "dejavu/DejaVuSans.ttf", FONTS / "dejavu/DejaVuSans-Bold.ttf"
# A unit of the table is 5 thousandths of the font's size, so that a width is a byte.
UNIT = 5
# Blocks of DejaVu Sans with a width of each letter.
LETTERS = [(0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x52F), (0x531, 0x58A), (0x5BE, 0x5F4), (0x10A0, 0x10FF),
           (0x1E00, 0x1FFF), (0x2010, 0x205E), (0x2070, 0x20BF), (0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF)]
NOTO = {"Devanagari": (0x900, 0x97F), "Bengali": (0x980, 0x9FE), "Gurmukhi": (0xA01, 0xA76), "Gujarati": (0xA81, 0xAFF),
        "Tamil": (0xB82, 0xBFA), "Telugu": (0xC00, 0xC7F), "Kannada": (0xC80, 0xCF2), "Malayalam": (0xD00, 0xD7F),
        "Sinhala": (0xD82, 0xDF4), "Thai": (0xE01, 0xE5B), "Lao": (0xE81, 0xEDF), "Myanmar": (0x1000, 0x109F),
        "Khmer": (0x1780, 0x17F9), "Ethiopic": (0x1200, 0x137C), "Thaana": (0x780, 0x7B1), "Syriac": (0x710, 0x74F)}
ARABIC = [(0x620, 0x64A), (0x66E, 0x66F), (0x671, 0x6D3), (0x6D5, 0x6D5), (0x6EE, 0x6EF), (0x6FA, 0x6FF), (0x750, 0x77F)]
ARABIC_SIGNS = [(0x600, 0x61F), (0x660, 0x66D), (0x6D4, 0x6D4), (0x6DD, 0x6DE), (0x6E5, 0x6E6), (0x6F0, 0x6F9)]
# What is as wide as its script says: Tibetan, Hangul, kana, Han, forms of full and half width, emoji.
SAME = [(0xF00, 0xFDA, 600), (0x1100, 0x11FF, 1000), (0x2500, 0x259F, 602), (0x2600, 0x27BF, 880), (0x2E80, 0xA4CF, 1000),
        (0xA960, 0xA97C, 1000), (0xAC00, 0xD7FB, 1000), (0xF900, 0xFAFF, 1000), (0xFE30, 0xFE6F, 1000),
        (0xFF00, 0xFF60, 1000), (0xFF61, 0xFFDC, 500), (0xFFE0, 0xFFE6, 1000), (0x1F000, 0x1F3FA, 1245),
        (0x1F400, 0x1FAFF, 1245), (0x20000, 0x3FFFF, 1000)]
NAMES = ["OP-21", "Hill 442, north", "WAVE Avenue TAY", "INC-2020-11-09/17", "Đồng Văn, Phường Ngã Bảy", "Łódź Żoliborz",
         "Αθήνα Θεσσαλονίκη", "Севастополь Шушикенд", "Ստեփանակերտ Շուշի", "თბილისი ახალქალაქი", "ירושלים תל אביב",
         "پاسگاه شمالی", "نقطة المراقبة الشمالية", "خان یونس", "مخيم جباليا", "ایست بازرسی", "बाराबंकी चौकी", "ঢাকা", "ด่านตรวจ",
         "北京市観測所", "한국 전망대", "🐘 herd", "ደብረ ብርሃን"]


def scaled(thousandths):
    return max(0, min(255, round(thousandths / UNIT)))


def is_zero(code):
    """True for what stands on or within another letter."""
    return unicodedata.category(chr(code)) in ("Mn", "Me", "Cf") and code != 0xAD or 0x1160 <= code <= 0x11FF


class Shaper:
    def __init__(self, path, number=0):
        self.face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), number)
        self.font = uharfbuzz.Font(self.face)

    def width(self, text, size=1000):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self.font, buffer)
        return sum(p.x_advance for p in buffer.glyph_positions) * size / self.face.upem

    def has(self, text):
        return all(self.font.get_nominal_glyph(ord(c)) for c in text if not is_zero(ord(c)))


def advances(path):
    font = TTFont(path)
    cmap, units = font.getBestCmap(), font["head"].unitsPerEm
    return {code: font["hmtx"][name][0] * 1000 / units for code, name in cmap.items()}


def block(widths, first, last):
    """The widths of a block; a letter that the font lacks is as wide as those around it."""
    known = [widths[code] for code in range(first, last + 1) if widths.get(code)]
    usual = sorted(known)[len(known) // 2] if known else 700
    return [0 if is_zero(code) else scaled(widths.get(code, usual)) for code in range(first, last + 1)]


def zero_ranges():
    """What has no width; unassigned code points between two such are taken in."""
    ranges, is_open = [], False
    for code in [*range(0x300, 0xFFFD), *range(0x1F3FA, 0x1F401), *range(0xE0000, 0xE01F0)]:
        category = unicodedata.category(chr(code))
        if is_zero(code) or 0x1F3FB <= code <= 0x1F3FF:
            if is_open:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
            is_open = True
        elif category != "Cn" or code == 0xE0000:
            is_open = False
    return ranges


def forms(shaper, code):
    """The widths of an Arabic letter alone, first, within and last; 0 of a form that it has not."""
    joiner, letter = "\u200D", chr(code)
    alone, first, within, last = (
        scaled(shaper.width(text))
        for text in (letter, letter + joiner, joiner + letter + joiner, joiner + letter)
    )
    if code in (0x621, 0x674):
        return [alone, 0, 0, 0]
    # What joins nothing behind it looks there as if nothing came.
    joins_behind = code == 0x640 or (first, within) != (alone, last)
    return [alone, first, within, last] if joins_behind else [alone, 0, 0, last]


def rust():
    dejavu, shaper = advances(DEJAVU), Shaper(DEJAVU)
    blocks = [(first, block(dejavu, first, last)) for first, last in LETTERS + ARABIC_SIGNS]
    for script, (first, last) in NOTO.items():
        blocks.append((first, block(advances(FONTS / f"noto/NotoSans{script}-Regular.ttf"), first, last)))
    noto = Shaper(FONTS / "noto/NotoSansArabic-Regular.ttf")
    arabic = []
    for first, last in ARABIC:
        arabic.append((first, [forms(shaper if shaper.has(chr(code)) else noto, code) for code in range(first, last + 1)]))
    # Lam and alif are one sign; how much narrower than the two it is.
    lam, alif = forms(shaper, 0x644), forms(shaper, 0x627)
    ligature = [scaled(shaper.width("\u0644\u0627")), scaled(shaper.width("\u200D\u0644\u0627"))]
    bold = advances(BOLD)
    plain = [code for code in range(0x30, 0x7B) if chr(code).isalnum()]
    ratio = sum(bold[code] for code in plain) / sum(dejavu[code] for code in plain)
    print("//! How wide the letters of a name are. Written by `.ci/font_widths.py`, which names the fonts.\n")
    print(f"/// A unit of the widths, in parts of the font's size.\npub(super) const UNIT: f64 = {UNIT / 1000};\n")
    print(f"/// Bold letters are wider by this.\npub(super) const BOLD: f64 = {ratio:.3f};\n")
    print(f"/// The width of a letter of no script below.\npub(super) const OTHER: u8 = {scaled(700)};\n")
    print(f"/// The sign of lam and alif: alone, and joined to what is before it.\npub(super) const LAM_ALIF: [u8; 2] = {ligature};\n")
    table = lambda rows: ",".join(rows)
    blocks.sort()
    print("/// Blocks of letters by their first code point.\n#[rustfmt::skip]")
    print(f"pub(super) const LETTERS: [(u32, &[u8]); {len(blocks)}] = [")
    for first, widths in blocks:
        wrapped(f"(0x{first:X}, &[", widths, "]),")
    print("];\n\n/// Arabic letters by their first code point: alone, first, within and last; 0 of a form that a letter has not.\n#[rustfmt::skip]")
    print(f"pub(super) const ARABIC: [(u32, &[[u8; 4]]); {len(arabic)}] = [")
    for first, letters in arabic:
        wrapped(f"(0x{first:X}, &[", [str(one).replace(" ", "") for one in letters], "]),")
    same = sorted([(a, b, 0) for a, b in zero_ranges()] + [(a, b, scaled(w)) for a, b, w in SAME])
    same = cut(same)
    print("];\n\n/// Ranges of letters that are all as wide: first, last, width. Marks on letters have none.\n#[rustfmt::skip]")
    print(f"pub(super) const SAME: [(u32, u32, u8); {len(same)}] = [")
    wrapped("", [f"(0x{a:X},0x{b:X},{w})" for a, b, w in same], ",")
    print("];")


def cut(ranges):
    """Ranges that do not meet: marks within a script come out of it, those within blocks are known there."""
    inside = [(first, last) for first, last in LETTERS + ARABIC + ARABIC_SIGNS + list(NOTO.values())]
    wide = [r for r in ranges if r[2]]
    out = []
    for a, b, w in ranges:
        if w or not any(first <= a and b <= last for first, last in inside):
            out.append((a, b, w))
    zeros = [r for r in out if not r[2]]
    result = list(zeros)
    for a, b, w in wide:
        at = a
        for za, zb, _ in zeros:
            if zb < at or za > b:
                continue
            if za > at:
                result.append((at, za - 1, w))
            at = zb + 1
        if at <= b:
            result.append((at, b, w))
    return sorted(result)


def wrapped(head, items, tail, width=118):
    line = "    " + head
    for n, item in enumerate(items):
        item = str(item) + ("," if n + 1 < len(items) else "")
        if len(line) + len(item) > width:
            print(line)
            line = "        "
        line += item
    print(line + tail)


def compare(patrol, fonts):
    points = [{"type": "Feature", "id": name, "properties": {}, "geometry": {"type": "Point", "coordinates": [46 + n % 4 / 2, 40 + n / 10]}}
              for n, name in enumerate(NAMES)]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "posts.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": points}))
        subprocess.run([patrol, "map", "--posts", folder / "posts.geojson", "--output", folder / "map.svg"], check=True)
        root = xml.etree.ElementTree.parse(folder / "map.svg").getroot()
    drawn = {}
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        if "pl" in text.get("class", "").split():
            drawn["".join(text.itertext()).strip("\u2068\u2069")] = float(text.get("textLength"))
    shapers = [(path.stem, Shaper(path)) for path in fonts]
    worst = {}
    for name in NAMES:
        for stem, shaper in shapers:
            if shaper.has(name) and name in drawn:
                real = sum(shaper.width(word, 10) for word in [name])
                off = 100 * (drawn[name] / real - 1)
                worst[stem] = max(worst.get(stem, 0), abs(off))
                print(f"{name}: {drawn[name]:.1f} by the table, {real:.1f} in {stem}: {off:+.1f} %")
    missing = [name for name in NAMES if name not in drawn]
    print("not drawn:", missing)
    for stem, off in worst.items():
        print(f"at most {off:.1f} % from {stem}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compare", metavar="PATROL")
    parser.add_argument("fonts", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    if args.compare:
        compare(args.compare, args.fonts or [DEJAVU, *sorted((FONTS / "noto").glob("NotoSans*-Regular.ttf"))])
    else:
        rust()


if __name__ == "__main__":
    sys.exit(main())
