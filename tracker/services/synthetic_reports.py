"""The reporting periods of a synthetic body: what was asked, said, returned and cleared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from tracker.demo.synthetic.records import SyntheticHouse, SyntheticMandate, at_nine
from tracker.demo.synthetic.texts import said_on
from tracker.domain.deadlines import overdue_from
from tracker.domain.mandates import Implementation, Sensitivity
from tracker.domain.periods import PeriodKind, PeriodState
from tracker.domain.workflow import Move, Review
from tracker.models.progress import (
    Clearance,
    DueDate,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.services.bulk_rows import BulkRows

_RETURNED = 0.42  # of the texts, once, before they are cleared: five revisions a mandate in all
_ANSWERED_NOW = 0.55  # of the reports of the period that is open
_SAID = (
    *[Implementation.IN_PROGRESS] * 5,
    *[Implementation.COMPLETED] * 3,
    *[Implementation.ONGOING] * 3,
    Implementation.NOT_STARTED,
    Implementation.NOT_CALLED_UPON,
)


@dataclass(frozen=True, slots=True)
class _Period:
    id: int
    due_on: date
    opened_on: date
    is_open: bool


def add_reports(
    rows: BulkRows, chance: Random, house: SyntheticHouse, mandates: Sequence[SyntheticMandate]
) -> None:
    """Open a biennium after each session and let each mandate be reported on in all since then."""
    for first_year in house.years:
        period = _open(rows, house, first_year)
        for mandate in mandates:
            if mandate.adopted_in <= first_year and (mandate.is_active or not period.is_open):
                _report(rows, chance, house, mandate, period)


def _open(rows: BulkRows, house: SyntheticHouse, first_year: int) -> _Period:
    is_open = first_year == house.years[-1]
    opened_on = date(first_year, 6, 1)
    due_on = house.today + timedelta(days=20) if is_open else date(first_year + 1, 10, 31)
    period_id = rows.add(
        ReportingPeriod,
        name=f"{first_year}-{first_year + 1}",
        kind=PeriodKind.BIENNIUM,
        starts_on=date(first_year, 1, 1),
        ends_on=date(first_year + 1, 12, 31),
        call_on=None,
        due_on=due_on,
        clearance_on=None,
        front_office_on=None,
        slot_on=None,
        session_id=None,
        state=PeriodState.OPEN if is_open else PeriodState.LOCKED,
        opened_at=at_nine(opened_on),
        opened_by_id=house.coordinator_id,
    )
    return _Period(period_id, due_on, opened_on, is_open)


def _report(
    rows: BulkRows,
    chance: Random,
    house: SyntheticHouse,
    mandate: SyntheticMandate,
    period: _Period,
) -> None:
    due_on = period.due_on - timedelta(days=chance.randint(0, 60) if period.is_open else 0)
    is_answered = not period.is_open or chance.random() < _ANSWERED_NOW
    is_cleared = is_answered and (not period.is_open or chance.random() < 0.6)
    is_returned = is_answered and chance.random() < _RETURNED
    status = chance.choice(_SAID) if is_answered else None
    submitted_at = at_nine(min(house.today, due_on) - timedelta(days=chance.randint(2, 40)))
    review = (
        Review.OPEN
        if not is_answered
        else Review.CLEARED
        if is_cleared
        else Review.RETURNED
        if is_returned
        else Review.SUBMITTED
    )
    report_id = rows.add(
        ProgressReport,
        mandate_id=mandate.id,
        period_id=period.id,
        unit_id=mandate.unit.id,
        second_unit_id=None,
        focal_point_id=mandate.focal_point_id,
        review=review,
        status=status,
        due_on=due_on,
        overdue_at=overdue_from(due_on, "UTC"),
        is_waived=False,
        opened_at=at_nine(period.opened_on),
        submitted_at=submitted_at if is_answered else None,
        cleared_at=submitted_at + timedelta(days=2) if is_cleared else None,
    )
    rows.add(
        DueDate,
        report_id=report_id,
        due_on=due_on,
        overdue_at=overdue_from(due_on, "UTC"),
        reason="",
        set_at=at_nine(period.opened_on),
        set_by_id=house.coordinator_id,
    )
    if is_answered:
        history = _History(rows, report_id, mandate.focal_point_id, status)
        manager_id = chance.choice(mandate.unit.manager_ids)
        said = said_on(chance)
        if is_returned:
            history.submits(said, submitted_at - timedelta(days=1))
            history.decides(Move.RETURN, said, manager_id, submitted_at - timedelta(hours=4))
            said += " " + said_on(chance)
        if not (is_returned and review is Review.RETURNED):
            history.submits(said, submitted_at)
        if is_cleared:
            history.decides(Move.CLEAR, said, manager_id, submitted_at + timedelta(days=2))


class _History:
    """The revisions of one report and what managers decided on them."""

    def __init__(
        self, rows: BulkRows, report_id: int, author_id: int, status: Implementation | None
    ) -> None:
        self._rows, self._report_id, self._author_id = rows, report_id, author_id
        self._status = status
        self._number = 0
        self._submitted_id = 0

    def submits(self, said: str, at: datetime) -> None:
        """Let the focal point submit a text."""
        self._submitted_id = self._append(Move.SUBMIT, said, self._author_id, at)

    def decides(self, move: Move, said: str, manager_id: int, at: datetime) -> None:
        """Let a manager return or clear what was submitted last."""
        self._rows.add(
            Clearance,
            report_id=self._report_id,
            revision_id=self._submitted_id,
            level=1,
            is_cleared=move is Move.CLEAR,
            remark="" if move is Move.CLEAR else "Please say with whom.",
            decided_at=at,
            decided_by_id=manager_id,
            in_place_of_id=None,
        )
        self._append(move, said, manager_id, at)

    def _append(self, move: Move, said: str, person_id: int, at: datetime) -> int:
        self._number += 1
        return self._rows.add(
            ProgressRevision,
            report_id=self._report_id,
            number=self._number,
            move=move,
            sensitivity=Sensitivity.UNCLASSIFIED,
            status=self._status,
            status_reason="",
            postponed_to=None,
            done=said,
            results="",
            next_steps="",
            difficulties="",
            language="en",
            written_at=at,
            written_by_id=person_id,
            attests_id=None,
            given_by="",
            in_place_of_id=None,
        )
