"""What search looks through, kept as current as the records: written in the same transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, delete, event, insert, inspect, select
from sqlalchemy.orm import Session

from tracker.database import insert_new
from tracker.domain.search import SearchKind
from tracker.domain.workflow import Move
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityCountry, ActivityPartner, DocumentOfActivity
from tracker.models.base import Base
from tracker.models.instruments import ClauseText, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import Person, RoleAssignment
from tracker.models.progress import ProgressEntry, ProgressReport, ProgressRevision
from tracker.models.search import SearchEntry, SearchWord
from tracker.models.submissions import EditionSubmission, IssuedDocument
from tracker.services.search_subjects import LOADERS, Searchable
from tracker.stemming import fold, stem, stems_of_text, words_of

_CHANGED = "search_changed"
_RECLASSIFIED = "search_reclassified"
_BATCH = 500
_NONE_IS_LOADED = {"synchronize_session": False}  # of the rows that are deleted
Subject = tuple[SearchKind, int]
Item = TypeVar("Item")

# Which record a changed row belongs to. What is written past the session is found by ``complete``.
_SUBJECTS: Mapping[type[Base], Callable[[Any], Subject]] = {
    Instrument: lambda row: (SearchKind.RESOLUTION, row.id),
    InstrumentText: lambda row: (SearchKind.RESOLUTION, row.instrument_id),
    ClauseText: lambda row: (SearchKind.MANDATE, row.clause_id),
    Mandate: lambda row: (SearchKind.MANDATE, row.clause_id),
    Activity: lambda row: (SearchKind.ACTIVITY, row.id),
    ActivityCountry: lambda row: (SearchKind.ACTIVITY, row.activity_id),
    ActivityPartner: lambda row: (SearchKind.ACTIVITY, row.activity_id),
    DocumentOfActivity: lambda row: (SearchKind.ACTIVITY, row.activity_id),
    ProgressReport: lambda row: (SearchKind.PROGRESS, row.id),
    ProgressRevision: lambda row: (SearchKind.PROGRESS, row.report_id),
    ProgressEntry: lambda row: (SearchKind.NOTE, row.id),
    EditionSubmission: lambda row: (SearchKind.DOCUMENT, row.edition_id),
    IssuedDocument: lambda row: (SearchKind.DOCUMENT, row.edition_id),
    Person: lambda row: (SearchKind.PERSON, row.id),
    RoleAssignment: lambda row: (SearchKind.PERSON, row.person_id),
}
# All records of a kind that a loader finds.
_ALL: Mapping[SearchKind, Select[int]] = {
    SearchKind.RESOLUTION: select(Instrument.id),
    SearchKind.MANDATE: select(Mandate.clause_id),
    SearchKind.ACTIVITY: select(Activity.id),
    SearchKind.PROGRESS: select(ProgressReport.id).where(
        ProgressReport.revisions.any(ProgressRevision.move == Move.CLEAR)
    ),
    SearchKind.NOTE: select(ProgressEntry.id),
    SearchKind.DOCUMENT: select(EditionSubmission.edition_id).where(
        EditionSubmission.submitted_at.is_not(None)
    ),
    SearchKind.PERSON: select(Person.id).where(Person.is_active),
}


def keep_current(session: Session) -> None:
    """Let the transaction of ``session`` end with what search looks through brought up to date."""
    session.info.update({_CHANGED: set(), _RECLASSIFIED: set()})
    event.listen(session, "after_flush", _note_changes)
    event.listen(session, "before_commit", _refresh_changed)


def refresh(session: Session, subjects: Iterable[Subject]) -> None:
    """Write the entries of these records anew; those of a record that is gone go, too."""
    by_kind: dict[SearchKind, list[int]] = defaultdict(list)
    for kind, subject_id in sorted(set(subjects)):
        by_kind[kind].append(subject_id)
    words: set[tuple[str, str]] = set()
    for kind, ids in by_kind.items():
        for some in _batches(ids):
            words |= _rewrite(session, kind, some)
    # Sorted, so that two transactions that bring the same words wait for one another in one order.
    rows = [{"word": word, "stem": ending} for word, ending in sorted(words)]
    for few in _batches(rows):
        insert_new(session, SearchWord, few)


def complete(session: Session, *, most: int = 2000) -> int:
    """Write the entries of at most ``most`` records that have none; return how many these were.

    There are such after an upgrade, and after rows were written past the session.
    """
    missing: list[Subject] = []
    for kind, every in _ALL.items():
        there = select(SearchEntry.subject_id).where(SearchEntry.kind == kind)
        without = every.where(every.selected_columns[0].not_in(there))
        found = session.scalars(without.limit(most - len(missing)))
        missing += [(kind, subject_id) for subject_id in found]
    refresh(session, missing)
    return len(missing)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while few := list(islice(rest, _BATCH)):
        yield few


def _note_changes(session: Session, _flush: object) -> None:
    changed: set[Subject] = session.info[_CHANGED]
    for row in (*session.new, *session.dirty, *session.deleted):
        if (subject_of := _SUBJECTS.get(type(row))) is not None and _is_looked_through(row):
            changed.add(subject_of(row))
        if isinstance(row, Mandate) and inspect(row).attrs.sensitivity.history.has_changes():
            session.info[_RECLASSIFIED].add(row.id)


def _is_looked_through(row: object) -> bool:
    """Tell whether search finds another text for what changed: of reports it finds the cleared."""
    if isinstance(row, ProgressRevision):
        return row.move is Move.CLEAR
    if isinstance(row, ProgressReport):
        return inspect(row).deleted or inspect(row).attrs.unit_id.history.has_changes()
    return True


def _refresh_changed(session: Session) -> None:
    session.flush()
    changed: set[Subject] = session.info[_CHANGED]
    mandate_ids: set[int] = session.info[_RECLASSIFIED]
    refresh(session, changed | set(_said_on(session, mandate_ids)))
    changed.clear()
    mandate_ids.clear()


def _said_on(session: Session, mandate_ids: Collection[int]) -> Iterator[Subject]:
    """Yield the reports and notes on mandates: they are shown to those who may see the mandate."""
    if not mandate_ids:
        return
    reports = select(ProgressReport.id).where(ProgressReport.mandate_id.in_(mandate_ids))
    notes = select(ProgressEntry.id).where(ProgressEntry.mandate_id.in_(mandate_ids))
    yield from ((SearchKind.PROGRESS, report_id) for report_id in session.scalars(reports))
    yield from ((SearchKind.NOTE, note_id) for note_id in session.scalars(notes))


def _rewrite(session: Session, kind: SearchKind, ids: Collection[int]) -> set[tuple[str, str]]:
    """Write the entries of some records of a kind and return the words that occur in them."""
    gone = delete(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.subject_id.in_(ids))
    session.execute(gone, execution_options=_NONE_IS_LOADED)
    found = list(LOADERS[kind](session, ids))
    if found:
        # With their keys in no order, so that one statement adds many. SQLite brings its index up
        # to date after each statement, which takes 14 ms when there are 150,000 entries.
        added = insert(SearchEntry).returning(SearchEntry.id)
        session.execute(added, [_entry(kind, record) for record in found])
    return {pair for record in found for pair in _words(record)}


def _entry(kind: SearchKind, record: Searchable) -> Mapping[str, object]:
    hidden = (stems_of_text(words, language) for language, words in record.keywords)
    return {
        "kind": kind,
        "subject_id": record.subject_id,
        "language": record.language,
        "title": record.title,
        "text": record.text,
        "title_stems": stems_of_text(record.title, record.language),
        "text_stems": " ".join([stems_of_text(record.text, record.language), *hidden]),
        "sensitivity": record.sensitivity,
        "unit_id": record.unit_id,
        "body_id": record.body_id,
        "mandate_id": record.mandate_id,
        "instrument_id": record.instrument_id,
        "year": record.year,
    }


def _words(record: Searchable) -> Iterator[tuple[str, str]]:
    """Yield each word without accents, and its stem; very long ones are no words."""
    own = (record.language, f"{record.title} {record.text}")
    for language, text in (own, *record.keywords):
        for word in words_of(text):
            if len(word.text) <= 60:
                yield fold(word.text), stem(word.text, language)
