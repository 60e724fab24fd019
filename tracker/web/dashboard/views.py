"""Views of the start page and of compliance."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.compliance import Change, Compliance, Lateness
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, Actor, Role, is_allowed, may_ever
from tracker.domain.radar import ABOUT_REPORTS, RadarKind
from tracker.domain.reminder_requests import MOST_REQUESTED
from tracker.queries.action_points import my_action_points
from tracker.queries.compliance import (
    ReportFilter,
    all_subprogrammes,
    compliance_overview,
    find_resolution_symbol,
    find_session_name,
    find_subprogramme,
    find_unit_name,
    reports_page,
)
from tracker.queries.compliance_changes import changes_since, find_visit
from tracker.queries.contributions import parts_waiting
from tracker.queries.conversations import asked_of
from tracker.queries.given_mandates import given_mandates, reports_as_deputy
from tracker.queries.handovers import accounts_left
from tracker.queries.holdings import holdings
from tracker.queries.jobs import late_jobs
from tracker.queries.paging import PAGE_SIZE
from tracker.queries.periods import (
    NamedPeriod,
    all_periods,
    current_period,
    find_current_period_id,
    find_listed_period,
)
from tracker.queries.review_queue import review_queue
from tracker.queries.unit_sheets import waiting_sheets
from tracker.queries.vacancies import unfilled_posts
from tracker.queries.waiting_editions import waiting_editions
from tracker.queries.work import my_work
from tracker.services.assignments import MOST_AT_ONCE
from tracker.services.visits import note_visit
from tracker.web.dashboard.map_cells import counted_reports
from tracker.web.lists import asked_order, asked_place
from tracker.web.security import actor, requires
from tracker.web.setup.steps import missing_essentials
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("dashboard", __name__)

BESIDE_COUNTS = 25  # rows of a page on which the counts of the units stand as well
WITH_HOLDINGS = ("compliance", "holdings")  # first looks to which belongs how much there is
LATE, ANSWERED, OPEN, ASKED = "late", "answered", "open", "asked"


@blueprint.get("/")
@requires(Action.READ)
def index() -> str:
    person, at = actor(), clock.now()
    first_look = _first_look(person)
    with reading() as session:
        period_id = find_current_period_id(session)
        period = find_listed_period(session, period_id) if period_id else None
        sees_compliance = may_ever(person, Action.SEE_COMPLIANCE)
        sees_deliveries = may_ever(person, Action.SEE_DELIVERIES)
        return render_template(
            "dashboard/index.html",
            first_look=first_look,
            may_import=may_ever(person, Action.IMPORT_RESOLUTION),
            period=period,
            work=my_work(session, person, at=at),
            queue=review_queue(session, person, at=at)
            if person.units_acting_as(Role.MANAGER)
            else None,
            asked=asked_of(session, person, at=at),
            parts=parts_waiting(session, _own_units(person)),
            given=given_mandates(session, person),
            stands_in_for=person.stands_in_for,
            absent={each.person_id: each.name for each in person.stands_in_for},
            points=my_action_points(session, person),
            editions=waiting_editions(session, person),
            as_deputy=reports_as_deputy(session, person, at=at),
            overview=compliance_overview(session, period.id, at=at)
            if period and sees_compliance
            else None,
            holdings=holdings(session) if first_look in WITH_HOLDINGS else None,
            missing_essentials=len(missing_essentials()),
            late_jobs=late_jobs(session, at) if sees_deliveries else (),
            unfilled=tuple(unfilled_posts(session, at).values())
            if may_ever(person, Action.KEEP_ABSENCES)
            else (),
            accounts_left=len(accounts_left(session))
            if may_ever(person, Action.INVITE_PERSON)
            else 0,
            lacks_mail=sees_deliveries and installation().settings.smtp_url is None,
            standings=list(Compliance),
            may_have_sheet=period is not None and may_ever(person, Action.WRITE_PROGRESS),
            sheets_waiting=waiting_sheets(session, person.person_id),
            writes=bool(person.units_acting_as(Role.FOCAL_POINT)),
            today=clock.today(person.time_zone),
        )


@blueprint.get("/compliance")
@requires(Action.SEE_COMPLIANCE)
def compliance() -> str:
    at = clock.now()
    with reading() as session:
        periods = all_periods(session)
        period = chosen_period(periods)
        wanted = wanted_reports(request.args, period.id if period else 0)
        order, is_descending = asked_order(wanted.usual_order)
        is_whole = not wanted.is_narrowed and wanted.subprogramme_id is None
        visit = find_visit(session, actor().person_id) if is_whole else None
        since = visit.since(at) if visit else None
        page = render_template(
            "dashboard/compliance.html",
            since=since,
            changes=changes_since(session, wanted.period_id, since, at=at, unit_id=wanted.unit_id)
            if since
            else {},
            period=period,
            periods={each.id: each.name for each in periods},
            overview=None if wanted.is_narrowed else compliance_overview(session, wanted, at=at),
            of_source=compliance_overview(session, wanted, at=at)
            if wanted.is_of_a_source and wanted.finding is None
            else None,
            wanted=wanted,
            unit=find_unit_name(session, wanted.unit_id) if wanted.unit_id is not None else None,
            subprogramme=find_subprogramme(session, wanted.subprogramme_id)
            if wanted.subprogramme_id is not None
            else None,
            subprogrammes=()
            if wanted.is_narrowed or wanted.subprogramme_id is not None
            else all_subprogrammes(session),
            resolution=find_resolution_symbol(session, wanted.instrument_id)
            if wanted.instrument_id is not None
            else None,
            adopted_by=find_session_name(session, wanted.session_id) if wanted.session_id else None,
            narrowed=_narrowed(wanted),
            standings=list(Compliance),
            may_escalate=may_ever(actor(), Action.ESCALATE),
            may_request=is_allowed(actor(), Action.REQUEST_REPORTS),
            may_assign=is_allowed(actor(), Action.ASSIGN_MANDATE, unit_id=wanted.unit_id),
            most_requested=MOST_REQUESTED,
            most_assigned=MOST_AT_ONCE,
            page=reports_page(
                session,
                wanted,
                order=order,
                is_descending=is_descending,
                at=at,
                place=asked_place(),
                size=PAGE_SIZE if wanted.is_narrowed else BESIDE_COUNTS,
            ),
            today=clock.today(actor().time_zone),
        )
    if is_whole and (visit is None or visit.is_to_be_noted(at)):
        with transaction() as session:
            note_visit(session, actor=actor(), at=at)
    return page


def _narrowed(wanted: ReportFilter) -> dict[str, int]:
    """Return what narrows the list to a place, by the words of its address."""
    places = {
        "unit": wanted.unit_id,
        "subprogramme": wanted.subprogramme_id,
        "resolution": wanted.instrument_id,
        "adopted_by": wanted.session_id,
    }
    return {name: key for name, key in places.items() if key is not None}


@blueprint.get("/compliance/<int:period_id>/<of>/<unit>", defaults={"standing": ASKED})
@blueprint.get("/compliance/<int:period_id>/<of>/<unit>/<standing>")
@requires(Action.SEE_COMPLIANCE)
def counted(period_id: int, of: str, unit: str, standing: str) -> Response:
    asked = counted_reports(of, unit, standing)
    if subprogramme_id := _number(request.args, "subprogramme"):
        asked["subprogramme"] = subprogramme_id
    return redirect(url_for("dashboard.compliance", period=period_id, **asked))


def _own_units(person: Actor) -> list[int]:
    """Return the units for which a person writes, also as deputy; who is in charge only clears."""
    held = person.units_acting_as(Role.FOCAL_POINT) | person.units_as(Role.MANAGER)
    return sorted(unit_id for unit_id in held if unit_id is not None)


def _first_look(person: Actor) -> str:
    """Return what the start page of a person begins with."""
    if person.units_acting_as(Role.MANAGER):
        return "queue"
    if person.units_acting_as(Role.FOCAL_POINT):
        return "work"
    return "compliance" if may_ever(person, Action.SEE_COMPLIANCE) else "holdings"


def asked_period(session: Session) -> NamedPeriod | None:
    """Return the period that the address names, else the current one; None where there is none."""
    return chosen_period(all_periods(session))


def chosen_period(periods: Sequence[NamedPeriod]) -> NamedPeriod | None:
    """Return the one of all periods that the address names, else the current one."""
    period_id = _number(request.args, "period")
    if not period_id:
        return current_period(periods)
    for period in periods:
        if period.id == period_id:
            return period
    raise NotFound("There is no such reporting period. Choose one from the list.")


def wanted_reports(asked: MultiDict[str, str], period_id: int) -> ReportFilter:
    """Return which reports the address asks for; raise Invalid for what is no standing."""
    standing = asked.get("standing", "")
    if standing and standing not in {*Compliance, LATE, ANSWERED, OPEN, ASKED}:
        raise Invalid(
            "There is no standing “%(standing)s”. Choose one from the counts.", standing=standing
        )
    return ReportFilter(
        period_id=period_id,
        unit_id=_number(asked, "unit"),
        subprogramme_id=_number(asked, "subprogramme"),
        instrument_id=_number(asked, "resolution"),
        session_id=_number(asked, "adopted_by"),
        standing=Compliance(standing) if standing in set(Compliance) else None,
        is_late=standing == LATE,
        is_answered=standing == ANSWERED,
        is_open=standing == OPEN,
        is_asked=standing == ASKED,
        late_for=asked.get("late_for", type=Lateness),
        texts_until=_day(asked, "texts_until"),
        finding=_finding(asked),
        change=asked.get("changed", type=Change) if _since(asked) else None,
        since=_since(asked),
    )


def _finding(asked: MultiDict[str, str]) -> RadarKind | None:
    """Return what of the radar the address asks for; a word that is none of ours asks nothing."""
    kind = asked.get("finding", type=RadarKind)
    return kind if kind in ABOUT_REPORTS else None


def _since(asked: MultiDict[str, str]) -> datetime | None:
    try:
        since = datetime.fromisoformat(asked.get("since", ""))
    except ValueError:
        return None
    return since if since.tzinfo else None


def _day(asked: MultiDict[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(asked.get(name, ""))
    except ValueError:
        return None


def _number(asked: MultiDict[str, str], name: str) -> int | None:
    text = asked.get(name, "")
    if text and not (text.isdecimal() and len(text) < 10):
        raise Invalid(
            "“%(text)s” in the address of this page is not a number. Open the page again from "
            "the menu.",
            text=text[:40],
        )
    return int(text) if text else None
