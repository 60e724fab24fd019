"""The activities of the demo body: planned, linked to mandates, and what was done of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo.programme_of_work import DemoActivity, activities
from tracker.domain.activity_details import ActivityDetails, YearQuantity
from tracker.domain.deliverables import DeliverableRow
from tracker.models.activities import Activity
from tracker.models.deliverables import DeliverableLine
from tracker.models.people import Subprogramme
from tracker.services.activities import add_activity, change_activity, link_activity
from tracker.services.deliverables import place_activity, take_deliverables
from tracker.services.demo_body import DemoBody, mandates_by_place


def plan_biennium(body: DemoBody) -> str:
    """Write down the activities of the biennium with what is planned, and link them."""
    at = body.calendar.moment(years=0, month=5, day=14)
    told = _add(body, _of_biennium(body), at)
    return f"{told}; {_promise_deliverables(body, at)}"


def _promise_deliverables(body: DemoBody, at: datetime) -> str:
    """Take the deliverables of the first subprogramme, and place its publications under them."""
    first = body.calendar.first_year
    figures = {f"planned_{first}": "–", f"planned_{first + 1}": "2"}
    category = "B. Generation and transfer of knowledge"
    rows = [
        DeliverableRow(line, "Subprogramme 1", category, item, figures)
        for line, item in enumerate(
            ("Publications (number of publications)", "1. On the ocean economy"), start=2
        )
    ]
    with body.database.transaction() as session:
        take_deliverables(session, rows, language="en", actor=body.coordinator, at=at)
        line = session.scalars(select(DeliverableLine).where(DeliverableLine.number == 1)).one()
        outputs = session.scalars(
            select(Activity).where(
                Activity.subprogramme_id == line.subprogramme_id,
                Activity.deliverable == line.deliverable,
            )
        ).all()
        for activity in outputs:
            place_activity(
                session,
                activity_id=activity.id,
                version=activity.version,
                line_id=line.id,
                actor=body.coordinator,
                at=at,
            )
    return f"1 planned deliverable with {len(outputs)} of them"


def record_results(body: DemoBody) -> str:
    """Write down what was done in the biennium."""
    at = body.calendar.moment(years=2, month=1, day=6)
    items = _of_biennium(body)
    with body.database.transaction() as session:
        for item in items:
            activity = session.scalars(select(Activity).where(Activity.title == item.title)).one()
            change_activity(
                session,
                activity_id=activity.id,
                version=activity.version,
                details=_details(session, body, item, item.done(body.calendar.first_year)),
                actor=body.focal_point(item.unit),
                at=at,
            )
    return f"what was done in {len(items)} activities"


def add_new(body: DemoBody) -> str:
    """Write down the activities that began after the biennium, with what is done of them."""
    later = [item for item in activities(body.calendar) if not item.is_of_biennium]
    return _add(body, later, body.calendar.after_session(10, days=12), with_results=True)


def _of_biennium(body: DemoBody) -> Sequence[DemoActivity]:
    return [item for item in activities(body.calendar) if item.is_of_biennium]


def _add(
    body: DemoBody, items: Sequence[DemoActivity], at: datetime, *, with_results: bool = False
) -> str:
    first_year = body.calendar.first_year
    with body.database.transaction() as session:
        link_count = 0
        for item in items:
            quantities = item.done(first_year) if with_results else item.planned(first_year)
            activity = add_activity(
                session,
                details=_details(session, body, item, quantities),
                actor=body.focal_point(item.unit),
                at=at,
            )
            link_count += _link(session, body, item, activity, at)
    return f"{len(items)} activities, linked {link_count} times"


def _link(
    session: Session, body: DemoBody, item: DemoActivity, activity: Activity, at: datetime
) -> int:
    for link in item.links:
        link_activity(
            session,
            activity_id=activity.id,
            mandate_id=mandates_by_place(session, [link.symbol])[link.symbol, link.path].id,
            contribution=link.contribution,
            actor=body.focal_point(item.unit),
            at=at,
        )
    return len(item.links)


def _details(
    session: Session,
    body: DemoBody,
    item: DemoActivity,
    quantities: tuple[YearQuantity, ...],
) -> ActivityDetails:
    unit_id = body.units[item.unit]
    starts_on, ends_on = item.days(body.calendar.first_year)
    return ActivityDetails(
        deliverable=item.deliverable,
        title=item.title,
        language="en",
        unit_id=unit_id,
        subprogramme_id=session.scalar(
            select(Subprogramme.id).where(Subprogramme.unit_id == unit_id)
        ),
        starts_on=starts_on,
        ends_on=ends_on,
        description=item.description,
        quantities=quantities,
        countries=item.countries,
        participants=item.participants,
        funds=item.funds,
        documents=item.documents,
        modules=item.modules,
        is_good_practice=bool(item.adopters),
        adopters=item.adopters,
    )
