"""Following meetings of others: added, changed, cancelled, and taken from a calendar."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import Invalid, NotFound
from tracker.domain.followed_meetings import MeetingDetails, MeetingRow, check_meeting
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.rehearsal import Effect, Planned, counts_of, require_as_rehearsed
from tracker.models.followed_meetings import FollowedMeeting
from tracker.models.instruments import Body
from tracker.models.people import OrganizationalUnit
from tracker.services import audit
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)

_FIELDS = ("title", "organizer", "place", "starts_on", "ends_on", "address", "is_cancelled")


@dataclass(frozen=True, slots=True)
class PlannedMeeting(Planned[MeetingRow]):
    """A meeting of a calendar and what taking it would do; of a known one also its days so far."""

    meeting_id: int | None = None
    started_on: date | None = None
    ended_on: date | None = None


def follow_meeting(
    session: Session, *, details: MeetingDetails, subject: str, actor: Actor, at: datetime
) -> FollowedMeeting:
    """Add a meeting to all calendars, or those of a "unit:ID" or "body:KEY"; Invalid if none."""
    require(actor, Action.SCHEDULE_SESSION)
    check_meeting(details)
    unit_id, body_id = _subject(session, subject)
    meeting = FollowedMeeting(
        uid=details.uid,
        unit_id=unit_id,
        body_id=body_id,
        entered_at=at,
        entered_by_id=actor.person_id,
        **_values(details),
    )
    session.add(meeting)
    _record(session, meeting, "meeting.follow", None, actor=actor, at=at)
    return meeting


def change_meeting(
    session: Session,
    *,
    meeting_id: int,
    version: int,
    details: MeetingDetails,
    subject: str,
    actor: Actor,
    at: datetime,
) -> FollowedMeeting:
    """Change a meeting, or cancel it; calendars that tell of it follow. Raises Stale, Invalid."""
    require(actor, Action.SCHEDULE_SESSION)
    check_meeting(details)
    meeting = session.get(FollowedMeeting, meeting_id, with_for_update=True)
    if meeting is None:
        raise NotFound("There is no such meeting. Choose one from the list.")
    check_version(meeting, version)
    before = _told(meeting)
    meeting.unit_id, meeting.body_id = _subject(session, subject)
    _set(meeting, details)
    if _told(meeting) != before:
        meeting.version += 1
        _record(session, meeting, "meeting.change", before, actor=actor, at=at)
    return meeting


def plan_calendar(
    session: Session, rows: Sequence[MeetingRow], *, subject: str, actor: Actor
) -> list[PlannedMeeting]:
    """Return for each meeting of a calendar, in order, what taking it would do; changes nothing.

    It changes or cancels the one with its UID, else with its title and first day. Raises Invalid
    where nobody's calendars are chosen for those that are new.
    """
    require(actor, Action.SCHEDULE_SESSION)
    _subject(session, subject)
    held = session.scalars(select(FollowedMeeting)).all()
    by_uid = {meeting.uid: meeting for meeting in held if meeting.uid}
    by_day = {(meeting.title, meeting.starts_on): meeting for meeting in held}
    plan: list[PlannedMeeting] = []
    seen: set[object] = set()
    for row in rows:
        day = row.details.title, row.details.starts_on
        known = by_uid.get(row.details.uid) or by_day.get(day)
        identity = known.id if known else row.details.uid or day
        plan.append(_planned(row, known, is_twice=identity in seen))
        seen.add(identity)
    return plan


def take_calendar(
    session: Session,
    rows: Sequence[MeetingRow],
    *,
    subject: str,
    seal: str,
    actor: Actor,
    at: datetime,
) -> Mapping[Effect, int]:
    """Take all meetings as they were rehearsed; raises as ``require_as_rehearsed`` does."""
    plan = plan_calendar(session, rows, subject=subject, actor=actor)
    require_as_rehearsed(plan, seal)
    for done in plan:
        if done.effect is Effect.MADE:
            follow_meeting(session, details=done.row.details, subject=subject, actor=actor, at=at)
        elif done.effect is Effect.CHANGED:
            meeting = session.get_one(FollowedMeeting, done.meeting_id, with_for_update=True)
            before = _told(meeting)
            _set(meeting, done.row.details)
            meeting.version += 1
            _record(session, meeting, "meeting.change", before, actor=actor, at=at)
    return counts_of(plan)


def _planned(row: MeetingRow, known: FollowedMeeting | None, *, is_twice: bool) -> PlannedMeeting:
    try:
        check_meeting(row.details)
    except Invalid as refusal:
        return PlannedMeeting(row, Effect.REFUSED, (refusal,))
    if is_twice:
        twice = Invalid("This meeting stands in the calendar twice. Leave one of the two out.")
        return PlannedMeeting(row, Effect.REFUSED, (twice,))
    if known is None:
        return PlannedMeeting(row, Effect.MADE)
    is_same = all(getattr(known, name) == value for name, value in _values(row.details).items())
    effect = Effect.SAME if is_same else Effect.CHANGED
    return PlannedMeeting(row, effect, (), known.id, known.starts_on, known.ends_on)


def _subject(session: Session, subject: str) -> tuple[int | None, int | None]:
    kind, _, key = subject.partition(":")
    if not subject:
        return None, None
    if kind == "unit" and key.isdecimal() and len(key) < 10:
        query = select(OrganizationalUnit.id).where(OrganizationalUnit.id == int(key))
        if (unit_id := session.scalar(query)) is not None:
            return unit_id, None
    if kind == "body":
        body_id = session.scalar(select(Body.id).where(Body.key == key))
        if body_id is not None:
            return None, body_id
    raise Invalid("Choose whose calendars the meeting shall stand in.", field="subject")


def _values(details: MeetingDetails) -> Mapping[str, object]:
    return {name: getattr(details, name) for name in _FIELDS}


def _set(meeting: FollowedMeeting, details: MeetingDetails) -> None:
    for name, value in _values(details).items():
        setattr(meeting, name, value)


def _told(meeting: FollowedMeeting) -> dict[str, object]:
    names = (*_FIELDS, "unit_id", "body_id")
    return {name: getattr(meeting, name) for name in names}


def _record(
    session: Session,
    meeting: FollowedMeeting,
    action: str,
    before: Mapping[str, object] | None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    after = _told(meeting)
    audit.record(
        session, actor=actor, at=at, action=action, subject=meeting, before=before, after=after
    )
    logger.info("%s: meeting %s by person %s", action, meeting.id, actor.person_id)
