"""Views of the start page and of compliance."""

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.database import Session
from tracker.domain.compliance import Compliance
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, Actor, Role, may_ever
from tracker.queries.action_points import my_action_points
from tracker.queries.compliance import (
    ReportFilter,
    ReportOrder,
    compliance_overview,
    reports_page,
)
from tracker.queries.contributions import parts_waiting
from tracker.queries.conversations import asked_of
from tracker.queries.given_mandates import given_mandates, reports_as_deputy
from tracker.queries.holdings import holdings
from tracker.queries.jobs import late_jobs
from tracker.queries.periods import (
    ListedPeriod,
    find_current_period_id,
    find_listed_period,
    listed_periods,
)
from tracker.queries.unit_sheets import waiting_sheets
from tracker.queries.work import my_work, review_queue
from tracker.web.lists import asked_order, asked_place
from tracker.web.security import actor, requires
from tracker.web.setup.steps import missing_essentials
from tracker.web.transactions import installation, reading

blueprint = Blueprint("dashboard", __name__)

LATE, ANSWERED = "late", "answered"


@blueprint.get("/")
@requires(Action.READ)
def index() -> str:
    person, at = actor(), clock.now()
    with reading() as session:
        period_id = find_current_period_id(session)
        period = find_listed_period(session, period_id) if period_id else None
        sees_compliance = may_ever(person, Action.SEE_COMPLIANCE)
        sees_deliveries = may_ever(person, Action.SEE_DELIVERIES)
        return render_template(
            "dashboard/index.html",
            first_look=_first_look(person),
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
            as_deputy=reports_as_deputy(session, person, at=at),
            overview=compliance_overview(session, period.id, at=at)
            if period and sees_compliance
            else None,
            holdings=holdings(session),
            missing_essentials=len(missing_essentials()),
            late_jobs=late_jobs(session, at) if sees_deliveries else (),
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
    order, is_descending = asked_order(ReportOrder.MANDATE)
    with reading() as session:
        periods = listed_periods(session)
        period = asked_period(session)
        wanted = wanted_reports(request.args, period.id if period else 0)
        overview = compliance_overview(session, wanted.period_id, at=at)
        return render_template(
            "dashboard/compliance.html",
            period=period,
            periods=periods,
            overview=overview,
            wanted=wanted,
            unit=next((unit for unit in overview.units if unit.unit_id == wanted.unit_id), None),
            standings=list(Compliance),
            page=reports_page(
                session,
                wanted,
                order=order,
                is_descending=is_descending,
                at=at,
                place=asked_place(),
            ),
            today=clock.today(actor().time_zone),
        )


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


def asked_period(session: Session) -> ListedPeriod | None:
    """Return the period that the address names, else the current one; None where there is none."""
    period_id = _number(request.args, "period") or find_current_period_id(session)
    period = find_listed_period(session, period_id) if period_id else None
    if period_id is not None and period is None:
        raise NotFound("There is no such reporting period. Choose one from the list.")
    return period


def wanted_reports(asked: MultiDict[str, str], period_id: int) -> ReportFilter:
    """Return which reports the address asks for; raise Invalid for what is no standing."""
    standing = asked.get("standing", "")
    if standing and standing not in {*Compliance, LATE, ANSWERED}:
        raise Invalid(
            "There is no standing “%(standing)s”. Choose one from the counts.", standing=standing
        )
    return ReportFilter(
        period_id=period_id,
        unit_id=_number(asked, "unit"),
        standing=Compliance(standing) if standing in set(Compliance) else None,
        is_late=standing == LATE,
        is_answered=standing == ANSWERED,
    )


def _number(asked: MultiDict[str, str], name: str) -> int | None:
    text = asked.get(name, "")
    if text and not (text.isdecimal() and len(text) < 10):
        raise Invalid(
            "“%(text)s” in the address of this page is not a number. Open the page again from "
            "the menu.",
            text=text[:40],
        )
    return int(text) if text else None
