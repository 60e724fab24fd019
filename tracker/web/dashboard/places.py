"""Of which unit and subprogramme a page of compliance tells: as its address asks for them."""

from collections.abc import Mapping

from flask import request

from tracker.database import Session
from tracker.queries.compliance import ReportFilter, find_subprogramme, find_unit_name
from tracker.queries.periods import period_names
from tracker.web.dashboard.views import wanted_reports


def asked_places(period_id: int) -> ReportFilter:
    """Return the reports of the unit and of the subprogramme that the address names, if any."""
    wanted = wanted_reports(request.args, period_id)
    return ReportFilter(period_id, unit_id=wanted.unit_id, subprogramme_id=wanted.subprogramme_id)


def narrowed_places(wanted: ReportFilter) -> Mapping[str, int]:
    """Return what narrows a list of reports to these, by the words of its address."""
    asked = {"unit": wanted.unit_id, "subprogramme": wanted.subprogramme_id}
    return {name: key for name, key in asked.items() if key is not None}


def said_of_places(session: Session, wanted: ReportFilter) -> Mapping[str, object]:
    """Return what the head of a page of these reports says, by the names of its template."""
    return {
        "periods": period_names(session),
        "wanted": wanted,
        "unit": find_unit_name(session, wanted.unit_id) if wanted.unit_id else None,
        "subprogramme": find_subprogramme(session, wanted.subprogramme_id)
        if wanted.subprogramme_id
        else None,
        "narrowed": narrowed_places(wanted),
    }
