"""The rules that a setting is checked against: RULES, and check(setting, report).

Each looks at places and counts them, so that a rule that never had anything to look at is noticed.
"""
import re
from collections import defaultdict
from functools import lru_cache

import marks
from spacing import is_double_stop, space_between

RULES = {
    "line start": "避头: GB/T 15834 5.1.1-5.1.9; CLREQ 行首行尾禁则 (GB法); UAX #14 LB13, LB21",
    "line end": "避尾: GB/T 15834 5.1.2-5.1.9; CLREQ 行首行尾禁则 (GB法); UAX #14 LB14",
    "dash": "—— is one: GB/T 15834 5.1.5; CLREQ 符号分离禁则",
    "ellipsis": "…… is one: GB/T 15834 5.1.5; CLREQ 符号分离禁则",
    "number": "a number is not parted: CLREQ 符号分离禁则; UAX #14 LB25",
    "unit": "nor from its unit, counter or sign: CLREQ 符号分离禁则, 数字及其前后缀; UAX #14 LB25",
    "cluster": "nor what is one character to its reader: UAX #29, UAX #14 LB8a, LB9, LB30b",
    "word": "nor a European word that fits a line: UAX #14 LB28",
    "one face": "a word is set in one face",
    "single han": "孤字: CLREQ 孤行与孤字处理",
    "adjacent marks": "挤压: CLREQ 连续标点符号的调整",
    "double stop": "？！ takes one em, ！！！ two: CLREQ 叹问号与问、叹号叠加",
    "half at start": "CLREQ 行首行尾标点挤压",
    "half at end": "GB/T 15834 5.1.10; CLREQ 行首行尾标点挤压",
    "quarter em": "CLREQ 横排的中、西文混排配置",
    "quarter em at edge": "none at a line's start or end: CLREQ 横排的中、西文混排配置",
    "quarter em at mark": "none beside a mark: CLREQ 横排的中、西文混排配置",
    "typed space": "a typed space is not doubled: CLREQ 横排的中、西文混排配置, note",
    "filled": "justified lines fill the measure to the pixel: CLREQ 行内调整的必要性",
    "ragged": "those that would tear are left so only where no other breaks fill every line",
    "last line": "the last is flush left, not stretched: CLREQ 行内调整的必要性",
    "squeezing order": "CLREQ 挤压处理的优先顺序",
    "stretching order": "CLREQ 拉伸处理的优先顺序",
    "words apart": "words stand further than half an em apart only where the line would tear else",
    "alike": "spaces of a kind are treated alike: CLREQ 挤压/拉伸处理的优先顺序",
    "not stretched": "beside 连接号 and within marks: CLREQ 拉伸处理的优先顺序",
    "whole text": "nothing is lost, doubled or out of order",
    "overlap": "nothing stands on its neighbour",
    "in the measure": "nothing but what hangs is outside: CLREQ 行内调整的必要性",
    "hanging": "one 、。，． where asked for, which the line would not hold: CLREQ 行尾点号悬挂",
    "ink": "what is drawn is where it was said to be",
    "quotation marks": "full width in Chinese, proportional in Latin",
    "baseline": "lines are one leading apart",
    "indent": "the first line is set in",
}

TEAR = 1 / 4   # em between characters, beyond which a line is left ragged
APART = 1 / 2  # em that words may stand further apart than CLREQ has it, before that
NEAR = 1       # pixel: places are whole ones
ROUNDING = 4   # pixels in a line


class Report:
    def __init__(self):
        self.looked = defaultdict(int)
        self.broken = defaultdict(list)

    def see(self, rule, good, where):
        assert rule in RULES
        self.looked[rule] += 1
        if not good:
            self.broken[rule].append(where() if callable(where) else where)


