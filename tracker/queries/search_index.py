"""The database's own full-text index: which entries match, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.orm import Session

from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.records import sees_everything, units_seen
from tracker.domain.search import SearchKind
from tracker.models.search import SearchEntry

MOST_RANKED = 1000
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
    """Which entries are asked for; nothing given means all."""

    kind: SearchKind | None = None
    body_id: int | None = None
    unit_id: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that matches; the lower its score, the better."""

    id: int
    kind: SearchKind
    subject_id: int
    language: str
    body_id: int | None
    unit_id: int | None
    year: int | None
    score: float


def candidates(
    session: Session, wanted: Wanted, narrowing: Narrowing, *, actor: Actor
) -> list[Candidate]:
    """Return what matches and ``actor`` may see, the newest 1,001 at most, in no order."""
    if not wanted.required:
        return []
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    matching = _on_sqlite(wanted) if is_sqlite else _on_postgresql(wanted)
    rows = session.execute(
        matching.where(*_narrowed(narrowing), _visible_to(actor)).limit(MOST_RANKED + 1)
    )
    return [Candidate(*row) for row in rows]


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
    return [Candidate(*row) for row in session.execute(entries.limit(MOST_RANKED))]


def _on_sqlite(wanted: Wanted) -> Found:
    # FTS5 lets a table be asked by a hidden column that bears its name.
    index = table("search_index", column("rowid", Integer), column("search_index", String))
    asked = " AND ".join(_any_of(part, _fts5, " OR ") for part in wanted.required)
    for part in wanted.excluded:
        asked = f"({asked}) NOT " + _any_of(part, _fts5, " OR ")
    rank: ColumnElement[float] = literal_column(f"bm25(search_index, {_TITLE}, {_TEXT})")
    return (
        _found(rank)
        .join(index, index.c.rowid == SearchEntry.id)
        .where(index.c.search_index.op("MATCH")(asked))
        .order_by(index.c.rowid.desc())
    )


def _on_postgresql(wanted: Wanted) -> Found:
    parts = [_any_of(part, _tsquery, " | ") for part in wanted.required]
    parts += ["!" + _any_of(part, _tsquery, " | ") for part in wanted.excluded]
    asked = func.to_tsquery("simple", " & ".join(parts))
    vector: ColumnElement[str] = literal_column("search_entries.search_index")
    weights: ColumnElement[str] = literal_column(f"'{{{_TEXT / _TITLE}, 0, 0, 1}}'::real[]")
    # 1: a long text does not win by its length alone.
    rank = -func.ts_rank_cd(weights, vector, asked, 1)
    return _found(rank).where(vector.op("@@")(asked)).order_by(SearchEntry.id.desc())


def _found(rank: ColumnElement[float]) -> Found:
    entry = SearchEntry
    return select(
        entry.id,
        entry.kind,
        entry.subject_id,
        entry.language,
        entry.body_id,
        entry.unit_id,
        entry.year,
        rank.label("score"),
    )


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
    asked = (
        (SearchEntry.kind, narrowing.kind),
        (SearchEntry.body_id, narrowing.body_id),
        (SearchEntry.unit_id, narrowing.unit_id),
        (SearchEntry.year, narrowing.year),
    )
    return [field == value for field, value in asked if value is not None]


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition under which ``actor`` may see an entry (``domain.records``)."""
    if sees_everything(actor):
        return true()
    return or_(
        SearchEntry.sensitivity != Sensitivity.CONFIDENTIAL,
        SearchEntry.unit_id.in_(units_seen(actor)),
    )
