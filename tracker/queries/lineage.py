"""Which instrument renews, recalls or supersedes which: all that hang together with one."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.domain.lineage import newest_first
from tracker.domain.mandates import Lifecycle
from tracker.domain.standing_list import age_key
from tracker.models.instruments import BodySession, Instrument
from tracker.models.mandates import Mandate
from tracker.queries.lined_clauses import LinedInstrument, lined_instrument, lined_instruments
from tracker.queries.renewals import RENEWING, Renewal, relations_of

MOST_INSTRUMENTS = 40
_MOST_STEPS = 8
_FOLLOWED = RENEWING | {Relation.AMENDS}


@dataclass(frozen=True, slots=True)
class Ancestor:
    """An instrument of a lineage, with its session and how many of its mandates stand."""

    instrument: LinedInstrument
    sort_key: str
    session_name: str | None
    mandate_count: int
    active_count: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """An instrument with those that hang together with it, the newest first.

    ``is_cut`` tells that there are more than are shown.
    """

    of: LinedInstrument
    instruments: tuple[Ancestor, ...]
    relations: tuple[Renewal, ...]
    is_cut: bool


def lineage_of(session: Session, instrument_id: int) -> Lineage:
    """Return the lineage of an instrument; raise NotFound when there is none.

    What renews, supersedes or amends is followed in both directions, eight steps at most; what is
    merely recalled or cited is told of the instrument itself alone. At most 28 statements.
    """
    of = lined_instrument(session, instrument_id)
    relations, is_cut = _followed(session, instrument_id)
    keys = {instrument_id}
    keys.update(each.later_id for each in relations)
    keys.update(each.earlier_id for each in relations)
    ancestors = {each.instrument.id: each for each in _ancestors(session, keys)}
    order = newest_first(
        {key: _age(each) for key, each in ancestors.items()},
        [(each.later_id, each.earlier_id) for each in relations],
    )
    return Lineage(
        of=of,
        instruments=tuple(ancestors[key] for key in order),
        relations=tuple(
            sorted(
                relations,
                key=lambda each: (order.index(each.later_id), order.index(each.earlier_id)),
            )
        ),
        is_cut=is_cut,
    )


def _followed(session: Session, instrument_id: int) -> tuple[list[Renewal], bool]:
    found: dict[tuple[int, int], Renewal] = {}
    known, frontier = {instrument_id}, {instrument_id}
    is_cut = False
    for step in range(_MOST_STEPS):
        reached: set[int] = set()
        for each in sorted(relations_of(session, frontier), key=_strongest_first):
            if step and each.relation not in _FOLLOWED:
                continue
            ends = {each.later_id, each.earlier_id}
            if len(known | ends) > MOST_INSTRUMENTS:
                is_cut = True
                continue
            found[each.later_id, each.earlier_id] = each
            if each.relation in _FOLLOWED:
                reached |= ends - known
            known |= ends
        frontier = reached
        if not frontier:
            return list(found.values()), is_cut
    return list(found.values()), True


def _strongest_first(renewal: Renewal) -> tuple[bool, int, int]:
    return renewal.relation not in _FOLLOWED, -renewal.later_id, -renewal.earlier_id


def _ancestors(session: Session, keys: set[int]) -> list[Ancestor]:
    instruments = lined_instruments(session, keys)
    rows = session.execute(
        select(
            Instrument.id,
            Instrument.sort_key,
            BodySession.name,
            func.count(Mandate.id),
            func.count(Mandate.id).filter(Mandate.lifecycle == Lifecycle.ACTIVE),
        )
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .outerjoin(Mandate, Mandate.instrument_id == Instrument.id)
        .where(Instrument.id.in_(keys))
        .group_by(Instrument.id, Instrument.sort_key, BodySession.name)
    )
    return [
        Ancestor(instruments[key], sort_key, name, count, active)
        for key, sort_key, name, count, active in rows
        if key in instruments
    ]


def _age(each: Ancestor) -> tuple[int, str]:
    day = each.instrument.adopted_on
    return (day.toordinal() if day else 0, age_key(each.sort_key))
