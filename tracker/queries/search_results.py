"""The results of a search as people see them: what was found, where it leads, and in what words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.search import WORD, SearchKind
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.search import SearchEntry
from tracker.models.submissions import EditionSubmission
from tracker.queries.many_keys import Field, asked_keys, is_among_asked, is_on_sqlite
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.references import Reference
from tracker.stemming import Word, stem

_WIDTH = 260  # characters of text around the words that were found
_BEFORE = 60

Rows = Collection[tuple[str, ...]]  # of stems: a word, or the words of a phrase in their order
Kept = KeptStatement[*tuple[Any, ...]]
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
    document_slug: str | None = None


@dataclass(frozen=True, slots=True)
class _Details:
    """What the pages of the records need to be found, by kind and record."""

    references: Mapping[tuple[SearchKind, int], Reference]
    periods: Mapping[int, str] = field(default_factory=dict)
    emails: Mapping[int, str] = field(default_factory=dict)
    documents: Mapping[int, str] = field(default_factory=dict)


def results(session: Session, entry_ids: Sequence[int], rows_of_stems: Rows) -> tuple[Result, ...]:
    """Return the entries with these keys, in this order, with what ``rows_of_stems`` name marked.

    Six statements at most, however many entries.
    """
    statement = _entries(is_sqlite=is_on_sqlite(session))
    rows = statement.rows(session, asked_keys(session, entry_ids))
    found: dict[int, Any] = {row.id: row for row in rows}
    details = _details(session, list(found.values()))
    return tuple(_result(found[key], details, rows_of_stems) for key in entry_ids if key in found)


@cache
def _entries(*, is_sqlite: bool) -> Kept:
    entry = SearchEntry
    return KeptStatement(
        select(
            entry.id,
            entry.kind,
            entry.subject_id,
            entry.mandate_id,
            entry.language,
            entry.title,
            entry.text,
            entry.year,
            OrganizationalUnit.name.label("unit_name"),
        )
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == SearchEntry.unit_id)
        .where(is_among_asked(entry.id, is_sqlite=is_sqlite))
    )


def marked(text: str, language: str, rows: Rows) -> Marked:
    """Return the whole text in pieces, the words of these stems apart."""
    return tuple(_pieces(text, _hits(text, language, rows), 0, len(text)))


def excerpt(text: str, language: str, rows: Rows) -> Marked:
    """Return the part of a text in which most of the words stand, cut between words."""
    hits = _hits(text, language, rows)
    start = _best_start(hits)
    start = 0 if start <= _BEFORE else text.find(" ", start - _BEFORE) + 1
    end = min(start + _WIDTH, len(text))
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + _WIDTH // 2)
    pieces = tuple(_pieces(text, hits, start, end))
    head = ((False, "… "),) if start else ()
    tail = ((False, " …"),) if end < len(text) else ()
    return (*head, *pieces, *tail)


def _hits(text: str, language: str, rows: Rows) -> list[Word]:
    """Return where one of the rows of stems stands; the words of a phrase are one hit."""
    words = list(WORD.finditer(text))
    stems = [stem(word[0].casefold(), language) for word in words]
    single = {row[0] for row in rows if len(row) == 1}
    phrases = [row for row in rows if len(row) > 1]
    hits: list[Word] = []
    at = 0
    while at < len(words):
        length = 1 if stems[at] in single else 0
        for row in phrases:
            if stems[at] == row[0] and tuple(stems[at : at + len(row)]) == row:
                length = max(length, len(row))
        if length:
            start, end = words[at].start(), words[at + length - 1].end()
            hits.append(Word(text[start:end].casefold(), start, end))
        at += length or 1
    return hits


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


def _result(entry: Any, details: _Details, rows: Rows) -> Result:
    return Result(
        kind=entry.kind,
        subject_id=entry.subject_id,
        language=entry.language,
        title=marked(entry.title, entry.language, rows),
        words=excerpt(entry.text, entry.language, rows),
        unit_name=entry.unit_name,
        year=entry.year,
        reference=details.references.get((entry.kind, entry.subject_id)),
        period=details.periods.get(entry.subject_id) if entry.kind is SearchKind.PROGRESS else None,
        email=details.emails.get(entry.subject_id) if entry.kind is SearchKind.PERSON else None,
        document_slug=details.documents.get(entry.subject_id)
        if entry.kind is SearchKind.DOCUMENT
        else None,
    )


def _details(session: Session, entries: Sequence[Any]) -> _Details:
    of_kind = {
        kind: [entry.subject_id for entry in entries if entry.kind is kind] for kind in SearchKind
    }
    mandates = dict(
        _mandates(session, {entry.mandate_id for entry in entries if entry.mandate_id is not None})
    )
    references = {
        (entry.kind, entry.subject_id): mandates[entry.mandate_id]
        for entry in entries
        if entry.mandate_id in mandates
    }
    references |= {
        (SearchKind.RESOLUTION, key): reference
        for key, reference in _resolutions(session, of_kind[SearchKind.RESOLUTION])
    }
    return _Details(
        references,
        periods=_pairs(session, SearchKind.PROGRESS, of_kind),
        emails=_pairs(session, SearchKind.PERSON, of_kind),
        documents=_pairs(session, SearchKind.DOCUMENT, of_kind),
    )


def _pairs(
    session: Session, kind: SearchKind, of_kind: Mapping[SearchKind, Collection[int]]
) -> Mapping[int, str]:
    """Return what is to be said of the records of a kind, and ask for none where there are none."""
    wanted = of_kind[kind]
    if not wanted:
        return {}
    pairs = _pairs_of(kind, is_sqlite=is_on_sqlite(session))
    return dict(pairs.rows(session, asked_keys(session, wanted)))


@cache
def _pairs_of(kind: SearchKind, *, is_sqlite: bool) -> KeptStatement[int, str]:
    if kind is SearchKind.PROGRESS:
        key: Field = ProgressReport.id
        pairs = select(ProgressReport.id, ReportingPeriod.name).join(
            ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id
        )
    elif kind is SearchKind.PERSON:
        key, pairs = Person.id, select(Person.id, Person.email)
    else:
        key = EditionSubmission.edition_id
        pairs = select(EditionSubmission.edition_id, EditionSubmission.slug)
    return KeptStatement(pairs.where(is_among_asked(key, is_sqlite=is_sqlite)))


Found = Iterator[tuple[int, Reference]]


def _resolutions(session: Session, ids: Collection[int]) -> Found:
    if not ids:
        return
    statement = _references(is_sqlite=is_on_sqlite(session))
    for key, symbol, body_key, slug in statement.rows(session, asked_keys(session, ids)):
        yield key, Reference(symbol, body_key, slug, "")


def _mandates(session: Session, ids: Collection[int]) -> Found:
    if not ids:
        return
    statement = _places(is_sqlite=is_on_sqlite(session))
    for key, symbol, body_key, slug, path in statement.rows(session, asked_keys(session, ids)):
        yield key, Reference(symbol, body_key, slug, path or "")


@cache
def _references(*, is_sqlite: bool) -> Kept:
    return KeptStatement(
        select(Instrument.id, Instrument.symbol, Body.key, Instrument.slug)
        .join(Body, Body.id == Instrument.body_id)
        .where(is_among_asked(Instrument.id, is_sqlite=is_sqlite))
    )


@cache
def _places(*, is_sqlite: bool) -> Kept:
    return KeptStatement(
        select(Mandate.id, Instrument.symbol, Body.key, Instrument.slug, Clause.path)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Clause.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(is_among_asked(Mandate.id, is_sqlite=is_sqlite))
    )
