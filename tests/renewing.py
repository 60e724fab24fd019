"""A resolution that renews that of the invented commission, ready to be lined up with it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tests.reporting import House, make_house
from tracker import clock
from tracker.domain.activities import Deliverable
from tracker.domain.clauses import BlockKind, Relation
from tracker.domain.mandates import Nature
from tracker.models.activities import Activity, ActivityLink
from tracker.models.instruments import (
    Citation,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate

ADOPTED_LATER = date(2026, 6, 1)


@dataclass(frozen=True)
class Renewal:
    """The house, the two resolutions, and the mandates of the later one: same, changed, new."""

    house: House
    earlier: int
    later: int
    same: int
    changed: int
    new: int


def make_renewal(session: Session) -> Renewal:
    """Add a resolution that says 5(a) again, 5(b) in other words, drops 5(c) and asks anew."""
    house = make_house(session)
    first, second, third = (session.get_one(Mandate, key) for key in house.mandates)
    for mandate, text in (
        (first, "To assist member States in keeping their registers of births and deaths;"),
        (second, "To publish a yearbook of the population of the islands every year;"),
        (third, "To convene a meeting on tariffs of the ports;"),
    ):
        session.query(ClauseText).filter_by(clause_id=mandate.clause_id).update({"text": text})
    earlier = session.get_one(Instrument, first.instrument_id)
    later = Instrument(
        body_id=earlier.body_id,
        symbol="20(VI)",
        slug="20-vi",
        sort_key="20-vi",
        adopted_on=ADOPTED_LATER,
        imported_at=clock.now(),
        texts=[InstrumentText(language="en", title="Statistics of the islands, renewed")],
    )
    session.add(later)
    session.flush()
    made = [
        _mandate(session, later, place, text)
        for place, text in enumerate(
            (
                "To assist member States in keeping their registers of births and deaths;",
                "To publish a digital yearbook of the population of the islands every two years;",
                "To train the observers of the weather;",
            ),
            start=1,
        )
    ]
    session.add(
        Citation(
            instrument_id=later.id,
            clause_id=made[0].clause_id,
            kind="resolution",
            relation=Relation.RENEWS,
            symbol=earlier.symbol,
            words="Decides to renew resolution 12(IV)",
            cited_instrument_id=earlier.id,
        )
    )
    activity = Activity(
        deliverable=Deliverable.SEMINAR,
        title="Seminar on registers",
        description="",
        language="en",
        unit_id=house.statistics,
        starts_on=date(2026, 3, 1),
        created_at=clock.now(),
        created_by_id=house.coordinator.person_id,
    )
    session.add(activity)
    session.flush()
    session.add(
        ActivityLink(
            activity_id=activity.id,
            mandate_id=first.id,
            contribution="Trained forty registrars.",
            linked_at=clock.now(),
            linked_by_id=house.coordinator.person_id,
        )
    )
    return Renewal(house, earlier.id, later.id, made[0].id, made[1].id, made[2].id)


def _mandate(session: Session, instrument: Instrument, place: int, text: str) -> Mandate:
    clause = Clause(
        instrument_id=instrument.id,
        position=place,
        kind=BlockKind.OPERATIVE,
        number=str(place),
        path=str(place),
        level=1,
        texts=[ClauseText(language="en", text=text)],
    )
    session.add(clause)
    session.flush()
    mandate = Mandate(
        clause_id=clause.id,
        instrument_id=instrument.id,
        nature=Nature.ACTION_BY_SECRETARIAT,
        is_proposed_for_action=True,
        requires_action=None,
    )
    session.add(mandate)
    session.flush()
    return mandate
