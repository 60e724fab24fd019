"""How large pages, letters and spaces of a Word file are, read from the styles that it has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import Final

from lxml import etree

from tracker.domain.biennial_report.house_styles import A4, PageSetUp

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# The height of a line of Times New Roman by its size; most fonts of texts come near it.
_SINGLE: Final = 1.149
_WORDS_OWN_SIZE: Final = 10.0  # where no style names one
# How much wider than Times New Roman a font runs, by its name or else its family; measured on
# fonts of the same metrics.
_BREADTHS: Final = {
    "arial": 1.11, "helvetica": 1.11, "liberation sans": 1.11, "calibri": 1.0, "verdana": 1.26,
    "swiss": 1.11, "modern": 1.53,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeadingSize:
    """The letters of a heading and the space around it, in points."""

    size: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class WordLayout:
    """The sizes of a Word file in points; ``leading`` is the height of a line by its size.

    ``breadth`` is how much wider than Times New Roman its letters run. What stands here by default
    are the sizes of report.docx.
    """

    page: PageSetUp = A4
    size: float = 11.0
    leading: float = _SINGLE * 259 / 240
    after: float = 6.0
    table_size: float = 9.0
    breadth: float = 1.0
    headings: Mapping[int, HeadingSize] = field(
        default_factory=lambda: MappingProxyType(
            {
                1: HeadingSize(15.0, 24.0, 8.0),
                2: HeadingSize(12.5, 18.0, 8.0),
                3: HeadingSize(11.0, 14.0, 8.0),
            }
        )
    )

    @property
    def width(self) -> float:
        """Return how wide a line is."""
        return self.page.text_width / 20

    @property
    def height(self) -> float:
        """Return how much of a page text can fill."""
        return self.page.text_height / 20


AS_DELIVERED: Final = WordLayout()


def layout_of(parts: Mapping[str, bytes], page: PageSetUp) -> WordLayout:
    """Return the sizes that the styles of a template give its texts."""
    sheet = Sheet(etree.fromstring(parts["word/styles.xml"]))
    size = sheet.size("NumberedParagraph")
    space = sheet.spacing("NumberedParagraph")
    return WordLayout(
        page=page,
        size=size,
        leading=_leading(space, size),
        after=_points(space, "after"),
        table_size=sheet.size("TableText"),
        breadth=_breadth(sheet, parts),
        headings={level: _heading(sheet, level) for level in (1, 2, 3)},
    )


class Sheet:
    """The styles of a template, each with what it is based on."""

    def __init__(self, root: etree._Element) -> None:
        self._styles = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
        self._defaults = root.find(f"{_W}docDefaults")

    def size(self, identifier: str) -> float:
        """Return the size of the letters of a style, in points."""
        for form in self._found(identifier, f"{_W}rPr", f"{_W}rPrDefault/{_W}rPr"):
            size = form.find(f"{_W}sz")
            if size is not None:
                return _number(size.get(f"{_W}val"), 2 * _WORDS_OWN_SIZE) / 2
        return _WORDS_OWN_SIZE

    def spacing(self, identifier: str) -> Mapping[str, str]:
        """Return the space around and within paragraphs of a style, as Word writes it."""
        held: dict[str, str] = {}
        for form in self._found(identifier, f"{_W}pPr", f"{_W}pPrDefault/{_W}pPr"):
            space = form.find(f"{_W}spacing")
            if space is not None:
                named = {name.removeprefix(_W): value for name, value in space.items()}
                held = named | held
        return held

    def fonts(self, identifier: str) -> Mapping[str, str]:
        """Return the fonts of a style."""
        for form in self._found(identifier, f"{_W}rPr", f"{_W}rPrDefault/{_W}rPr"):
            fonts = form.find(f"{_W}rFonts")
            if fonts is not None:
                return {name.removeprefix(_W): value for name, value in fonts.items()}
        return {}

    def _found(self, identifier: str, within: str, default: str) -> Iterator[etree._Element]:
        """Yield the properties of a style, of those that it is based on, and the defaults."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            form = style.find(within)
            if form is not None:
                yield form
            base = style.find(f"{_W}basedOn")
            identifier = "" if base is None else base.get(f"{_W}val", "")
        form = None if self._defaults is None else self._defaults.find(default)
        if form is not None:
            yield form


def _heading(sheet: Sheet, level: int) -> HeadingSize:
    space = sheet.spacing(f"Heading{level}")
    return HeadingSize(
        sheet.size(f"Heading{level}"), _points(space, "before"), _points(space, "after")
    )


def _points(space: Mapping[str, str], name: str) -> float:
    return _number(space.get(name), 0.0) / 20


def _leading(space: Mapping[str, str], size: float) -> float:
    line, rule = _number(space.get("line"), 240.0), space.get("lineRule", "auto")
    if rule == "auto":
        return _SINGLE * line / 240
    return line / 20 / size if rule == "exact" else max(line / 20 / size, _SINGLE)


def _number(text: str | None, otherwise: float) -> float:
    """Return a measure; another one for what is written in a way that is unknown here."""
    try:
        number = float(text or otherwise)
    except ValueError:
        return otherwise
    return number if isfinite(number) and number >= 0 else otherwise


def font_of(parts: Mapping[str, bytes]) -> str:
    """Return the name of the font of texts, "" where no style names one."""
    return _font(Sheet(etree.fromstring(parts["word/styles.xml"])), parts)


def _font(sheet: Sheet, parts: Mapping[str, bytes]) -> str:
    fonts = sheet.fonts("NumberedParagraph")
    name = fonts.get("ascii", "")
    theme = fonts.get("asciiTheme", "")
    if theme:
        kind = "majorFont" if theme.startswith("major") else "minorFont"
        latin = etree.fromstring(parts["word/theme.xml"]).find(f".//{_A}{kind}/{_A}latin")
        name = name if latin is None else latin.get("typeface", name)
    return name


def _breadth(sheet: Sheet, parts: Mapping[str, bytes]) -> float:
    """Return how wide the font of texts runs, as far as its name or its family tells it."""
    names = [_font(sheet, parts).casefold()]
    for font in etree.fromstring(parts["word/fontTable.xml"]).iter(f"{_W}font"):
        family = font.find(f"{_W}family")
        if family is not None and font.get(f"{_W}name", "").casefold() == names[0]:
            names.append(family.get(f"{_W}val", ""))
    return next((_BREADTHS[each] for each in names if each in _BREADTHS), 1.0)
