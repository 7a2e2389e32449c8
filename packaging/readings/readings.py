#!/usr/bin/env python3
"""Writes the table behind src/library/pinyin_table.h: how the characters of Chinese are read.

usage: readings.py Unihan_Readings.txt[.bz2] > pinyin_table.c

Of Unihan (UAX #38): kMandarin, the usual reading; kTGHZ2013 (通用规范汉字字典) and kXHC1983 (现代汉语词典), every reading people
know. kHanyuPinyin, which has those of old rhyme books too, is not used: 行 would be xing, hang, heng and more by it.
"""
import bz2, re, sys, unicodedata, zlib

FIELDS = ("kMandarin", "kTGHZ2013", "kXHC1983")
DENSE = (0x3400, 0x9FFF)  # looked up by place; what lies outside by search
LAST = 0x8000
TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}


def parse(text):
    """'lǜ' → ('lv', 4); None for what nobody spells out (m̀, ê̄)."""
    letters, tone = "", 5
    for c in unicodedata.normalize("NFD", text):
        if c in TONES:
            tone = TONES[c]
        elif c == "\u0308" and letters[-1:] == "u":
            letters = letters[:-1] + "v"
        else:
            letters += c
    return (letters, tone) if re.fullmatch(r"[a-z]*[aeiouv][a-z]*", letters) else None


def read(path):
    """{character: {field: [reading]}}"""
    found = {0x3007: {"kMandarin": ["líng"]}}  # 〇, which is no ideograph to Unihan
    with (bz2.open if path.endswith(".bz2") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("U+"):
                continue
            code, field, value = line.rstrip("\n").split("\t")
            if field not in FIELDS:
                continue
            readings = value.split() if field == "kMandarin" else [part.split(":")[1] for part in value.split()]
            found.setdefault(int(code[2:], 16), {})[field] = [r for text in readings for r in text.split(",")]
    return found


def readings_of(fields):
    """The usual reading first; then the others, without their tones each once."""
    result = []
    for field in FIELDS:
        for text in fields.get(field, []):
            reading = parse(text)
            if reading and reading[0] not in [r[0] for r in result]:
                result.append(reading)
    return result


def print_numbers(name, numbers):
    print(f"const uint16_t {name}[] = {{")
    for at in range(0, len(numbers), 16):
        print("    " + " ".join(f"{n}," for n in numbers[at : at + 16]))
    print("};")


def main():
    table = {c: r for c, r in ((c, readings_of(f)) for c, f in read(sys.argv[1]).items()) if r}
    syllables = sorted({letters for readings in table.values() for letters, _ in readings})
    number = {letters: i for i, letters in enumerate(syllables)}
    if len(table) < 40000 or len(syllables) > 512 or max(map(len, syllables)) > 6:
        sys.exit(f"{sys.argv[1]}: {len(table)} characters and {len(syllables)} syllables are not what Unihan has")
    pool, places = [0], {}  # place 0: no reading
    for readings in table.values():
        key = tuple(readings)
        if key not in places:
            places[key] = len(pool)
            pool += [number[letters] | tone << 9 for letters, tone in readings]
            pool[-1] |= LAST
    print("/* Made by packaging/readings/readings.py. */\n#include \"library/pinyin_table.h\"\n")
    print("const char pinyin_syllables[][PINYIN_SIZE] = {" + ", ".join(f'"{s}"' for s in syllables) + "};")
    print(f"const size_t pinyin_syllable_count = {len(syllables)};")
    print(f"const uint32_t pinyin_version = {zlib.crc32(repr(sorted(table.items())).encode())}u;")
    print_numbers("pinyin_pool", pool)
    print_numbers("pinyin_dense", [places[tuple(table[c])] if c in table else 0 for c in range(DENSE[0], DENSE[1] + 1)])
    others = [c for c in sorted(table) if not DENSE[0] <= c <= DENSE[1]]
    print("const struct pinyin_place pinyin_others[] = {")
    for c in others:
        print(f"    {{0x{c:X}, {places[tuple(table[c])]}}},")
    print(f"}};\nconst size_t pinyin_other_count = {len(others)};")


main()