class Gap:
    """Between two pieces of a line; pixels."""

    def __init__(self, setting, text, pieces, at):
        self.left, self.right = left, right = pieces[at], pieces[at + 1]
        self.typed = text[left.end:right.start] if left.end < right.start else ""
        double = left.text in "！？" and is_double_stop(pieces, at)
        space = space_between(marks.last_letter(left.text), left.kind, right.text[0], right.kind,
                              self.typed, setting.space / setting.size, double)
        self.group, self.level, self.double = space.group, space.level, double
        self.natural = space.natural * setting.size
        self.least = space.least * setting.size
        self.most = space.most * setting.size
        self.actual = right.left - left.right
        self.change = self.actual - self.natural
        self.mixed = self.group == "mixed"
        self.glued = not self.typed and left.kind == right.kind == "word"


def show(line, text, mark="|"):
    return f"{mark}{text[line.start:line.end]}{mark}"


def gaps_of(setting, paragraph, pieces):
    return [Gap(setting, paragraph.text, pieces, at) for at in range(len(pieces) - 1)]


# ---- where lines begin and end ----

def fits(setting, token):
    return setting.natural.get(token, 0) <= setting.measure - setting.indent


def breaks_of(paragraph):
    """Where lines end within the paragraph, without the white space that hangs there."""
    return [(line.end, after.start) for line, after in zip(paragraph.lines, paragraph.lines[1:])]


def is_broken(breaks, start, end):
    return any(start < after and before < end for before, after in breaks)


def may_begin(text, at):
    """A line, at this character: a single — may not, —— may."""
    return text[at] not in marks.NOT_FIRST or text[at:at + 2] in ("——", "――")


def check_line_edges(setting, paragraph, report):
    text = paragraph.text
    forced = [(start, end) for part, start, end in parts(text) if not fits(setting, part)]
    for before, after in breaks_of(paragraph):
        where = f"{text[max(0, before - 6):before]}|{text[after:after + 6]}"
        if any(start < after < end for start, end in forced):
            continue  # an address that no line can hold
        latin = after in paragraph.latin or (not marks.is_wide(text[after]) and before != after)
        report.see("line start", may_begin(text, after) or latin, where)
        latin = before - 1 in paragraph.latin
        report.see("line end", text[before - 1] not in marks.NOT_LAST or latin, where)


def check_unbreakable(setting, paragraph, report):
    text, breaks = paragraph.text, breaks_of(paragraph)

    def see(rule, start, end):
        report.see(rule, not is_broken(breaks, start, end), lambda: text[start:end])

    for found in re.finditer("——|⸺", text):
        see("dash", *found.span())
    for found in re.finditer("……|⋯⋯", text):
        see("ellipsis", *found.span())
    for start, end, unit_end in marks.numbers_with_units(text):
        if not fits(setting, text[start:unit_end]):
            continue
        if end - start > 1:
            see("number", start, end)
        if unit_end > end and text[unit_end - 1] not in "·":
            see("unit", end - 1, unit_end)
    for found in marks.PREFIX.finditer(text):
        see("unit", *found.span())
    for start, end in marks.clusters(text):
        if end - start > 1:
            inside = any(start < piece.start < end for line in paragraph.lines
                         for piece in line.pieces)
            report.see("cluster", not inside and not is_broken(breaks, start, end), text[start:end])


@lru_cache(maxsize=None)
def parts(text):
    """European text up to where UAX #14 lets a line end."""
    result = []
    for chunk in re.finditer(r"[!-⺀]+", text):
        start = chunk.start()
        for part in re.findall(r"(?:[a-z]+://)?[^/?|-]*[/?|-]*", chunk.group()):
            result.append((part, start, start + len(part)))
            start += len(part)
    return result


@lru_cache(maxsize=None)
def segments(text):
    """European words, and what they stand in."""
    return [(part, start + word.start(), start + word.end()) for part, start, _ in parts(text)
            for word in marks.WORD.finditer(part)]


def check_words(setting, paragraph, report):
    text, breaks = paragraph.text, breaks_of(paragraph)
    for part, start, end in segments(text):
        if not fits(setting, part) or end - start < 2:
            continue
        report.see("word", not is_broken(breaks, start, end), text[start:end])
        faces = {piece.face for line in paragraph.lines for piece in line.pieces
                 if piece.start < end and start < piece.end}
        report.see("one face", len(faces) == 1, f"{text[start:end]} in faces {sorted(faces)}")


