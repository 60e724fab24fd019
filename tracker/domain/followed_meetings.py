"""Meetings of others that we follow: what is said of one, and what cannot be."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from tracker.domain.errors import Invalid

LONGEST = 200  # characters
LONGEST_MEETING = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """A meeting as somebody enters it, or as a calendar tells it.

    ``uid`` is by what a calendar knows it, empty where somebody typed it.
    """

    title: str
    organizer: str
    starts_on: date
    ends_on: date
    place: str = ""
    address: str = ""
    is_cancelled: bool = False
    uid: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting of a calendar; ``line`` is its number there, from 1."""

    line: int
    details: MeetingDetails


def check_meeting(details: MeetingDetails) -> None:
    """Refuse, at its field, what no meeting can be."""
    if not details.title.strip():
        raise Invalid("Enter what the meeting is called.", field="title")
    for field in ("title", "organizer", "place", "address"):
        if len(getattr(details, field)) > LONGEST:
            raise Invalid("Enter at most %(most)s characters.", field=field, most=LONGEST)
    if details.ends_on < details.starts_on:
        raise Invalid(
            "The last day lies before the first. Enter the days in their order.", field="ends_on"
        )
    if details.ends_on - details.starts_on > LONGEST_MEETING:
        raise Invalid(
            "This meeting would last longer than %(most)s days. Check the days.",
            field="ends_on",
            most=LONGEST_MEETING.days,
        )
    if details.address and urlsplit(details.address).scheme not in {"http", "https"}:
        raise Invalid(
            "Enter the whole address of the page, beginning with https://.", field="address"
        )
