"""What a calendar feed holds: due dates, rounds of reporting, slots, sessions, meetings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tracker.domain.calendars import CalendarEvent, FeedKind, ToldEvent
from tracker.domain.errors import N_
from tracker.domain.names import Named, Names
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Role
from tracker.domain.reminders import ReportFacts, answerers
from tracker.domain.workflow import ANSWERABLE
from tracker.i18n import Translate, date_in_words, paragraph_cited, translate_into
from tracker.mail.digests import gist_of
from tracker.models.calendars import CalendarEntry, CalendarFeed
from tracker.models.followed_meetings import FollowedMeeting
from tracker.models.instruments import Body, BodySession, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.names import names_in
from tracker.queries.reminders import ReportGist, reminder_facts, report_gists

# What lies further back is told no more: calendars keep what they have.
TOLD_BACK = timedelta(days=400)
REPORT_DUE = N_("Report due: %(mandate)s")
REPORTS_DUE = N_("Reports are due: %(body)s")
ROUND_BEGINS = N_("Reporting on %(period)s begins (answers until %(day)s)")
ROUND_ENDS = N_("Answers for %(period)s are due")
SLOT = N_("Slot of the report on %(period)s: it goes to the conference service")
SESSION = N_("%(body)s: %(session)s")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as its reader sees it; ``name`` is of the unit or body, empty for one's own."""

    feed_id: int
    kind: FeedKind
    subject: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Readable:
    """A feed with all that is needed to tell it; ``name`` is in the reader's language."""

    feed_id: int
    name: str
    language: str
    told: Mapping[str, ToldEvent]
    present: Sequence[CalendarEvent]


def feeds_of(session: Session, person_id: int) -> Sequence[FeedRow]:
    """Return the feeds of a person that have not ended, their own first."""
    query = (
        select(CalendarFeed, OrganizationalUnit.name, Body.name)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == CalendarFeed.unit_id)
        .outerjoin(Body, Body.id == CalendarFeed.body_id)
        .where(CalendarFeed.person_id == person_id, CalendarFeed.ended_at.is_(None))
        .order_by(
            CalendarFeed.body_id.is_not(None), CalendarFeed.unit_id.is_not(None), CalendarFeed.id
        )
    )
    return [
        FeedRow(feed.id, feed.kind, feed.subject, unit or body or "", feed.number)
        for feed, unit, body in session.execute(query)
    ]


def find_readable(session: Session, feed_id: int, number: int, *, at: datetime) -> Readable | None:
    """Return a feed by its address; None when it ended, has a new one, or its reader left."""
    found = session.execute(
        select(CalendarFeed, Person)
        .join(Person, Person.id == CalendarFeed.person_id)
        .where(
            CalendarFeed.id == feed_id,
            CalendarFeed.number == number,
            CalendarFeed.ended_at.is_(None),
            Person.is_active,
        )
    ).one_or_none()
    if found is None:
        return None
    feed, person = found
    today = at.astimezone(ZoneInfo(person.time_zone)).date()
    contents = _Contents(session, feed, person, today)
    return Readable(
        feed_id=feed.id,
        name=contents.name(),
        language=person.language,
        told=_told(session, feed.id),
        present=sorted(contents.events(), key=lambda event: (event.starts_on, event.key)),
    )


def _told(session: Session, feed_id: int) -> Mapping[str, ToldEvent]:
    rows = session.scalars(select(CalendarEntry).where(CalendarEntry.feed_id == feed_id))
    return {
        row.key: ToldEvent(
            CalendarEvent(row.key, row.starts_on, row.ends_on, row.summary, row.gist, row.path),
            row.sequence,
            row.is_cancelled,
            row.changed_at,
        )
        for row in rows
    }


