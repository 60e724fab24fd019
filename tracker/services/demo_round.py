"""The round of the demo body that is under way today: texts in every state, dates from today."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.demo.adopted_texts import RESOLUTIONS
from tracker.demo.work import DemoMandate, DemoRound, DemoText, work_on
from tracker.domain.links import LinkProblem
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.permissions import Actor
from tracker.domain.workflow import Review
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.services.assignment_answers import answer_assignments
from tracker.services.assignments import assign_mandate
from tracker.services.contributions import ask_for_contribution, write_contribution
from tracker.services.conversations import ask_for_more_time, ask_manager
from tracker.services.demo_body import DemoBody, Place, newest_period, reports_by_place
from tracker.services.due_dates import extend_due_date, waive_report
from tracker.services.evidence import add_link
from tracker.services.link_checks import record_check
from tracker.services.periods import open_period
from tracker.services.progress import (
    clear_report,
    return_report,
    save_draft,
    submit_report,
)
from tracker.services.progress_entries import add_progress_entry

_DUE_IN = 12  # days
_DAYS_SINCE_CALL, _LAST_EARLY_RING = 28, 4
_CLEARED_IN = 26
_ANSWERED = frozenset({Review.SUBMITTED, Review.RETURNED, Review.CLEARED})


def open_round(body: DemoBody) -> str:
    """Open the period of the year; some reports are due before the others."""
    calendar = body.calendar
    with body.database.transaction() as session:
        period = open_period(
            session,
            starts_on=date(calendar.round_year, 1, 1),
            ends_on=date(calendar.round_year, 12, 31),
            plan=PeriodPlan(
                call_on=calendar.round_opened_at.date(),
                due_on=calendar.in_days(_DUE_IN),
                clearance_on=calendar.in_days(_CLEARED_IN),
            ),
            actor=body.coordinator,
            at=calendar.round_opened_at,
        )
        reports = reports_by_place(session, period.id)
        for place, item in _asked(body, reports):
            _Report(session, body, reports[place], item).set_due_date()
    return f"{period.name}: {len(reports)} progress reports asked for"


def remind_early(body: DemoBody) -> str:
    """Let reminders go out on the day after the call, and on each Monday until some days ago."""
    days = [
        ago
        for ago in range(_DAYS_SINCE_CALL, _LAST_EARLY_RING, -1)
        if ago == _DAYS_SINCE_CALL or body.calendar.days_ago(ago).weekday() == 0
    ]
    told = [body.ring(body.calendar.days_ago(ago)) for ago in days]
    return "; ".join(told)


def begin_round(body: DemoBody) -> str:
    """Bring the reports of the round to where they are today, all at once."""
    with body.database.transaction() as session:
        period = newest_period(session)
        reports = reports_by_place(session, period.id)
        for place, item in _asked(body, reports):
            _Report(session, body, reports[place], item).bring_to_today()
    return f"{period.name}: {len(reports)} progress reports in every state"


def remind_now(body: DemoBody) -> str:
    """Let the reminders of the round go out."""
    return body.ring(body.now)


def _asked(
    body: DemoBody, reports: Mapping[Place, ProgressReport]
) -> list[tuple[Place, DemoMandate]]:
    items = [
        ((work.symbol, item.path), item)
        for work in (work_on(resolution, body.calendar) for resolution in RESOLUTIONS)
        for item in work.mandates
    ]
    return [(place, item) for place, item in items if place in reports]


class _Report:
    """One report of the round on its way from the first day to today."""

    def __init__(
        self, session: Session, body: DemoBody, row: ProgressReport, item: DemoMandate
    ) -> None:
        self.session = session
        self.body = body
        self.row = row
        self.item = item
        self.unit = item.unit or ""
        self.author = body.people[item.focal_point]

    def bring_to_today(self) -> None:
        """Do in their order the acts that the demo's file names."""
        now = self.item.round
        self._extend(now)
        self._note()
        self._gather_contributions()
        self._give_lost_links()
        if now.waiver_reason:
            self._waive(now.waiver_reason)
        elif now.state is Review.DRAFT:
            self._draft(now.text)
        elif now.state in _ANSWERED:
            self._answer(now)
        self._ask_back(now)

    def _ago(self, days: int) -> datetime:
        return self.body.calendar.days_ago(days)

    def set_due_date(self) -> None:
        """Give the report a due date of its own, where the demo's file names one."""
        now, calendar = self.item.round, self.body.calendar
        if now.due_in is not None:
            mandate = self.session.get_one(Mandate, self.row.mandate_id)
            assign_mandate(
                self.session,
                mandate_id=mandate.id,
                version=mandate.version,
                unit_id=self.body.units[self.unit],
                focal_point_id=self.author.person_id,
                joint_lead=self.item.joint_lead,
                due_on=calendar.in_days(now.due_in),
                actor=self.body.coordinator,
                at=self._ago(29),
            )

    def _extend(self, now: DemoRound) -> None:
        calendar = self.body.calendar
        if now.extended_to is not None:
            extend_due_date(
                self.session,
                report_id=self.row.id,
                due_on=calendar.in_days(now.extended_to),
                reason=now.extension_reason,
                actor=self.body.coordinator,
                at=self._ago(3),
            )

    def _ask_back(self, now: DemoRound) -> None:
        report_id, at = self.row.id, self._ago(1)
        if now.declined:
            mandate = self.session.get_one(Mandate, self.row.mandate_id)
            answer_assignments(
                self.session,
                versions={mandate.id: mandate.version},
                is_accepted=False,
                reason=now.declined,
                actor=self.author,
                at=at,
            )
        if now.question:
            ask_manager(
                self.session, report_id=report_id, text=now.question, actor=self.author, at=at
            )
        if now.more_time_in is not None:
            ask_for_more_time(
                self.session,
                report_id=report_id,
                wanted_on=self.body.calendar.in_days(now.more_time_in),
                reason=now.more_time_reason,
                actor=self.author,
                at=at,
            )

    def _note(self) -> None:
        for note in self.item.notes:
            add_progress_entry(
                self.session,
                mandate_id=self.row.mandate_id,
                noted_on=self.body.calendar.in_days(-note.days_ago),
                text=note.text,
                language="en",
                actor=self.author,
                at=self._ago(note.days_ago - 1),
            )

    def _gather_contributions(self) -> None:
        for part in self.item.contributions:
            asked = ask_for_contribution(
                self.session,
                report_id=self.row.id,
                unit_id=self.body.units[part.unit],
                actor=self.author,
                at=self._ago(20),
            )
            if part.text:
                write_contribution(
                    self.session,
                    contribution_id=asked.id,
                    version=asked.version,
                    text=part.text,
                    language="en",
                    actor=self.body.focal_point(part.unit),
                    at=self._ago(13),
                )

    def _give_lost_links(self) -> None:
        """Give web pages as evidence that were there then and are gone by now."""
        for link in self.item.lost_links:
            given = add_link(
                self.session,
                report_id=self.row.id,
                address=link.address,
                title=link.title,
                actor=self.author,
                at=self._ago(12),
            )
            self.session.flush()
            record_check(
                self.session, evidence_id=given.id, problem=LinkProblem.GONE, at=self._ago(1)
            )

    def _waive(self, reason: str) -> None:
        waive_report(
            self.session,
            report_id=self.row.id,
            version=self.row.version,
            reason=reason,
            actor=self.body.coordinator,
            at=self._ago(25),
        )

    def _draft(self, text: DemoText) -> None:
        save_draft(
            self.session,
            report_id=self.row.id,
            text=text.report(self.body.calendar.today),
            actor=self.author,
            at=self._ago(2),
        )

    def _answer(self, now: DemoRound) -> None:
        submit_report(
            self.session,
            report_id=self.row.id,
            version=self.row.version,
            text=now.text.report(self.body.calendar.in_days(now.postponed_in)),
            actor=self.author,
            at=self._ago(now.submitted_ago),
        )
        if now.state is Review.SUBMITTED and not now.is_cleared_first:
            return
        manager = self.body.manager(self.unit)
        if now.state is not Review.RETURNED:
            self._clear(manager, self._ago(5))
            second = self.body.second_manager(self.unit)
            if second is not None and now.state is Review.CLEARED:
                self._clear(second, self._ago(4))
        else:
            return_report(
                self.session,
                report_id=self.row.id,
                version=self.row.version,
                remark=now.text.remark,
                actor=manager,
                at=self._ago(4),
            )

    def _clear(self, manager: Actor, at: datetime) -> None:
        clear_report(
            self.session,
            report_id=self.row.id,
            version=self.row.version,
            actor=manager,
            at=at,
        )
