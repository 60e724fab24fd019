"""Asking for exactly some reports: who gets one mail, who does not and why, and nobody twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.escalating import deliver, run_jobs, told
from tests.furniture import put
from tests.post import Post
from tests.reporting import TEXT, House, counted_statements, make_house, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, WrongState
from tracker.domain.pauses import PauseScope
from tracker.domain.permissions import Actor
from tracker.domain.reminder_requests import MOST_REQUESTED, Hindrance
from tracker.domain.reminders import ReminderKind, Silence
from tracker.models.absences import PersonAbsence
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate
from tracker.models.national_focal_points import NationalFocalPoint
from tracker.models.pauses import ReminderPause
from tracker.models.people import Person
from tracker.models.reminders import Delivery, Notification
from tracker.queries.reminder_outlook import outlook
from tracker.queries.reminder_requests import RequestRehearsal, made_requests, rehearse_request
from tracker.services.due_dates import waive_report
from tracker.services.progress import submit_report
from tracker.services.reminder_requests import request_reports

# A Wednesday: regular mail comes on Mondays, and nothing falls due.
NOON = datetime(2026, 4, 15, 12, tzinfo=UTC)
ANA, OTTO = "ana.focal@example.org", "otto.focal@example.org"


@pytest.fixture
def house(database: Database, travel: Travel) -> House:
    """Return a commission whose reports are asked for since long and due in summer."""
    travel.to(NOON)
    return put(database, make_asked_house)


def make_asked_house(session: object) -> House:
    made = make_house(session)  # type: ignore[arg-type]
    open_biennium(session, made, at=datetime(2026, 2, 1, tzinfo=UTC))  # type: ignore[arg-type]
    return made


@pytest.fixture
def post() -> Post:
    return Post()


def ids(database: Database, house: House) -> list[int]:
    with database.reading() as session:
        return [report_on(session, mandate_id).id for mandate_id in house.mandates]


def rehearsed(database: Database, house: House) -> RequestRehearsal:
    report_ids = ids(database, house)
    with database.reading() as session:
        return rehearse_request(
            session, report_ids, asked_by=house.coordinator.person_id, at=clock.now()
        )


def ask(database: Database, house: House, *, actor: Actor | None = None) -> RequestRehearsal:
    """Ask for what a rehearsal shows, and return it."""
    shown = rehearsed(database, house)
    request(database, house, shown, actor=actor)
    return shown


def request(
    database: Database, house: House, shown: RequestRehearsal, *, actor: Actor | None = None
) -> None:
    with database.transaction() as session:
        request_reports(session, shown.pairs, actor=actor or house.coordinator, at=clock.now())


def answer(database: Database, house: House, place: int) -> None:
    report_id = ids(database, house)[place]
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            actor=house.focal_point if place < 2 else house.other_focal_point,
            at=clock.now(),
        )


def left_out(database: Database, house: House) -> set[tuple[int, str, str]]:
    """Return place of the report, reason and person of what is left out."""
    places = {report_id: place for place, report_id in enumerate(ids(database, house))}
    return {
        (places[each.line.report_id], each.reason.value, each.person)
        for each in rehearsed(database, house).left_out
    }


def test_each_person_gets_one_mail_within_the_hour_though_theirs_come_on_mondays(
    database: Database, house: House, post: Post
) -> None:
    shown = ask(database, house)
    run_jobs(database, post)

    assert [(each.name, len(each.reports)) for each in shown.people] == [
        ("Ana Focal", 2),
        ("Otto Focal", 1),
    ]
    assert {each.mail_at for each in shown.people} == {NOON}
    assert sorted(post.recipients) == [ANA, OTTO]
    text = post.text_to(ANA)
    assert "ASKED OF YOU" in text
    assert text.count("Carla Coordinator asks you for this report.") == 2


def test_the_mail_is_in_the_language_of_its_reader(
    database: Database, house: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.focal_point.person_id).language = "es"

    ask(database, house)
    run_jobs(database, post)

    assert "Carla Coordinator le pide este informe." in post.text_to(ANA)


def test_the_rehearsal_plans_nothing(database: Database, house: House, post: Post) -> None:
    rehearsed(database, house)
    run_jobs(database, post)

    assert told(database, ReminderKind.REQUESTED) == []


def test_what_is_asked_stands_in_the_ledger_at_once_and_is_sent_once(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    ask(database, house)
    planned = told(database, ReminderKind.REQUESTED)
    for _ in range(3):
        run_jobs(database, post)
        travel.by(timedelta(hours=30))

    assert [state for *_item, state in planned] == [Delivery.PENDING] * 3
    assert [state for *_item, state in told(database, ReminderKind.REQUESTED)] == (
        [Delivery.SENT] * 3
    )
    assert sorted(post.recipients) == [ANA, OTTO]


def test_nobody_is_asked_twice_on_one_day_whoever_asks(
    database: Database, house: House, post: Post
) -> None:
    shown = ask(database, house)
    with pytest.raises(WrongState):
        request(database, house, shown)
    run_jobs(database, post)
    with pytest.raises(WrongState):
        request(database, house, shown)

    assert sorted(post.recipients) == [ANA, OTTO]


def test_what_waits_or_went_out_today_is_told_as_the_reason(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    ask(database, house)
    assert left_out(database, house) == {
        (0, Hindrance.WAITING, "Ana Focal"),
        (1, Hindrance.WAITING, "Ana Focal"),
        (2, Hindrance.WAITING, "Otto Focal"),
    }

    run_jobs(database, post)
    assert {reason for _place, reason, _name in left_out(database, house)} == {Hindrance.TODAY}

    travel.by(timedelta(days=1))
    assert left_out(database, house) == set()


def test_an_answer_between_rehearsal_and_request_takes_the_report_out(
    database: Database, house: House, post: Post
) -> None:
    shown = rehearsed(database, house)
    answer(database, house, 0)
    request(database, house, shown)
    run_jobs(database, post)

    asked = {report_id for report_id, *_rest in told(database, ReminderKind.REQUESTED)}
    assert asked == set(ids(database, house)[1:])


def test_an_answer_before_the_mail_takes_the_request_back(
    database: Database, house: House, post: Post
) -> None:
    ask(database, house)
    answer(database, house, 2)
    run_jobs(database, post)

    assert OTTO not in post.recipients
    states = {item: state for item, _who, state in told(database, ReminderKind.REQUESTED)}
    assert states[ids(database, house)[2]] is Delivery.CANCELLED


def test_whoever_stands_in_is_asked_in_place_of_who_is_away(
    database: Database, house: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            PersonAbsence(
                person_id=house.focal_point.person_id,
                starts_on=date(2026, 4, 13),
                ends_on=date(2026, 4, 24),
                deputy_id=house.manager.person_id,
                entered_at=NOON,
                entered_by_id=house.coordinator.person_id,
            )
        )

    shown = ask(database, house)
    run_jobs(database, post)

    mona = next(each for each in shown.people if each.name == "Mona Manager")
    assert [each.absent for each in mona.reports] == ["Ana Focal", "Ana Focal"]
    assert sorted(post.recipients) == ["mona.manager@example.org", OTTO]
    assert "in place of Ana Focal" in post.text_to("mona.manager@example.org")


def test_a_pause_is_a_reason_and_says_why(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            ReminderPause(
                scope=PauseScope.UNIT,
                unit_id=house.trade,
                starts_on=date(2026, 4, 1),
                ends_on=date(2026, 4, 30),
                reason="Recess",
                entered_at=NOON,
                entered_by_id=house.coordinator.person_id,
            )
        )

    (out,) = rehearsed(database, house).left_out

    assert (out.person, out.reason) == ("Otto Focal", Hindrance.PAUSED)
    assert out.pause is not None
    assert out.pause.reason == "Recess"


def test_what_needs_no_answer_is_left_out_with_its_reason(database: Database, house: House) -> None:
    answer(database, house, 0)
    with database.transaction() as session:
        waive_report(
            session,
            report_id=report_on(session, house.mandates[1]).id,
            version=1,
            reason="The study is over.",
            actor=house.coordinator,
            at=clock.now(),
        )
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[2]).focal_point_id = None
        report_on(session, house.mandates[2]).focal_point_id = None
        for key in (house.other_focal_point, house.other_manager):
            session.get_one(Person, key.person_id).is_active = False

    assert left_out(database, house) == {
        (0, Hindrance.SUBMITTED, ""),
        (1, Silence.WAIVED, ""),
        (2, Hindrance.NOBODY, ""),
    }
    with pytest.raises(WrongState):
        ask(database, house)


def test_who_asks_is_not_told_of_it(database: Database, house: House, post: Post) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in house.mandates:
            report_on(session, mandate_id).focal_point_id = house.coordinator.person_id

    assert {reason for _place, reason, _name in left_out(database, house)} == {Hindrance.YOURSELF}


def test_officials_of_governments_are_never_asked(
    database: Database, house: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            NationalFocalPoint(
                country="CPV", institution="Ministry", person="Ana Focal",
                contact="ana@gov.example", document="", entered_at=NOON, entered_by_id=1,
            )
        )  # fmt: skip

    ask(database, house)
    run_jobs(database, post)

    assert sorted(post.recipients) == [ANA, OTTO]


def test_only_coordinators_ask_and_not_for_more_than_a_request_holds(
    database: Database, house: House
) -> None:
    for actor in (house.manager, house.focal_point, house.editor, house.viewer):
        with pytest.raises(NotAllowed):
            ask(database, house, actor=actor)
    many = {(report_id, 1) for report_id in range(MOST_REQUESTED + 1)}
    with pytest.raises(Invalid), database.transaction() as session:
        request_reports(session, many, actor=house.coordinator, at=clock.now())


def test_a_request_is_kept_with_who_made_it(database: Database, house: House) -> None:
    ask(database, house)

    with database.reading() as session:
        (made,) = made_requests(session)
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "reminders.request")
        ).one()
    assert (made.requested_by, made.report_count, made.person_count) == ("Carla Coordinator", 3, 2)
    assert entry.after is not None
    assert entry.after["reports"] == sorted(ids(database, house))


def test_what_comes_is_foretold_as_it_is_sent(
    database: Database, house: House, post: Post, travel: Travel
) -> None:
    ask(database, house)
    run_jobs(database, post)
    travel.to(NOON + timedelta(days=3))  # a Saturday
    shown = ask(database, house)
    with database.reading() as session:
        ahead = [
            (at, one.recipient_id)
            for at, one in outlook(session, after=clock.now(), days=7)
            if one.kind is ReminderKind.REQUESTED
        ]

    monday = {each.person_id: each.mail_at for each in shown.people}
    assert {person: at for at, person in ahead} == monday
    run_jobs(database, post)
    assert len(post.recipients) == 2
    travel.to(max(monday.values()))
    run_jobs(database, post)
    assert sorted(post.recipients) == [ANA, ANA, OTTO, OTTO]


def test_a_request_that_found_no_day_ends(database: Database, house: House, post: Post) -> None:
    ask(database, house)
    with arranging(), database.transaction() as session:
        session.query(Notification).update({"state": Delivery.CANCELLED})
    with database.reading() as session:
        later = rehearse_request(
            session,
            ids(database, house),
            asked_by=house.coordinator.person_id,
            at=NOON + timedelta(days=15),
        )

    deliver(database, post)
    assert post.recipients == []
    assert later.report_count == 3


def test_a_rehearsal_takes_the_same_statements_for_one_report_and_for_all(
    database: Database, house: House
) -> None:
    report_ids = ids(database, house)
    counts = []
    for chosen in (report_ids[:1], report_ids):
        with counted_statements(database) as statements, database.reading() as session:
            rehearse_request(session, chosen, asked_by=house.coordinator.person_id, at=clock.now())
        counts.append(len(statements))

    assert counts[0] == counts[1]
