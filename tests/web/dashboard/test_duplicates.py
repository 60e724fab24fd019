"""What may be there twice: pairs of mandates and of activities, and what is kept apart."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House, counted_statements, make_instrument, make_mandate
from tests.visitors import sign_in, submit, text_of
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.errors import NotAllowed, NotFound
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.radar import Alike, RadarKind
from tracker.models.activities import Activity
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Body, ClauseText
from tracker.models.kept_apart import KeptApart
from tracker.models.mandates import Mandate
from tracker.queries.duplicates import alike_activities, alike_mandates
from tracker.queries.radar import radar
from tracker.services.kept_apart import keep_apart

__all__ = ["coordinator", "database", "house", "installation"]

SAME = "Requests the secretariat to keep a register of the lighthouses of the islands each year"


@pytest.fixture
def twice(database: Database, house: House) -> House:
    """Let three texts ask the same, one of another body, and add an activity twice."""
    with arranging(), database.transaction() as session:
        first = make_instrument(session, "20(V)", "20-v")
        second = make_instrument(session, "21(VI)", "21-vi")
        other = make_instrument(session, "70/1", "70-1")
        assembly = Body(key="ga", name="General Assembly", language="en")
        session.add(assembly)
        session.flush()
        other.body_id = assembly.id
        for instrument, ending in ((first, ";"), (second, "."), (other, ";")):
            mandate = make_mandate(session, instrument, "1", None)
            say(session, mandate, f"{SAME}{ending}")
        for sensitivity in (Sensitivity.UNCLASSIFIED, Sensitivity.CONFIDENTIAL):
            session.add(activity(house, sensitivity))
    return house


def say(session: Session, mandate: Mandate, words: str) -> None:
    session.execute(
        update(ClauseText).where(ClauseText.clause_id == mandate.clause_id).values(text=words)
    )


def activity(house: House, sensitivity: Sensitivity) -> Activity:
    return Activity(
        title="Atlas of lighthouses",
        description="",
        language="en",
        deliverable=Deliverable.PUBLICATION,
        unit_id=house.trade,
        starts_on=date(2026, 3, 1),
        sensitivity=sensitivity,
        created_at=clock.now(),
        created_by_id=house.coordinator.person_id,
    )


def counts(database: Database, house: House) -> tuple[int, int]:
    with database.reading() as session:
        return (
            alike_mandates(session, most=10)[1],
            alike_activities(session, seen_by=house.coordinator, most=10)[1],
        )


def test_mandates_that_say_the_same_are_paired_and_told_of_two_bodies(
    coordinator: FlaskClient, database: Database, twice: House
) -> None:
    page = text_of(coordinator.get("/compliance/duplicates"))

    assert counts(database, twice) == (3, 1)
    assert "Mandates in force that ask the same or much the same (3)" in page
    assert page.count("Two bodies ask the same.") == 2


def test_what_is_kept_apart_is_gone_here_and_on_the_radar(
    coordinator: FlaskClient, database: Database, twice: House
) -> None:
    for _ in range(4):
        page = coordinator.get("/compliance/duplicates")
        submit(coordinator, page)

    with database.reading() as session:
        found = {
            each.kind: each.count
            for each in radar(session, seen_by=twice.coordinator, at=clock.now())
        }
    assert counts(database, twice) == (0, 0)
    assert found[RadarKind.SAME_MANDATE] == found[RadarKind.SAME_ACTIVITY] == 0
    assert "Nothing seems to be there twice." in text_of(coordinator.get("/compliance/duplicates"))


def test_a_mandate_that_ended_or_is_short_or_set_aside_is_no_duplicate(
    database: Database, twice: House
) -> None:
    with arranging(), database.transaction() as session:
        found = session.scalars(select(Mandate).order_by(Mandate.id.desc()).limit(3)).all()
        found[0].lifecycle = Lifecycle.TERMINATED
        found[0].lifecycle_source = "22(VI), para. 2"
        found[1].requires_action = False
        for mandate_id in twice.mandates[:2]:
            say(session, session.get_one(Mandate, mandate_id), "Training;")

    assert counts(database, twice)[0] == 0


def test_what_is_too_sensitive_is_in_no_pair(database: Database, twice: House) -> None:
    with database.reading() as session:
        pairs = alike_activities(session, seen_by=twice.manager, most=10)

    assert pairs == ([], 0)


def test_a_decision_is_kept_once_with_who_took_it(database: Database, twice: House) -> None:
    for ids in ((1, 2), (2, 1)):
        with database.transaction() as session:
            keep_apart(session, Alike.MANDATE, ids, actor=twice.coordinator, at=clock.now())

    with database.reading() as session:
        row = session.scalars(select(KeptApart)).one()
        entries = session.scalars(
            select(AuditEntry.action).where(AuditEntry.action == "duplicates.keep_apart")
        ).all()
    assert (row.first_id, row.second_id, row.decided_by_id) == (1, 2, twice.coordinator.person_id)
    assert len(entries) == 1


def test_only_who_confirms_mandates_decides_and_about_what_is_there(
    client: FlaskClient, database: Database, twice: House
) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        keep_apart(session, Alike.MANDATE, (1, 2), actor=twice.manager, at=clock.now())
    with pytest.raises(NotFound), database.transaction() as session:
        keep_apart(session, Alike.ACTIVITY, (1, 99), actor=twice.coordinator, at=clock.now())
    sign_in(client, twice.manager.person_id)

    assert "Keep them apart" not in text_of(client.get("/compliance/duplicates"))


def test_the_page_takes_as_many_statements_for_one_pair_as_for_three(
    coordinator: FlaskClient, database: Database, twice: House
) -> None:
    lengths = []
    for _ in range(2):
        with counted_statements(database) as statements:
            page = coordinator.get("/compliance/duplicates")
        lengths.append(len(statements))
        submit(coordinator, page)

    assert lengths[0] == lengths[1]
