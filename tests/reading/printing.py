"""Paragraphs printed on pages: wrapped, with running heads and footnotes, chosen by a seed."""

import random
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LIST_MARK = re.compile(r"^(?:\d{1,3}\.|\([a-z]{1,5}\))\s")
_RULE = "_" * 15
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TITLE = re.compile(r"^\s*\d{1,3}(?:\([IVX]+\)|/\d{1,3}\.) ")  # set apart whatever the habit
_LEVELS = (re.compile(r"^\d{1,3}\.\s"), re.compile(r"^\([a-z]{1,2}\)\s"))


@dataclass(frozen=True)
class Text:
    """What is printed: lines before the preamble, paragraphs, running head and footnotes."""

    front: Sequence[str]
    paragraphs: Sequence[str]
    symbol: str = "COI/RES/1"
    title: str = ""
    notes: Sequence[str] = ()


@dataclass
class Habits:
    """How a typist sets a document: chosen once for each by its seed."""

    chance: random.Random
    width: int = 0
    parting: str = ""
    mark: str = ""
    head: str = ""
    page_lines: int = 0

    def __post_init__(self) -> None:
        choose = self.chance.choice
        self.width = self.chance.randint(72, 84)
        self.parting = choose(("blank", "blank", "indent", "flush"))
        self.mark = choose(("raised", "digit", "slash"))
        self.head = choose(("symbol", "both", "title", "page"))
        self.page_lines = self.page_lines or self.chance.randint(38, 50)


@dataclass
class Page:
    """The pieces of paragraphs on a page, each with whether it begins one, and the footnotes."""

    pieces: list[tuple[list[str], bool]] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    count: int = 0


def print_pages(text: Text, *, seed: str, page_lines: int = 0) -> str:
    """Return the text as pages; ``page_lines`` is how many lines fit on one."""
    habits = habits_of(seed, page_lines)
    printed = ["\n".join(text.front), ""]
    pages = pages_of(text, habits)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            printed += _running_head(text, number, habits)
        printed += _page_lines(page, habits)
        printed += _page_foot(number, len(pages), habits)
    return "\n".join(printed) + "\n"


def habits_of(seed: str, page_lines: int) -> Habits:
    """Return the habits that a seed gives."""
    return Habits(random.Random(f"pages {seed}"), page_lines=page_lines)  # noqa: S311 - no secret


def pages_of(text: Text, habits: Habits) -> list[Page]:
    """Return the paragraphs parted into pages, with marks for the footnotes at their ends."""
    pages = [Page()]
    room = max(8, habits.page_lines - 12)
    for paragraph, note in _with_marks(text, habits):
        lines = _wrapped(paragraph, habits)
        noted = textwrap.wrap(note, habits.width) if note else []
        begins = True
        while lines:
            left = room - pages[-1].count - len(noted)
            if left < 2:
                pages.append(Page())
                room = habits.page_lines
                continue
            taken, lines = lines[:left], lines[left:]
            pages[-1].pieces.append((taken, begins))
            pages[-1].count += len(taken) + (habits.parting == "blank")
            begins = False
        if noted:
            pages[-1].notes.append(noted)
            pages[-1].count += len(noted)
    return pages


def _with_marks(text: Text, habits: Habits) -> Iterator[tuple[str, str | None]]:
    """Return the paragraphs with footnote marks, each with its note."""
    count = min(len(text.notes), len(text.paragraphs))
    places = sorted(habits.chance.sample(range(len(text.paragraphs)), count))
    for place, paragraph in enumerate(text.paragraphs):
        if place not in places:
            yield paragraph, None
            continue
        number = places.index(place)
        raised = str(number + 1).translate(_SUPERSCRIPTS)
        mark = {"raised": raised, "digit": f"{number + 1}", "slash": f" {number + 1}/"}[habits.mark]
        yield paragraph + mark, f"{mark.strip()} {text.notes[number]}"


def _wrapped(paragraph: str, habits: Habits) -> list[str]:
    level = next((n for n, form in enumerate(_LEVELS) if form.match(paragraph)), 2)
    is_item = LIST_MARK.match(paragraph) is not None
    left = " " * (4 * level if is_item and habits.parting == "blank" else 0)
    first = left + ("     " if habits.parting == "indent" else "")
    lines = textwrap.wrap(
        paragraph.replace("\t", "  "),
        habits.width,
        initial_indent=first,
        subsequent_indent=left,
        break_long_words=False,
    )
    return _hyphenated(lines, habits)


def _hyphenated(lines: list[str], habits: Habits) -> list[str]:
    """Break a word at the end of some lines."""
    broken = list(lines)
    for index in range(1, len(broken)):
        following = broken[index].lstrip()
        indent = broken[index][: len(broken[index]) - len(following)]
        word = following.split(" ")[0]
        if re.fullmatch(r"[a-z]{8,}[,;]?", word) and habits.chance.random() < 0.05:
            cut = habits.chance.randint(3, len(word) - 4)
            broken[index - 1] += f" {word[:cut]}-"
            broken[index] = indent + following[cut:]
    return broken


def _page_lines(page: Page, habits: Habits) -> Iterator[str]:
    after_title = False
    for place, (piece, begins) in enumerate(page.pieces):
        is_title = begins and _TITLE.match(piece[0]) is not None
        if place and begins and (habits.parting == "blank" or is_title or after_title):
            yield ""
        yield from piece
        after_title = is_title
    if page.notes:
        yield _RULE
        for note in page.notes:
            yield from note


def _running_head(text: Text, number: int, habits: Habits) -> list[str]:
    gap = [""] * habits.chance.choice((0, 1))
    if habits.head == "symbol":
        return [*gap, text.symbol, ""]
    if habits.head == "page":
        return [*gap, text.symbol, f"Page {number}", ""]
    if habits.head == "title" or not text.title:
        return [*gap, textwrap.wrap(text.title or text.symbol, 60)[0], ""]
    lines = textwrap.wrap(text.title, 40)
    first = f"{text.symbol}{lines[0].rjust(habits.width - len(text.symbol))}"
    return [*gap, first, *(line.rjust(habits.width) for line in lines[1:]), ""]


def _page_foot(number: int, count: int, habits: Habits) -> list[str]:
    if habits.head == "both":
        return ["", f"24-0{number:02}42{f'{number}/{count}'.rjust(habits.width - 8)}", ""]
    return ["", str(number).center(habits.width).rstrip(), ""]
