"""Opening a reporting period asks for the right reports, by the right day."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import (
    DUE_ON,
    ENDS_ON,
    STARTS_ON,
    TEXT,
    House,
    counted_statements,
    make_instrument,
    make_mandate,
    open_biennium,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, Stale, WrongState
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.periods import PeriodKind, PeriodState
from tracker.domain.workflow import Review
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import DueDate, ProgressReport, ReportingPeriod
from tracker.queries.periods import find_reopening
from tracker.services.periods import freeze_period, lock_period, open_period, reopen_period
from tracker.services.progress import clear_report, return_report, save_draft, submit_report


def test_a_period_asks_for_a_report_on_each_mandate_that_is_led(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)

    with database.reading() as session:
        reports = session.scalars(select(ProgressReport).order_by(ProgressReport.id)).all()
        assert [report.mandate_id for report in reports] == list(house.mandates)
        assert {report.review for report in reports} == {Review.OPEN}
        assert [report.unit_id for report in reports] == [house.statistics] * 2 + [house.trade]
        assert reports[0].focal_point_id == house.focal_point.person_id
    assert (period.name, period.kind) == ("2026-2027", PeriodKind.BIENNIUM)


def test_overdue_begins_at_the_end_of_the_due_day_where_the_unit_is(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    with database.reading() as session:
        santiago, trade = (report_on(session, house.mandates[place]) for place in (0, 2))
        history = session.scalars(select(DueDate).where(DueDate.report_id == santiago.id)).all()
        assert santiago.overdue_at == datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
        assert trade.overdue_at == datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
        assert [(row.due_on, row.overdue_at, row.reason) for row in history] == [
            (DUE_ON, santiago.overdue_at, "")
        ]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"requires_action": False}, id="asks nothing of us"),
        pytest.param({"requires_action": None, "confirmed_at": None}, id="not confirmed"),
        pytest.param({"lead_unit_id": None}, id="nobody leads it"),
        pytest.param(
            {"lifecycle": Lifecycle.SUPERSEDED, "lifecycle_source": "14(V), para. 2"},
            id="superseded",
        ),
    ],
)
def test_a_period_asks_nothing_about_other_mandates(
    database: Database, house: House, changes: dict[str, object]
) -> None:
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, house.mandates[0])
        for name, value in changes.items():
            setattr(mandate, name, value)

    with database.transaction() as session:
        open_biennium(session, house)

    with database.reading() as session:
        asked = session.scalars(select(ProgressReport.mandate_id)).all()
    assert house.mandates[0] not in asked
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("status", "review", "is_asked"),
    [
        (Implementation.COMPLETED, Review.CLEARED, False),
        (Implementation.COMPLETED, Review.FROZEN, False),
        (Implementation.COMPLETED, Review.SUBMITTED, True),
        (Implementation.ONGOING, Review.CLEARED, True),
    ],
)
def test_a_mandate_cleared_as_completed_is_not_asked_about_again(
    database: Database,
    house: House,
    status: Implementation,
    review: Review,
    is_asked: bool,
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)
    with arranging(), database.transaction() as session:
        report = report_on(session, house.mandates[0])
        report.status, report.review = status, review

    with database.transaction() as session:
        later = open_period(
            session,
            starts_on=date(2028, 1, 1),
            ends_on=date(2029, 12, 31),
            plan=PeriodPlan(date(2028, 6, 30)),
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        asked = session.scalars(
            select(ProgressReport.mandate_id).where(ProgressReport.period_id == later.id)
        ).all()
    assert (house.mandates[0] in asked) is is_asked


@pytest.mark.parametrize(
    ("mandate_due_on", "report_due_on"),
    [
        pytest.param(date(2026, 4, 1), date(2026, 4, 1), id="within the period"),
        pytest.param(date(2025, 12, 31), DUE_ON, id="before the period"),
        pytest.param(date(2027, 6, 30), date(2027, 6, 30), id="a year after"),
        pytest.param(date(2027, 7, 1), DUE_ON, id="more than a year after"),
    ],
)
def test_a_mandates_own_date_holds_when_it_is_of_the_period(
    database: Database, house: House, mandate_due_on: date, report_due_on: date
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).due_on = mandate_due_on

    with database.transaction() as session:
        open_biennium(session, house)

    with database.reading() as session:
        assert report_on(session, house.mandates[0]).due_on == report_due_on


def test_opening_a_period_is_recorded_with_the_number_of_reports(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)

    with database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.subject_id, entry.actor_id) == (
            "open_period",
            period.id,
            house.coordinator.person_id,
        )
        assert entry.after is not None
        assert entry.after["report_count"] == 3


def test_a_period_is_opened_in_a_house_without_mandates(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in house.mandates:
            session.get_one(Mandate, mandate_id).lead_unit_id = None

    with database.transaction() as session:
        open_biennium(session, house)

    with database.reading() as session:
        assert session.scalar(select(func.count(ProgressReport.id))) == 0


def test_opening_a_period_takes_few_statements_however_many_mandates(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        unit = session.get_one(OrganizationalUnit, house.trade)
        for number in range(300):
            make_mandate(session, instrument, str(number), unit)

    with database.transaction() as session, counted_statements(database) as statements:
        open_biennium(session, house)

    with database.reading() as session:
        assert session.scalar(select(func.count(DueDate.id))) == 303
    assert len(statements) < 10


def test_a_name_is_taken_once(database: Database, house: House) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    with (
        pytest.raises(Duplicate, match="already a reporting period named 2026-2027"),
        database.transaction() as session,
    ):
        open_biennium(session, house)

    with database.reading() as session:
        assert session.scalar(select(func.count(ProgressReport.id))) == 3


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"ends_on": date(2025, 12, 31)}, "ends_on"),
        ({"plan": PeriodPlan(date(2025, 12, 31))}, "due_on"),
        ({"plan": PeriodPlan(DUE_ON, slot_on=date(2026, 6, 29))}, "slot_on"),
        ({"body_session_id": 99}, "body_session_id"),
        ({"name": "x" * 61}, "name"),
    ],
)
def test_dates_that_contradict_each_other_are_refused_at_their_field(
    database: Database, house: House, dates: dict[str, date], field: str
) -> None:
    arguments = {
        "starts_on": STARTS_ON,
        "ends_on": ENDS_ON,
        "plan": PeriodPlan(DUE_ON),
        **dates,
    }

    with pytest.raises(Invalid) as refusal, database.transaction() as session:
        open_period(session, **arguments, actor=house.coordinator, at=clock.now())  # type: ignore[arg-type]

    assert refusal.value.field == field


def test_only_the_coordinator_opens_a_period(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed), database.transaction() as session:
        open_period(
            session,
            starts_on=STARTS_ON,
            ends_on=ENDS_ON,
            plan=PeriodPlan(DUE_ON),
            actor=house.manager,
            at=clock.now(),
        )


def test_a_locked_period_takes_no_answers_until_it_is_opened_again(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        report_id = report_on(session, house.mandates[0]).id
        lock_period(
            session, period_id=period.id, version=1, actor=house.coordinator, at=clock.now()
        )

    with pytest.raises(WrongState, match="is locked"), database.transaction() as session:
        save_draft(session, report_id=report_id, text=TEXT, actor=house.focal_point, at=clock.now())
    with database.transaction() as session:
        again = reopen(session, house, period.id, 2)
        save_draft(session, report_id=report_id, text=TEXT, actor=house.focal_point, at=clock.now())

    assert again.state is PeriodState.OPEN


def test_a_period_is_locked_once_and_not_over_somebody_elses_change(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        lock_period(
            session, period_id=period.id, version=1, actor=house.coordinator, at=clock.now()
        )

    with pytest.raises(Stale, match="Nothing was overwritten"), database.transaction() as session:
        lock_period(
            session, period_id=period.id, version=1, actor=house.coordinator, at=clock.now()
        )
    with pytest.raises(WrongState, match="locked already"), database.transaction() as session:
        lock_period(
            session, period_id=period.id, version=2, actor=house.coordinator, at=clock.now()
        )
    with pytest.raises(NotFound), database.transaction() as session:
        lock(session, house, 99, 1)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_period_is_opened_again_for_a_reason_only(
    database: Database, house: House, reason: str
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        lock(session, house, period.id, 1)

    with pytest.raises(Invalid, match="Enter the reason"), database.transaction() as session:
        reopen(session, house, period.id, 2, reason=reason)


def test_the_reason_for_opening_again_stays_in_view(database: Database, house: House) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        lock(session, house, period.id, 1)
        reopen(session, house, period.id, 2, reason=" Trade sent its texts late. ")

    with database.reading() as session:
        found = find_reopening(session, period.id)

    assert found is not None
    assert (found.by, found.reason) == ("Carla Coordinator", "Trade sent its texts late.")


def test_the_final_edition_freezes_its_texts_and_closes_the_period(
    database: Database, house: House
) -> None:
    period_id = make_frozen(database, house)

    with database.reading() as session:
        period = session.get_one(ReportingPeriod, period_id)
        reviews = [report_on(session, mandate_id).review for mandate_id in house.mandates]
    assert period.state is PeriodState.FROZEN
    assert reviews == [Review.FROZEN, Review.SUBMITTED, Review.OPEN]


def test_a_frozen_period_is_not_locked(database: Database, house: House) -> None:
    period_id = make_frozen(database, house)

    with (
        pytest.raises(WrongState, match="final edition of the report on 2026-2027 is made"),
        database.transaction() as session,
    ):
        lock(session, house, period_id, 2)


def test_opening_a_frozen_period_again_lets_its_texts_be_changed(
    database: Database, house: House
) -> None:
    period_id = make_frozen(database, house)

    with database.transaction() as session:
        reopen(session, house, period_id, 2)
        report = report_on(session, house.mandates[0])
        return_report(
            session,
            report_id=report.id,
            version=report.version,
            remark="Name the islands.",
            actor=house.manager,
            at=clock.now(),
        )

    assert report.review is Review.RETURNED


def test_only_the_coordinator_opens_a_period_again(database: Database, house: House) -> None:
    period_id = make_frozen(database, house)

    for actor in (house.editor, house.manager, house.focal_point):
        with pytest.raises(NotAllowed), database.transaction() as session:
            reopen_period(
                session,
                period_id=period_id,
                version=2,
                reason="A late text.",
                actor=actor,
                at=clock.now(),
            )


def make_frozen(database: Database, house: House) -> int:
    """Open a period, clear its first report, submit the second, and close it as an edition does."""
    with database.transaction() as session:
        period = open_biennium(session, house)
        for place in (0, 1):
            report = report_on(session, house.mandates[place])
            submit_report(
                session,
                report_id=report.id,
                version=report.version,
                text=TEXT,
                actor=house.focal_point,
                at=clock.now(),
            )
        first = report_on(session, house.mandates[0])
        clear_report(
            session,
            report_id=first.id,
            version=first.version,
            actor=house.manager,
            at=clock.now(),
        )
        freeze_period(session, period=period, edition_number=1, actor=house.editor, at=clock.now())
        return period.id


def reopen(
    session: Session, house: House, period_id: int, version: int, *, reason: str = "Late texts."
) -> ReportingPeriod:
    return reopen_period(
        session,
        period_id=period_id,
        version=version,
        reason=reason,
        actor=house.coordinator,
        at=clock.now(),
    )


def lock(session: Session, house: House, period_id: int, version: int) -> None:
    lock_period(
        session, period_id=period_id, version=version, actor=house.coordinator, at=clock.now()
    )
