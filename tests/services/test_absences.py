"""Absences entered and ended, and what passes to whoever stands in."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.post import SITE, TOKENS, Post
from tests.reporting import TEXT, House, counted_statements, make_person, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.absences import who_answers
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.permissions import Actor, Role
from tracker.domain.workflow import Review
from tracker.models.absences import PersonAbsence
from tracker.models.people import Person
from tracker.models.progress import Clearance, ProgressReport, ProgressRevision
from tracker.queries.absences import absences_on, find_represented
from tracker.queries.people import find_actor
from tracker.queries.review_queue import review_queue
from tracker.queries.work import my_work, waiting_counts
from tracker.services.absences import AbsenceDays, change_absence, end_absence, enter_absence
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.people import deactivate_person
from tracker.services.progress import clear_report, submit_report
from tracker.services.reminders import plan_reminders

FIRST, LAST, AFTER = date(2026, 6, 10), date(2026, 6, 20), date(2026, 6, 21)


@pytest.fixture
def report_id(database: Database, house: House, travel: Travel) -> int:
    """Open the biennium two weeks before it is due and return the first report."""
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
        return report_on(session, house.mandates[0]).id


def enter(
    database: Database,
    person: Actor,
    *,
    deputy: Actor | None = None,
    officer: Actor | None = None,
    by: Actor | None = None,
) -> PersonAbsence:
    with database.transaction() as session:
        return enter_absence(
            session,
            person_id=person.person_id,
            days=AbsenceDays(
                FIRST,
                LAST,
                deputy.person_id if deputy else None,
                officer.person_id if officer else None,
            ),
            actor=by or person,
            at=clock.now(),
        )


def acting(database: Database, actor: Actor) -> Actor:
    """Return the person as they act now, also in the place of others."""
    with database.reading() as session:
        found = find_actor(session, actor.person_id, at=clock.now())
        assert found is not None
        return found


def submit(database: Database, report_id: int, actor: Actor) -> None:
    with database.transaction() as session:
        submit_report(
            session, report_id=report_id, version=1, text=TEXT, actor=actor, at=clock.now()
        )


def clear(database: Database, report_id: int, actor: Actor) -> None:
    with database.transaction() as session:
        version = session.get_one(ProgressReport, report_id).version
        clear_report(session, report_id=report_id, version=version, actor=actor, at=clock.now())


def test_a_deputy_of_another_unit_submits_in_the_place_of_who_is_away(
    database: Database, house: House, report_id: int
) -> None:
    with pytest.raises(NotAllowed):
        submit(database, report_id, house.other_focal_point)
    enter(database, house.focal_point, deputy=house.other_focal_point)

    submit(database, report_id, acting(database, house.other_focal_point))

    with database.reading() as session:
        [revision] = session.scalars(select(ProgressRevision)).all()
        assert revision.written_by_id == house.other_focal_point.person_id
        assert revision.in_place_of_id == house.focal_point.person_id


def test_what_is_asked_of_who_is_away_stands_in_the_work_of_the_deputy_until_the_last_day(
    database: Database, house: House, report_id: int, travel: Travel
) -> None:
    enter(database, house.focal_point, deputy=house.other_focal_point)

    deputy = acting(database, house.other_focal_point)
    with database.reading() as session:
        during = my_work(session, deputy, at=clock.now())
        assert waiting_counts(session, deputy).to_write == during.total
    travel.to(datetime(2026, 6, 21, 9, tzinfo=UTC))
    with database.reading() as session:
        after = my_work(session, acting(database, house.other_focal_point), at=clock.now())

    assert report_id in {item.line.report_id for item in (*during.this_week, *during.later)}
    assert (during.total, after.total) == (3, 1)


def test_the_digest_goes_to_the_deputy_with_the_words_in_place_of(
    database: Database, house: House, report_id: int
) -> None:
    enter(database, house.focal_point, deputy=house.viewer)
    post = Post()

    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
        collect_digests(session, at=clock.now())
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())

    assert sorted(post.recipients) == ["otto.focal@example.org", "vera.viewer@example.org"]
    assert post.text_to("vera.viewer@example.org").count("in place of Ana Focal") == 2
    assert "in place of" not in post.text_to("otto.focal@example.org")


def test_what_was_planned_for_who_is_away_is_taken_back_once_the_absence_is_entered(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    enter(database, house.focal_point, deputy=house.viewer)

    with database.transaction() as session:
        planning = plan_reminders(session, at=clock.now())

    assert (planning.planned, planning.cancelled) == (2, 2)


def test_an_officer_in_charge_clears_in_the_place_of_the_manager(
    database: Database, house: House, report_id: int
) -> None:
    submit(database, report_id, house.focal_point)
    enter(database, house.manager, officer=house.other_manager)
    officer = acting(database, house.other_manager)
    with database.reading() as session:
        assert report_id in {
            item.line.report_id for item in review_queue(session, officer, at=clock.now()).items
        }

    clear(database, report_id, officer)

    with database.reading() as session:
        [decision] = session.scalars(select(Clearance)).all()
        assert decision.decided_by_id == house.other_manager.person_id
        assert decision.in_place_of_id == house.manager.person_id
        assert session.get_one(ProgressReport, report_id).review is Review.CLEARED


def test_a_deputy_without_the_charge_clears_nothing(
    database: Database, house: House, report_id: int
) -> None:
    submit(database, report_id, house.focal_point)
    enter(database, house.manager, deputy=house.other_manager)

    with pytest.raises(NotAllowed):
        clear(database, report_id, acting(database, house.other_manager))


def test_an_officer_in_charge_does_not_clear_what_they_submitted(
    database: Database, house: House, report_id: int
) -> None:
    submit(database, report_id, house.focal_point)
    enter(database, house.manager, officer=house.focal_point)

    with pytest.raises(NotAllowed, match="yourself"):
        clear(database, report_id, acting(database, house.focal_point))


def test_people_enter_their_own_absence_and_coordinators_those_of_others(
    database: Database, house: House
) -> None:
    with pytest.raises(NotAllowed):
        enter(database, house.focal_point, deputy=house.viewer, by=house.manager)

    enter(database, house.focal_point, deputy=house.viewer, by=house.coordinator)

    with database.reading() as session:
        person_id = house.focal_point.person_id
        last, after = absences_on(session, LAST), absences_on(session, AFTER)
        assert who_answers(person_id, LAST, last) == house.viewer.person_id
        assert who_answers(person_id, AFTER, after) == person_id


def test_days_in_which_one_is_away_already_are_refused(database: Database, house: House) -> None:
    enter(database, house.focal_point, deputy=house.viewer)

    with pytest.raises(Invalid, match="is away already"):
        enter(database, house.focal_point, deputy=house.editor)


def test_a_stand_in_who_is_away_themselves_is_refused(database: Database, house: House) -> None:
    enter(database, house.viewer, deputy=house.editor)

    with pytest.raises(Invalid, match="Vera Viewer is away themselves"):
        enter(database, house.focal_point, deputy=house.viewer)


def test_an_absence_changed_by_somebody_else_meanwhile_is_not_overwritten(
    database: Database, house: House
) -> None:
    absence = enter(database, house.focal_point, deputy=house.viewer)
    days = AbsenceDays(FIRST, LAST, house.editor.person_id)

    def change() -> None:
        with database.transaction() as session:
            change_absence(
                session,
                absence_id=absence.id,
                version=absence.version,
                days=days,
                actor=house.focal_point,
                at=clock.now(),
            )

    change()

    with pytest.raises(Stale):
        change()


def test_who_is_back_early_answers_again_and_an_absence_that_is_over_stays(
    database: Database, house: House, travel: Travel
) -> None:
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    absence = enter(database, house.focal_point, deputy=house.viewer)

    def end(version: int) -> None:
        with database.transaction() as session:
            end_absence(
                session,
                absence_id=absence.id,
                version=version,
                actor=house.focal_point,
                at=clock.now(),
            )

    end(absence.version)

    with database.reading() as session:
        assert find_represented(session, house.focal_point.person_id, at=clock.now()) is None
        assert session.get_one(PersonAbsence, absence.id).ends_on == date(2026, 6, 15)
    with pytest.raises(WrongState, match="is over"):
        end(absence.version + 1)


def test_nobody_leaves_while_they_stand_in(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        administrator = make_person(session, "Ada Administrator", (Role.ADMINISTRATOR, None))
        actor = Actor(administrator.id, "Ada", "en", "UTC", frozenset({(Role.ADMINISTRATOR, None)}))
    enter(database, house.focal_point, deputy=house.viewer)

    def leave() -> None:
        with database.transaction() as session:
            person = session.get_one(Person, house.viewer.person_id)
            deactivate_person(
                session, person_id=person.id, version=person.version, actor=actor, at=clock.now()
            )

    with pytest.raises(WrongState, match="stands in for Ana Focal"):
        leave()


def test_who_stands_in_is_found_in_as_many_statements_however_many_are_away(
    database: Database, house: House
) -> None:
    for person in (house.focal_point, house.other_focal_point, house.editor):
        enter(database, person, deputy=house.viewer)

    with database.reading() as session, counted_statements(database) as statements:
        actor = find_actor(session, house.viewer.person_id, at=clock.now())

    assert actor is not None
    assert [each.name for each in actor.stands_in_for] == [
        "Ana Focal",
        "Edgar Editor",
        "Otto Focal",
    ]
    assert len(statements) == 4
