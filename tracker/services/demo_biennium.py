"""The biennium of the demo body that is over: opened, reported on, cleared and frozen."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo.adopted_texts import RESOLUTIONS
from tracker.demo.people import EDITOR, UNITS
from tracker.demo.work import DemoMandate, DemoText, work_on
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.periods import biennium
from tracker.models.instruments import BodySession
from tracker.models.progress import ProgressReport
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import period_with_editions
from tracker.services.biennial_reports import draft_edition, record_edition
from tracker.services.demo_body import (
    ENTITY,
    DemoBody,
    Place,
    newest_period,
    reports_by_place,
)
from tracker.services.periods import open_period
from tracker.services.progress import clear_several, return_report, submit_report

DOCUMENT_SYMBOL = "ECAIC/SES.10/5"


def open_biennium(body: DemoBody) -> str:
    """Open the biennium for reporting to the tenth session."""
    calendar = body.calendar
    span = biennium(calendar.first_year)
    with body.database.transaction() as session:
        host = session.scalars(select(BodySession).where(BodySession.number == 10)).one()
        period = open_period(
            session,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            plan=PeriodPlan(
                call_on=calendar.moment(years=1, month=10, day=6).date(),
                due_on=calendar.moment(years=2, month=1, day=16).date(),
                clearance_on=calendar.moment(years=2, month=1, day=23).date(),
                front_office_on=calendar.moment(years=2, month=2, day=3).date(),
                slot_on=calendar.moment(years=2, month=2, day=10).date(),
            ),
            body_session_id=host.id,
            actor=body.coordinator,
            at=calendar.moment(years=1, month=10, day=6),
        )
        count = len(reports_by_place(session, period.id))
    return f"{period.name}: {count} progress reports asked for"


def remind(body: DemoBody) -> str:
    """Let the reminders go out, as on the morning eleven days before the texts are due."""
    return body.ring(body.calendar.moment(years=2, month=1, day=5, hour=7))


def report(body: DemoBody) -> str:
    """Let focal points report, and managers return what is not clear enough, then clear."""
    asked = _asked(body)
    with body.database.transaction() as session:
        period_id = newest_period(session).id
        reports = reports_by_place(session, period_id)
        for place, item, text in asked:
            at = body.calendar.moment(years=2, month=1, day=8)
            _submit(session, body, reports[place], item, text, at)
    returned = _return(body, period_id)
    cleared = _clear(body, period_id)
    return f"{len(asked)} submitted, {returned} returned and resubmitted, {cleared} cleared"


def make_report(body: DemoBody) -> str:
    """Make the final edition, which freezes what it stands on and closes the period."""
    at = body.calendar.moment(years=2, month=2, day=5)
    original_id = _make_edition(body, "en", issued_on=at.date(), at=at)
    later = at + timedelta(days=6)
    _make_edition(body, "es", issued_on=at.date(), at=later, original_id=original_id)
    with body.database.reading() as session:
        made = period_with_editions(session, newest_period(session).id).finals
    return "; ".join(
        f"edition {edition.number} in {edition.language}: "
        + ", ".join(form for form, _ in edition.forms)
        for edition in made
    )


def _make_edition(
    body: DemoBody,
    language: str,
    *,
    issued_on: date,
    at: datetime,
    original_id: int | None = None,
) -> int:
    with body.database.reading() as session:
        drafted = draft_edition(
            session,
            EditionRequest(
                period_id=newest_period(session).id,
                language=language,
                entity_name=ENTITY.name_in(language),
                issued_on=issued_on,
                document_symbol=DOCUMENT_SYMBOL,
                is_draft=False,
                original_id=original_id,
            ),
        )
    with body.database.transaction() as session:
        return record_edition(
            session, drafted, store=body.files, actor=body.people[EDITOR], at=at
        ).id


def _asked(body: DemoBody) -> list[tuple[Place, DemoMandate, DemoText]]:
    """Return what is reported on in the biennium."""
    works = [work_on(resolution, body.calendar) for resolution in RESOLUTIONS]
    return [
        ((work.symbol, item.path), item, item.biennium)
        for work in works
        for item in work.mandates
        if item.biennium is not None
    ]


def _submit(
    session: Session,
    body: DemoBody,
    row: ProgressReport,
    item: DemoMandate,
    text: DemoText,
    at: datetime,
) -> None:
    submit_report(
        session,
        report_id=row.id,
        version=row.version,
        text=text.report(body.calendar.moment(years=3, month=6, day=30).date()),
        actor=body.people[item.focal_point],
        at=at,
    )


def _return(body: DemoBody, period_id: int) -> int:
    """Return each text that has a remark, and let its author submit it again."""
    remarked = [asked for asked in _asked(body) if asked[2].remark]
    with body.database.transaction() as session:
        reports = reports_by_place(session, period_id)
        for place, item, text in remarked:
            row = reports[place]
            return_report(
                session,
                report_id=row.id,
                version=row.version,
                remark=text.remark,
                actor=body.manager(item.unit or ""),
                at=body.calendar.moment(years=2, month=1, day=13),
            )
            _submit(session, body, row, item, text, body.calendar.moment(years=2, month=1, day=15))
    return len(remarked)


def _clear(body: DemoBody, period_id: int) -> int:
    at = body.calendar.moment(years=2, month=1, day=21)
    with body.database.transaction() as session:
        reports = reports_by_place(session, period_id).values()
        return sum(
            len(
                clear_several(
                    session,
                    versions={
                        row.id: row.version
                        for row in reports
                        if row.unit_id == body.units[unit.key]
                    },
                    actor=body.manager(unit.key),
                    at=at,
                )
            )
            for unit in UNITS
        )
