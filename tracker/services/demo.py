"""The demo body, loaded through the same services that people use, act by act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.database import Database
from tracker.demo.calendar import DemoCalendar
from tracker.demo.people import PEOPLE, UNITS
from tracker.demo.work import ACTIVITIES, MANDATES, DemoActivity, DemoMandate
from tracker.domain.activities import PartnerPart
from tracker.domain.activity_details import ActivityDetails, Participant, YearQuantity
from tracker.domain.clauses import Entity
from tracker.domain.mandates import Implementation
from tracker.domain.periods import biennium
from tracker.domain.permissions import Actor, Role
from tracker.domain.progress import ReportText
from tracker.i18n import N_
from tracker.models.biennial_reports import EditionFile, EditionState, ReportEdition
from tracker.models.instruments import BodySession, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person, UnitKind
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.people import actor_of, find_person_by_email
from tracker.services.activities import add_activity, link_activity
from tracker.services.assignments import assign_mandate
from tracker.services.biennial_reports import draft_edition, record_edition
from tracker.services.bodies import find_body
from tracker.services.due_dates import extend_due_date
from tracker.services.mandates import confirm_mandates, set_aside_rest
from tracker.services.people import invite_person
from tracker.services.periods import open_period
from tracker.services.progress import (
    clear_report,
    clear_several,
    return_report,
    save_draft,
    submit_report,
)
from tracker.services.resolutions import Details, ImportOutcome, import_resolutions
from tracker.services.sessions import schedule_session
from tracker.services.units import add_unit
from tracker.storage import FileStore

BODY = "Economic Commission for the Atlantic Islands and Coasts"
ENTITY = Entity(
    name="Secretariat of the Economic Commission for the Atlantic Islands and Coasts",
    body_names=(BODY,),
    aliases=("the Executive Secretary", "the secretariat", "ECAIC"),
)
DOCUMENT_SYMBOL = "ECAIC/SES.10/5"
_TEXTS = Path(__file__).resolve().parent.parent / "demo"
_FILES = ("resolution_41_ix.txt", "resolution_42_ix.txt")
_COORDINATOR = "helena.brito@ecaic.example"
_EDITOR = "simon.ndiaye@ecaic.example"
_MANAGER_OF = {
    "planning": "teresa.monteiro@ecaic.example",
    "ocean": "mamadou.sarr@ecaic.example",
    "statistics": "idrissa.cham@ecaic.example",
    "mindelo": "carlos.fonseca@ecaic.example",
}
Path_ = tuple[str, str]  # symbol and path of a clause


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the demo: what it is, and the function that does it and says what it did."""

    title: str
    act: Callable[[], str]


