"""The database's own full-text index: which entries match, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    TableClause,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.mandates import Implementation, Nature, Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.records import sees_everything, units_seen
from tracker.domain.search import SearchKind
from tracker.domain.subjects import HOLDS, Subject, SubjectKind
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityCountry
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.search import SearchEntry
from tracker.models.subjects import SubjectMark
from tracker.queries.many_keys import is_on_sqlite
from tracker.queries.plain_rows import Columns, KeptStatement, plain_rows
from tracker.queries.subject_parts import is_within

MOST_RANKED = 1000
_ASKED = "asked_words"
_PROBES = 100  # in one statement
# SQLite keeps what each reads of the index until the statement ends: megabytes among many texts.
_FEW, _PARTS_ON_SQLITE = 10, 5
# A word of the title counts as much as five of the text.
_TITLE, _TEXT = 5.0, 1.0

Found = Select[*tuple[Any, ...]]
Sequences = frozenset[tuple[str, ...]]  # stems in a row, each of which will do


@dataclass(frozen=True, slots=True)
class Wanted:
    """What entries must hold and must not hold, as stems."""

    required: tuple[Sequences, ...]
    excluded: tuple[Sequences, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which entries are asked for; nothing given means all.

    Session, nature and status are those of the mandate that an entry is or speaks of, or of where
    it comes from. ``goal``, ``country``, a code, and ``subject``, the key of a subject word, are
    what that mandate or an activity is about.
    """

    kind: SearchKind | None = None
    body_id: int | None = None
    session_id: int | None = None
    subprogramme_id: int | None = None
    unit_id: int | None = None
    status: Implementation | None = None
    nature: Nature | None = None
    goal: str | None = None
    subject: str | None = None
    country: str | None = None
    year: int | None = None


class Candidate(NamedTuple):
    """An entry that matches, and what it is or speaks of; the lower its score, the better."""

    id: int
    kind: SearchKind
    subject_id: int
    language: str
    mandate_id: int | None
    instrument_id: int | None
    body_id: int | None
    unit_id: int | None
    year: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Probe:
    """A text that others are to be like: they hold all stems of one of its rows, in its language.

    ``key`` tells the finds of one probe from those of another; ``condition`` is about the entries.
    """

    key: int
    language: str
    rows: Collection[tuple[str, ...]]
    condition: ColumnElement[bool] = field(default_factory=true)


@dataclass(frozen=True, slots=True)
class Find:
    """An entry that a probe found, with all stems of its title and its text."""

    key: int
    subject_id: int
    language: str
    title_stems: str
    text_stems: str

    @property
    def subject(self) -> tuple[int, str]:
        """Return the record and the language of the entry."""
        return self.subject_id, self.language


def candidates(
    session: Session,
    wanted: Wanted,
    narrowing: Narrowing,
    *,
    actor: Actor,
    also: Sequence[ColumnElement[bool]] = (),
    most: int = MOST_RANKED + 1,
) -> list[Candidate]:
    """Return what matches and ``actor`` may see, the newest ``most``, in no order.

    ``also`` are further conditions on the entries, their mandates, instruments and activities.
    """
    if not wanted.required:
        return []
    is_sqlite = is_on_sqlite(session)
    seen = None if sees_everything(actor) else units_seen(actor)
    asked = {_ASKED: _for_sqlite(wanted) if is_sqlite else _for_postgresql(wanted)}
    further = (*_narrowed(narrowing), *also)
    rows = (
        plain_rows(session, _matching(seen, most, *further, is_sqlite=is_sqlite), asked)
        if further
        else _all_matching(seen, most, is_sqlite=is_sqlite).rows(session, asked)
    )
    return [Candidate._make(row) for row in rows]


@lru_cache(maxsize=256)
def _all_matching(
    seen: frozenset[int] | None, most: int, *, is_sqlite: bool
) -> KeptStatement[*tuple[Any, ...]]:
    return KeptStatement(_matching(seen, most, is_sqlite=is_sqlite))


def _matching(
    seen: frozenset[int] | None, most: int, *further: ColumnElement[bool], is_sqlite: bool
) -> Found:
    """Return the statement that asks for words, of what those see who see these units, or all."""
    # The number stands in the statement, since a server plans anew for each that it is told later.
    limit = literal_column(str(most), Integer)
    on_either = _on_sqlite if is_sqlite else _on_postgresql
    return on_either(limit, _visible_in(seen), *further)


def entries_of(
    session: Session,
    kind: SearchKind,
    subject_ids: Select[int],
    narrowing: Narrowing,
    *,
    actor: Actor,
) -> list[Candidate]:
    """Return the entries of these records, as far as they are asked for and may be seen."""
    entries = _found(literal(0.0)).where(
        SearchEntry.kind == kind,
        SearchEntry.subject_id.in_(subject_ids),
        *_narrowed(narrowing),
        _visible_to(actor),
    )
    return [Candidate._make(row) for row in plain_rows(session, entries.limit(MOST_RANKED))]


