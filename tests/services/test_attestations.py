"""What was said last is said again under a name, and what was sent too early comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reporting import TEXT, House, open_biennium, open_year, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Actor
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Move, Review
from tracker.models.progress import ProgressDraft, ProgressReport, ProgressRevision
from tracker.queries.last_said import last_said
from tracker.services.attestations import attest_last_text, take_back_report
from tracker.services.progress import clear_report, return_report, submit_report


def version_of(session: Session, report_id: int) -> int:
    return session.get_one(ProgressReport, report_id).version


def submit(session: Session, report_id: int, actor: Actor, text: ReportText = TEXT) -> None:
    version = version_of(session, report_id)
    submit_report(
        session, report_id=report_id, version=version, text=text, actor=actor, at=clock.now()
    )


def clear(session: Session, report_id: int, actor: Actor) -> None:
    version = version_of(session, report_id)
    clear_report(session, report_id=report_id, version=version, actor=actor, at=clock.now())


def attest(session: Session, report_id: int, actor: Actor) -> ProgressReport:
    version = version_of(session, report_id)
    return attest_last_text(
        session, report_id=report_id, version=version, actor=actor, at=clock.now()
    )


def take_back(session: Session, report_id: int, actor: Actor) -> ProgressReport:
    version = version_of(session, report_id)
    return take_back_report(
        session, report_id=report_id, version=version, actor=actor, at=clock.now()
    )


@pytest.fixture
def interim(database: Database, house: House) -> int:
    """Submit the first mandate's text of 2025, open the year after it, return that report."""
    with database.transaction() as session:
        earlier = open_year(session, house, 2025)
        submit(session, earlier, house.focal_point)
        return open_year(session, house, 2026)


def test_text_and_status_are_submitted_again_under_the_name_of_who_attests(
    database: Database, house: House, interim: int
) -> None:
    with database.transaction() as session:
        report = attest(session, interim, house.focal_point)

    assert (report.review, report.status) == (Review.SUBMITTED, TEXT.status)
    with database.reading() as session:
        first, second = session.scalars(select(ProgressRevision).order_by(ProgressRevision.id))
        assert (second.done, second.status, second.move) == (TEXT.done, TEXT.status, Move.SUBMIT)
        assert second.written_by_id == house.focal_point.person_id
        assert second.attests_id == first.id


def test_a_final_round_refuses_what_was_never_cleared(
    database: Database, house: House, interim: int
) -> None:
    with database.transaction() as session:
        submit(session, interim, house.focal_point)
        open_biennium(session, house)
        final = report_on(session, house.mandates[0]).id

    with database.transaction() as session, pytest.raises(WrongState, match="never cleared"):
        attest(session, final, house.focal_point)


def test_a_final_round_takes_the_text_that_its_interim_year_cleared(
    database: Database, house: House, interim: int
) -> None:
    with database.transaction() as session:
        submit(session, interim, house.focal_point, replace(TEXT, done="A fourth mission."))
        clear(session, interim, house.manager)
        open_biennium(session, house)
        final = report_on(session, house.mandates[0]).id

    with database.transaction() as session:
        attest(session, final, house.focal_point)

    with database.reading() as session:
        newest = session.scalars(select(ProgressRevision).order_by(ProgressRevision.id)).all()[-1]
        assert newest.done == "A fourth mission."


def test_who_may_not_submit_may_not_attest(database: Database, house: House, interim: int) -> None:
    with database.transaction() as session, pytest.raises(NotAllowed):
        attest(session, interim, house.other_focal_point)


def test_an_overtaken_page_attests_nothing(database: Database, house: House, interim: int) -> None:
    with database.transaction() as session, pytest.raises(Stale):
        attest_last_text(
            session, report_id=interim, version=0, actor=house.focal_point, at=clock.now()
        )


def test_a_new_date_that_has_passed_is_asked_for_again(
    database: Database, house: House, travel: Travel
) -> None:
    postponed = replace(
        TEXT,
        status=Implementation.POSTPONED,
        status_reason="No ship.",
        postponed_to=clock.now().date() + timedelta(days=30),
    )
    with database.transaction() as session:
        earlier = open_year(session, house, 2025)
        submit(session, earlier, house.focal_point, postponed)
        interim = open_year(session, house, 2026)
    travel.to(clock.now() + timedelta(days=60))

    with database.transaction() as session, pytest.raises(Invalid, match="not in the future"):
        attest(session, interim, house.focal_point)


def test_what_was_submitted_too_early_becomes_the_persons_draft(
    database: Database, house: House, interim: int
) -> None:
    with database.transaction() as session:
        attest(session, interim, house.focal_point)

    with database.transaction() as session:
        report = take_back(session, interim, house.focal_point)

    assert (report.review, report.status, report.submitted_at) == (Review.DRAFT, None, None)
    with database.reading() as session:
        (draft,) = session.scalars(select(ProgressDraft))
        assert (draft.done, draft.author_id) == (TEXT.done, house.focal_point.person_id)
        moves = session.scalars(select(ProgressRevision.move).order_by(ProgressRevision.id)).all()
        assert moves == [Move.SUBMIT, Move.SUBMIT, Move.TAKE_BACK]


def test_a_text_that_was_taken_back_was_never_said(
    database: Database, house: House, interim: int
) -> None:
    with database.transaction() as session:
        submit(session, interim, house.focal_point, replace(TEXT, done="Too early."))
        take_back(session, interim, house.focal_point)
        later = open_year(session, house, 2027)

    with database.reading() as session:
        assert last_said(session, [later])[later].text.done == TEXT.done


def test_an_answer_that_was_returned_before_stays_one(
    database: Database, house: House, interim: int
) -> None:
    with database.transaction() as session:
        submit(session, interim, house.focal_point)
        first_at = session.get_one(ProgressReport, interim).submitted_at
        return_report(
            session,
            report_id=interim,
            version=version_of(session, interim),
            remark="Which islands?",
            actor=house.manager,
            at=clock.now(),
        )
        submit(session, interim, house.focal_point, replace(TEXT, done="On two islands."))

    with database.transaction() as session:
        report = take_back(session, interim, house.focal_point)

    assert (report.submitted_at, report.status) == (first_at, TEXT.status)


def test_what_a_manager_has_cleared_is_not_taken_back(
    database: Database, house: House, interim: int
) -> None:
    with database.transaction() as session:
        submit(session, interim, house.focal_point)
        clear(session, interim, house.manager)

    with database.transaction() as session, pytest.raises(WrongState, match="decided"):
        take_back(session, interim, house.focal_point)