def check_single_han(setting, paragraph, report):
    if len(paragraph.lines) < 2:
        return
    last = paragraph.lines[-1]
    string = paragraph.text[last.start:last.end]
    han = sum(marks.is_wide(char) and char not in marks.MARKS for char in string)
    more = any(marks.is_latin(char) for char in string)
    report.see("single han", han > 1 or more, show(last, paragraph.text))


# ---- spaces within lines ----

def check_marks(setting, paragraph, line, gaps, rest, report):
    for gap in gaps:
        left, right = gap.left, gap.right
        both = all(p.kind not in ("han", "word", "dash", "connect") for p in (left, right))
        where = lambda: f"{left.text}{right.text} {gap.actual} px in {show(line, paragraph.text)}"
        if both and not gap.typed:
            report.see("adjacent marks", gap.least - NEAR <= gap.actual <= gap.natural + rest + NEAR,
                       where)
        if {left.kind, right.kind} & {"open", "close", "pause", "stop"} and \
                (meets_edge(left, right) or gap.typed):
            loose = gap.natural + (rest if gap.group != "fixed" else 0)
            report.see("quarter em at mark", gap.actual <= loose + NEAR, where)
        if gap.double and gap.right.text not in "！？" and gap.right.kind != "open":
            report.see("double stop", gap.actual <= rest + NEAR,
                       lambda: f"{gap.left.text}{gap.right.text} {gap.actual} px")


def meets_edge(left, right):
    return (right.kind == "word" and marks.is_latin(right.text[0])) or \
        (left.kind == "word" and marks.is_latin(marks.last_letter(left.text)))


