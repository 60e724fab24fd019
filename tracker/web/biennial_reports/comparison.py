"""Views of two editions of the report side by side, of one period or of two."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.comparison import (
    ComparedPassage,
    ComparedTally,
    Fate,
    compare_records,
)
from tracker.domain.differences import Part
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action
from tracker.queries.editions import Edition, PeriodWithEditions, periods_with_editions
from tracker.queries.kept_comparisons import (
    EDITIONS_KIND,
    are_compared_apart,
    asked_of_editions,
    find_comparison,
)
from tracker.services.kept_results import ask_for
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.sources import record_of_edition
from tracker.web.biennial_reports.views import blueprint
from tracker.web.biennial_reports.work import Work
from tracker.web.security import actor, requires
from tracker.web.stretches import (
    MOST_BYTES,
    Stretch,
    asked_place,
    difference_bytes,
    shown_difference,
    stretch_of,
    text_bytes,
)
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report.comparison_file import (
    Chapter,
    ComparisonFile,
    comparison_now,
    kept_comparison,
)

PASSAGES_A_PAGE = 60
NUMBERS_SHOWN = 30
NUMBERS_A_PAGE = 100
CHAPTERS_A_PAGE = 100
LEAST_BYTES = 12_000  # of text, or of the list of its parts, however much stands above it
CHOICE_BYTES = 260  # of HTML for an edition in both lists of them
PASSAGE_BYTES = 620  # around the words of a passage and of its heading
LINE_BYTES = 35  # around a line of it
NUMBER_BYTES = 900  # around the words of a row of numbers
CHAPTER_BYTES = 850  # around the name of a part in the list of them
_DIFFERENT = "different"
VIEWS = {
    _DIFFERENT: (Fate.CHANGED, Fate.ADDED, Fate.GONE),
    **{fate.value: (fate,) for fate in Fate},
    "all": tuple(Fate),
}
_NUMBERS, _STATUSES = "numbers", "statuses"


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition that can be compared, with its period."""

    period: PeriodWithEditions
    edition: Edition


