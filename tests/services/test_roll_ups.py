"""Roll-ups to chiefs: proposed after reminders, sent or set aside, dropped when answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.escalating import (
    REMINDED,
    RIPE,
    deliver,
    go_on,
    make_silence,
    run_jobs,
    switch_on,
    told,
)
from tests.furniture import put
from tests.post import Post
from tests.reporting import TEXT, House, make_person, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Acceptance
from tracker.domain.conversation import MessageKind
from tracker.domain.errors import Invalid, NotAllowed, WrongState
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.permissions import Role
from tracker.domain.reminders import ReminderKind
from tracker.models.absences import PersonAbsence
from tracker.models.mandates import Mandate
from tracker.models.national_focal_points import NationalFocalPoint
from tracker.models.people import Person, RoleAssignment
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.reminder_limits import limits_in_force
from tracker.queries.roll_ups import (
    Proposal,
    decided_roll_ups,
    perhaps_ripe,
    proposals,
    silent_at,
)
from tracker.services.conversations import append_message, ask_for_more_time, ask_manager
from tracker.services.digests import NOTHING_LEFT
from tracker.services.due_dates import extend_due_date
from tracker.services.progress import save_draft, submit_report
from tracker.services.progress_entries import add_progress_entry
from tracker.services.roll_ups import (
    propose_again,
    send_by_rule,
    send_roll_up,
    set_roll_up_aside,
)

MONA, ANA = "mona.manager@example.org", "ana.focal@example.org"


@pytest.fixture
def house(database: Database, travel: Travel) -> House:
    """Return a commission on the day from which its silence may be told to chiefs."""
    travel.to(RIPE)
    return put(database, make_silence)


@pytest.fixture
def post() -> Post:
    return Post()


def proposed(database: Database) -> list[Proposal]:
    with database.reading() as session:
        return list(proposals(session, at=clock.now()))


def report_ids(database: Database, house: House) -> list[int]:
    with database.reading() as session:
        return [report_on(session, mandate_id).id for mandate_id in house.mandates]


def send(database: Database, house: House, *places: int, recipient: int | None = None) -> None:
    ids = report_ids(database, house)
    with database.transaction() as session:
        send_roll_up(
            session,
            unit_id=house.statistics,
            report_ids=[ids[place] for place in places],
            recipient_id=recipient or house.manager.person_id,
            subject="Two reports",
            text="Dear Mona,\n\nplease look at these.",
            actor=house.coordinator,
            at=clock.now(),
        )


def test_nothing_is_proposed_before_days_have_passed_without_an_answer(
    database: Database, house: House, travel: Travel
) -> None:
    travel.to(RIPE - timedelta(days=1))
    assert proposed(database) == []

    travel.to(RIPE)

    assert [len(each.items) for each in proposed(database)] == [2, 1]


def test_two_reminders_are_too_few(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        few = select(Notification).where(
            Notification.planned_at < datetime(2026, 6, 30, tzinfo=UTC)
        )
        for row in session.scalars(few):
            row.state = Delivery.FAILED

    assert proposed(database) == []
    with database.reading() as session:
        assert silent_at(session, clock.now())
        assert perhaps_ripe(session, clock.now(), limits_in_force(session)) == ()


def test_what_was_reminded_enough_is_all_that_is_looked_at(
    database: Database, house: House
) -> None:
    with database.reading() as session:
        found = perhaps_ripe(session, clock.now(), limits_in_force(session))

        assert found == silent_at(session, clock.now())
        assert len(found) == 3


def test_a_proposal_says_since_when_and_which_reminders_were_delivered(
    database: Database, house: House, post: Post
) -> None:
    proposal = proposed(database)[0]

    assert proposal.chiefs == {house.manager.person_id: "Mona Manager"}
    assert proposal.items[0].due_on == date(2026, 6, 30)
    assert [moment.date().day for moment in proposal.items[0].reminded_at] == [
        day.day for day in REMINDED
    ]


def test_coordinators_are_told_once_that_a_roll_up_is_ready(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 20))

    ready = told(database, ReminderKind.ESCALATION_READY)
    assert len(ready) == 3
    assert {recipient for _report, recipient, _state in ready} == {house.coordinator.person_id}


def test_the_roll_up_goes_out_in_the_coordinators_words_and_names_nobody(
    database: Database, house: House, post: Post
) -> None:
    send(database, house, 0, 1)

    deliver(database, post)

    text = post.text_to(MONA)
    assert "please look at these." in text
    assert "12(IV), para. 5(a)" in text
    assert "12(IV), para. 5(b)" in text
    assert "16\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026" in text
    assert "Ana" not in text


def test_a_roll_up_is_sent_once_and_then_no_longer_proposed(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    send(database, house, 0, 1)
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 20))

    assert len([name for name in post.recipients if name == MONA]) == 1
    with pytest.raises(WrongState):
        send(database, house, 0)


def test_what_is_answered_before_the_claim_is_dropped_from_it(
    database: Database, house: House, post: Post
) -> None:
    send(database, house, 0, 1)
    ANSWERS["a submitted text"](database, house, report_ids(database, house)[0])

    deliver(database, post)

    assert "5(a)" not in post.text_to(MONA)
    assert "5(b)" in post.text_to(MONA)
    with database.reading() as session:
        (roll_up,) = decided_roll_ups(session)
    assert [item.state for item in roll_up.items] == [Delivery.CANCELLED, Delivery.SENT]
    assert roll_up.items[0].reason


def test_a_roll_up_of_which_nothing_is_left_is_not_sent_and_says_why(
    database: Database, house: House, post: Post
) -> None:
    send(database, house, 0)
    ANSWERS["a submitted text"](database, house, report_ids(database, house)[0])

    deliver(database, post)

    assert MONA not in post.recipients
    with database.reading() as session:
        (roll_up,) = decided_roll_ups(session)
    assert (roll_up.state, roll_up.error) == (Delivery.CANCELLED, NOTHING_LEFT)


def test_a_roll_up_in_which_a_mandate_was_withdrawn_or_the_date_moved_drops_it(
    database: Database, house: House, post: Post
) -> None:
    send(database, house, 0, 1)
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, house.mandates[0])
        mandate.lifecycle, mandate.lifecycle_source = Lifecycle.SUPERSEDED, "14(V), para. 1"
        extend_due_date(
            session,
            report_id=report_on(session, house.mandates[1]).id,
            due_on=date(2026, 9, 30),
            reason="The mission was put off.",
            actor=house.coordinator,
            at=clock.now(),
        )

    deliver(database, post)

    assert MONA not in post.recipients


def test_who_no_longer_manages_the_unit_gets_no_roll_up(
    database: Database, house: House, post: Post
) -> None:
    send(database, house, 0)
    with arranging(), database.transaction() as session:
        role = session.scalars(
            select(RoleAssignment).where(RoleAssignment.person_id == house.manager.person_id)
        ).one()
        role.unit_id = house.trade

    deliver(database, post)

    assert MONA not in post.recipients


def test_a_confidential_mandate_is_named_in_a_roll_up_and_not_quoted(
    database: Database, house: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).sensitivity = Sensitivity.CONFIDENTIAL
    send(database, house, 0)

    deliver(database, post)

    assert "5(a)" in post.text_to(MONA)
    assert "count the islands" not in post.text_to(MONA)


def submitted(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        submit_report(
            session, report_id=report_id, version=1, text=TEXT, actor=house.focal_point,
            at=clock.now(),
        )  # fmt: skip


def drafted(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        save_draft(session, report_id=report_id, text=TEXT, actor=house.focal_point, at=clock.now())


def questioned(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        ask_manager(
            session, report_id=report_id, text="Which ones?", actor=house.focal_point,
            at=clock.now(),
        )  # fmt: skip


def asked_for_time(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        ask_for_more_time(
            session, report_id=report_id, wanted_on=date(2026, 9, 1), reason="A mission.",
            actor=house.focal_point, at=clock.now(),
        )  # fmt: skip


def declined(database: Database, house: House, _report_id: int) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).acceptance = Acceptance.DECLINED


def noted(database: Database, house: House, _report_id: int) -> None:
    with database.transaction() as session:
        add_progress_entry(
            session, mandate_id=house.mandates[0], noted_on=date(2026, 7, 1), text="A mission.",
            language="en", actor=house.focal_point, at=clock.now(),
        )  # fmt: skip


ANSWERS: dict[str, Callable[[Database, House, int], None]] = {
    "a submitted text": submitted,
    "a draft, as a reply by mail makes one": drafted,
    "a question": questioned,
    "more time asked for": asked_for_time,
    "a declined assignment": declined,
    "a dated entry on the mandate": noted,
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_any_answer_takes_a_report_out_of_the_proposal(
    database: Database,
    house: House,
    post: Post,
    answer: Callable[[Database, House, int], None],
) -> None:
    answer(database, house, report_ids(database, house)[0])

    assert [len(each.items) for each in proposed(database)] == [1, 1]


def test_an_editors_question_to_a_unit_is_no_answer_of_the_unit(
    database: Database, house: House, post: Post
) -> None:
    with database.transaction() as session:
        append_message(
            session,
            report_on(session, house.mandates[0]),
            MessageKind.QUESTION,
            "Which islands?",
            actor=house.editor,
            at=clock.now(),
        )

    assert [len(each.items) for each in proposed(database)] == [2, 1]


def test_who_was_given_the_mandate_since_was_not_reminded_yet(
    database: Database, house: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        colleague = make_person(session, "Cleo", (Role.FOCAL_POINT, house.statistics))
        report_on(session, house.mandates[0]).focal_point_id = colleague.id

    assert [len(each.items) for each in proposed(database)] == [1, 1]


def test_what_was_set_aside_is_not_proposed_until_somebody_proposes_it_again(
    database: Database, house: House, post: Post
) -> None:
    with database.transaction() as session:
        aside = set_roll_up_aside(
            session,
            unit_id=house.statistics,
            report_ids=report_ids(database, house)[:2],
            reason="Agreed by telephone.",
            actor=house.coordinator,
            at=clock.now(),
        ).id
    assert [each.unit_id for each in proposed(database)] == [house.trade]

    with database.transaction() as session:
        propose_again(session, roll_up_id=aside, actor=house.coordinator, at=clock.now())

    assert len(proposed(database)) == 2
    with pytest.raises(WrongState), database.transaction() as session:
        propose_again(session, roll_up_id=aside, actor=house.coordinator, at=clock.now())


def test_setting_aside_needs_a_reason(database: Database, house: House, post: Post) -> None:
    with pytest.raises(Invalid), database.transaction() as session:
        set_roll_up_aside(
            session,
            unit_id=house.statistics,
            report_ids=report_ids(database, house)[:1],
            reason=" ",
            actor=house.coordinator,
            at=clock.now(),
        )


def test_a_roll_up_goes_to_a_manager_of_the_unit_and_to_nobody_above_or_beside(
    database: Database, house: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        above = make_person(session, "Director", (Role.MANAGER, None)).id

    for person_id in (above, house.other_manager.person_id, house.focal_point.person_id):
        with pytest.raises(Invalid):
            send(database, house, 0, recipient=person_id)


def test_only_coordinators_send_roll_ups(database: Database, house: House, post: Post) -> None:
    with pytest.raises(NotAllowed):
        send(database, replace(house, coordinator=house.manager), 0)


def test_the_rule_sends_nothing_until_it_is_switched_on(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 27))

    assert told(database, ReminderKind.ESCALATION) == []
    assert MONA not in post.recipients


def test_by_rule_those_who_answer_are_told_the_day_before_their_chief_can_be(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    switch_on(database)
    # Announced with the digest of Monday 13 July; seven days of notice.
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 19))
    announced = [mail for mail in post.messages if "chief" in mail["Subject"]]
    assert sorted(mail["To"].addresses[0].addr_spec for mail in announced) == [
        ANA, "otto.focal@example.org",
    ]  # fmt: skip
    assert "From 20=C2=A0July" in str(announced[0].get_body(("plain",)))
    assert MONA not in post.recipients

    go_on(database, travel, post, date(2026, 7, 20))

    assert "12(IV), para. 5(a)" in post.text_to(MONA)
    assert "by a rule of the house" in post.text_to(MONA)


def test_an_answer_after_the_announcement_stops_the_rule(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    switch_on(database)
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 19))
    for report_id in report_ids(database, house)[:2]:
        questioned(database, house, report_id)

    go_on(database, travel, post, date(2026, 7, 20), date(2026, 7, 27))

    assert MONA not in post.recipients


def test_a_switch_that_is_turned_off_stops_what_waits(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    switch_on(database)
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 19))
    travel.to(datetime(2026, 7, 20, 9, tzinfo=UTC))
    with database.transaction() as session:
        assert send_by_rule(session, at=clock.now()) == 3
    switch_on(database, is_on=False)

    deliver(database, post)

    assert {state for _report, _person, state in told(database, ReminderKind.ESCALATION)} == {
        Delivery.CANCELLED
    }


def test_the_rule_run_twice_tells_a_chief_once(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    switch_on(database)
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 20))
    for _ in range(2):
        run_jobs(database, post)

    with database.reading() as session:
        kinds = session.scalars(select(MailMessage.kind)).all()
    assert kinds.count("roll_up") == 2


def test_while_the_chief_is_away_the_rule_waits_and_tells_nobody_else(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    switch_on(database)
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 19))
    with arranging(), database.transaction() as session:
        session.add(away(house.manager.person_id, house.other_manager.person_id))

    go_on(database, travel, post, date(2026, 7, 20), date(2026, 7, 24))
    assert MONA not in post.recipients
    go_on(database, travel, post, date(2026, 7, 27))

    assert MONA in post.recipients


def away(person_id: int, officer_id: int) -> PersonAbsence:
    """Return an absence until Friday 24 July."""
    return PersonAbsence(
        person_id=person_id,
        starts_on=date(2026, 7, 15),
        ends_on=date(2026, 7, 24),
        officer_id=officer_id,
        entered_at=clock.now(),
        entered_by_id=person_id,
    )


def test_a_units_manager_who_is_asked_themselves_is_not_told_of_their_own_silence(
    database: Database, house: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in house.mandates[:2]:
            report_on(session, mandate_id).focal_point_id = house.manager.person_id

    with pytest.raises(Invalid):
        send(database, house, 0)


def test_nobody_outside_the_secretariat_is_reminded_or_escalated_to(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    """Officials of Governments are a directory: no address of theirs gets any mail."""
    switch_on(database)
    with arranging(), database.transaction() as session:
        session.add(
            NationalFocalPoint(
                country="CPV", institution="Ministry", person="Rosa Official",
                contact="rosa@gov.example", document="", entered_at=clock.now(), entered_by_id=1,
            )
        )  # fmt: skip
    go_on(database, travel, post, date(2026, 7, 13), date(2026, 7, 20))

    with database.reading() as session:
        inside = set(session.scalars(select(Person.email).join(RoleAssignment)))
    assert MONA in post.recipients
    assert set(post.recipients) <= inside
