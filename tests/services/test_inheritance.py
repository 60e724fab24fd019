"""Inheritance on renewal: what a confirmed line carries over, and what it leaves."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from tests.audit import arranging
from tests.furniture import put
from tests.renewing import Renewal, make_renewal
from tests.reporting import TEXT, counted_statements, open_biennium, open_year, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Acceptance
from tracker.domain.errors import Invalid, NotAllowed, Stale
from tracker.domain.inheritance import Fate, OwnerFate
from tracker.domain.mandates import Lifecycle
from tracker.models.activities import ActivityLink
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate, MandateRenewal
from tracker.models.people import Person
from tracker.models.progress import ProgressDraft
from tracker.queries.inheritance import Lining, lining_of
from tracker.services.inheritance import Choices, Inherited, inherit
from tracker.services.progress import save_draft, submit_report


@pytest.fixture
def renewal(database: Database) -> Renewal:
    return put(database, make_renewal)


def lined_up(database: Database, renewal: Renewal) -> Lining:
    with database.reading() as session:
        return lining_of(session, later_id=renewal.later, earlier_id=renewal.earlier)


def take(
    database: Database, renewal: Renewal, choices: Choices, seal: str | None = None
) -> Inherited:
    with database.transaction() as session:
        return inherit(
            session,
            later_id=renewal.later,
            earlier_id=renewal.earlier,
            choices=choices,
            seal=seal,
            actor=renewal.house.coordinator,
            at=clock.now(),
        )


def all_lines(lining: Lining) -> frozenset[str]:
    return frozenset(line.key for line in lining.lines)


def test_clauses_are_lined_up_in_a_number_of_statements_that_is_the_same_for_all(
    database: Database, renewal: Renewal
) -> None:
    with counted_statements(database) as statements:
        lining = lined_up(database, renewal)

    assert [line.fate for line in lining.lines] == [
        Fate.SAME,
        Fate.CHANGED,
        Fate.DROPPED,
        Fate.NEW,
    ]
    assert len(statements) == 12


def test_a_confirmed_line_gives_the_new_mandate_owner_activities_and_the_old_ones_decision(
    database: Database, renewal: Renewal
) -> None:
    outcome = take(database, renewal, Choices())

    assert outcome == Inherited(clause_count=1, owner_count=1, link_count=1)
    with database.reading() as session:
        mandate = session.get_one(Mandate, renewal.same)
        assert mandate.requires_action is True
        assert mandate.lead_unit_id == renewal.house.statistics
        assert mandate.focal_point_id == renewal.house.focal_point.person_id
        assert mandate.acceptance is Acceptance.WAITING
        sentence = select(ActivityLink.contribution).where(ActivityLink.mandate_id == mandate.id)
        assert session.scalars(sentence).all() == ["Trained forty registrars."]
        old = session.get_one(Mandate, renewal.house.mandates[0])
        assert (old.lifecycle, old.lifecycle_source) == (Lifecycle.RENEWED, "20(VI), para. 1")
        untouched = session.get_one(Mandate, renewal.changed)
        assert untouched.lead_unit_id is None


def test_what_was_confirmed_once_is_done_and_changes_nothing_a_second_time(
    database: Database, renewal: Renewal
) -> None:
    keys = frozenset(
        line.key for line in lined_up(database, renewal).lines if line.fate is Fate.SAME
    )
    take(database, renewal, Choices(taken=keys))

    again = take(database, renewal, Choices(taken=keys))

    assert again.clause_count == 0
    with database.reading() as session:
        assert session.scalar(select(func.count(MandateRenewal.id))) == 1


def test_all_lines_of_one_step_are_taken_or_none(database: Database, renewal: Renewal) -> None:
    lining = lined_up(database, renewal)
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, renewal.changed).needs_look = True

    with pytest.raises(Stale):
        take(database, renewal, Choices(taken=all_lines(lining)), seal=lining.seal)

    with database.reading() as session:
        assert session.scalar(select(func.count(MandateRenewal.id))) == 0
        assert session.get_one(Mandate, renewal.same).lead_unit_id is None


def test_a_moved_pairing_is_shown_again_before_it_is_taken(
    database: Database, renewal: Renewal
) -> None:
    seen = lined_up(database, renewal).seal
    said: dict[int, int | None] = {renewal.new: renewal.house.mandates[2]}
    with database.reading() as session:
        moved = lining_of(session, later_id=renewal.later, earlier_id=renewal.earlier, said=said)
    key = f"{renewal.new}-{renewal.house.mandates[2]}"

    with pytest.raises(Stale):
        take(database, renewal, Choices(said=said, taken=frozenset({key})), seal=seen)
    take(database, renewal, Choices(said=said, taken=frozenset({key})), seal=moved.seal)

    with database.reading() as session:
        assert session.get_one(Mandate, renewal.new).lead_unit_id == renewal.house.trade


def test_a_dropped_clause_has_elapsed_or_stays_active_as_the_coordinator_says(
    database: Database, renewal: Renewal
) -> None:
    dropped = renewal.house.mandates[2]
    line = next(each for each in lined_up(database, renewal).lines if each.later is None)
    choices = Choices(taken=frozenset({line.key}), dropped={dropped: Lifecycle.ACTIVE})

    take(database, renewal, choices)

    with database.reading() as session:
        assert session.get_one(Mandate, dropped).lifecycle is Lifecycle.ACTIVE
    assert lined_up(database, renewal).count(Fate.DROPPED) == 0


def test_who_left_is_not_named_and_the_unit_inherits_all_the_same(
    database: Database, renewal: Renewal
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, renewal.house.focal_point.person_id).is_active = False

    take(database, renewal, Choices())

    with database.reading() as session:
        mandate = session.get_one(Mandate, renewal.same)
        assert (mandate.lead_unit_id, mandate.focal_point_id) == (renewal.house.statistics, None)


def test_an_owner_who_declined_the_old_mandate_is_not_given_the_new_one(
    database: Database, renewal: Renewal
) -> None:
    with arranging(), database.transaction() as session:
        old = session.get_one(Mandate, renewal.house.mandates[0])
        old.acceptance = Acceptance.DECLINED

    take(database, renewal, Choices())

    assert lined_up(database, renewal).done_lines[0].key.startswith(f"{renewal.same}-")
    with database.reading() as session:
        assert session.get_one(Mandate, renewal.same).lead_unit_id is None


def test_an_owner_that_the_new_mandate_has_already_stays(
    database: Database, renewal: Renewal
) -> None:
    with arranging(), database.transaction() as session:
        new = session.get_one(Mandate, renewal.same)
        new.requires_action, new.confirmed_at = True, clock.now()
        new.lead_unit_id = renewal.house.trade

    [line] = [each for each in lined_up(database, renewal).lines if each.fate is Fate.SAME]
    take(database, renewal, Choices())

    assert line.owner is OwnerFate.KEPT
    with database.reading() as session:
        assert session.get_one(Mandate, renewal.same).lead_unit_id == renewal.house.trade


def test_an_unanswered_report_is_waived_and_the_new_mandate_asked_with_the_draft(
    database: Database, renewal: Renewal
) -> None:
    house = renewal.house
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 6, 15, 8, tzinfo=UTC))
        save_draft(
            session,
            report_id=report_on(session, house.mandates[0]).id,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

    take(database, renewal, Choices())

    with database.reading() as session:
        assert report_on(session, house.mandates[0]).is_waived
        asked = report_on(session, renewal.same)
        assert not asked.is_waived
        draft = select(ProgressDraft.done).where(ProgressDraft.report_id == asked.id)
        assert session.scalars(draft).all() == [TEXT.done]


def test_an_answered_report_stands_and_the_new_mandate_is_not_asked_the_same_again(
    database: Database, renewal: Renewal
) -> None:
    house = renewal.house
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 6, 15, 8, tzinfo=UTC))
        report = report_on(session, house.mandates[0])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

    take(database, renewal, Choices())

    with database.reading() as session:
        assert not report_on(session, house.mandates[0]).is_waived
        assert report_on(session, renewal.same).is_waived


def test_a_period_that_was_over_before_the_adoption_stays_with_the_old_mandate(
    database: Database, renewal: Renewal
) -> None:
    with database.transaction() as session:
        open_year(session, renewal.house, 2025)

    take(database, renewal, Choices())

    with database.reading() as session:
        assert not report_on(session, renewal.house.mandates[0]).is_waived
        assert report_on(session, renewal.same).is_waived


def test_both_mandates_tell_it_in_their_history(database: Database, renewal: Renewal) -> None:
    take(database, renewal, Choices(ends_as=Lifecycle.SUPERSEDED))

    with database.reading() as session:
        told = session.execute(
            select(AuditEntry.action, AuditEntry.subject_id).where(
                AuditEntry.action.in_(("inherit_mandate", "renew_mandate"))
            )
        ).all()
        assert set(told) == {
            ("inherit_mandate", renewal.same),
            ("renew_mandate", renewal.house.mandates[0]),
        }


def test_only_coordinators_confirm_and_something_must_be_chosen(
    database: Database, renewal: Renewal
) -> None:
    with pytest.raises(Invalid, match="Nothing was selected"):
        take(database, renewal, Choices(taken=frozenset()))
    with database.reading() as session, pytest.raises(NotAllowed):
        inherit(
            session,
            later_id=renewal.later,
            earlier_id=renewal.earlier,
            choices=Choices(),
            actor=renewal.house.manager,
            at=clock.now(),
        )


def test_a_resolution_cannot_inherit_from_itself_or_from_a_later_one(
    database: Database, renewal: Renewal
) -> None:
    with database.reading() as session:
        with pytest.raises(Invalid, match="renew itself"):
            lining_of(session, later_id=renewal.later, earlier_id=renewal.later)
        with pytest.raises(Invalid, match="adopted later"):
            lining_of(session, later_id=renewal.earlier, earlier_id=renewal.later)
