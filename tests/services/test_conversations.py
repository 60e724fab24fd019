"""People ask about a report on the item, and are answered there; more time is given or refused."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reporting import DUE_ON, TEXT, House, counted_statements, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.conversation import MessageKind
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, WrongState
from tracker.domain.permissions import Actor
from tracker.models.conversations import ReportMessage
from tracker.models.progress import DueDate, ProgressReport
from tracker.queries.conversations import asked_of, conversation_on
from tracker.services.conversations import (
    answer_question,
    ask_for_more_time,
    ask_manager,
    give_more_time,
    refuse_more_time,
)
from tracker.services.due_dates import extend_due_date
from tracker.services.progress import submit_report

LATER = DUE_ON + timedelta(days=20)


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def ask(session: Session, report_id: int, actor: Actor, text: str = "Which islands?") -> int:
    return ask_manager(session, report_id=report_id, text=text, actor=actor, at=clock.now()).id


def ask_time(session: Session, report_id: int, actor: Actor, until: date = LATER) -> int:
    message = ask_for_more_time(
        session,
        report_id=report_id,
        wanted_on=until,
        reason="The ship is late.",
        actor=actor,
        at=clock.now(),
    )
    session.flush()
    return message.id


def waiting(database: Database, actor: Actor) -> list[str]:
    with database.reading() as session:
        return [found.message.text for found in asked_of(session, actor, at=clock.now())]


def test_a_question_waits_for_the_managers_of_the_unit_until_it_is_answered(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        question = ask(session, report_id, house.focal_point)
    assert waiting(database, house.manager) == ["Which islands?"]
    assert waiting(database, house.other_manager) == []

    with database.transaction() as session:
        answer_question(
            session, message_id=question, text="All of them.", actor=house.manager, at=clock.now()
        )

    assert waiting(database, house.manager) == []
    with database.reading() as session:
        told = [(found.kind, found.text) for found in conversation_on(session, report_id)]
    assert told == [
        (MessageKind.QUESTION, "Which islands?"),
        (MessageKind.ANSWER, "All of them."),
    ]


def test_a_question_is_answered_once(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        question = ask(session, report_id, house.focal_point)
        answer_question(
            session, message_id=question, text="All.", actor=house.manager, at=clock.now()
        )

    with database.transaction() as session, pytest.raises(WrongState, match="answered this"):
        answer_question(
            session, message_id=question, text="None.", actor=house.coordinator, at=clock.now()
        )


def test_time_that_is_given_moves_the_due_date_for_the_reason_that_was_told(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        request = ask_time(session, report_id, house.focal_point)
    with database.reading() as session:
        assert session.get_one(ProgressReport, report_id).due_on == DUE_ON

    with database.transaction() as session:
        give_more_time(session, message_id=request, actor=house.manager, at=clock.now())

    with database.reading() as session:
        assert session.get_one(ProgressReport, report_id).due_on == LATER
        newest = session.scalars(select(DueDate).order_by(DueDate.id.desc())).first()
        assert newest is not None
        assert (newest.due_on, newest.reason) == (LATER, "The ship is late.")
    assert waiting(database, house.manager) == []


def test_time_that_is_refused_leaves_the_date_and_says_why(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        request = ask_time(session, report_id, house.focal_point)

    with database.transaction() as session:
        refuse_more_time(
            session,
            message_id=request,
            text="The slot is near.",
            actor=house.manager,
            at=clock.now(),
        )

    with database.reading() as session:
        assert session.get_one(ProgressReport, report_id).due_on == DUE_ON
        assert conversation_on(session, report_id)[-1].text == "The slot is near."


def test_more_time_is_asked_for_once_at_a_time(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        ask_time(session, report_id, house.focal_point)

    with database.transaction() as session, pytest.raises(Duplicate, match="already"):
        ask_time(session, report_id, house.focal_point)


def test_time_given_without_the_request_settles_it(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        ask_time(session, report_id, house.focal_point)
        extend_due_date(
            session,
            report_id=report_id,
            due_on=LATER,
            reason="By telephone.",
            actor=house.manager,
            at=clock.now(),
        )

    assert waiting(database, house.manager) == []


def test_an_answered_report_needs_no_more_time(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        ask_time(session, report_id, house.focal_point)
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

    assert waiting(database, house.manager) == []
    with database.transaction() as session, pytest.raises(WrongState, match="answered already"):
        ask_time(session, report_id, house.focal_point)


@pytest.mark.parametrize("until", [DUE_ON, DUE_ON - timedelta(days=1)], ids=["same", "earlier"])
def test_a_date_that_gives_no_more_time_is_not_asked_for(
    database: Database, house: House, report_id: int, until: date
) -> None:
    with database.transaction() as session, pytest.raises(Invalid, match="no more time"):
        ask_time(session, report_id, house.focal_point, until)


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001], ids=["empty", "blank", "long"])
def test_a_question_needs_words_and_not_too_many(
    database: Database, house: House, report_id: int, text: str
) -> None:
    with database.transaction() as session, pytest.raises(Invalid):
        ask(session, report_id, house.focal_point, text)


def test_a_request_for_time_takes_no_mere_words(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        request = ask_time(session, report_id, house.focal_point)

    with database.transaction() as session, pytest.raises(WrongState, match="answered so"):
        answer_question(
            session, message_id=request, text="Hm.", actor=house.manager, at=clock.now()
        )


def test_other_units_neither_ask_nor_answer(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session, pytest.raises(NotAllowed):
        ask(session, report_id, house.other_focal_point)
    with database.transaction() as session:
        question = ask(session, report_id, house.focal_point)
    with database.transaction() as session, pytest.raises(NotAllowed):
        answer_question(
            session, message_id=question, text="Yes.", actor=house.other_manager, at=clock.now()
        )


def test_what_waits_takes_two_statements_however_much_it_is(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        for number in range(5):
            ask(session, report_id, house.focal_point, f"Question {number}?")

    with database.reading() as session, counted_statements(database) as statements:
        found = asked_of(session, house.manager, at=clock.now())

    assert (len(found), len(statements)) == (5, 2)


def test_each_message_names_its_author(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        ask(session, report_id, house.focal_point)

    with database.reading() as session:
        (message,) = session.scalars(select(ReportMessage))
    assert message.written_by_id == house.focal_point.person_id
