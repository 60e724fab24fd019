"""Translation of the report: what goes out to translators, and what becomes of what comes back.

What people wrote goes out: their cleared words, the editor's wordings, the titles of activities and
the names of partners, donors and documents, a line a paragraph. What is made from our own tables
and catalogues does not: fixed sentences, headings, numbers, dates, names of countries, units and
sessions, and adopted texts.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from tracker.domain.biennial_report.blocks import Passage, ReportDocument
from tracker.domain.biennial_report.content import ReportContent
from tracker.domain.biennial_report.editing import is_same_text, tidy_wording
from tracker.domain.biennial_report.printed_names import is_name_key, name_key
from tracker.domain.differences import Part, word_difference

_MARK = re.compile(r"tracker-translation-(\d{1,9})-([a-z]{2,3})-([a-z]{2,3})(?![a-z])")
_KEY = re.compile(r"([a-zA-Z]\w{0,60}(?:\.\w{1,30}){1,4})/(\d{1,4})\.(\d{1,4})/([0-9a-f]{10})")
_FIGURES = re.compile(r"\d+(?:[.,'\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,]\d+)?")
_TITLE = re.compile(r"activity(\d{1,9})\.title")


NEEDS_REVIEW = "needs-review-translation"
"""The state in XLIFF of a translation whose original has changed since."""


class TranslationState(StrEnum):
    """How a text stands in another language."""

    MISSING = "missing"
    OUT_OF_DATE = "out_of_date"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class TranslationMark:
    """What a translation file is of: the report on a period, from one language into another."""

    period_id: int
    source_language: str
    language: str

    def __str__(self) -> str:
        """Return the mark as a file bears it."""
        return f"tracker-translation-{self.period_id}-{self.source_language}-{self.language}"


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language, and the original that it was made from."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class HeldWording:
    """A wording that holds in a language; ``source`` is the original that it translates, if any."""

    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A text of the original with its newest translation, if there is one.

    Both hold a line a paragraph, or a line an item of a list. ``heading`` is that of its section.
    """

    key: str
    source: str
    heading: str
    translation: Translation | None = None

    @property
    def state(self) -> TranslationState:
        """Tell whether it is translated, from what the original says today."""
        if self.translation is None or not self.translation.text:
            return TranslationState.MISSING
        if not is_same_text(self.translation.source, self.source):
            return TranslationState.OUT_OF_DATE
        return TranslationState.CURRENT

    @property
    def activity_id(self) -> int | None:
        """Return the activity whose title it is, None for a passage."""
        found = _TITLE.fullmatch(self.key)
        return None if found is None else int(found[1])

    @property
    def is_name(self) -> bool:
        """Tell whether it is a name that stands in lists and tables."""
        return is_name_key(self.key)


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of a translation file: its key, the original, the translation or ""."""

    key: str
    source: str
    target: str
    heading: str
    state: TranslationState


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """What goes out to translators."""

    mark: TranslationMark
    title: str
    lines: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One line of a file that came back.

    ``key`` is "" where none can be read; ``has_codes`` tells of tags that the original has not,
    ``is_unreviewed`` that it still bears the mark of a translation of an earlier original.
    """

    key: str
    source: str
    target: str
    has_codes: bool = False
    is_unreviewed: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What a file that came back says."""

    mark: TranslationMark
    lines: tuple[ReturnedLine, ...]


@dataclass(frozen=True, slots=True)
class TakenTranslation:
    """A text that a returned file translates.

    ``source`` is the original that was translated; ``numbers`` are those that only one side has.
    """

    unit: TranslationUnit
    source: str
    text: str
    numbers: tuple[str, ...]
    has_codes: bool

    @property
    def difference(self) -> list[Part]:
        """Return what changed in the original since it was translated."""
        return word_difference(self.source, self.unit.source)

    @property
    def has_moved_on(self) -> bool:
        """Tell whether the original says something else today."""
        return not is_same_text(self.source, self.unit.source)


@dataclass(frozen=True, slots=True)
class TranslationRehearsal:
    """What a returned file would do.

    ``taken`` become the translations; ``outdated`` are kept beside an original that changed
    meanwhile, and are not printed; ``already`` are known. ``missing`` are texts of today without a
    current translation that the file does not give; ``unknown`` and ``altered`` are the originals,
    as the file has them, of lines whose text is gone or whose key does not fit them.
    """

    taken: tuple[TakenTranslation, ...]
    outdated: tuple[TakenTranslation, ...]
    already: int
    missing: tuple[TranslationUnit, ...]
    unknown: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def to_keep(self) -> tuple[TakenTranslation, ...]:
        """Return all that would be kept."""
        return self.taken + self.outdated


def title_key(activity_id: int) -> str:
    """Return the key of an activity's title."""
    return f"activity{activity_id}.title"