@dataclass(frozen=True, slots=True)
class Chosen:
    """All editions, and the two of them that are to be compared."""

    choices: Sequence[Choice]
    before: Choice | None
    after: Choice | None

    @property
    def are_in_two_languages(self) -> bool:
        """Tell whether nothing of the two can be compared: numbers, too, are told by words."""
        if self.before is None or self.after is None:
            return False
        return self.before.edition.language != self.after.edition.language

    @property
    def in_one_language(self) -> list[tuple[Choice, Choice]]:
        """Return each of the two, after another of its own language, where there is one."""
        chosen = [each for each in (self.before, self.after) if each is not None]
        pairs = [(_before(self.choices, each), each) for each in chosen]
        return [(other, each) for other, each in pairs if other is not None]

    @property
    def are_two(self) -> bool:
        """Tell whether there are two of one language, and what each says was kept."""
        if self.before is None or self.after is None or self.are_in_two_languages:
            return False
        are_kept = self.before.edition.record_digest and self.after.edition.record_digest
        return bool(are_kept) and self.before.edition.id != self.after.edition.id


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as it is shown: its words, or what became of them."""

    compared: ComparedPassage

    @property
    def difference(self) -> list[Part]:
        """Return the words added and removed."""
        before, after = self.compared.before, self.compared.after
        return shown_difference(before.text if before else "", after.text if after else "")

    @property
    def bytes(self) -> int:
        """Return how many bytes of HTML it takes."""
        shown = self.compared.shown
        named = PASSAGE_BYTES + text_bytes(shown.heading) + text_bytes(shown.lead or "")
        if self.compared.fate is Fate.SAME:
            return named + text_bytes(shown.text) + LINE_BYTES * (shown.text.count("\n") + 1)
        return named + difference_bytes(self.difference)


@blueprint.get("/compare")
@requires(Action.READ)
def compare() -> str | Response:
    with reading() as session:
        chosen = _chosen_editions(session)
        with _compared(session, chosen) as (compared, work):
            view = request.args.get("show", _DIFFERENT)
            view = view if view in VIEWS else _DIFFERENT
            return render_template(
                "biennial_reports/compare.html",
                choices=chosen.choices,
                in_one_language=chosen.in_one_language,
                before=chosen.before,
                after=chosen.after,
                are_two=chosen.are_two,
                are_in_two_languages=chosen.are_in_two_languages,
                work=work,
                view=view,
                shown=None if compared is None else _shown(compared, view, len(chosen.choices)),
            )


@blueprint.post("/compare")
@requires(Action.READ)
def compare_apart() -> Response:
    with reading() as session:
        chosen = _chosen_editions(session)
    if not (chosen.are_two and chosen.before and chosen.after):
        raise NotFound("There are no two such editions. Choose two that differ.")
    before_id, after_id = chosen.before.edition.id, chosen.after.edition.id
    with transaction() as session:
        ask_for(
            session,
            EDITIONS_KIND,
            asked_of_editions(before_id, after_id),
            action=Action.READ,
            actor=actor(),
            at=clock.now(),
        )
    return redirect(url_for("biennial_reports.compare", before=before_id, after=after_id), 303)


@contextmanager
def _compared(
    session: Session, chosen: Chosen
) -> Iterator[tuple[ComparisonFile | None, Work | None]]:
    """Open the comparison of two editions: made for the page, or of long ones by a task before.

    It is None where there are no two, or where the task, told beside, must make it first.
    """
    if not (chosen.are_two and chosen.before and chosen.after):
        yield None, None
        return
    old, new = chosen.before.edition, chosen.after.edition
    if are_compared_apart(old, new):
        asked = asked_of_editions(old.id, new.id)
        digest, task = find_comparison(session, EDITIONS_KIND, asked)
        path = installation().uploads.find_path(digest) if digest else None
        if path is None:
            yield None, Work(task)
            return
        with kept_comparison(path) as kept:
            yield kept, None
        return
    before, after = record_of_edition(old), record_of_edition(new)
    assert before is not None and after is not None  # noqa: S101, PT018 - both have a digest
    with comparison_now(compare_records(before, after)) as now:
        yield now, None


def _shown(compared: ComparisonFile, view: str, choice_count: int) -> dict[str, object]:
    """Return what the page shows of a comparison: all of it, its parts, one part or the numbers."""
    counts, fates = compared.counts(), VIEWS[view]
    numbers, statuses = (compared.numbers(are_statuses=are) for are in (False, True))
    counted = {
        "counts": {name: sum(counts[fate] for fate in VIEWS[name]) for name in VIEWS},
        "number_count": numbers.total,
        "status_count": statuses.total,
    }
    asked = request.args.get("numbers", "")
    if asked:
        rows = statuses if asked == _STATUSES else numbers
        stretch = stretch_of(rows, asked_place(), bytes_of=_number_bytes, most=NUMBERS_A_PAGE)
        return {**counted, "rows": stretch, "are_statuses": asked == _STATUSES}
    part = whole_number(request.args.get("part", ""))
    chapter = compared.find_chapter(part) if part is not None else None
    if chapter is not None:
        return {**counted, **_part(compared, chapter, fates)}
    first_numbers = numbers.from_place(0, NUMBERS_SHOWN)
    first_statuses = statuses.from_place(0, NUMBERS_SHOWN)
    above = sum(map(_number_bytes, (*first_numbers, *first_statuses)))
    left = max(LEAST_BYTES, MOST_BYTES - above - choice_count * CHOICE_BYTES)
    text = stretch_of(
        compared.passages(fates), 0, bytes_of=_bytes, most=PASSAGES_A_PAGE, most_bytes=left
    )
    shown = {**counted, "numbers": first_numbers, "statuses": first_statuses}
    if text.is_whole:
        return {**shown, "text": text, "sections": _sections(text)}
    chapters = stretch_of(
        compared.chapters(fates),
        asked_place(),
        bytes_of=_chapter_bytes,
        most=CHAPTERS_A_PAGE,
        most_bytes=left,
    )
    return {**shown, "chapters": chapters}


def _part(compared: ComparisonFile, chapter: Chapter, fates: Sequence[Fate]) -> dict[str, object]:
    text = stretch_of(
        compared.passages(fates, chapter=chapter.number),
        asked_place(),
        bytes_of=_bytes,
        most=PASSAGES_A_PAGE,
    )
    following = compared.chapters(fates, beyond=chapter.number).from_place(0, 1)
    return {
        "chapter": chapter,
        "text": text,
        "sections": _sections(text),
        "following": following[0] if following else None,
    }


def _sections(text: Stretch[ComparedPassage]) -> list[tuple[str, list[ShownPassage]]]:
    """Return the passages of a page under their headings."""
    return [
        (heading, list(map(ShownPassage, group)))
        for heading, group in groupby(text.items, key=lambda passage: passage.shown.heading)
    ]


def _bytes(passage: ComparedPassage) -> int:
    return ShownPassage(passage).bytes


def _number_bytes(tally: ComparedTally) -> int:
    names = sum(map(text_bytes, (tally.shown.where, *tally.shown.names)))
    printed = sum(text_bytes(each.tally.printed) for each in (tally.before, tally.after) if each)
    return NUMBER_BYTES + names + printed


def _chapter_bytes(chapter: Chapter) -> int:
    return CHAPTER_BYTES + text_bytes(chapter.name)


def _chosen_editions(session: Session) -> Chosen:
    periods = periods_with_editions(session)
    choices = [Choice(period, each) for period in periods for each in period.editions]
    comparable = (choice for choice in choices if _before(choices, choice))
    after = _chosen(choices, "after") or next(comparable, choices[0] if choices else None)
    before = _chosen(choices, "before") or (_before(choices, after) if after else None)
    return Chosen(choices, before, after)


def _chosen(choices: list[Choice], name: str) -> Choice | None:
    wanted = whole_number(request.args.get(name, ""))
    return next((choice for choice in choices if choice.edition.id == wanted), None)


def _before(choices: Sequence[Choice], after: Choice) -> Choice | None:
    """Return the edition that came before in the same language, else another of that language."""
    others = [
        choice
        for choice in choices
        if choice.edition.id != after.edition.id
        and choice.edition.language == after.edition.language
    ]
    earlier = [choice for choice in others if choice.edition.created_at <= after.edition.created_at]
    return next(iter(earlier or others), None)
