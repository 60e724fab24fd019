"""Into how many lines a text in Times New Roman falls."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

# Thousandths of the size of the type, as in the metrics that Times shares with its substitutes.
_WIDTHS: Final = {
    180: "'",
    200: "|",
    250: " ,.\u00a0\u202f",
    278: "/:;\\ijlt",
    333: "!()-If[]`r‘’‐‑",
    389: "Js",
    400: "°",
    408: '"',
    444: "?aceźz“”„",
    469: "^",
    480: "{}",
    500: "#$*0123456789_bdghknopquvxy–•«»§",
    541: "~",
    556: "FPSß",
    564: "+<=>−×",
    611: "ELTZ",
    667: "BCRæ",
    722: "ADGHKNOQUVXYw",
    778: "&m",
    833: "%",
    889: "MÆ",
    921: "@",
    944: "W",
    1000: "—…",
    0: "\u200b\u2060\u00ad",
}
_WIDTH_OF: Final = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER_LETTER, _FULL_WIDTH = 500, 1000
# Bold letters are wider; what is bold here are headings, captions and heads of columns.
_BOLD = 1.06
# A line may end after a space, a hyphen or a dash; not at a no-break space.
_PIECES = re.compile(r"[^ \-–—/\u200b]*[ \-–—/\u200b]?")


def line_count(
    text: str, line_width: float, size: float, *, first_indent: float = 0, is_bold: bool = False
) -> int:
    """Return into how many lines of ``line_width`` points the text falls; an empty one is one."""
    unit = size * (_BOLD if is_bold else 1) / 1000
    lines, at = 1, first_indent
    for piece in _PIECES.findall(text):
        word, space = _widths(piece)
        needed = word * unit
        if at and at + needed > line_width:
            lines, at = lines + 1, 0.0
        if needed > line_width:  # a word longer than the line is broken where the line ends
            lines += int(needed // line_width)
            needed %= line_width
        at += needed + space * unit
    return lines


@lru_cache(maxsize=50_000)
def _widths(piece: str) -> tuple[int, int]:
    """Return the width of a word and of the space after it, which may stick out of the line."""
    word = piece.rstrip(" ")
    return sum(map(_letter_width, word)), sum(map(_letter_width, piece[len(word) :]))


@cache
def _letter_width(letter: str) -> int:
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _WIDTH_OF:
        return _WIDTH_OF[base]
    return _FULL_WIDTH if unicodedata.east_asian_width(letter) in "WF" else _OTHER_LETTER
