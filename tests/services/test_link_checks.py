"""What the machine finds of the links of evidence is kept, and shown to whoever clears."""

from datetime import timedelta

import pytest

from tests.audit import arranging
from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.links import LinkProblem
from tracker.domain.review_warnings import ReviewWarning, WarningKind
from tracker.domain.workflow import Review
from tracker.models.progress import ProgressReport
from tracker.queries.evidence import evidence_on
from tracker.queries.progress import find_report_page
from tracker.services.evidence import add_link, remove_evidence
from tracker.services.link_checks import links_to_check, record_check
from tracker.services.progress import submit_report


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Submit a report with two links and return it."""
    with database.transaction() as session:
        open_biennium(session, house)
        report_id = report_on(session, house.mandates[0]).id
        for name in ("first", "second"):
            add_link(
                session,
                report_id=report_id,
                address=f"https://example.org/{name}",
                title=f"The {name} page",
                actor=house.focal_point,
                at=clock.now(),
            )
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
    return report_id


def check(database: Database, evidence_id: int, problem: LinkProblem | None, days: int = 0) -> bool:
    with database.transaction() as session:
        return record_check(
            session,
            evidence_id=evidence_id,
            problem=problem,
            at=clock.now() + timedelta(days=days),
        )


def due(database: Database, *, days: int = 0, most: int = 10) -> list[int]:
    with database.reading() as session:
        at = clock.now() + timedelta(days=days)
        return [evidence_id for evidence_id, _ in links_to_check(session, at=at, most=most)]


def test_links_are_due_once_a_week_and_few_in_a_run(database: Database, report_id: int) -> None:
    assert due(database, most=1) == [1]
    check(database, 1, None)

    assert due(database) == [2]
    assert due(database, days=8) == [2, 1]


def test_what_failed_is_due_the_next_day_and_dead_when_it_fails_again(
    database: Database, report_id: int
) -> None:
    assert not check(database, 1, LinkProblem.UNREACHABLE)
    assert 1 in due(database, days=1)

    assert check(database, 1, LinkProblem.UNREACHABLE, days=1)
    assert not check(database, 1, None, days=2)


def test_links_that_were_taken_away_or_frozen_are_left_alone(
    database: Database, house: House, report_id: int
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(ProgressReport, report_id).review = Review.RETURNED
    with database.transaction() as session:
        remove_evidence(session, evidence_id=1, actor=house.focal_point, at=clock.now())
    assert due(database) == [2]

    with arranging(), database.transaction() as session:
        session.get_one(ProgressReport, report_id).review = Review.FROZEN
    assert due(database) == []


def test_a_dead_link_is_shown_on_the_report_and_to_whoever_clears_it(
    database: Database, house: House, report_id: int
) -> None:
    check(database, 2, LinkProblem.GONE)

    with database.reading() as session:
        reader_id = house.manager.person_id
        first, second = evidence_on(session, report_id, reader_id=reader_id)
        page = find_report_page(session, report_id, reader_id=reader_id, at=clock.now())
    assert (first.dead_since, second.problem) == (None, LinkProblem.GONE)
    assert second.dead_since is not None
    assert page is not None
    assert ReviewWarning(WarningKind.DEAD_LINK, "The second page") in page.warnings
