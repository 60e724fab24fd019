"""Meetings of others that the house follows: the list of those to come, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models.followed_meetings import FollowedMeeting
from tracker.models.instruments import Body
from tracker.models.people import OrganizationalUnit

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting with the names of the unit or body that follows it; empty where all do."""

    meeting: FollowedMeeting
    unit: str
    body: str


def followed_meetings(session: Session, *, since: date) -> Sequence[ListedMeeting]:
    """Return the meetings that end on the day or later, the next first. One statement."""
    query = (
        select(FollowedMeeting, OrganizationalUnit.name, Body.name)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == FollowedMeeting.unit_id)
        .outerjoin(Body, Body.id == FollowedMeeting.body_id)
        .where(FollowedMeeting.ends_on >= since)
        .order_by(FollowedMeeting.starts_on, FollowedMeeting.id)
        .limit(MOST_LISTED)
    )
    return [
        ListedMeeting(meeting, unit or "", body or "")
        for meeting, unit, body in session.execute(query)
    ]


def find_meeting(session: Session, meeting_id: int) -> tuple[FollowedMeeting, str] | None:
    """Return a meeting and whose calendars it stands in ("", "unit:3", "body:eco"); or None."""
    found = session.execute(
        select(FollowedMeeting, Body.key)
        .outerjoin(Body, Body.id == FollowedMeeting.body_id)
        .where(FollowedMeeting.id == meeting_id)
    ).one_or_none()
    if found is None:
        return None
    meeting, key = found
    return meeting, f"unit:{meeting.unit_id}" if meeting.unit_id else f"body:{key}" if key else ""
