"""A progress report on its way: drafted, submitted, returned, cleared, frozen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import TEXT, House, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Actor, Role
from tracker.domain.workflow import Move, Review
from tracker.models.audit import AuditEntry
from tracker.models.people import RoleAssignment
from tracker.models.progress import (
    Clearance,
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.services.frozen_reports import freeze_reports
from tracker.services.periods import freeze_period, lock_period
from tracker.services.progress import (
    clear_report,
    clear_several,
    return_report,
    save_draft,
    submit_report,
)


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def save(session: Session, report_id: int, actor: Actor, **changes: object) -> ProgressDraft:
    text = replace(TEXT, **changes)  # type: ignore[arg-type]
    return save_draft(session, report_id=report_id, text=text, actor=actor, at=clock.now())


def submit(
    session: Session, report_id: int, actor: Actor, version: int = 1, **changes: object
) -> ProgressReport:
    return submit_report(
        session,
        report_id=report_id,
        version=version,
        text=replace(TEXT, **changes),  # type: ignore[arg-type]
        actor=actor,
        at=clock.now(),
    )


def clear(session: Session, report_id: int, actor: Actor, version: int = 2) -> ProgressReport:
    return clear_report(session, report_id=report_id, version=version, actor=actor, at=clock.now())


def give_back(
    session: Session, report_id: int, actor: Actor, version: int = 2, remark: str = "Which islands?"
) -> ProgressReport:
    return return_report(
        session, report_id=report_id, version=version, remark=remark, actor=actor, at=clock.now()
    )


def test_a_draft_is_overwritten_and_audited_once(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        save(session, report_id, house.focal_point)
    with database.transaction() as session:
        save(session, report_id, house.focal_point, done="Three missions.")

    with database.reading() as session:
        assert [row.done for row in session.scalars(select(ProgressDraft))] == ["Three missions."]
        assert session.get_one(ProgressReport, report_id).review is Review.DRAFT
        actions = session.scalars(select(AuditEntry.action)).all()
        assert sorted(actions) == ["begin_draft", "open_period"]
        assert session.scalars(select(ProgressRevision)).all() == []


def test_a_draft_makes_nobody_elses_form_stale(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        save(session, report_id, house.manager)

    with database.transaction() as session:
        report = submit(session, report_id, house.focal_point, version=1)

    assert report.review is Review.SUBMITTED
    with database.reading() as session:
        kept = session.scalars(select(ProgressDraft.author_id)).all()
    assert kept == [house.manager.person_id]


def test_a_submitted_text_is_kept_with_author_and_moment(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        save(session, report_id, house.focal_point)
        submit(session, report_id, house.focal_point, done="  Two missions.\r\nOne study.  ")

    with database.reading() as session:
        report = session.get_one(ProgressReport, report_id)
        assert (report.review, report.status) == (Review.SUBMITTED, Implementation.IN_PROGRESS)
        assert report.submitted_at == clock.now()
        revision = session.scalars(select(ProgressRevision)).one()
        assert (revision.number, revision.move) == (1, Move.SUBMIT)
        assert revision.done == "Two missions.\nOne study."
        assert revision.written_by_id == house.focal_point.person_id
        assert session.scalars(select(ProgressDraft)).all() == []
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert entry.action == "submit_report"
        assert entry.before == {"review": "draft", "status": None}
        assert entry.after == {"review": "submitted", "status": "in_progress", "revision": 1}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"status": None}, "status", id="no status"),
        pytest.param({"status": Implementation.NOT_IMPLEMENTED}, "status_reason", id="no reason"),
        pytest.param(
            {"status": Implementation.POSTPONED, "status_reason": " "}, "status_reason", id="blank"
        ),
        pytest.param(
            {"status": Implementation.POSTPONED, "status_reason": "No funds."},
            "postponed_to",
            id="no new date",
        ),
        pytest.param(
            {
                "status": Implementation.POSTPONED,
                "status_reason": "No funds.",
                "postponed_to": date(2026, 6, 15),
            },
            "postponed_to",
            id="today is not later",
        ),
        pytest.param({"done": " ", "next_steps": ""}, "done", id="no text"),
        pytest.param({"results": "x" * 20_001}, "results", id="too long"),
    ],
)
def test_an_incomplete_text_is_refused_at_its_field_and_changes_nothing(
    database: Database,
    house: House,
    report_id: int,
    changes: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(Invalid) as refusal, database.transaction() as session:
        submit(session, report_id, house.focal_point, **changes)

    assert refusal.value.field == field
    with database.reading() as session:
        assert session.get_one(ProgressReport, report_id).review is Review.OPEN
        assert session.scalars(select(ProgressRevision)).all() == []


def test_a_postponed_mandate_carries_its_reason_and_new_date(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(
            session,
            report_id,
            house.focal_point,
            status=Implementation.POSTPONED,
            status_reason="The census was moved.",
            postponed_to=date(2027, 3, 1),
        )

    with database.reading() as session:
        revision = session.scalars(select(ProgressRevision)).one()
        assert (revision.status_reason, revision.postponed_to) == (
            "The census was moved.",
            date(2027, 3, 1),
        )


def test_a_new_date_is_dropped_when_nothing_is_postponed(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point, postponed_to=date(2027, 3, 1))

    with database.reading() as session:
        assert session.scalars(select(ProgressRevision.postponed_to)).one() is None


def test_a_draft_can_be_incomplete_but_not_endless(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        save(session, report_id, house.focal_point, status=None, done="")

    with pytest.raises(Invalid, match="20001 characters"), database.transaction() as session:
        save(session, report_id, house.focal_point, done="x" * 20_001)


def test_nobody_writes_over_what_somebody_else_submitted_since(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)

    with (
        pytest.raises(Stale, match="Nothing of theirs was overwritten"),
        database.transaction() as session,
    ):
        submit(session, report_id, house.manager, version=1, done="Mine.")

    with database.reading() as session:
        assert session.scalars(select(ProgressRevision.done)).all() == [TEXT.done]


def test_people_of_other_units_and_readers_cannot_write(
    database: Database, house: House, report_id: int
) -> None:
    for actor in (house.other_focal_point, house.other_manager, house.editor, house.viewer):
        with pytest.raises(NotAllowed), database.transaction() as session:
            save(session, report_id, actor)
        with pytest.raises(NotAllowed), database.transaction() as session:
            submit(session, report_id, actor)


def test_a_returned_report_can_be_submitted_again(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
        give_back(session, report_id, house.manager)
    with database.transaction() as session:
        save(session, report_id, house.focal_point)
        report = submit(session, report_id, house.focal_point, version=3, done="To all islands.")

    assert report.review is Review.SUBMITTED
    with database.reading() as session:
        rows = session.execute(
            select(ProgressRevision.number, ProgressRevision.move, ProgressRevision.done).order_by(
                ProgressRevision.number
            )
        )
        assert [tuple(row) for row in rows] == [
            (1, Move.SUBMIT, TEXT.done),
            (2, Move.RETURN, TEXT.done),
            (3, Move.SUBMIT, "To all islands."),
        ]
        decision = session.scalars(select(Clearance)).one()
        assert (decision.is_cleared, decision.remark) == (False, "Which islands?")


def test_a_report_is_not_returned_without_a_remark(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)

    with (
        pytest.raises(Invalid, match="Enter a remark") as refusal,
        database.transaction() as session,
    ):
        give_back(session, report_id, house.manager, remark=" \n")

    assert refusal.value.field == "remark"


def test_the_manager_of_the_unit_clears_a_report(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
    with database.transaction() as session:
        report = clear(session, report_id, house.manager)

    assert (report.review, report.cleared_at) == (Review.CLEARED, clock.now())
    with database.reading() as session:
        decision = session.scalars(select(Clearance)).one()
        decided = session.get_one(ProgressRevision, decision.revision_id)
        assert (decision.is_cleared, decided.move) == (True, Move.SUBMIT)
        cleared = session.scalars(
            select(ProgressRevision).where(ProgressRevision.move == Move.CLEAR)
        ).one()
        assert (cleared.done, cleared.status) == (TEXT.done, TEXT.status)
        assert cleared.written_by_id == house.manager.person_id


def test_a_cleared_report_can_be_returned_and_is_then_no_longer_cleared(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
        clear(session, report_id, house.manager)
        report = give_back(session, report_id, house.coordinator, version=3)

    assert (report.review, report.cleared_at) == (Review.RETURNED, None)


def test_nobody_clears_their_own_text(database: Database, house: House, report_id: int) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.manager)

    with pytest.raises(NotAllowed, match="yourself"), database.transaction() as session:
        clear(session, report_id, house.manager)


def test_whoever_wrote_an_earlier_text_can_clear_a_later_one(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.manager)
        give_back(session, report_id, house.coordinator)
        submit(session, report_id, house.focal_point, version=3)

    with database.transaction() as session:
        assert clear(session, report_id, house.manager, version=4).review is Review.CLEARED


@pytest.mark.parametrize("name", ["focal_point", "other_manager", "coordinator", "editor"])
def test_only_a_manager_of_the_unit_clears(
    database: Database, house: House, report_id: int, name: str
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)

    with pytest.raises(NotAllowed), database.transaction() as session:
        clear(session, report_id, getattr(house, name))


def test_a_report_that_changed_meanwhile_is_neither_cleared_nor_returned(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
        clear(session, report_id, house.manager)

    for step in (clear, give_back):
        with pytest.raises(Stale), database.transaction() as session:
            step(session, report_id, house.manager)


def test_several_reports_are_cleared_together_or_not_at_all(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        second = report_on(session, house.mandates[1]).id
        submit(session, report_id, house.focal_point)
        submit(session, second, house.focal_point)

    with pytest.raises(Stale), database.transaction() as session:
        clear_several(
            session, versions={report_id: 2, second: 1}, actor=house.manager, at=clock.now()
        )
    with database.reading() as session:
        assert session.get_one(ProgressReport, report_id).review is Review.SUBMITTED
    with database.transaction() as session:
        cleared = clear_several(
            session, versions={second: 2, report_id: 2}, actor=house.manager, at=clock.now()
        )

    assert [report.review for report in cleared] == [Review.CLEARED] * 2


def test_clearing_nothing_is_refused(database: Database, house: House) -> None:
    with pytest.raises(Invalid, match="Select at least one"), database.transaction() as session:
        clear_several(session, versions={}, actor=house.manager, at=clock.now())


def test_the_final_edition_freezes_what_is_cleared_and_nothing_else(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
        clear(session, report_id, house.manager)
        submit(session, report_on(session, house.mandates[1]).id, house.focal_point)

    with database.transaction() as session:
        count = freeze_reports(session, period_id=1, actor=house.editor, at=clock.now())

    assert count == 1
    with database.reading() as session:
        reviews = session.scalars(select(ProgressReport.review).order_by(ProgressReport.id)).all()
        assert reviews == [Review.FROZEN, Review.SUBMITTED, Review.OPEN]
    with pytest.raises(WrongState), database.transaction() as session:
        give_back(session, report_id, house.manager, version=4)
    with pytest.raises(NotAllowed), database.transaction() as session:
        freeze_reports(session, period_id=1, actor=house.manager, at=clock.now())


def test_what_is_submitted_can_still_be_cleared_in_a_locked_period(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
        lock_period(session, period_id=1, version=1, actor=house.coordinator, at=clock.now())

    with pytest.raises(WrongState, match="is locked"), database.transaction() as session:
        give_back(session, report_id, house.manager)
    with database.transaction() as session:
        assert clear(session, report_id, house.manager).review is Review.CLEARED


@pytest.mark.parametrize(
    ("act", "place"),
    [(clear, 0), (give_back, 0), (save, 1), (submit, 1)],
    ids=["clear", "return", "save", "submit"],
)
def test_nothing_moves_in_a_frozen_period(
    database: Database,
    house: House,
    report_id: int,
    act: Callable[..., object],
    place: int,
) -> None:
    with database.transaction() as session:
        submit(session, report_id, house.focal_point)
        period = session.get_one(ReportingPeriod, 1)
        freeze_period(session, period=period, edition_number=1, actor=house.editor, at=clock.now())
        ids = [report_on(session, mandate_id).id for mandate_id in house.mandates]

    with (
        pytest.raises(WrongState, match="ask the coordinator to open the period again"),
        database.transaction() as session,
    ):
        act(session, ids[place], house.manager)


def test_a_report_that_is_not_there_is_not_found(database: Database, house: House) -> None:
    with pytest.raises(NotFound), database.transaction() as session:
        save(session, 99, house.focal_point)


def test_the_new_date_is_compared_with_the_day_of_the_unit(
    database: Database, house: House, report_id: int, travel: Travel
) -> None:
    travel.by(timedelta(hours=17))  # 16 June, 2:00 UTC: still 15 June in Santiago

    with database.transaction() as session:
        report = submit(
            session,
            report_id,
            house.focal_point,
            status=Implementation.POSTPONED,
            status_reason="No funds.",
            postponed_to=date(2026, 6, 16),
        )

    assert report.status is Implementation.POSTPONED


def test_a_manager_of_the_whole_house_clears_for_every_unit(
    database: Database, house: House, report_id: int
) -> None:
    director = replace(house.editor, roles=frozenset({(Role.MANAGER, None)}))
    with arranging(), database.transaction() as session:
        session.add(
            RoleAssignment(
                person_id=director.person_id, role=Role.MANAGER, unit_id=None, given_at=clock.now()
            )
        )
        submit(session, report_id, house.focal_point)

    with database.transaction() as session:
        assert clear(session, report_id, director).review is Review.CLEARED


def test_an_answer_that_was_only_entered_says_who_gave_it(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            given_by=" Ana Focal,  by telephone on 3 May ",
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        revision = session.scalars(select(ProgressRevision)).one()
    assert revision.given_by == "Ana Focal, by telephone on 3 May"
    assert revision.written_by_id == house.coordinator.person_id


def test_a_shared_mailbox_names_who_answers(
    database: Database, house: House, report_id: int
) -> None:
    mailbox = replace(house.focal_point, is_mailbox=True)

    with database.transaction() as session, pytest.raises(Invalid, match="Enter your name"):
        submit(session, report_id, mailbox)
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            given_by="Otto",
            actor=mailbox,
            at=clock.now(),
        )

    with database.reading() as session:
        assert session.scalars(select(ProgressRevision.given_by)).one() == "Otto"


def test_who_gave_an_answer_is_told_in_a_line(
    database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session, pytest.raises(Invalid, match="at most 200"):
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=TEXT,
            given_by="x" * 201,
            actor=house.coordinator,
            at=clock.now(),
        )
