"""Kept counts: added up to few rows, while others write, without a change of any count."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.compliance import Compliance
from tracker.models.kept_counts import KeptCount
from tracker.models.progress import ProgressReport
from tracker.queries.compliance import compliance_overview
from tracker.services.kept_counts import add_up_counts, periods_to_add_up
from tracker.services.progress import submit_report


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
    before, rows = answered(database, period_id), row_count(database)

    with database.transaction() as session:
        changes = add_up_counts(session, period_id)
    with database.transaction() as session:
        again = add_up_counts(session, period_id)

    assert before == answered(database, period_id) == (1, 1)
    assert (changes, again) == (3 + 2 * 2, 0)  # asked for; then the first text, and its review
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
