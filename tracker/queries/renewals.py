"""Which instruments renew or supersede one another, by what they cite and by the standing list."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.domain.standing_list import age_key
from tracker.models.instruments import Citation, Clause, Instrument

# What a later text does to an earlier one, the strongest first.
_STRENGTH = (
    Relation.SUPERSEDES,
    Relation.RENEWS,
    Relation.AMENDS,
    Relation.PURSUANT_TO,
    Relation.IN_ACCORDANCE_WITH,
    Relation.RECALLS,
    Relation.TAKES_NOTE,
    Relation.CITES,
)
RENEWING = frozenset({Relation.SUPERSEDES, Relation.RENEWS})


class RenewalSource(StrEnum):
    """Where it stands that one instrument renews another."""

    CITATION = "citation"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class Renewal:
    """What one instrument does to an earlier one, such as to take its place.

    ``path`` is the operative clause that says so and ``words`` its words; a preamble has no path,
    and a series of the standing list has no words either.
    """

    later_id: int
    earlier_id: int
    relation: Relation
    source: RenewalSource
    path: str | None = None
    words: str = ""


def renewals(session: Session, instrument_ids: Collection[int]) -> tuple[Renewal, ...]:
    """Return what these instruments renew or supersede and by what they are; two statements.

    What clauses say comes first; neighbours in a series follow where no clause says it of them.
    """
    told = tuple(each for each in _citations(session, instrument_ids) if each.relation in RENEWING)
    known = {(each.later_id, each.earlier_id) for each in told}
    listed = (
        Renewal(later_id, earlier_id, Relation.RENEWS, RenewalSource.SERIES)
        for series in _series(session, instrument_ids)
        for earlier_id, later_id in pairwise(series)
        if (later_id, earlier_id) not in known and {later_id, earlier_id} & set(instrument_ids)
    )
    return (*told, *listed)


def kin_of(session: Session, instrument_ids: Collection[int]) -> Mapping[int, dict[int, Relation]]:
    """Return for each instrument those it cites, is cited by or shares a series with.

    Each with the strongest relation between the two, in whichever direction; two statements.
    """
    found: defaultdict[int, dict[int, Relation]] = defaultdict(dict)

    def note(one: int, other: int, relation: Relation) -> None:
        for from_id, to_id in ((one, other), (other, one)):
            known = found[from_id].get(to_id, relation)
            found[from_id][to_id] = min(known, relation, key=_STRENGTH.index)

    for cited in _citations(session, instrument_ids):
        note(cited.later_id, cited.earlier_id, cited.relation)
    for series in _series(session, instrument_ids):
        for one in set(series) & set(instrument_ids):
            for other in set(series) - {one}:
                note(one, other, Relation.RENEWS)
    return found


def _citations(session: Session, instrument_ids: Collection[int]) -> Iterator[Renewal]:
    """Yield the citations between known instruments that touch these, in the order of texts."""
    rows = session.execute(
        select(Citation, Clause.path)
        .outerjoin(Clause, Clause.id == Citation.clause_id)
        .where(
            Citation.cited_instrument_id.is_not(None),
            Citation.cited_instrument_id != Citation.instrument_id,
            or_(
                Citation.instrument_id.in_(instrument_ids),
                Citation.cited_instrument_id.in_(instrument_ids),
            ),
        )
        .order_by(Citation.id)
    )
    for citation, path in rows:
        yield Renewal(
            later_id=citation.instrument_id,
            earlier_id=citation.cited_instrument_id or 0,
            relation=Relation(citation.relation),
            source=RenewalSource.CITATION,
            path=path,
            words=citation.words,
        )


def _series(session: Session, instrument_ids: Collection[int]) -> Iterator[list[int]]:
    """Yield the series that these instruments belong to, each oldest first."""
    own = select(Instrument.series_id).where(Instrument.id.in_(instrument_ids))
    rows = session.execute(
        select(Instrument.series_id, Instrument.id, Instrument.sort_key).where(
            Instrument.series_id.in_(own)
        )
    )
    by_series: defaultdict[int | None, list[tuple[str, int]]] = defaultdict(list)
    for series_id, instrument_id, sort_key in rows:
        by_series[series_id].append((age_key(sort_key), instrument_id))
    for members in by_series.values():
        yield [instrument_id for _, instrument_id in sorted(members)]
