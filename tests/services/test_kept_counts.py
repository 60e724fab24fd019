"""Kept counts: added up to few rows, while others write, without a change of any count."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.compliance import Compliance
from tracker.models.kept_counts import KeptCount
from tracker.models.progress import ProgressReport
from tracker.queries.compliance import compliance_overview
from tracker.services.kept_counts import (
    add_up_counts,
    periods_to_add_up,
    reports_with_missed_notes,
    tell_of_notes,
)
from tracker.services.progress import submit_report
from tracker.services.progress_entries import add_progress_entry


@pytest.fixture
def period_id(database: Database, house: House) -> int:
    """Open the biennium, which asks for three reports."""
    with database.transaction() as session:
        return open_biennium(session, house).id


def submit(database: Database, house: House, mandate_id: int) -> None:
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_on(session, mandate_id).id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )


def row_count(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(KeptCount)).one()


def answered(database: Database, period_id: int) -> Sequence[int]:
    with database.reading() as session:
        counts = compliance_overview(session, period_id, at=clock.now())
        kept = session.scalars(select(func.sum(KeptCount.count))).one()
        reports = session.scalars(select(func.count()).select_from(ProgressReport)).one()
    assert counts.asked == reports == 3
    assert kept > 0
    return counts.answered, counts.of(Compliance.SUBMITTED)


def test_adding_up_leaves_fewer_rows_and_the_same_counts(
    database: Database, house: House, period_id: int
) -> None:
    submit(database, house, house.mandates[0])
    submit(database, house, house.mandates[1])
    before, rows = answered(database, period_id), row_count(database)

    with database.transaction() as session:
        changes = add_up_counts(session, period_id)
    with database.transaction() as session:
        again = add_up_counts(session, period_id)

    assert before == answered(database, period_id) == (2, 2)
    # Asked for; then the first texts, and their reviews.
    assert (changes, again) == (3 + 2 * 2 * 2, 0)
    assert rows == changes > row_count(database)


def test_only_a_period_in_which_much_was_changed_waits(
    database: Database, house: House, period_id: int
) -> None:
    submit(database, house, house.mandates[0])

    with database.transaction() as session:
        assert periods_to_add_up(session) == []
        assert periods_to_add_up(session, least=3) == [period_id]
        add_up_counts(session, period_id)
        assert periods_to_add_up(session, least=1) == []


@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_what_is_committed_while_others_add_up_is_not_lost(
    database: Database, house: House, period_id: int
) -> None:
    with database.transaction() as writing:
        submit_report(
            writing,
            report_id=report_on(writing, house.mandates[0]).id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
        submit(database, house, house.mandates[1])
        with database.transaction() as session, database.transaction() as other:
            # Neither waits: rows of one who has not committed are not seen, and rows that
            # somebody adds up already are left to them.
            assert add_up_counts(session, period_id) > 0
            assert add_up_counts(other, period_id) == 0

    with database.transaction() as session:
        assert answered(database, period_id) == (2, 2)
        add_up_counts(session, period_id)
    assert answered(database, period_id) == (2, 2)


@pytest.mark.parametrize(
    "engine_name", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_note_written_while_its_report_was_made_counts_in_the_end(
    database: Database, house: House
) -> None:
    at = clock.now()
    with database.transaction() as opening:
        period_id = open_biennium(opening, house, at=at).id
        with database.transaction() as session:
            # It waits for nobody and sees no report yet.
            add_progress_entry(
                session,
                mandate_id=house.mandates[0],
                noted_on=at.date(),
                text="A mission was sent.",
                language="en",
                actor=house.focal_point,
                at=at,
            )
    late = at + timedelta(days=2000)
    with database.reading() as session:
        missed = reports_with_missed_notes(session)
        before = compliance_overview(session, period_id, at=late).by_standing

    with database.transaction() as session:
        tell_of_notes(session, missed)

    with database.reading() as session:
        assert missed == [report_on(session, house.mandates[0]).id]
        assert before == {Compliance.UNANSWERED: 3}
        assert compliance_overview(session, period_id, at=late).by_standing == {
            Compliance.OVERDUE: 1,
            Compliance.UNANSWERED: 2,
        }
        assert reports_with_missed_notes(session) == []
