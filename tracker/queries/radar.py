"""The radar: what nobody answers for, what lies, what does not fit; two statements a kind."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Action, Actor, may_ever
from tracker.domain.radar import SHOWN, Finding, RadarKind
from tracker.domain.vacancies import Vacancy
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.queries.activities import ActivityFilter, ListedActivity, first_activities
from tracker.queries.asked_mandates import nobody_answers
from tracker.queries.assignments import is_declined
from tracker.queries.duplicates import AlikeMandates, alike_mandates
from tracker.queries.mandates import ListedMandate, chosen_mandates, lacks_activity
from tracker.queries.report_findings import is_found
from tracker.queries.report_lines import ReportLine, report_lines
from tracker.queries.vacancies import unfilled_posts

RadarFinding = (
    Finding[ListedMandate]
    | Finding[ReportLine]
    | Finding[ListedActivity]
    | Finding[Vacancy]
    | Finding[AlikeMandates]
)


def radar(session: Session, *, seen_by: Actor, at: datetime) -> Sequence[RadarFinding]:
    """Return what was found of each kind, also where that is nothing.

    Activities that are too sensitive for ``seen_by`` are left out, and who is away is told to those
    alone who keep absences.
    """
    return (
        _mandates(session, RadarKind.NOBODY, nobody_answers()),
        _mandates(
            session,
            RadarKind.DECLINED,
            Mandate.requires_action.is_(True),
            Mandate.lifecycle == Lifecycle.ACTIVE,
            is_declined(),
        ),
        _vacancies(session, seen_by, at),
        _reports(session, RadarKind.LYING, at=at),
        _mandates(session, RadarKind.WITHOUT_ACTIVITY, lacks_activity()),
        _activities(
            session,
            RadarKind.ACTIVITY_WITHOUT_MANDATE,
            ActivityFilter(is_linked=False, seen_by=seen_by),
        ),
        _reports(session, RadarKind.CONTRADICTION, at=at),
        _reports(session, RadarKind.DEAD_LINK, at=at),
        _alike(session),
        _activities(
            session,
            RadarKind.SAME_ACTIVITY,
            ActivityFilter(has_twin=True, seen_by=seen_by),
        ),
    )


def _vacancies(session: Session, seen_by: Actor, at: datetime) -> Finding[Vacancy]:
    is_told = may_ever(seen_by, Action.KEEP_ABSENCES)
    found = tuple(unfilled_posts(session, at).values()) if is_told else ()
    return Finding(RadarKind.UNFILLED_POST, len(found), found[:SHOWN])


def _mandates(
    session: Session, kind: RadarKind, *conditions: ColumnElement[bool]
) -> Finding[ListedMandate]:
    count = session.scalar(select(func.count(Mandate.id)).where(*conditions)) or 0
    ids = session.scalars(select(Mandate.id).where(*conditions).order_by(Mandate.id).limit(SHOWN))
    return Finding(kind, count, chosen_mandates(session, ids.all()) if count else ())


def _reports(session: Session, kind: RadarKind, *, at: datetime) -> Finding[ReportLine]:
    by = (ProgressReport.overdue_at, ProgressReport.id)
    # To find them takes long and to describe a few does not: they are looked for once.
    rows = session.execute(
        select(ProgressReport.id, func.count().over())
        .where(is_found(session, kind, at))
        .order_by(*by)
        .limit(SHOWN)
    ).all()
    if not rows:
        return Finding(kind, 0, ())
    among = ProgressReport.id.in_([report_id for report_id, _count in rows])
    lines = report_lines(session, among, at=at, by=by, limit=SHOWN)
    return Finding(kind, rows[0][1], lines)


def _alike(session: Session) -> Finding[AlikeMandates]:
    first, count = alike_mandates(session, most=SHOWN)
    return Finding(RadarKind.SAME_MANDATE, count, tuple(first))


def _activities(
    session: Session,
    kind: RadarKind,
    wanted: ActivityFilter,
) -> Finding[ListedActivity]:
    first, count = first_activities(session, wanted, limit=SHOWN)
    return Finding(kind, count, first)
