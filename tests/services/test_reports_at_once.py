"""Two people who act on one report in the same moment: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Stale
from tracker.domain.permissions import Actor
from tracker.domain.workflow import Review
from tracker.models.progress import ProgressDraft, ProgressReport, ProgressRevision
from tracker.services.progress import clear_report, return_report, save_draft, submit_report

Step = Callable[[Session], object]


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def at_once(database: Database, *steps: Step) -> list[type[Exception] | None]:
    """Run each step in a transaction of its own at the same moment; return who refused."""
    barrier = Barrier(len(steps))

    def run(step: Step) -> type[Exception] | None:
        barrier.wait(timeout=10)
        try:
            with database.transaction() as session:
                step(session)
        except (Duplicate, Stale) as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def submitting(report_id: int, actor: Actor, done: str) -> Step:
    return lambda session: submit_report(
        session,
        report_id=report_id,
        version=1,
        text=replace(TEXT, done=done),
        actor=actor,
        at=clock.now(),
    )


def test_of_two_who_submit_the_same_version_one_wins_and_one_is_told(
    database: Database, house: House, report_id: int
) -> None:
    outcomes = at_once(
        database,
        submitting(report_id, house.focal_point, "Hers."),
        submitting(report_id, house.manager, "Mine."),
    )

    assert sorted(map(str, outcomes)) == [str(Stale), "None"]
    winner = ["Hers.", "Mine."][outcomes.index(None)]
    with database.reading() as session:
        assert session.scalars(select(ProgressRevision.done)).all() == [winner]


def test_a_report_is_not_cleared_and_returned_in_the_same_moment(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submitting(report_id, house.focal_point, "Hers.")(session)

    outcomes = at_once(
        database,
        lambda session: clear_report(
            session, report_id=report_id, version=2, actor=house.manager, at=clock.now()
        ),
        lambda session: return_report(
            session,
            report_id=report_id,
            version=2,
            remark="Which islands?",
            actor=house.coordinator,
            at=clock.now(),
        ),
    )

    assert sorted(map(str, outcomes)) == [str(Stale), "None"]
    expected = [Review.CLEARED, Review.RETURNED][outcomes.index(None)]
    with database.reading() as session:
        assert session.get_one(ProgressReport, report_id).review is expected
        assert session.scalar(select(func.count(ProgressRevision.id))) == 2


def test_a_period_is_opened_once_by_two_who_press_at_once(database: Database, house: House) -> None:
    outcomes = at_once(database, *[lambda session: open_biennium(session, house)] * 2)

    assert sorted(map(str, outcomes)) == [str(Duplicate), "None"]
    with database.reading() as session:
        assert session.scalar(select(func.count(ProgressReport.id))) == len(house.mandates)


def test_one_person_who_saves_in_two_windows_keeps_one_draft(
    database: Database, house: House, report_id: int
) -> None:
    def saving(done: str) -> Step:
        return lambda session: save_draft(
            session,
            report_id=report_id,
            text=replace(TEXT, done=done),
            actor=house.focal_point,
            at=clock.now(),
        )

    assert at_once(database, saving("One."), saving("Two.")) == [None, None]

    with database.reading() as session:
        (kept,) = session.scalars(select(ProgressDraft.done)).all()
    assert kept in {"One.", "Two."}
