"""Two people who act on one report in the same moment: one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import TEXT, House, make_actor, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Stale
from tracker.domain.permissions import Actor, Role
from tracker.domain.workflow import Move, Review
from tracker.models.progress import ProgressDraft, ProgressReport, ProgressRevision
from tracker.services.progress import clear_report, return_report, save_draft, submit_report

WRITERS = 16
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


def submitting(report_id: int, actor: Actor, done: str, version: int = 1) -> Step:
    return lambda session: submit_report(
        session,
        report_id=report_id,
        version=version,
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


def saving(report_id: int, actor: Actor, done: str) -> Step:
    return lambda session: save_draft(
        session,
        report_id=report_id,
        text=replace(TEXT, done=done),
        actor=actor,
        at=clock.now(),
    )


def texts_kept(database: Database) -> tuple[list[str], list[str]]:
    """Return what was done as submitted texts and as drafts say it, each in order."""
    with database.reading() as session:
        submitted = session.scalars(select(ProgressRevision.done)).all()
        drafts = session.scalars(select(ProgressDraft.done)).all()
    return sorted(submitted), sorted(drafts)


def test_sixteen_people_who_write_one_report_at_once_lose_no_text(
    database: Database, house: House, report_id: int
) -> None:
    role = (Role.FOCAL_POINT, house.statistics)
    with arranging(), database.transaction() as session:
        writers = [make_actor(session, f"Writer {number:02}", role) for number in range(WRITERS)]
    texts = [f"What {writer.name} did." for writer in writers]

    for draft in ("Begun.", "Half.", None):
        saved = at_once(
            database,
            *(
                saving(report_id, writer, draft or text)
                for writer, text in zip(writers, texts, strict=True)
            ),
        )
        assert saved == [None] * WRITERS
    assert texts_kept(database) == ([], texts)

    outcomes = at_once(
        database,
        *(submitting(report_id, writer, text) for writer, text in zip(writers, texts, strict=True)),
    )

    assert sorted(map(str, outcomes)) == sorted([str(Stale)] * (WRITERS - 1) + ["None"])
    submitted, drafts = texts_kept(database)
    assert submitted == [texts[outcomes.index(None)]]
    assert sorted(submitted + drafts) == texts


def test_each_of_sixteen_texts_is_taken_when_its_author_looks_again(
    database: Database, house: House, report_id: int
) -> None:
    waiting = {f"Text {number:02}." for number in range(WRITERS)}
    everything = sorted(waiting)
    while waiting:
        with database.reading() as session:
            version = session.get_one(ProgressReport, report_id).version
        tried = sorted(waiting)
        outcomes = at_once(
            database,
            *(submitting(report_id, house.focal_point, text, version) for text in tried),
        )
        assert outcomes.count(None) == 1
        waiting.remove(tried[outcomes.index(None)])
        with database.transaction() as session:
            return_report(
                session,
                report_id=report_id,
                version=version + 1,
                remark="And the others?",
                actor=house.manager,
                at=clock.now(),
            )

    with database.reading() as session:
        taken = session.scalars(
            select(ProgressRevision.done).where(ProgressRevision.move == Move.SUBMIT)
        ).all()
    assert sorted(taken) == everything


def test_one_person_who_saves_in_two_windows_keeps_one_draft(
    database: Database, house: House, report_id: int
) -> None:
    one, two = (saving(report_id, house.focal_point, done) for done in ("One.", "Two."))

    assert at_once(database, one, two) == [None, None]

    with database.reading() as session:
        (kept,) = session.scalars(select(ProgressDraft.done)).all()
    assert kept in {"One.", "Two."}
