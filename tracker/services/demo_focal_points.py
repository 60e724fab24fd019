"""Whom Governments have designated, in the directory of the demo body."""

from datetime import date, timedelta

from tracker.demo.people import NATIONAL_FOCAL_POINTS
from tracker.domain.national_focal_points import FocalPointDetails
from tracker.services.demo_body import DemoBody
from tracker.services.national_focal_points import add_focal_point


def list_focal_points(body: DemoBody) -> str:
    """Add the national focal points, one of them a former one."""
    today = body.now.date()
    with body.database.transaction() as session:
        for country, institution, person, designated, ended in NATIONAL_FOCAL_POINTS:
            designated_on = date.fromisoformat(designated)
            add_focal_point(
                session,
                details=FocalPointDetails(
                    country,
                    institution,
                    person,
                    designated_on=designated_on,
                    valid_to=today - timedelta(days=30) if ended else None,
                    document=f"Note verbale of {designated}",
                ),
                actor=body.coordinator,
                at=body.now,
            )
    return f"{len(NATIONAL_FOCAL_POINTS)} national focal points in the directory"
