"""Which instruments renew or supersede one another, by what they cite and by the standing list."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.domain.mandates import Lifecycle
from tracker.domain.standing_list import age_key
from tracker.models.instruments import Citation, Clause, Instrument
from tracker.models.mandates import Mandate, MandateRenewal

# What a later text does to an earlier one, the strongest first.
STRENGTH = (
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
    CONFIRMED = "confirmed"


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


def relations_of(session: Session, instrument_ids: Collection[int]) -> tuple[Renewal, ...]:
    """Return everything that is known between these instruments and others; three statements.

    Between two instruments the strongest relation alone: as a text says it, else as somebody
    confirmed it clause by clause, else as the standing list has it.
    """
    found: dict[tuple[int, int], Renewal] = {}
    listed = (
        Renewal(later_id, earlier_id, Relation.RENEWS, RenewalSource.SERIES)
        for series in _series(session, instrument_ids)
        for earlier_id, later_id in pairwise(series)
    )
    for each in (
        *_citations(session, instrument_ids),
        *_confirmed(session, instrument_ids),
        *listed,
    ):
        known = found.setdefault((each.later_id, each.earlier_id), each)
        if STRENGTH.index(each.relation) < STRENGTH.index(known.relation):
            found[each.later_id, each.earlier_id] = each
    return tuple(found.values())


def kin_of(session: Session, instrument_ids: Collection[int]) -> Mapping[int, dict[int, Relation]]:
    """Return for each instrument those it cites, is cited by or shares a series with.

    Each with the strongest relation between the two, in whichever direction; two statements.
    """
    found: defaultdict[int, dict[int, Relation]] = defaultdict(dict)

    def note(one: int, other: int, relation: Relation) -> None:
        for from_id, to_id in ((one, other), (other, one)):
            known = found[from_id].get(to_id, relation)
            found[from_id][to_id] = min(known, relation, key=STRENGTH.index)

    for cited in _citations(session, instrument_ids):
        note(cited.later_id, cited.earlier_id, cited.relation)
    for series in _series(session, instrument_ids):
        for one in set(series) & set(instrument_ids):
            for other in set(series) - {one}:
                note(one, other, Relation.RENEWS)
    return found


def earlier_of(session: Session, later_id: int) -> Mapping[int, Relation]:
    """Return the instruments that one cites or follows in a series, with what it does to each.

    Of several relations to one the strongest counts; two statements.
    """
    found: dict[int, Relation] = {}
    for cited in _citations(session, [later_id]):
        if cited.later_id == later_id:
            known = found.get(cited.earlier_id, cited.relation)
            found[cited.earlier_id] = min(known, cited.relation, key=STRENGTH.index)
    for series in _series(session, [later_id]):
        place = series.index(later_id)
        if place:
            before = series[place - 1]
            found[before] = min(
                found.get(before, Relation.RENEWS), Relation.RENEWS, key=STRENGTH.index
            )
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


def _confirmed(session: Session, instrument_ids: Collection[int]) -> Iterator[Renewal]:
    """Yield what people confirmed of the clauses of these instruments, or of what they renewed."""
    rows = session.execute(
        select(
            MandateRenewal.later_instrument_id,
            Mandate.instrument_id,
            func.max(case((MandateRenewal.lifecycle == Lifecycle.SUPERSEDED, 1), else_=0)),
        )
        .join(Mandate, Mandate.id == MandateRenewal.earlier_mandate_id)
        .where(
            or_(
                MandateRenewal.later_instrument_id.in_(instrument_ids),
                Mandate.instrument_id.in_(instrument_ids),
            ),
            MandateRenewal.later_mandate_id.is_not(None),
        )
        .group_by(MandateRenewal.later_instrument_id, Mandate.instrument_id)
        .order_by(MandateRenewal.later_instrument_id, Mandate.instrument_id)
    )
    for later_id, earlier_id, is_superseded in rows:
        relation = Relation.SUPERSEDES if is_superseded else Relation.RENEWS
        yield Renewal(later_id, earlier_id, relation, RenewalSource.CONFIRMED)


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