def finds(
    session: Session,
    kind: SearchKind,
    probes: Sequence[Probe],
    *,
    actor: Actor,
    is_owned: bool = False,
    most: int,
) -> list[Find]:
    """Return what each probe finds and ``actor`` may see, the newest ``most`` of each.

    ``is_owned`` leaves out what has no unit. A statement for each hundred probes; on SQLite,
    where one costs next to nothing, five for more than ten of them.
    """
    conditions = [SearchEntry.kind == kind, _visible_to(actor)]
    if is_owned:
        conditions.append(SearchEntry.unit_id.is_not(None))
    is_sqlite = is_on_sqlite(session)
    held = _held_on_sqlite if is_sqlite else _held_on_postgresql
    asked = [probe for probe in probes if probe.rows]
    found: list[Find] = []
    at_once = _PROBES
    if is_sqlite and len(asked) > _FEW:
        at_once = min(_PROBES, ceil(len(asked) / _PARTS_ON_SQLITE))
    for start in range(0, len(asked), at_once):
        each = (
            held(probe)
            .where(
                SearchEntry.language == probe.language,
                probe.condition,
                *conditions,
            )
            # As a sum, lest SQLite walks all records by their ids and asks of each whether it fits.
            .order_by((SearchEntry.subject_id + 0).desc())
            .limit(most)
            .subquery()
            for probe in asked[start : start + at_once]
        )
        rows = session.execute(union_all(*(select(one) for one in each)))
        found += [Find(*row) for row in rows]
    return found


def _held_on_sqlite(probe: Probe) -> Found:
    asked = " OR ".join("(" + " AND ".join(map(_word, row)) + ")" for row in probe.rows)
    index = _fts5_index()
    return (
        _probed(probe)
        .join(index, index.c.rowid == SearchEntry.id)
        .where(index.c.search_index.op("MATCH")(asked))
    )


def _held_on_postgresql(probe: Probe) -> Found:
    # Row by row, since of words that must all be there the index reads the rarest first; of one
    # question that joins the rows by "or" it reads all.
    vector: ColumnElement[str] = literal_column("search_entries.search_index")
    rows = (" & ".join(f"'{stem}'" for stem in row) for row in probe.rows)
    return _probed(probe).where(
        or_(*(vector.op("@@")(func.to_tsquery("simple", row)) for row in rows))
    )


def _probed(probe: Probe) -> Found:
    return select(
        literal(probe.key).label("key"),
        SearchEntry.subject_id,
        SearchEntry.language,
        SearchEntry.title_stems,
        SearchEntry.text_stems,
    )


def _word(stem: str) -> str:
    return f'"{stem}"'


def _fts5_index() -> TableClause:
    # FTS5 lets a table be asked by a hidden column that bears its name.
    return table("search_index", column("rowid", Integer), column("search_index", String))


def _for_sqlite(wanted: Wanted) -> str:
    asked = " AND ".join(_any_of(part, _fts5, " OR ") for part in wanted.required)
    for part in wanted.excluded:
        asked = f"({asked}) NOT " + _any_of(part, _fts5, " OR ")
    return asked


def _for_postgresql(wanted: Wanted) -> str:
    parts = [_any_of(part, _tsquery, " | ") for part in wanted.required]
    parts += ["!" + _any_of(part, _tsquery, " | ") for part in wanted.excluded]
    return " & ".join(parts)


def _on_sqlite(limit: ColumnElement[int], *conditions: ColumnElement[bool]) -> Found:
    index = _fts5_index()
    rank: ColumnElement[float] = literal_column(f"bm25(search_index, {_TITLE}, {_TEXT})")
    return (
        _found(rank)
        .join(index, index.c.rowid == SearchEntry.id)
        .where(index.c.search_index.op("MATCH")(bindparam(_ASKED, type_=String)), *conditions)
        .order_by(index.c.rowid.desc())
        .limit(limit)
    )


def _on_postgresql(limit: ColumnElement[int], *conditions: ColumnElement[bool]) -> Found:
    asked = func.to_tsquery("simple", bindparam(_ASKED, type_=String))
    vector: ColumnElement[str] = literal_column("search_entries.search_index")
    weights: ColumnElement[str] = literal_column(f"'{{{_TEXT / _TITLE}, 0, 0, 1}}'::real[]")
    # Which they are comes first: else the server may rank all that match, and then take few.
    newest = (
        _with_sources(select(SearchEntry.id))
        .where(vector.op("@@")(asked), *conditions)
        .order_by(SearchEntry.id.desc())
        .limit(limit)
        .subquery()
    )
    # 1: a long text does not win by its length alone.
    rank = -func.ts_rank_cd(weights, vector, asked, 1)
    return (
        select(*_CANDIDATE, rank.label("score"))
        .join(newest, newest.c.id == SearchEntry.id)
        .order_by(SearchEntry.id.desc())
    )


