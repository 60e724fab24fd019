"""The texts of the report of today: composed for the page, or before, where the report is long."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.editing import is_same_text
from tracker.domain.biennial_report.passages import ComposedPassages, Passages
from tracker.domain.permissions import Action
from tracker.queries.editions import PeriodWithEditions, period_with_editions
from tracker.queries.jobs import TaskProgress
from tracker.queries.kept_compositions import KeptComposition, find_composition, is_composed_apart
from tracker.queries.report_wordings import Wording, newest_wordings
from tracker.services.kept_compositions import ask_for_composition
from tracker.storage import is_digest
from tracker.web.biennial_reports.views import blueprint, edition_of_today, language_choices
from tracker.web.biennial_reports.work import Work
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report.passage_file import KeptPassages


@dataclass(frozen=True, slots=True)
class Composed:
    """The texts of a report; ``kept`` says when they were composed, ``task`` composes them anew.

    ``passages`` is None where the report is too long for a page and was not composed yet; ``kept``
    is None where the page composed it.
    """

    passages: Passages | None
    is_apart: bool = False
    kept: KeptComposition | None = None
    task: TaskProgress | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether it is composed just now."""
        return Work(self.task).is_running

    @property
    def has_failed(self) -> bool:
        """Tell whether it was to be composed after what is kept, and was not."""
        if self.task is None or not Work(self.task).has_failed:
            return False
        return self.kept is None or self.task.requested_at > self.kept.composed_at

    @property
    def may_cancel(self) -> bool:
        """Tell whether the reader may stop it."""
        return Work(self.task).may_cancel


class LaidOver:
    """Passages that were composed before, with the wordings that came since."""

    def __init__(self, passages: Passages, later: Mapping[str, Wording]) -> None:
        self._passages = passages
        self._later = later

    @property
    def original_language(self) -> str:
        """Return the language in which the report is complete."""
        return self._passages.original_language

    @property
    def word_count(self) -> int:
        """Return how many words the document had when it was composed."""
        return self._passages.word_count

    @property
    def count(self) -> int:
        """Return how many passages there are."""
        return self._passages.count

    def from_place(self, first: int, most: int) -> Sequence[Passage]:
        """Return the passages from a place on, counted from 0, so many at most."""
        return self._all(self._passages.from_place(first, most))

    def with_keys(self, keys: Collection[str]) -> Sequence[Passage]:
        """Return the passages with these keys; what the report has not is left out."""
        return self._all(self._passages.with_keys(keys))

    def of_scope(self, scope: str) -> Sequence[Passage]:
        """Return the numbered passages whose keys begin with that word."""
        return self._all(self._passages.of_scope(scope))

    def with_number(self, number: int) -> Passage | None:
        """Return the passage that was printed in the paragraph of that number, if there is one."""
        found = self._passages.with_number(number)
        return None if found is None else self._one(found)

    def _all(self, passages: Iterable[Passage]) -> Sequence[Passage]:
        return [self._one(passage) for passage in passages]

    def _one(self, passage: Passage) -> Passage:
        wording = self._later.get(passage.key)
        return passage if wording is None else laid_over(passage, wording)


def laid_over(passage: Passage, wording: Wording) -> Passage:
    """Return a passage that was composed before as a wording that came since lets it read."""
    if wording.text is None:
        return replace(passage, text=passage.composed)
    if wording.source is None:
        return replace(passage, text=wording.text)
    if not is_same_text(wording.source, passage.original):
        return passage  # it translates what the original no longer says
    return replace(passage, text=wording.text, language=None)


def composed_today(session: Session, found: PeriodWithEditions, language: str) -> Composed:
    """Return the texts of the report as it would be made now, or as a task composed them last."""
    if not is_composed_apart(session, found.id):
        return Composed(ComposedPassages(edition_of_today(session, found, language).document))
    kept, task = find_composition(session, found.id, language)
    path = installation().uploads.find_path(kept.digest) if kept else None
    if kept is None or path is None:
        return Composed(None, True, None, task)
    wordings = newest_wordings(session, found.id, language)
    later = {
        key: wording for key, wording in wordings.items() if wording.written_at >= kept.composed_at
    }
    return Composed(LaidOver(KeptPassages(path), later), True, kept, task)


def page_of_uncomposed(found: PeriodWithEditions, language: str, composed: Composed) -> str:
    """Return the page that stands in for the texts of a long report until they are composed."""
    return render_template(
        "biennial_reports/uncomposed.html",
        period=found,
        composed=composed,
        text_language=language,
        text_languages=language_choices(),
    )


@blueprint.post("/<int:period_id>/texts/compose")
@requires(Action.GENERATE_REPORT)
def compose(period_id: int) -> Response:
    language = request.args.get("language", "")
    if language not in house().languages:
        language = house().languages[0]
    with reading() as session:
        period_with_editions(session, period_id)
    with transaction() as session:
        ask_for_composition(
            session, period_id=period_id, language=language, actor=actor(), at=clock.now()
        )
    return redirect(_page_that_asked(period_id, language), 303)


def _page_that_asked(period_id: int, language: str) -> str:
    """Return the page on which it was asked for that the report is composed."""
    digest = request.args.get("copy", "")
    if is_digest(digest):
        return url_for("biennial_reports.copied", period_id=period_id, digest=digest)
    page = "late" if request.args.get("back") == "late" else "texts"
    return url_for(f"biennial_reports.{page}", period_id=period_id, language=language)
