"""Compliance for a meeting: a page that prints cleanly, and the same as PDF."""

from datetime import datetime

from flask import Response, render_template

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import NotFound
from tracker.domain.permissions import Action
from tracker.queries.compliance_sheet import compliance_sheet
from tracker.queries.names import names_in
from tracker.web.dashboard.places import asked_places
from tracker.web.dashboard.views import asked_period, blueprint
from tracker.web.house import house
from tracker.web.languages import page_language
from tracker.web.security import actor, requires
from tracker.web.transactions import reading
from tracker.writing.compliance_sheet import CompliancePaper, compose_sheet, write_sheet


@blueprint.get("/compliance/sheet")
@requires(Action.SEE_COMPLIANCE)
def show_sheet() -> str:
    with reading() as session:
        return render_template("dashboard/sheet.html", paper=_paper(session, clock.now()))


@blueprint.get("/compliance/sheet.pdf")
@requires(Action.SEE_COMPLIANCE)
def sheet_as_pdf() -> Response:
    at = clock.now()
    with reading() as session:
        paper = _paper(session, at)
    name = f"compliance_{clock.today(actor().time_zone).isoformat()}.pdf"
    return Response(
        write_sheet(paper, on=at),
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename={name}",
            "Cache-Control": "no-store",
        },
    )


def _paper(session: Session, at: datetime) -> CompliancePaper:
    period = asked_period(session)
    if period is None:
        raise NotFound("No reporting period is open yet, so there is nothing to print.")
    sheet = compliance_sheet(session, period, asked_places(period.id), at=at)
    if sheet is None:
        raise NotFound("There is no such unit or subprogramme. Choose one under Compliance.")
    language = page_language()
    return compose_sheet(
        sheet,
        language=language,
        time_zone=actor().time_zone,
        entity=house().entity.name_in(language),
        names=names_in(session, language),
    )