@dataclass(slots=True)
class Demo:
    """The demo body while it is being loaded; ``ring`` runs the job of reminders at a moment."""

    database: Database
    files: FileStore
    calendar: DemoCalendar
    now: datetime
    time_zone: str
    ring: Callable[[datetime], str]
    people: dict[str, Actor] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)

    def steps(self) -> Sequence[Step]:
        """Return the acts in their order."""
        return (
            Step(N_("The house: units and people"), self._invite),
            Step(N_("The session adopts two resolutions, which are imported"), self._import),
            Step(N_("Each clause is confirmed or set aside"), self._confirm),
            Step(N_("Mandates are assigned to units and focal points"), self._assign),
            Step(N_("Activities carry mandates out"), self._carry_out),
            Step(N_("The biennium is opened for reporting"), self._open_biennium),
            Step(N_("Reminders go out"), self._remind),
            Step(N_("Focal points report, managers return and clear"), self._report),
            Step(N_("The editor makes the final biennial report"), self._make_report),
            Step(N_("This year's round is under way"), self._begin_round),
            Step(N_("Reminders of this year's round go out"), self._remind_now),
        )

    def _invite(self) -> str:
        at = self.calendar.moment(years=0, month=3, day=4)
        with self.database.transaction() as session:
            for unit in UNITS:
                added = add_unit(
                    session,
                    key=unit.key,
                    name=unit.name,
                    kind=UnitKind(unit.kind),
                    language="en",
                    time_zone=unit.time_zone,
                    actor=None,
                    at=at,
                )
                self.units[unit.key] = added.id
            for person in PEOPLE:
                invite_person(
                    session,
                    email=person.email,
                    name=person.name,
                    roles=[(person.role, self.units[person.unit] if person.unit else None)],
                    language="en",
                    time_zone=self.time_zone,
                    actor=None,
                    at=at,
                )
        with self.database.reading() as session:
            for person in PEOPLE:
                found = find_person_by_email(session, person.email)
                if found is not None:
                    self.people[person.email] = actor_of(found)
        return f"{len(UNITS)} units, {len(PEOPLE)} people in {len(Role)} roles"

    def _import(self) -> str:
        at = self.calendar.moment(years=0, month=5, day=20)
        made: list[ImportOutcome] = []
        adopted_on = self.calendar.session[1]
        with self.database.transaction() as session:
            for name in _FILES:
                text = (_TEXTS / name).read_text(encoding="utf-8")
                content = text.replace("{session_dates}", self.calendar.session_dates).encode()
                made += import_resolutions(
                    session,
                    content=content,
                    file_name=name,
                    actor=self.people[_COORDINATOR],
                    at=at,
                    files=self.files,
                    entity=ENTITY,
                    details=Details(session="ninth session", adopted_on=adopted_on),
                )
            self._schedule_sessions(session, at)
        symbols = ", ".join(outcome.symbol for outcome in made)
        mandates = sum(outcome.mandate_count for outcome in made)
        proposed = sum(outcome.proposed_for_action_count for outcome in made)
        return f"{symbols}: {mandates} mandates, {proposed} proposed as requiring our action"

    def _schedule_sessions(self, session: Session, at: datetime) -> None:
        body = find_body(session, BODY)
        if body is None:
            raise LookupError(f"The demo's resolutions do not name the body {BODY}.")
        for number, place, days in (
            (9, "Praia", self.calendar.session),
            (10, "Banjul", self.calendar.next_session),
        ):
            schedule_session(
                session,
                body=body,
                number=number,
                place=place,
                opens_on=days[0],
                closes_on=days[1],
                actor=self.people[_COORDINATOR],
                at=at,
            )

    def _confirm(self) -> str:
        at = self.calendar.moment(years=0, month=5, day=21)
        with self.database.transaction() as session:
            mandates = _mandates(session)
            ours = {mandates[mandate.symbol, mandate.path].id: True for mandate in MANDATES}
            actor = self.people[_COORDINATOR]
            confirm_mandates(session, decisions=ours, actor=actor, at=at)
            set_aside = sum(
                set_aside_rest(session, instrument_id=instrument_id, actor=actor, at=at)
                for instrument_id in session.scalars(select(Instrument.id)).all()
            )
        return f"{len(ours)} require our action, {set_aside} set aside and still in view"

    def _assign(self) -> str:
        at = self.calendar.moment(years=0, month=5, day=21, hour=11)
        with self.database.transaction() as session:
            mandates = _mandates(session)
            for item in MANDATES:
                mandate = mandates[item.symbol, item.path]
                assign_mandate(
                    session,
                    mandate_id=mandate.id,
                    version=mandate.version,
                    unit_id=self.units[item.unit],
                    focal_point_id=self.people[item.focal_point].person_id,
                    actor=self.people[_COORDINATOR],
                    at=at,
                )
        units = {item.unit for item in MANDATES}
        return f"{len(MANDATES)} mandates to {len(units)} units"

    def _carry_out(self) -> str:
        at = self.calendar.moment(years=0, month=9, day=2)
        link_count = 0
        with self.database.transaction() as session:
            mandates = _mandates(session)
            for item in ACTIVITIES:
                activity = add_activity(
                    session,
                    details=self._details(item),
                    actor=self.people[_COORDINATOR],
                    at=at,
                )
                for symbol, path, contribution in item.mandates:
                    link_activity(
                        session,
                        activity_id=activity.id,
                        mandate_id=mandates[symbol, path].id,
                        contribution=contribution,
                        actor=self.people[_COORDINATOR],
                        at=at,
                    )
                    link_count += 1
        return f"{len(ACTIVITIES)} activities, linked {link_count} times"

    def _details(self, item: DemoActivity) -> ActivityDetails:
        first = self.calendar.first_year
        return ActivityDetails(
            deliverable=item.deliverable,
            title=item.title,
            language="en",
            unit_id=self.units[item.unit],
            starts_on=self.calendar.moment(years=item.first_year, month=6, day=1).date(),
            ends_on=self.calendar.moment(years=item.last_year, month=11, day=30).date(),
            description=item.description,
            quantities=tuple(
                YearQuantity(first + year, planned, actual)
                for year, planned, actual in item.quantities
            ),
            countries=item.countries,
            participants=(
                *(Participant(name, kind) for name, kind in item.partners),
                *(Participant(name, kind, PartnerPart.DONOR) for name, kind in item.donors),
            ),
        )

    def _open_biennium(self) -> str:
        span = biennium(self.calendar.first_year)
        with self.database.transaction() as session:
            host = session.scalars(select(BodySession).where(BodySession.number == 10)).one()
            period = open_period(
                session,
                starts_on=span.starts_on,
                ends_on=span.ends_on,
                due_on=self.calendar.moment(years=2, month=1, day=30).date(),
                slot_on=self.calendar.moment(years=2, month=3, day=9).date(),
                body_session_id=host.id,
                actor=self.people[_COORDINATOR],
                at=self.calendar.moment(years=1, month=11, day=3),
            )
            count = len(_reports(session, period.id))
        return f"{period.name}: {count} progress reports asked for"

    def _remind(self) -> str:
        return self.ring(self.calendar.moment(years=2, month=1, day=19, hour=7))

    def _report(self) -> str:
        submitted_at = self.calendar.moment(years=2, month=1, day=22)
        with self.database.transaction() as session:
            period = _newest_period(session)
            reports = _reports(session, period.id)
            for item in MANDATES:
                self._submit(session, reports[item.symbol, item.path], item, submitted_at)
        returned = self._return_one(period.id)
        cleared = self._clear_all(period.id)
        return f"{len(MANDATES)} submitted, {returned} returned and resubmitted, {cleared} cleared"

    def _submit(
        self, session: Session, report: ProgressReport, item: DemoMandate, at: datetime
    ) -> None:
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=self._text(item),
            actor=self.people[item.focal_point],
            at=at,
        )

    def _text(self, item: DemoMandate) -> ReportText:
        said = item.report
        is_postponed = said.status is Implementation.POSTPONED
        return ReportText(
            status=said.status,
            status_reason=said.reason,
            postponed_to=(
                self.calendar.moment(years=3, month=6, day=30).date() if is_postponed else None
            ),
            done=said.done,
            results=said.results,
            next_steps=said.next_steps,
            difficulties=said.difficulties,
        )

    def _return_one(self, period_id: int) -> int:
        item = next(item for item in MANDATES if item.path == "4.d")
        with self.database.transaction() as session:
            report = _reports(session, period_id)[item.symbol, item.path]
            returned = return_report(
                session,
                report_id=report.id,
                version=report.version,
                remark="Please say since when the bulletin has been sent, and to how many ports.",
                actor=self.people[_MANAGER_OF[item.unit]],
                at=self.calendar.moment(years=2, month=1, day=26),
            )
            self._submit(session, returned, item, self.calendar.moment(years=2, month=1, day=28))
        return 1

    def _clear_all(self, period_id: int) -> int:
        at = self.calendar.moment(years=2, month=2, day=3)
        count = 0
        with self.database.transaction() as session:
            reports = _reports(session, period_id)
            for unit, manager in _MANAGER_OF.items():
                versions = {
                    reports[item.symbol, item.path].id: reports[item.symbol, item.path].version
                    for item in MANDATES
                    if item.unit == unit
                }
                count += len(
                    clear_several(session, versions=versions, actor=self.people[manager], at=at)
                )
        return count

    def _make_report(self) -> str:
        at = self.calendar.moment(years=2, month=3, day=6)
        with self.database.reading() as session:
            period = _newest_period(session)
            drafted = draft_edition(
                session,
                EditionRequest(
                    period_id=period.id,
                    language="en",
                    entity_name=ENTITY.name,
                    issued_on=at.date(),
                    document_symbol=DOCUMENT_SYMBOL,
                    is_draft=False,
                ),
            )
        with self.database.transaction() as session:
            edition = record_edition(
                session, drafted, store=self.files, actor=self.people[_EDITOR], at=at
            )
        period_name, forms = drafted.content.period_name, ", ".join(drafted.files)
        return f"edition {edition.number} on {period_name}: {forms}"

    def _begin_round(self) -> str:
        today = self.calendar.today
        with self.database.transaction() as session:
            period = open_period(
                session,
                starts_on=today.replace(month=1, day=1),
                ends_on=today.replace(month=12, day=31),
                due_on=self.calendar.in_days(12),
                actor=self.people[_COORDINATOR],
                at=self.calendar.days_ago(30),
            )
            reports = _reports(session, period.id)
            self._answer_some(session, reports)
        return f"{period.name}: {len(reports)} progress reports asked for, in every state"

    def _answer_some(self, session: Session, reports: Mapping[Path_, ProgressReport]) -> None:
        items = {(item.symbol, item.path): item for item in MANDATES}
        self._submit(session, reports["41(IX)", "4.a"], items["41(IX)", "4.a"], self._ago(6))
        self._submit(session, reports["42(IX)", "3"], items["42(IX)", "3"], self._ago(8))
        cleared = reports["42(IX)", "3"]
        clear_report(
            session,
            report_id=cleared.id,
            version=cleared.version,
            actor=self.people[_MANAGER_OF["statistics"]],
            at=self._ago(5),
        )
        returned = reports["41(IX)", "4.e"]
        self._submit(session, returned, items["41(IX)", "4.e"], self._ago(7))
        return_report(
            session,
            report_id=returned.id,
            version=returned.version,
            remark="Please name the four countries and say what the review found.",
            actor=self.people[_MANAGER_OF["ocean"]],
            at=self._ago(4),
        )
        save_draft(
            session,
            report_id=reports["41(IX)", "4.c"].id,
            text=ReportText(done="The third workshop was held in Mindelo."),
            actor=self.people["beatriz.lima@ecaic.example"],
            at=self._ago(2),
        )
        extend_due_date(
            session,
            report_id=reports["42(IX)", "4"].id,
            due_on=self.calendar.in_days(19),
            reason="The new census dates are expected next week.",
            actor=self.people[_COORDINATOR],
            at=self._ago(3),
        )
        late = reports["41(IX)", "4.d"]
        mandate = session.get_one(Mandate, late.mandate_id)
        assign_mandate(
            session,
            mandate_id=mandate.id,
            version=mandate.version,
            unit_id=self.units["mindelo"],
            focal_point_id=self.people["beatriz.lima@ecaic.example"].person_id,
            due_on=self.calendar.in_days(-3),
            actor=self.people[_COORDINATOR],
            at=self._ago(29),
        )

    def _ago(self, days: int) -> datetime:
        return self.calendar.days_ago(days)

    def _remind_now(self) -> str:
        return self.ring(self.now)