def goes_out(passage: Passage) -> bool:
    """Tell whether a passage of the original is translated by people."""
    return bool(passage.text) and (passage.is_written or passage.is_edited)


def translation_units(
    original: ReportDocument,
    titles: Sequence[tuple[int, str]],
    translations: Mapping[str, Translation],
    *,
    titles_heading: str = "",
    names: Sequence[str] = (),
    names_heading: str = "",
) -> tuple[TranslationUnit, ...]:
    """Return what of the original is translated by people, in its order, then titles and names.

    Passages that stand in another language within the original are left out: see ``unready``.
    """
    texts = [
        (passage.key, passage.text, passage.heading)
        for passage in original.passages
        if goes_out(passage) and passage.language is None
    ]
    texts += [(title_key(activity_id), title, titles_heading) for activity_id, title in titles]
    texts += [(name_key(name), name, names_heading) for name in names]
    return tuple(
        TranslationUnit(key, text, heading, translations.get(key)) for key, text, heading in texts
    )


def in_language(
    content: ReportContent,
    original: ReportDocument,
    wordings: Mapping[str, HeldWording],
    *,
    has_names: bool = True,
) -> ReportContent:
    """Return the content of a document in another language with what is translated.

    ``has_names`` tells that the names in its lists and tables are.

    A translation is printed while the original says what it was made from. Else what the original
    prints stands in, as the editor worded it there.
    """
    printed: dict[str, str] = {}
    languages: dict[str, str] = {}
    complete = True
    for passage in original.passages:
        held = wordings.get(passage.key)
        if held is not None and held.source is None:
            printed[passage.key] = held.text
            complete &= not goes_out(passage)
        elif held is not None and is_same_text(held.source or "", passage.text):
            printed[passage.key], languages[passage.key] = held.text, content.language
        else:
            if passage.is_edited:
                printed[passage.key] = passage.text
                languages[passage.key] = passage.language or original.language
            complete &= not goes_out(passage) or passage.language == content.language
    return replace(
        content,
        editorial=printed,
        editorial_languages=languages,
        originals={each.key: each.text for each in original.passages if goes_out(each)},
        is_translated=(
            complete and has_names and _has_adopted_texts(content) and content.has_titles
        ),
    )


def _has_adopted_texts(content: ReportContent) -> bool:
    return all(mandate.language_of_text == content.language for mandate in content.mandates)


def unready(original: ReportDocument) -> tuple[Passage, ...]:
    """Return the passages that the original prints in another language than its own."""
    return tuple(
        passage
        for passage in original.passages
        if goes_out(passage) and passage.language is not None
    )


def file_of(mark: TranslationMark, title: str, units: Iterable[TranslationUnit]) -> TranslationFile:
    """Return the units as lines of a file, with the translations that are there."""
    return TranslationFile(mark, title, tuple(line for unit in units for line in _lines(unit)))


def find_translation_mark(words: str) -> TranslationMark | None:
    """Return the mark in some words, None where there is none."""
    found = _MARK.search(words)
    return None if found is None else TranslationMark(int(found[1]), found[2], found[3])


def find_key(words: str) -> str:
    """Return the key of a line in some words, "" where there is none."""
    found = _KEY.search(words)
    return "" if found is None else found[0]


