"""What belongs between two neighbours in a line, in em: CLREQ 标点符号的宽度调整 and 中、西文混排处理.

CLREQ's sections are named by their Chinese headings, which stay when its numbers change.
"""
from dataclasses import dataclass
from functools import lru_cache

import marks

QUARTER, HALF, EIGHTH, THIRD = 1 / 4, 1 / 2, 1 / 8, 1 / 3

# 挤压处理的优先顺序 (a, the marks at a line's end, is a rule of its own)
WORD, DOT, BRACKET, PAUSE, MIXED, STOP = 1, 2, 3, 4, 5, 6
SQUEEZED = {"close": BRACKET, "pause": PAUSE, "stop": STOP}


@dataclass
class Space:
    natural: float  # em
    least: float    # em, where it may be squeezed
    most: float     # em, where it may be stretched; nothing limits rest
    level: int      # of squeezing; 0: not
    group: str      # of stretching: word, mixed, rest; fixed: never; free: as rest or never


def fixed(natural=0, least=None, level=0):
    return Space(natural, natural if least is None else least, natural, level, "fixed")


def rest(natural=0, level=0):
    return Space(natural, 0 if level else natural, natural, level, "rest")


def free(natural=0, level=0):
    return Space(natural, 0 if level else natural, natural, level, "free")


def is_double_stop(pieces, at):
    """GB/T 15834, 4.2.3.2 and 4.3.3.2 of its appendix, CLREQ 叹问号与问、叹号叠加: two of ！？ take the
    place of one character, three that of two."""
    count = 0
    while at >= count and pieces[at - count].text in "！？" and \
            (count == 0 or pieces[at - count].end == pieces[at - count + 1].start):
        count += 1
    return count == 2


def meets_latin(a, left, b, right):
    """Han beside a European letter or digit: 横排的中、西文混排配置."""
    return (left == "han" and right == "word" and marks.is_han(a) and marks.is_latin(b)) or \
        (left == "word" and right == "han" and marks.is_latin(a) and marks.is_han(b))


def between_marks(left, right, double):
    """连续标点符号的调整: marks cling to what they belong to; two of them take 1.5 em."""
    trail = SQUEEZED.get(left, 0)
    if right in SQUEEZED or left == "open":
        return fixed()
    if left == "dot" or right == "dot":
        return free(QUARTER, DOT)
    if right == "open":
        return rest(HALF, BRACKET)
    if trail:
        return free() if double else rest(HALF, trail)
    return rest()


@lru_cache(maxsize=None)
def space_between(a, left, b, right, typed, word_space, double=False):
    """a and b: the characters that meet; left and right: the kinds of what they are in; typed: the
    white space that the author put there; word_space: U+0020 in em."""
    wide = typed.count("\u3000")
    if wide:
        return free(wide)
    if "connect" in (left, right):  # 拉伸处理的优先顺序: not beside 连接号 and 分隔号
        space = between_marks(left, right, double)
        return fixed(space.natural, space.least, space.level)
    if meets_latin(a, left, b, right):
        return Space(QUARTER, EIGHTH, THIRD, MIXED, "mixed")
    if left not in ("han", "word") or right not in ("han", "word"):
        return between_marks(left, right, double)
    if typed:
        return Space(word_space, min(word_space, QUARTER), HALF, WORD, "word")
    return free() if left == right == "word" else rest()