class Loaded(Enum):
    """How much of the demo body is in a database."""

    NOT_AT_ALL = auto()
    IN_PART = auto()
    WHOLLY = auto()


def how_far_loaded(session: Session) -> Loaded:
    """Return how much of the demo body is in the database: its last act opens this year's round."""
    if session.scalar(select(Person.id).where(Person.email == _COORDINATOR)) is None:
        return Loaded.NOT_AT_ALL
    period_count = len(session.scalars(select(ReportingPeriod.id)).all())
    return Loaded.WHOLLY if period_count >= 2 else Loaded.IN_PART


def final_files(session: Session) -> Sequence[EditionFile]:
    """Return the files of the newest final edition, by form."""
    edition_id = session.scalar(
        select(ReportEdition.id)
        .where(ReportEdition.state == EditionState.FINAL)
        .order_by(ReportEdition.id.desc())
        .limit(1)
    )
    return session.scalars(
        select(EditionFile).where(EditionFile.edition_id == edition_id).order_by(EditionFile.form)
    ).all()


def _mandates(session: Session) -> Mapping[Path_, Mandate]:
    rows = session.execute(
        select(Instrument.symbol, Clause.path, Mandate)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
    )
    return {(symbol, path or ""): mandate for symbol, path, mandate in rows}


def _reports(session: Session, period_id: int) -> Mapping[Path_, ProgressReport]:
    rows = session.execute(
        select(Instrument.symbol, Clause.path, ProgressReport)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(ProgressReport.period_id == period_id)
    )
    return {(symbol, path or ""): report for symbol, path, report in rows}


def _newest_period(session: Session) -> ReportingPeriod:
    return session.scalars(
        select(ReportingPeriod).order_by(ReportingPeriod.starts_on.desc()).limit(1)
    ).one()