_CANDIDATE = (
    SearchEntry.id,
    SearchEntry.kind,
    SearchEntry.subject_id,
    SearchEntry.language,
    SearchEntry.mandate_id,
    SearchEntry.instrument_id,
    SearchEntry.body_id,
    SearchEntry.unit_id,
    SearchEntry.year,
)


def _found(rank: ColumnElement[float]) -> Found:
    """Return the entries with what narrows them beside."""
    return _with_sources(select(*_CANDIDATE, rank.label("score")))


def _with_sources(entries: Select[*Columns]) -> Select[*Columns]:
    """Join what narrows entries; databases leave out joins without use."""
    entry = SearchEntry
    return (
        entries.select_from(SearchEntry)
        .outerjoin(Mandate, Mandate.id == entry.mandate_id)
        .outerjoin(Instrument, Instrument.id == entry.instrument_id)
        .outerjoin(
            Activity, (entry.kind == SearchKind.ACTIVITY) & (Activity.id == entry.subject_id)
        )
    )


def _subprogramme_id() -> ColumnElement[int | None]:
    return func.coalesce(Mandate.subprogramme_id, Activity.subprogramme_id)


def status_of(
    mandate_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None],
) -> ColumnElement[Implementation | None]:
    """Return how far a mandate is by the report of its newest period, as its page says."""
    newest = (
        select(ProgressReport.status)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(ProgressReport.mandate_id == mandate_id)
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
        .limit(1)
    )
    return newest.correlate(mandate_id.class_).scalar_subquery()


def _any_of(sequences: Sequences, write: Callable[[tuple[str, ...]], str], either: str) -> str:
    """Return the words of the engine's language for "one of these stems or rows of stems".

    Stems hold letters and digits only, so nothing in them can be read as a command.
    """
    return "(" + either.join(sorted(write(row) for row in sequences)) + ")"


def _fts5(row: tuple[str, ...]) -> str:
    return '"' + " ".join(row) + '"'


def _tsquery(row: tuple[str, ...]) -> str:
    return "(" + " <-> ".join(f"'{stem}'" for stem in row) + ")"


def _narrowed(narrowing: Narrowing) -> list[ColumnElement[bool]]:
    asked: tuple[tuple[ColumnElement[Any] | InstrumentedAttribute[Any], object], ...] = (
        (SearchEntry.kind, narrowing.kind),
        (SearchEntry.body_id, narrowing.body_id),
        (Instrument.session_id, narrowing.session_id),
        (_subprogramme_id(), narrowing.subprogramme_id),
        (SearchEntry.unit_id, narrowing.unit_id),
        (status_of(SearchEntry.mandate_id), narrowing.status),
        (Mandate.nature, narrowing.nature),
        (SearchEntry.year, narrowing.year),
    )
    conditions = [field == value for field, value in asked if value is not None]
    if narrowing.goal is not None:
        conditions.append(_is_marked(SubjectKind.GOAL, narrowing.goal))
    if narrowing.subject is not None:
        conditions.append(_is_marked(SubjectKind.WORD, narrowing.subject))
    if narrowing.country is not None:
        there = select(ActivityCountry.activity_id).where(
            ActivityCountry.activity_id == Activity.id,
            ActivityCountry.country == narrowing.country,
        )
        is_marked = _is_marked(SubjectKind.COUNTRY, narrowing.country)
        conditions.append(or_(there.exists(), is_marked))
    return conditions


def _is_marked(kind: SubjectKind, key: str) -> ColumnElement[bool]:
    """Say that people confirmed the subject, or a part of it, of the mandate or activity."""
    mark = SubjectMark
    of_either = or_(mark.mandate_id == SearchEntry.mandate_id, mark.activity_id == Activity.id)
    confirmed = (is_within(Subject(kind, key)), mark.verdict.in_(HOLDS))
    return select(mark.id).where(of_either, *confirmed).exists()


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which ``actor`` may see an entry (``domain.records``)."""
    return _visible_in(None if sees_everything(actor) else units_seen(actor))


def _visible_in(seen: frozenset[int] | None) -> ColumnElement[bool]:
    if seen is None:
        return true()
    return or_(SearchEntry.sensitivity != Sensitivity.CONFIDENTIAL, SearchEntry.unit_id.in_(seen))
