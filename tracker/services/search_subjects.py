"""What search knows of each kind of record: its title, its words, and whom it may be shown to."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.countries import LANGUAGES as COUNTRY_LANGUAGES
from tracker.domain.countries import country_names
from tracker.domain.mandates import Sensitivity
from tracker.domain.search import SearchKind
from tracker.domain.workflow import Move
from tracker.models.activities import Activity
from tracker.models.activity_parts import (
    ActivityCountry,
    ActivityFramework,
    ActivityModule,
    ActivityPartner,
    DocumentOfActivity,
)
from tracker.models.biennial_reports import ReportEdition
from tracker.models.instruments import BodySession, Clause, ClauseText, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment
from tracker.models.progress import (
    ProgressEntry,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.models.submissions import EditionSubmission, IssuedDocument

_Chapeau = aliased(ClauseText)


@dataclass(frozen=True, slots=True)
class Searchable:
    """A record in one language as search sees it.

    By ``keywords`` (language, words) it is found too, but they are not shown.
    """

    subject_id: int
    language: str
    title: str
    text: str
    keywords: tuple[tuple[str, str], ...] = ()
    sensitivity: Sensitivity = Sensitivity.UNCLASSIFIED
    unit_id: int | None = None
    body_id: int | None = None
    mandate_id: int | None = None
    instrument_id: int | None = None
    year: int | None = None


Loader = Callable[[Session, Collection[int]], Iterator[Searchable]]


def _resolutions(session: Session, ids: Collection[int]) -> Iterator[Searchable]:
    rows = session.execute(
        select(Instrument, InstrumentText.language, InstrumentText.title)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .where(Instrument.id.in_(ids))
    )
    for instrument, language, title in rows:
        yield Searchable(
            subject_id=instrument.id,
            language=language,
            title=f"{instrument.symbol} {title}",
            text="",
            body_id=instrument.body_id,
            instrument_id=instrument.id,
            year=_year(instrument.adopted_on),
        )


def _mandates(session: Session, clause_ids: Collection[int]) -> Iterator[Searchable]:
    """Yield the mandates of clauses: a clause has one mandate, and a text for each language."""
    rows = session.execute(
        select(Mandate, Instrument, Clause.path, ClauseText, _Chapeau.text)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, ClauseText.clause_id == Clause.id)
        .outerjoin(
            _Chapeau,
            (_Chapeau.clause_id == Clause.parent_id) & (_Chapeau.language == ClauseText.language),
        )
        .where(Mandate.clause_id.in_(clause_ids))
    )
    for mandate, instrument, path, clause_text, above in rows:
        yield Searchable(
            subject_id=mandate.clause_id,
            language=clause_text.language,
            title=f"{instrument.symbol} {path or ''}",
            text=clause_text.text,
            keywords=((clause_text.language, above),) if above else (),
            sensitivity=mandate.sensitivity,
            unit_id=mandate.lead_unit_id,
            body_id=instrument.body_id,
            mandate_id=mandate.id,
            instrument_id=instrument.id,
            year=_year(instrument.adopted_on),
        )


def _activities(session: Session, ids: Collection[int]) -> Iterator[Searchable]:
    places = _joined(session, select(ActivityCountry.activity_id, ActivityCountry.country), ids)
    named = [
        _joined(session, select(kind.activity_id, name), ids)
        for kind, name in (
            (ActivityPartner, ActivityPartner.name),
            (ActivityFramework, ActivityFramework.name),
            (ActivityModule, ActivityModule.title),
            (DocumentOfActivity, DocumentOfActivity.title),
            (DocumentOfActivity, DocumentOfActivity.symbol),
        )
    ]
    for activity in session.scalars(select(Activity).where(Activity.id.in_(ids))):
        yield Searchable(
            subject_id=activity.id,
            language=activity.language,
            title=activity.title,
            text=" · ".join(
                [
                    activity.description,
                    *(word for words in named for word in words.get(activity.id, ()) if word),
                ]
            ),
            keywords=tuple(
                (language, " ".join(country_names(places.get(activity.id, ()), language)))
                for language in COUNTRY_LANGUAGES
            ),
            sensitivity=activity.sensitivity,
            unit_id=activity.unit_id,
            year=activity.starts_on.year,
        )


_REPORTS: BindParameter[int] = bindparam("report_ids", expanding=True)
_LAST = (
    select(ProgressRevision.report_id, func.max(ProgressRevision.number).label("number"))
    .where(ProgressRevision.report_id.in_(_REPORTS), ProgressRevision.move == Move.CLEAR)
    .group_by(ProgressRevision.report_id)
    .subquery()
)
_CLEARED = (  # made once, since that takes longer than to run it, and each text given asks it
    select(ProgressRevision, ProgressReport, Mandate.sensitivity, Instrument, Clause.path)
    .join(
        _LAST,
        (_LAST.c.report_id == ProgressRevision.report_id)
        & (_LAST.c.number == ProgressRevision.number),
    )
    .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
    .join(Mandate, Mandate.id == ProgressReport.mandate_id)
    .join(Instrument, Instrument.id == Mandate.instrument_id)
    .join(Clause, Clause.id == Mandate.clause_id)
)


def _progress(session: Session, report_ids: Collection[int]) -> Iterator[Searchable]:
    """Yield the last cleared text of reports; what nobody cleared is found on its page alone."""
    rows = session.execute(_CLEARED, {"report_ids": list(report_ids)})
    for said, report, sensitivity, instrument, path in rows:
        fields = (said.done, said.results, said.next_steps, said.difficulties)
        yield Searchable(
            subject_id=report.id,
            language=said.language,
            title=f"{instrument.symbol} {path or ''}",
            text=" ".join(field for field in fields if field),
            sensitivity=most_sensitive(said.sensitivity, sensitivity),
            unit_id=report.unit_id,
            body_id=instrument.body_id,
            mandate_id=report.mandate_id,
            instrument_id=instrument.id,
            year=said.written_at.year,
        )


def _notes(session: Session, ids: Collection[int]) -> Iterator[Searchable]:
    rows = session.execute(
        select(ProgressEntry, Mandate, Instrument, Clause.path)
        .join(Mandate, Mandate.id == ProgressEntry.mandate_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .where(ProgressEntry.id.in_(ids))
    )
    for note, mandate, instrument, path in rows:
        yield Searchable(
            subject_id=note.id,
            language=note.language,
            title=f"{instrument.symbol} {path or ''}",
            text=note.text,
            sensitivity=mandate.sensitivity,
            unit_id=mandate.lead_unit_id,
            body_id=instrument.body_id,
            mandate_id=mandate.id,
            instrument_id=instrument.id,
            year=note.noted_on.year,
        )


def _documents(session: Session, edition_ids: Collection[int]) -> Iterator[Searchable]:
    """Yield the reports that were submitted, with the symbols under which they were issued."""
    symbols = _joined(
        session,
        select(IssuedDocument.edition_id, IssuedDocument.symbol).where(
            IssuedDocument.withdrawn_at.is_(None)
        ),
        edition_ids,
    )
    rows = session.execute(
        select(EditionSubmission, ReportEdition, BodySession.body_id)
        .join(ReportEdition, ReportEdition.id == EditionSubmission.edition_id)
        .join(ReportingPeriod, ReportingPeriod.id == ReportEdition.period_id)
        .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
        .where(
            EditionSubmission.edition_id.in_(edition_ids),
            EditionSubmission.submitted_at.is_not(None),
        )
    )
    for sheet, edition, body_id in rows:
        issued = dict.fromkeys((edition.document_symbol, *symbols.get(edition.id, ())))
        yield Searchable(
            subject_id=edition.id,
            language=edition.language,
            title=sheet.title,
            text=" · ".join(symbol for symbol in issued if symbol),
            body_id=body_id,
            year=_year(sheet.submitted_at),
        )


def _people(session: Session, ids: Collection[int]) -> Iterator[Searchable]:
    units = _joined(
        session,
        select(RoleAssignment.person_id, OrganizationalUnit.name).join(
            OrganizationalUnit, OrganizationalUnit.id == RoleAssignment.unit_id
        ),
        ids,
    )
    active = select(Person).where(Person.id.in_(ids), Person.is_active)
    for person in session.scalars(active):
        names = dict.fromkeys(units.get(person.id, ()))
        yield Searchable(person.id, person.language, person.name, " · ".join(names))


LOADERS: Mapping[SearchKind, Loader] = {
    SearchKind.RESOLUTION: _resolutions,
    SearchKind.MANDATE: _mandates,
    SearchKind.ACTIVITY: _activities,
    SearchKind.PROGRESS: _progress,
    SearchKind.NOTE: _notes,
    SearchKind.DOCUMENT: _documents,
    SearchKind.PERSON: _people,
}


def most_sensitive(*levels: Sensitivity) -> Sensitivity:
    """Return the level that protects most."""
    return max(levels, key=list(Sensitivity).index)


def _joined(
    session: Session, pairs: Select[int, str], ids: Collection[int]
) -> Mapping[int, list[str]]:
    """Return the second column of ``pairs`` by the first, for the subjects ``ids``."""
    subject, value = pairs.selected_columns
    found: dict[int, list[str]] = {}
    for subject_id, text in session.execute(pairs.where(subject.in_(ids)).order_by(subject, value)):
        found.setdefault(subject_id, []).append(text)
    return found


def _year(day: date | None) -> int | None:
    return day.year if day else None
