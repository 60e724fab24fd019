"""The results of a search as people see them: what was found, where it leads, and in what words."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.search import SearchKind
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressEntry, ProgressReport, ReportingPeriod
from tracker.models.search import SearchEntry
from tracker.queries.references import Reference
from tracker.stemming import Word, stem, words_of

_WIDTH = 260  # characters of text around the words that were found
_BEFORE = 60

Marked = tuple[tuple[bool, str], ...]  # pieces of a text; True where a word was asked for


@dataclass(frozen=True, slots=True)
class Result:
    """One record that was found; the reference of a resolution has no path."""

    kind: SearchKind
    subject_id: int
    language: str
    title: Marked
    words: Marked
    unit_name: str | None
    year: int | None
    reference: Reference | None = None
    period: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class _Details:
    """What the pages of the records need to be found, by kind and record."""

    references: Mapping[tuple[SearchKind, int], Reference]
    periods: Mapping[int, str] = field(default_factory=dict)
    emails: Mapping[int, str] = field(default_factory=dict)


def results(
    session: Session, entry_ids: Sequence[int], stems: Collection[str]
) -> tuple[Result, ...]:
    """Return the entries with these keys, in this order, with the words of ``stems`` marked.

    Seven statements at most, however many entries.
    """
    rows = session.execute(
        select(SearchEntry, OrganizationalUnit.name)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == SearchEntry.unit_id)
        .where(SearchEntry.id.in_(entry_ids))
    )
    found = {entry.id: (entry, unit) for entry, unit in rows}
    details = _details(session, [entry for entry, _unit in found.values()])
    return tuple(_result(*found[key], details, stems) for key in entry_ids if key in found)


def marked(text: str, language: str, stems: Collection[str]) -> Marked:
    """Return the whole text in pieces, the words of these stems apart."""
    return tuple(_pieces(text, _hits(text, language, stems), 0, len(text)))


def excerpt(text: str, language: str, stems: Collection[str]) -> Marked:
    """Return the part of a text in which most of the words stand, cut between words."""
    hits = _hits(text, language, stems)
    start = _best_start(hits)
    start = 0 if start <= _BEFORE else text.find(" ", start - _BEFORE) + 1
    end = min(start + _WIDTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + _WIDTH // 2)
    pieces = tuple(_pieces(text, hits, start, end))
    head = ((False, "… "),) if start else ()
    tail = ((False, " …"),) if end < len(text) else ()
    return (*head, *pieces, *tail)


def _hits(text: str, language: str, stems: Collection[str]) -> list[Word]:
    return [word for word in words_of(text) if stem(word.text, language) in stems]


def _best_start(hits: Sequence[Word]) -> int:
    """Return where a window begins that holds the most different words; 0 without any."""

    def different(first: Word) -> int:
        return len(
            {hit.text for hit in hits if first.start <= hit.start < first.start + _WIDTH - _BEFORE}
        )

    return max(hits, key=different).start if hits else 0


def _pieces(text: str, hits: Sequence[Word], start: int, end: int) -> Iterator[tuple[bool, str]]:
    at = start
    for hit in hits:
        if hit.start < start or hit.end > end:
            continue
        if hit.start > at:
            yield False, text[at : hit.start]
        yield True, text[hit.start : hit.end]
        at = hit.end
    if at < end:
        yield False, text[at:end]


def _result(
    entry: SearchEntry, unit_name: str | None, details: _Details, stems: Collection[str]
) -> Result:
    return Result(
        kind=entry.kind,
        subject_id=entry.subject_id,
        language=entry.language,
        title=marked(entry.title, entry.language, stems),
        words=excerpt(entry.text, entry.language, stems),
        unit_name=unit_name,
        year=entry.year,
        reference=details.references.get((entry.kind, entry.subject_id)),
        period=details.periods.get(entry.subject_id) if entry.kind is SearchKind.PROGRESS else None,
        email=details.emails.get(entry.subject_id) if entry.kind is SearchKind.PERSON else None,
    )


def _details(session: Session, entries: Sequence[SearchEntry]) -> _Details:
    of_kind = {
        kind: [entry.subject_id for entry in entries if entry.kind is kind] for kind in SearchKind
    }
    references = {
        (kind, key): reference
        for kind, look_up in _REFERENCES.items()
        for key, reference in look_up(session, of_kind[kind])
    }
    periods = session.execute(
        select(ProgressReport.id, ReportingPeriod.name)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ProgressReport.id.in_(of_kind[SearchKind.PROGRESS]))
    )
    emails = session.execute(
        select(Person.id, Person.email).where(Person.id.in_(of_kind[SearchKind.PERSON]))
    )
    return _Details(references, dict(periods.all()), dict(emails.all()))


Found = Iterator[tuple[int, Reference]]


def _resolutions(session: Session, ids: Collection[int]) -> Found:
    rows = session.execute(
        select(Instrument.id, Instrument.symbol, Body.key, Instrument.slug)
        .join(Body, Body.id == Instrument.body_id)
        .where(Instrument.id.in_(ids))
    )
    for key, symbol, body_key, slug in rows:
        yield key, Reference(symbol, body_key, slug, "")


def _clauses(session: Session, ids: Collection[int]) -> Found:
    rows = session.execute(
        select(Clause.id, Instrument.symbol, Body.key, Instrument.slug, Clause.path)
        .join(Instrument, Instrument.id == Clause.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(Clause.id.in_(ids))
    )
    for key, symbol, body_key, slug, path in rows:
        yield key, Reference(symbol, body_key, slug, path or "")


def _reports(session: Session, ids: Collection[int]) -> Found:
    rows = session.execute(
        select(ProgressReport.id, Mandate.clause_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(ProgressReport.id.in_(ids))
    )
    yield from _through_clauses(session, dict(rows.all()))


def _notes(session: Session, ids: Collection[int]) -> Found:
    rows = session.execute(
        select(ProgressEntry.id, Mandate.clause_id)
        .join(Mandate, Mandate.id == ProgressEntry.mandate_id)
        .where(ProgressEntry.id.in_(ids))
    )
    yield from _through_clauses(session, dict(rows.all()))


def _through_clauses(session: Session, clause_ids: Mapping[int, int]) -> Found:
    of_clause = dict(_clauses(session, set(clause_ids.values())))
    for key, clause_id in clause_ids.items():
        yield key, of_clause[clause_id]


_REFERENCES: Mapping[SearchKind, Callable[[Session, Collection[int]], Found]] = {
    SearchKind.RESOLUTION: _resolutions,
    SearchKind.MANDATE: _clauses,
    SearchKind.PROGRESS: _reports,
    SearchKind.NOTE: _notes,
}
