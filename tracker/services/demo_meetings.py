"""The meeting of others that the demo body follows."""

from tracker.domain.followed_meetings import MeetingDetails
from tracker.services.demo_body import DemoBody
from tracker.services.followed_meetings import follow_meeting

_STARTS_IN, _ENDS_IN = 45, 47  # days


def follow_other_meeting(body: DemoBody) -> str:
    """Follow a meeting of another organization, in the calendars of all."""
    details = MeetingDetails(
        title="Conference on the ocean economy of island States",
        organizer="Economic Community of the Eastern Seas",
        starts_on=body.calendar.in_days(_STARTS_IN),
        ends_on=body.calendar.in_days(_ENDS_IN),
        place="Victoria",
        address="https://meetings.example/ocean-economy",
    )
    with body.database.transaction() as session:
        follow_meeting(session, details=details, subject="", actor=body.coordinator, at=body.now)
    return f"{details.organizer}: {details.title}"
