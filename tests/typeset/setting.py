"""A setting: text, and where its characters were put. Read from `typeset --json`, or made by hand.

Pixels; offsets are in characters of a paragraph.
"""
import json
import subprocess
from dataclasses import dataclass, field
from functools import lru_cache

import marks


@dataclass
class Piece:
    """A run: characters that were drawn in one go."""
    start: int
    text: str
    face: int
    x: int        # where the square of its first glyph begins
    width: int    # that it takes in the line
    advance: int  # of its glyphs
    kind: str = ""
    left: int = 0   # what it fills, without the white half of a mark
    right: int = 0

    def __post_init__(self):
        self.end = self.start + len(self.text)


@dataclass
class Line:
    start: int  # in the paragraph
    end: int
    x: int
    width: int
    hang: int  # what a mark takes behind that
    baseline: int
    last: bool
    ink: list
    pieces: list


@dataclass
class Paragraph:
    text: str
    lines: list
    latin: set = field(default_factory=set)  # shared marks that are Latin here
    bound: set = field(default_factory=set)  # where no line may begin
    fillable: bool | None = None  # by other breaks; None: was not asked for


@dataclass
class Setting:
    size: int     # pixels per em
    measure: int
    indent: int
    leading: int
    hang: bool
    space: int    # advance of U+0020
    paragraphs: list
    natural: dict = field(default_factory=dict)  # advance of words by themselves

    @property
    def name(self):
        more = (", indented" if self.indent else "") + (", hanging" if self.hang else "")
        return f"{self.measure / self.size:.1f} em of {self.size} px{more}"


def kind_of(text, latin=False):
    first = text[0]
    if latin:
        return "word"
    if all(char in marks.DASH for char in text):
        return "connect" if text in "—―" else "dash"
    for kind, members in (("open", marks.OPEN), ("close", marks.CLOSE), ("pause", marks.PAUSE),
                          ("stop", marks.STOP), ("dot", marks.DOT), ("connect", marks.CONNECT)):
        if first in members and len(text) == 1:
            return kind
    return "han" if marks.is_wide(first) else "word"


def place(piece, size, latin):
    """Marks of full width have their ink in one half of the square, 间隔号 in the middle (GB/T
    15834, 5.1; CLREQ 标点符号的字形、尺寸与字面分布)."""
    piece.kind = kind_of(piece.text, latin)
    piece.left, piece.right = piece.x, piece.x + piece.advance
    if piece.advance < size:
        return
    if piece.kind == "open":
        piece.left += size // 2
    elif piece.kind in ("close", "pause", "stop"):
        piece.right -= size // 2
    elif piece.kind == "dot":
        piece.left += size // 4
        piece.right -= size // 4


def _typeset(tool, text, size, width, *options):
    run = subprocess.run([tool, "--size", str(size), "--width", str(width), "--json", *options, "-"],
                         input=text.encode(), stdout=subprocess.PIPE, check=True, timeout=120)
    return json.loads(run.stdout)


@lru_cache(maxsize=None)
def natural_widths(tool, words, size):
    words = sorted(words)
    lines = _typeset(tool, "\n".join(words), size, 48 * size, "--ragged")
    assert len(lines) == len(words)
    return {word: line["width"] for word, line in zip(words, lines)}


def _to_paragraph(text, offset, lines, size):
    data = text.encode()
    index = {}
    at = 0
    for number, char in enumerate(text):
        index[at] = number
        at += len(char.encode())
    index[at] = len(text)
    latin = marks.latin_marks(text)
    result = []
    for line in lines:
        pieces = []
        for start, length, face, x, width, advance in line["runs"]:
            start -= offset
            string = data[start:start + length].decode()
            piece = Piece(index[start], string, face, x, width, advance)
            place(piece, size, len(string) == 1 and piece.start in latin)
            pieces.append(piece)
        result.append(Line(index[line["start"] - offset], index[line["end"] - offset], line["x"],
                           line["width"], line["hang"], line["baseline"], line["last"],
                           line["ink"], pieces))
    return Paragraph(text, result, latin)


def read(tool, texts, size, measure, indent=0, hang=False, words=()):
    leading = size * 8 // 5
    options = ["--leading", str(leading)]
    options += ["--indent", str(indent)] if indent else []
    options += ["--hang"] if hang else []
    lines = _typeset(tool, "\n".join(texts), size, measure, *options)
    widths = natural_widths(tool, frozenset(words) | {"a", "a a"}, size)
    space = widths["a a"] - 2 * widths["a"]
    setting = Setting(size, measure, indent, leading, hang, space, [], widths)
    offset = 0
    for text in texts:
        end = offset + len(text.encode())
        mine = [line for line in lines if offset <= line["start"] < end]
        setting.paragraphs.append(_to_paragraph(text, offset, mine, size))
        offset = end + 1
    return setting
