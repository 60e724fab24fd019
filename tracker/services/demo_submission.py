"""The report of the demo body on its way to the session: submitted, issued, taken note of."""

from datetime import timedelta

from tracker.demo.people import EDITOR
from tracker.domain.submissions import Distribution, IssuedEntry, IssuedKind, Sheet
from tracker.models.progress import ReportingPeriod
from tracker.queries.editions import Edition, edition_file, period_with_editions
from tracker.queries.submissions import clauses_of_session
from tracker.services.demo_biennium import DOCUMENT_SYMBOL
from tracker.services.demo_body import DemoBody
from tracker.services.submissions import (
    attach_issued,
    link_noting_clause,
    save_sheet,
    submit_edition,
)
from tracker.writing.biennial_report import ReportForm

_WORD_LIMIT = 8_500
_NOTING = ("45(X)", "1")


def submit(body: DemoBody) -> str:
    """Fill in the sheet of the final edition and submit it before the slot."""
    at = body.calendar.moment(years=2, month=2, day=9)
    original = _finals(body)[0]
    with body.database.transaction() as session:
        row = save_sheet(
            session,
            edition_id=original.id,
            version=0,
            sheet=Sheet(
                title="Report of the Executive Secretary on the implementation of mandates",
                mandate="Resolution 43(IX), paragraph 15",
                agenda_item="4",
                distribution=Distribution.GENERAL,
                targets=("en", "es", "fr", "pt"),
            ),
            languages=("en", "es", "fr", "pt"),
            word_limit=_WORD_LIMIT,
            files=body.files,
            actor=body.people[EDITOR],
            at=at,
        )
        submit_edition(
            session,
            edition_id=original.id,
            version=row.version,
            actor=body.people[EDITOR],
            at=at,
        )
        return f"{row.word_count} words; it stays at reports/documents/{row.slug}"


def issue(body: DemoBody) -> str:
    """Keep the official files as they come from the conference service."""
    at = body.calendar.moment(years=2, month=4, day=2)
    finals = _finals(body)
    for number, edition in enumerate(finals):
        with body.database.transaction() as session:
            kept = edition_file(session, edition.id, ReportForm.PDF)
            attach_issued(
                session,
                edition_id=finals[0].id,
                entry=IssuedEntry(
                    IssuedKind.ISSUED,
                    edition.language,
                    DOCUMENT_SYMBOL,
                    (at - timedelta(days=3 - number)).date(),
                ),
                file_name=f"ECAIC_SES.10_5_{edition.language}.pdf",
                content=body.files.content_of(kept.digest),
                files=body.files,
                actor=body.people[EDITOR],
                at=at,
            )
    return f"{DOCUMENT_SYMBOL} in {len(finals)} languages"


def take_note(body: DemoBody) -> str:
    """Keep by which paragraph the session took note of the report."""
    edition_id = _finals(body)[0].id
    with body.database.transaction() as session:
        clause = next(
            each
            for each in clauses_of_session(session, edition_id)
            if (each.reference.symbol, each.reference.path) == _NOTING
        )
        link_noting_clause(
            session,
            edition_id=edition_id,
            clause_id=clause.clause_id,
            actor=body.people[EDITOR],
            at=body.calendar.after_session(10, days=9),
        )
    return f"{clause.reference.symbol}, paragraph {clause.reference.path}"


def _finals(body: DemoBody) -> tuple[Edition, ...]:
    """Return the final edition of the biennium in its languages."""
    with body.database.reading() as session:
        period = session.query(ReportingPeriod).order_by(ReportingPeriod.starts_on).first()
        if period is None:
            raise LookupError("The demo has no biennium yet.")
        return period_with_editions(session, period.id).finals