def check_line_halves(setting, paragraph, line, report):
    first, last = line.pieces[0], line.pieces[-1]
    hung = line.hang > 0
    if first.kind == "open":
        report.see("half at start", first.left == line.x,
                   f"{first.left} px in {show(line, paragraph.text)}")
    if last.kind in ("close", "pause", "stop"):
        good = last.right == line.x + line.width and last.right - last.x <= -(-setting.size // 2)
        report.see("half at end", good or hung, show(line, paragraph.text))
    for piece, edge in ((first, first.left - line.x), (last, line.x + line.width - last.right)):
        if piece.kind == "word":
            report.see("quarter em at edge", edge == 0, show(line, paragraph.text))


def check_mixed(setting, paragraph, line, gaps, report):
    size = setting.size
    for gap in gaps:
        where = lambda: f"{gap.left.text}{gap.typed}{gap.right.text} {gap.actual} px"
        if gap.mixed:
            good = size / 8 - NEAR <= gap.actual <= size / 3 + NEAR
            report.see("typed space" if gap.typed.strip("\u3000") else "quarter em", good, where)
        elif gap.group == "word":
            report.see("typed space", gap.least - NEAR <= gap.actual <= size + NEAR, where)


def check_order(setting, paragraph, line, gaps, report):
    where = lambda: show(line, paragraph.text)
    groups, levels = defaultdict(list), defaultdict(list)
    for gap in gaps:
        groups[gap.group].append(gap)
        if gap.level:
            levels[gap.level].append(gap)
        if gap.group == "fixed" or gap.glued:
            report.see("not stretched", gap.change <= NEAR,
                       lambda: f"{gap.left.text}{gap.right.text} {gap.actual} px")
    before, stretched = [], False
    for name in ("word", "mixed", "rest"):
        if any(gap.change > NEAR for gap in groups[name]):
            stretched = True
            if name != "word":
                good = all(gap.actual > gap.most - 1 - NEAR for gap in before)
                report.see("stretching order", good, where)
        before += groups[name]
    if any(gap.actual > gap.most + NEAR for gap in groups["word"]):  # further than CLREQ has it
        good = all(gap.actual > gap.most - 1 - NEAR for gap in groups["mixed"]) and \
            all(gap.change > TEAR * setting.size - 1 - NEAR for gap in groups["rest"])
        report.see("words apart", good, where)
    squeezed = [level for level in levels if any(gap.change < -NEAR for gap in levels[level])]
    if squeezed:
        before = [gap for level in levels if level < max(squeezed) for gap in levels[level]]
        good = all(gap.actual < gap.least + 1 + NEAR for gap in before) and not stretched
        report.see("squeezing order", good, where)
    kinds = [[max(gap.change, 0) for gap in groups[name]] for name in ("word", "mixed", "rest")]
    kinds += [[min(gap.change, 0) for gap in level] for level in levels.values()]
    for changes in kinds:
        if len(changes) > 1:
            report.see("alike", max(changes) - min(changes) <= 2 * NEAR, where)


def room_to_stretch(setting, gaps):
    """Pixels that the line can grow by without tearing."""
    room = sum(gap.most - gap.natural for gap in gaps if gap.group in ("word", "mixed"))
    rest = sum(gap.group == "rest" for gap in gaps) * TEAR
    apart = sum(gap.group == "word" for gap in gaps) * APART
    return room + (rest + apart) * setting.size


@lru_cache(maxsize=None)
def bound(text):
    """Where no line may begin, as far as these rules tell."""
    found = {at for at in range(1, len(text))
             if not may_begin(text, at) or text[at - 1] in marks.NOT_LAST}
    ranges = marks.clusters(text) + [(start, end) for _, start, end in parts(text)]
    ranges += [(start, end) for start, _, end in marks.numbers_with_units(text)]
    for pattern in ("——+", "……+", ".[-…/]", marks.PREFIX, marks.PERHAPS):  # UAX #14 LB13, 21, 22
        ranges += [match.span() for match in re.finditer(pattern, text)]
    return found.union(*(range(start + 1, end) for start, end in ranges))


def can_be_filled(setting, paragraph):
    """Is there a way to break the paragraph so that every line is filled? Over all breaks that
    these rules leave, by the first lines that reach each."""
    pieces = [piece for line in paragraph.lines for piece in line.pieces]
    gaps = gaps_of(setting, paragraph, pieces)
    least, most = [0], [0]
    for piece, gap in zip(pieces, gaps):
        wide = piece.right - piece.left
        least.append(least[-1] + wide + gap.least)
        most.append(most[-1] + wide + room_to_stretch(setting, [gap]) + gap.natural)
    reached = {0}
    for end in range(1, len(pieces)):
        if pieces[end].start in paragraph.bound:
            continue
        last = pieces[end - 1].right - pieces[end - 1].left
        for first in reached:
            room = setting.measure - (setting.indent if first == 0 else 0)
            loosest = most[end - 1] - most[first] + last - ROUNDING
            if least[end - 1] - least[first] + last <= room <= loosest:
                reached.add(end)
                break
    last = pieces[-1].right - pieces[-1].left
    return any(least[-1] - least[first] + last <= setting.measure
               and sum(piece.kind in ("han", "word") for piece in pieces[first:]) > 1
               for first in reached)


def check_filled(setting, paragraph, number, gaps, report):
    line = paragraph.lines[number]
    where = lambda: f"{line.x}+{line.width} of {setting.measure}: {show(line, paragraph.text)}"
    edge = line.x + line.width
    if line.last:
        stretched = [gap for gap in gaps if gap.change > NEAR]
        report.see("last line", not stretched and edge <= setting.measure, where)
        return
    if edge == setting.measure:
        report.see("filled", True, where)
        return
    missing = setting.measure - edge + sum(gap.change for gap in gaps)
    report.see("filled", missing > room_to_stretch(setting, gaps) - NEAR * len(gaps), where)
    if paragraph.fillable is None:
        paragraph.fillable = can_be_filled(setting, paragraph)
    report.see("ragged", not paragraph.fillable, where)


def check_hanging(setting, paragraph, line, report):
    if not line.hang:
        return
    mark, before = line.pieces[-1], line.pieces[-2]
    good = setting.hang and mark.text in "、。，．" and before.kind in ("han", "word") and \
        mark.left == before.right == line.x + line.width and \
        mark.right > setting.measure and line.hang == mark.right - mark.left
    report.see("hanging", good, show(line, paragraph.text))


def check_places(setting, paragraph, line, gaps, report):
    where = lambda: show(line, paragraph.text)
    for gap in gaps:
        report.see("overlap", gap.actual >= 0,
                   lambda: f"{gap.left.text}{gap.right.text} {gap.actual} px")
    last = line.pieces[-1]
    right = line.pieces[-2].right if line.hang else last.right
    report.see("in the measure", line.pieces[0].left >= 0 and right <= setting.measure, where)
    if line.ink:  # letters reach over their advance by a little
        over = max(1, setting.size // 12)
        good = line.pieces[0].left - over <= line.ink[0] and line.ink[1] <= last.right + over
        half = setting.size // 2 + over
        if line.pieces[0].kind != "word":
            good &= line.ink[0] <= line.pieces[0].left + half
        if last.kind != "word":
            good &= line.ink[1] >= last.right - half
        report.see("ink", good, lambda: f"{line.ink} in {where()}")


def check_quotes(setting, paragraph, report):
    for line in paragraph.lines:
        for piece in line.pieces:
            for at, char in enumerate(piece.text, piece.start):
                if char not in "“”‘’":
                    continue
                if at not in paragraph.latin:
                    good = len(piece.text) == 1 and piece.advance == setting.size
                else:
                    bare = piece.text.strip("“”‘’,.!?")
                    room = 0.6 * (len(piece.text) - len(bare)) * setting.size
                    good = piece.advance <= setting.natural.get(bare, 0) + room
                report.see("quotation marks", good, f"{char} in {piece.text}: {piece.advance} px")


def check_whole(setting, paragraph, report):
    pieces = sorted((p for line in paragraph.lines for p in line.pieces), key=lambda p: p.start)
    set_text = "".join(marks.SPACE.sub("", piece.text) for piece in pieces)
    report.see("whole text", set_text == marks.SPACE.sub("", paragraph.text), paragraph.text)
    ends = [0] + [piece.end for piece in pieces]
    report.see("whole text", all(p.start >= end for p, end in zip(pieces, ends)), paragraph.text)
    first = paragraph.lines[0]
    report.see("indent", first.x == setting.indent, f"{first.x}: {paragraph.text}")
    for line, after in zip(paragraph.lines, paragraph.lines[1:]):
        report.see("indent", after.x == 0, show(after, paragraph.text))
        report.see("baseline", after.baseline - line.baseline == setting.leading,
                   show(after, paragraph.text))


def check(setting, report):
    for paragraph in setting.paragraphs:
        paragraph.bound = bound(paragraph.text)
        assert not any("\u0590" <= char <= "\u08ff" for char in paragraph.text), "not for bidi"
        check_whole(setting, paragraph, report)
        for rule in (check_line_edges, check_unbreakable, check_words, check_single_han):
            rule(setting, paragraph, report)
        check_quotes(setting, paragraph, report)
        for number, line in enumerate(paragraph.lines):
            gaps = gaps_of(setting, paragraph, line.pieces)
            rest = min([gap.change for gap in gaps if gap.group == "rest"], default=0)
            check_marks(setting, paragraph, line, gaps, max(rest, 0) + NEAR, report)
            check_line_halves(setting, paragraph, line, report)
            check_mixed(setting, paragraph, line, gaps, report)
            check_order(setting, paragraph, line, gaps, report)
            check_filled(setting, paragraph, number, gaps, report)
            check_hanging(setting, paragraph, line, report)
            check_places(setting, paragraph, line, gaps, report)


def words_of(texts):
    """What check wants to know the natural width of."""
    words = set()
    for text in texts:
        words |= {text[start:end] for start, _, end in marks.numbers_with_units(text)}
        words |= {part for part, _, _ in segments(text)}
        words |= {word.strip("“”‘’,.!?") for word in re.split(r"[^!-⺀]+", text)}
    return {word for word in words if word.strip(" \u200b\u200d")}
