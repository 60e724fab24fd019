"""Contributions of other units: asked for by the lead, written by who is asked, until answered."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, Stale, WrongState
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.progress import Contribution
from tracker.services.contributions import ask_for_contribution, write_contribution
from tracker.services.progress import submit_report


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate, which Statistics leads."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


@pytest.fixture
def contribution_id(database: Database, house: House, report_id: int) -> int:
    """Let Statistics ask Trade and return the contribution that is waited for."""
    with database.transaction() as session:
        return ask(session, report_id, house.trade, house.focal_point).id


def ask(session: Session, report_id: int, unit_id: int, actor: Actor) -> Contribution:
    return ask_for_contribution(
        session, report_id=report_id, unit_id=unit_id, actor=actor, at=clock.now()
    )


def write(
    session: Session,
    contribution_id: int,
    actor: Actor,
    text: str = " Tariffs fell in two ports. ",
    version: int = 1,
) -> Contribution:
    return write_contribution(
        session,
        contribution_id=contribution_id,
        version=version,
        text=text,
        language="en",
        actor=actor,
        at=clock.now(),
    )


def submit(session: Session, report_id: int, house: House) -> None:
    submit_report(
        session, report_id=report_id, version=1, text=TEXT, actor=house.focal_point, at=clock.now()
    )


def test_the_unit_that_is_asked_writes_its_part(
    database: Database, house: House, contribution_id: int
) -> None:
    with database.transaction() as session:
        write(session, contribution_id, house.other_focal_point)

    with database.reading() as session:
        kept = session.scalars(select(Contribution)).one()
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert kept.text == "Tariffs fell in two ports."
    assert kept.person_id == house.other_focal_point.person_id
    assert kept.written_at == clock.now()
    assert actions[-2:] == ["ask_for_contribution", "write_contribution"]


def test_a_unit_is_asked_once(
    database: Database, house: House, report_id: int, contribution_id: int
) -> None:
    with pytest.raises(Duplicate, match="Trade Division is asked"), database.transaction() as again:
        ask(again, report_id, house.trade, house.focal_point)


def test_the_unit_that_leads_is_not_asked_for_a_contribution(
    database: Database, house: House, report_id: int
) -> None:
    with pytest.raises(Invalid, match="other than the one that leads"), database.transaction() as s:
        ask(s, report_id, house.statistics, house.focal_point)


def test_only_who_writes_the_report_asks_for_contributions(
    database: Database, house: House, report_id: int
) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        ask(session, report_id, house.trade, house.other_focal_point)


def test_nobody_is_asked_once_the_report_is_answered(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house)

    with pytest.raises(WrongState, match="answered already"), database.transaction() as session:
        ask(session, report_id, house.trade, house.focal_point)


def test_nothing_is_written_once_the_report_is_answered(
    database: Database, house: House, report_id: int, contribution_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house)

    with pytest.raises(WrongState, match="answered already"), database.transaction() as session:
        write(session, contribution_id, house.other_focal_point)


def test_another_unit_cannot_write_the_part_of_who_is_asked(
    database: Database, house: House, contribution_id: int
) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        write(session, contribution_id, house.focal_point)


def test_a_contribution_that_somebody_changed_meanwhile_is_not_overwritten(
    database: Database, house: House, contribution_id: int
) -> None:
    with database.transaction() as session:
        write(session, contribution_id, house.other_focal_point)

    with pytest.raises(Stale), database.transaction() as session:
        write(session, contribution_id, house.other_focal_point, "Older words.")


@pytest.mark.parametrize("text", ["  ", "x" * 20_001], ids=["empty", "endless"])
def test_a_contribution_says_something_and_not_too_much(
    database: Database, house: House, contribution_id: int, text: str
) -> None:
    with pytest.raises(Invalid, match="Enter what your unit adds"), database.transaction() as s:
        write(s, contribution_id, house.other_focal_point, text)


def test_an_unknown_contribution_is_told_as_such(database: Database, house: House) -> None:
    with pytest.raises(NotFound), database.transaction() as session:
        write(session, 404, house.focal_point)