def rehearse(returned: ReturnedFile, units: Sequence[TranslationUnit]) -> TranslationRehearsal:
    """Return what a file would do to the texts of today."""
    known = {unit.key: unit for unit in units}
    taken: dict[str, TakenTranslation] = {}
    already: set[str] = set()
    unknown, altered = [line.source for line in returned.lines if not line.key], []
    for name, lines in _by_text(returned.lines):
        unit = known.get(name)
        source = "\n".join(line.source for line in lines)
        if unit is None:
            unknown.append(source)
        elif not _is_genuine(lines, unit):
            altered.append(source)
        elif all(line.target for line in lines):
            if _is_of_today(lines, unit):
                source = unit.source
            made = _taken(unit, source, lines)
            if unit.translation == Translation(made.source, made.text):
                already.add(name)
            elif not _is_left_alone(lines, made):
                taken[name] = made
    ordered = [taken[unit.key] for unit in units if unit.key in taken]
    given = {each.unit.key for each in ordered if not each.has_moved_on}
    return TranslationRehearsal(
        taken=tuple(each for each in ordered if not each.has_moved_on),
        outdated=tuple(
            each
            for each in ordered
            if each.has_moved_on and each.unit.state is not TranslationState.CURRENT
        ),
        already=len(already),
        missing=tuple(
            unit
            for unit in units
            if unit.state is not TranslationState.CURRENT and unit.key not in given
        ),
        unknown=tuple(unknown),
        altered=tuple(altered),
    )


def repeated_key(lines: Iterable[ReturnedLine]) -> ReturnedLine | None:
    """Return a line whose key stands twice with two translations, None where none does."""
    seen: dict[str, str] = {}
    for line in lines:
        if line.key and seen.setdefault(line.key, line.target) != line.target:
            return line
    return None


def different_numbers(source: str, target: str) -> tuple[str, ...]:
    """Return the numbers that only one of two texts has, however their thousands are parted."""
    ours, theirs = Counter(_figures(source)), Counter(_figures(target))
    return tuple((ours - theirs) + (theirs - ours))


def _figures(text: str) -> Iterator[str]:
    for found in _FIGURES.finditer(text):
        yield re.sub(r"[^\d]", "", found[0])


def _lines(unit: TranslationUnit) -> Iterator[FileLine]:
    sources = unit.source.split("\n")
    targets = _alongside(unit.translation.text if unit.translation else "", len(sources))
    for place, (source, target) in enumerate(zip(sources, targets, strict=True), start=1):
        key = _key(f"{unit.key}/{place}.{len(sources)}", source)
        yield FileLine(key, source, target, unit.heading, unit.state)


def _alongside(translation: str, count: int) -> list[str]:
    """Return a translation as so many lines: what is over goes into the last."""
    lines = translation.split("\n")
    head, rest = lines[: count - 1], lines[count - 1 :]
    return [*head, *[""] * (count - 1 - len(head)), " ".join(rest)]


def _by_text(lines: Iterable[ReturnedLine]) -> Iterator[tuple[str, list[ReturnedLine]]]:
    """Yield the lines of each text in their order, each line once."""
    once = {line.key: line for line in lines if line.key}.values()

    def place(line: ReturnedLine) -> tuple[str, int]:
        key, number, _ = line.key.split("/")
        return key, int(number.split(".")[0])

    for key, group in groupby(sorted(once, key=place), key=lambda line: place(line)[0]):
        yield key, list(group)


def _is_genuine(lines: Sequence[ReturnedLine], unit: TranslationUnit) -> bool:
    """Tell whether all lines of a text are there and each key is that of its original."""
    counts = {line.key.split("/")[1] for line in lines}
    if counts != {f"{place}.{len(lines)}" for place in range(1, len(lines) + 1)}:
        return False
    return _is_of_today(lines, unit) or all(
        _key(line.key.rpartition("/")[0], line.source) == line.key for line in lines
    )


def _is_of_today(lines: Sequence[ReturnedLine], unit: TranslationUnit) -> bool:
    """Tell whether the keys are those of the original as it is today."""
    return [line.key for line in lines] == [line.key for line in _lines(unit)]


def _is_left_alone(lines: Sequence[ReturnedLine], made: TakenTranslation) -> bool:
    """Tell whether it is the old translation, which nobody has looked over."""
    held = made.unit.translation
    is_marked = any(line.is_unreviewed for line in lines)
    return is_marked and held is not None and held.text == made.text


def _taken(unit: TranslationUnit, source: str, lines: Sequence[ReturnedLine]) -> TakenTranslation:
    text = tidy_wording("\n".join(" ".join(line.target.split("\n")) for line in lines))
    return TakenTranslation(
        unit=unit,
        source=source,
        text=text,
        numbers=different_numbers(source, text),
        has_codes=any(line.has_codes for line in lines),
    )


def _key(place: str, line: str) -> str:
    """Return the key of a line, by whose end it is seen that place and original belong to it."""
    digest = hashlib.sha256(f"{place} {' '.join(line.split())}".encode()).hexdigest()
    return f"{place}/{digest[:10]}"