class _Contents:
    """The dates of one feed in the language of its reader."""

    def __init__(self, session: Session, feed: CalendarFeed, person: Person, today: date) -> None:
        self._session, self._feed, self._person = session, feed, person
        self._since = today - TOLD_BACK
        self._words: Translate = translate_into(person.language)
        self._names: Names = names_in(session, person.language)

    def name(self) -> str:
        """Return what the calendar is called."""
        if self._feed.unit_id is not None:
            unit = self._session.get_one(OrganizationalUnit, self._feed.unit_id)
            return self._names.of(Named.UNIT, unit.name)
        if self._feed.body_id is not None:
            body = self._session.get_one(Body, self._feed.body_id)
            return self._names.of(Named.BODY, body.name)
        return self._words(N_("My dates in the mandate tracker"))

    def events(self) -> Iterator[CalendarEvent]:
        """Yield what the feed holds now."""
        yield from self._days_of_body() if self._feed.body_id else self._due_reports()
        yield from self._rounds()
        yield from self._sessions()
        yield from self._meetings()

    def _due_reports(self) -> Iterator[CalendarEvent]:
        facts = [
            each
            for each in reminder_facts(self._session, self._report_ids())
            if each.review in ANSWERABLE and self._is_told(each)
        ]
        gists = report_gists(self._session, {each.report_id for each in facts})
        for each in facts:
            yield self._due(gists[each.report_id])

    def _is_told(self, facts: ReportFacts) -> bool:
        return self._feed.unit_id is not None or self._person.id in answerers(facts)

    def _report_ids(self) -> list[int]:
        """Return the reports that may be in the feed; who answers for them is asked after."""
        if self._feed.unit_id is not None:
            mine: ColumnElement[bool] = ProgressReport.unit_id == self._feed.unit_id
        else:
            units = select(RoleAssignment.unit_id).where(
                RoleAssignment.person_id == self._person.id,
                RoleAssignment.role.in_((Role.FOCAL_POINT, Role.MANAGER)),
                RoleAssignment.unit_id.is_not(None),
            )
            mine = or_(
                ProgressReport.focal_point_id == self._person.id, ProgressReport.unit_id.in_(units)
            )
        query = select(ProgressReport.id).where(
            mine, ProgressReport.review.in_(ANSWERABLE), ProgressReport.due_on >= self._since
        )
        return list(self._session.scalars(query))

    def _due(self, gist: ReportGist) -> CalendarEvent:
        mandate = paragraph_cited(gist.symbol, gist.paragraph, self._person.language)
        return CalendarEvent(
            key=f"due-{gist.report_id}",
            starts_on=gist.due_on,
            ends_on=gist.due_on,
            summary=self._words(REPORT_DUE) % {"mandate": mandate},
            gist=gist_of(gist.text),
            path=f"/progress/{gist.report_id}",
        )

    def _days_of_body(self) -> Iterator[CalendarEvent]:
        """Yield each day on which reports on mandates of the body are due."""
        body = self._session.get_one(Body, self._feed.body_id)
        query = (
            select(ProgressReport.period_id, ProgressReport.due_on)
            .join(Mandate, Mandate.id == ProgressReport.mandate_id)
            .join(Instrument, Instrument.id == Mandate.instrument_id)
            .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
            .where(
                Instrument.body_id == body.id,
                ReportingPeriod.state == PeriodState.OPEN,
                ~ProgressReport.is_waived,
                ProgressReport.due_on >= self._since,
            )
            .distinct()
        )
        summary = self._words(REPORTS_DUE) % {"body": self._names.of(Named.BODY, body.name)}
        for period_id, due_on in self._session.execute(query):
            key = f"due-{period_id}-{due_on.isoformat()}"
            path = f"/compliance?period={period_id}"
            yield CalendarEvent(key, due_on, due_on, summary, "", path)

    def _rounds(self) -> Iterator[CalendarEvent]:
        query = (
            select(ReportingPeriod, BodySession.body_id)
            .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
            .where(ReportingPeriod.due_on >= self._since)
        )
        zone = ZoneInfo(self._person.time_zone)
        for period, body_id in self._session.execute(query):
            if self._feed.body_id is not None and body_id not in {None, self._feed.body_id}:
                continue
            due = date_in_words(period.due_on, self._person.language)
            days = [
                ("begins", period.opened_at.astimezone(zone).date(), ROUND_BEGINS),
                ("ends", period.due_on, ROUND_ENDS),
                ("slot", period.slot_on, SLOT),
            ]
            for name, day, words in days:
                if day is not None:
                    summary = self._words(words) % {"period": period.name, "day": due}
                    path = f"/periods/{period.id}"
                    yield CalendarEvent(f"{name}-{period.id}", day, day, summary, "", path)

    def _sessions(self) -> Iterator[CalendarEvent]:
        query = (
            select(BodySession, Body.name, Body.key)
            .join(Body, Body.id == BodySession.body_id)
            .where(BodySession.opens_on >= self._since)
        )
        if self._feed.body_id is not None:
            query = query.where(Body.id == self._feed.body_id)
        for meeting, body, key in self._session.execute(query):
            said = {
                "body": self._names.of(Named.BODY, body),
                "session": self._names.of(Named.SESSION, meeting.name),
            }
            opens_on = meeting.opens_on or self._since
            yield CalendarEvent(
                key=f"session-{meeting.id}",
                starts_on=opens_on,
                ends_on=max(meeting.closes_on or opens_on, opens_on),
                summary=self._words(SESSION) % said,
                gist=meeting.place or "",
                path=f"/resolutions?body={key}",
            )

    def _meetings(self) -> Iterator[CalendarEvent]:
        """Yield the meetings of others that all follow, or the unit or body of the feed."""
        units = self._own_units() if self._feed.unit_id is None else [self._feed.unit_id]
        ours: ColumnElement[bool] = FollowedMeeting.unit_id.in_(units)
        if self._feed.body_id is not None:
            ours = FollowedMeeting.body_id == self._feed.body_id
        is_of_all = FollowedMeeting.unit_id.is_(None) & FollowedMeeting.body_id.is_(None)
        query = select(FollowedMeeting).where(
            or_(is_of_all, ours),
            ~FollowedMeeting.is_cancelled,
            FollowedMeeting.ends_on >= self._since,
        )
        for meeting in self._session.scalars(query):
            said = {"body": meeting.organizer, "session": meeting.title}
            yield CalendarEvent(
                key=f"meeting-{meeting.id}",
                starts_on=meeting.starts_on,
                ends_on=meeting.ends_on,
                summary=self._words(SESSION) % said if meeting.organizer else meeting.title,
                gist=meeting.place,
                path=meeting.address or "/account/calendars",
            )

    def _own_units(self) -> list[int]:
        query = select(RoleAssignment.unit_id).where(
            RoleAssignment.person_id == self._person.id, RoleAssignment.unit_id.is_not(None)
        )
        return [unit_id for unit_id in self._session.scalars(query) if unit_id is not None]
