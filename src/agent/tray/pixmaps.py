#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pixmaps.py RSVG-CONVERT OUTPUT STATE=ICON...: the icons as a C table, for hosts that find no icon by its name.

An icon of one colour is only its coverage, so that is what the table holds: one byte for each pixel.
"""

import struct
import subprocess
import sys
import zlib

SIZES = (16, 22, 24, 32, 48)


def unfiltered(data, width, height, bpp=4):
    """The bytes of a PNG's image, whose lines are each coded by one of five filters (PNG specification, 9.2)."""
    stride = width * bpp
    above, lines = bytearray(stride), []
    for y in range(height):
        kind, *line = data[y * (stride + 1):(y + 1) * (stride + 1)]
        for x in range(stride):
            left = line[x - bpp] if x >= bpp else 0
            corner = above[x - bpp] if x >= bpp else 0
            line[x] = (line[x] + (0, left, above[x], (left + above[x]) // 2, paeth(left, above[x], corner))[kind]) & 255
        above = line
        lines.append(line)
    return lines


def paeth(left, above, corner):
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def coverage(png):
    """The alpha channel of a PNG, as rsvg-convert writes it: 8 bits, RGBA, not interlaced."""
    position, data = 8, b""
    while position < len(png):
        length, kind = struct.unpack(">I4s", png[position:position + 8])
        body = png[position + 8:position + 8 + length]
        if kind == b"IHDR":
            width, height, *form = struct.unpack(">IIBBBBB", body)
            assert form == [8, 6, 0, 0, 0], form
        elif kind == b"IDAT":
            data += body
        position += length + 12
    return [value for line in unfiltered(zlib.decompress(data), width, height) for value in line[3::4]]


def main(rsvg, output, *icons):
    with open(output, "w", encoding="utf-8") as table:
        print("/* Made by pixmaps.py. */\n#include \"agent/tray/icons-private.h\"\n", file=table)
        names = []
        for icon in icons:
            state, path = icon.split("=", 1)
            for size in SIZES:
                png = subprocess.run([rsvg, "-w", str(size), "-h", str(size), path], capture_output=True, check=True).stdout
                values = ", ".join(map(str, coverage(png)))
                print(f"static const guint8 {state.lower()}_{size}[] = {{ {values} }};", file=table)
                names.append((state, size))
        print("\nconst ProlongTrayPixmap prolong_tray_pixmaps[PROLONG_TRAY_N_ICONS][PROLONG_TRAY_N_SIZES] = {", file=table)
        for number, (state, size) in enumerate(names):
            print(f"  [PROLONG_TRAY_{state}][{number % len(SIZES)}] = {{ {size}, {state.lower()}_{size} }},", file=table)
        print("};", file=table)


if __name__ == "__main__":
    main(*sys.argv[1:])
