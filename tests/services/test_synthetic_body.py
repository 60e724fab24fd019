"""A synthetic body: as large as asked, the same for a seed, and whole as the services make it."""

from datetime import date
from random import Random
from statistics import quantiles

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import make_unit
from tracker import clock
from tracker.database import Database
from tracker.demo.synthetic.texts import resolutions
from tracker.domain.errors import Duplicate, Invalid
from tracker.domain.permissions import Role
from tracker.domain.workflow import Review
from tracker.models.activities import ActivityLink
from tracker.models.mandates import Assignment, Mandate
from tracker.models.people import Person, RoleAssignment
from tracker.models.progress import DueDate, ProgressReport, ProgressRevision
from tracker.queries.compliance import compliance_overview
from tracker.queries.periods import find_current_period_id
from tracker.services.search_entries import complete
from tracker.services.synthetic_body import load_synthetic_body

TODAY = date(2026, 6, 15)
MANDATES, PEOPLE = 90, 40


def load(database: Database) -> None:
    with arranging(), database.transaction() as session:
        load_synthetic_body(
            session, mandate_count=MANDATES, person_count=PEOPLE, seed=1, today=TODAY
        )


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_it_has_as_many_mandates_and_people_as_asked(database: Database) -> None:
    load(database)

    with database.reading() as session:
        assert (count(session, Mandate), count(session, Person)) == (MANDATES, PEOPLE)
        roles = session.scalars(select(RoleAssignment.role).distinct()).all()
        assert set(roles) == set(Role)


def test_what_is_held_for_lists_is_what_the_history_says(database: Database) -> None:
    load(database)

    with database.reading() as session:
        newest = select(func.max(Assignment.id)).group_by(Assignment.mandate_id)
        for assignment in session.scalars(select(Assignment).where(Assignment.id.in_(newest))):
            mandate = session.get_one(Mandate, assignment.mandate_id)
            assert mandate.lead_unit_id == assignment.unit_id
            assert mandate.focal_point_id == assignment.person_id
        for report in session.scalars(select(ProgressReport)):
            moves = session.scalars(
                select(ProgressRevision.move)
                .where(ProgressRevision.report_id == report.id)
                .order_by(ProgressRevision.number)
            ).all()
            ends = {"submit": Review.SUBMITTED, "return": Review.RETURNED, "clear": Review.CLEARED}
            assert report.review is (ends[moves[-1]] if moves else Review.OPEN)
        assert count(session, DueDate) == count(session, ProgressReport)


def test_the_open_period_stands_in_every_way_and_is_found(database: Database) -> None:
    load(database)

    with database.reading() as session:
        period_id = find_current_period_id(session)
        assert period_id is not None
        overview = compliance_overview(session, period_id, at=clock.now())
    assert 0 < overview.answered < overview.asked
    with arranging(), database.transaction() as session:
        assert complete(session) > MANDATES


def test_the_database_goes_on_with_keys_of_its_own(database: Database) -> None:
    load(database)

    with arranging(), database.transaction() as session:
        assert make_unit(session, "later", "Later Division", "UTC").id > 1


def test_a_seed_makes_the_same_texts_and_another_seed_others() -> None:
    made = [list(resolutions(Random(seed), MANDATES)) for seed in (1, 1, 2)]  # noqa: S311

    assert made[0] == made[1]
    assert made[0] != made[2]
    assert sum(resolution.mandate_count for resolution in made[2]) == MANDATES


def test_clauses_are_as_long_as_those_that_commissions_adopt() -> None:
    made = resolutions(Random(1), 4000)  # noqa: S311
    lengths = [
        len(block.text) for resolution in made for block in resolution.blocks if block.is_mandate
    ]
    first, middle, last = quantiles(lengths, n=4)

    # Of 2,318 operative clauses of six bodies; the shortest of ours are as long as their openings.
    assert first == pytest.approx(202, rel=0.1)
    assert middle == pytest.approx(313, rel=0.05)
    assert last == pytest.approx(462, rel=0.05)
    assert max(lengths) > 1500


def test_a_mandate_has_five_revisions_and_three_links_to_activities(database: Database) -> None:
    with arranging(), database.transaction() as session:
        load_synthetic_body(session, mandate_count=2000, person_count=PEOPLE, seed=1, today=TODAY)

        assert count(session, ProgressRevision) / 2000 == pytest.approx(5, rel=0.1)
        assert count(session, ActivityLink) / 2000 == pytest.approx(3, rel=0.1)


def test_a_database_with_anything_in_it_is_refused(database: Database) -> None:
    load(database)

    with pytest.raises(Duplicate, match="Take an empty one"):
        load(database)


@pytest.mark.parametrize(("mandates", "people"), [(0, 40), (5, 3)])
def test_a_body_without_mandates_or_roles_is_refused(
    database: Database, mandates: int, people: int
) -> None:
    with pytest.raises(Invalid, match="at least"), database.transaction() as session:
        load_synthetic_body(
            session, mandate_count=mandates, person_count=people, seed=1, today=TODAY
        )
