"""The biennium of the demo body that is over: opened, reported on, cleared and frozen."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo.adopted_texts import RESOLUTIONS
from tracker.demo.people import ADMINISTRATOR, EDITOR, POST_NAMES, SIGNING_POSTS, UNITS
from tracker.demo.work import DemoMandate, DemoText, work_on
from tracker.domain.names import Named
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.periods import biennium
from tracker.domain.sign_offs import PostEntry, SigningStep
from tracker.domain.workflow import Review
from tracker.models.instruments import BodySession
from tracker.models.progress import ProgressReport
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import period_with_editions
from tracker.queries.signing_posts import posts_of
from tracker.services.biennial_reports import draft_edition, record_edition
from tracker.services.demo_body import (
    ENTITY,
    DemoBody,
    Place,
    newest_period,
    reports_by_place,
)
from tracker.services.demo_names import write_names_of
from tracker.services.periods import open_period
from tracker.services.progress import clear_several, return_report, submit_report
from tracker.services.sign_offs import hand_in, sign_edition
from tracker.services.signing_posts import set_posts

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


def sign_report(body: DemoBody) -> str:
    """Let the editor make a draft, and those sign it who have to, one after the other."""
    at = body.calendar.moment(years=2, month=1, day=29)
    signing = [body.people[holder] for _step, _post, holder in SIGNING_POSTS]
    with body.database.transaction() as session:
        host = session.scalars(select(BodySession).where(BodySession.number == 10)).one()
        set_posts(
            session,
            body_id=host.body_id,
            posts=[
                PostEntry(SigningStep(step), post, body.people[holder].person_id)
                for step, post, holder in SIGNING_POSTS
            ],
            seen=(),
            actor=body.people[ADMINISTRATOR],
            at=at,
        )
        for post in posts_of(session, host.body_id):
            write_names_of(session, Named.POST, post.id, POST_NAMES[post.post], at)
    draft_id = make_edition(body, "en", issued_on=at.date(), at=at, is_draft=True)
    with body.database.transaction() as session:
        row = hand_in(session, edition_id=draft_id, actor=body.people[EDITOR], at=at)
        for days, signer in enumerate(signing, start=2):
            sign_edition(
                session,
                edition_id=draft_id,
                version=row.version,
                actor=signer,
                at=at + timedelta(days=days),
            )
            session.flush()
    return f"{len(signing)} posts have signed the draft"


def make_report(body: DemoBody) -> str:
    """Make the final edition, which freezes what it stands on and closes the period."""
    at = body.calendar.moment(years=2, month=2, day=5)
    make_edition(body, "en", issued_on=at.date(), at=at)
    with body.database.reading() as session:
        made = period_with_editions(session, newest_period(session).id).finals
    return "; ".join(
        f"edition {edition.number} in {edition.language}: "
        + ", ".join(form for form, _ in edition.forms)
        for edition in made
    )


def make_edition(
    body: DemoBody,
    language: str,
    *,
    issued_on: date,
    at: datetime,
    original_id: int | None = None,
    is_draft: bool = False,
) -> int:
    """Make an edition of the report on the biennium and return its id."""
    with body.database.reading() as session:
        drafted = draft_edition(
            session,
            EditionRequest(
                period_id=newest_period(session).id,
                language=language,
                entity_name=ENTITY.name_in(language),
                issued_on=issued_on,
                document_symbol=DOCUMENT_SYMBOL,
                is_draft=is_draft,
                original_id=original_id,
            ),
            store=body.files,
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
    """Clear all texts: each unit's manager their own, then those of the second level."""
    for day in (21, 22):
        at = body.calendar.moment(years=2, month=1, day=day)
        with body.database.transaction() as session:
            reports = reports_by_place(session, period_id).values()
            for unit in UNITS:
                versions = {
                    row.id: row.version
                    for row in reports
                    if row.review is Review.SUBMITTED
                    and row.clearing_unit_id == body.units[unit.key]
                }
                if versions:
                    manager = body.manager(unit.key)
                    clear_several(session, versions=versions, actor=manager, at=at)
    return len(reports)
