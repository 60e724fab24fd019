"""What a brief is made from: activities and approved reports that have to do with its subject."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from tracker.domain.activities import CATEGORY_OF, MEASURE_OF, CountryPart, PartnerPart
from tracker.domain.briefs import BriefActivity, BriefContent, BriefKind, BriefReport, BriefSubject
from tracker.domain.briefs.content import by_weight
from tracker.domain.clauses import slug_path
from tracker.domain.countries import countries_named, running_names
from tracker.domain.goals import is_target
from tracker.domain.mandates import Implementation, Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.records import may_see
from tracker.domain.subjects import HOLDS, Subject, SubjectKind
from tracker.i18n import translate_into
from tracker.labels import label_of
from tracker.models.activities import Activity, ActivityLink
from tracker.models.activity_parts import (
    ActivityAttendance,
    ActivityCountry,
    ActivityFund,
    ActivityPartner,
    ActivityRequest,
)
from tracker.models.biennial_reports import EditionRevision, EditionState, ReportEdition
from tracker.models.instruments import Body, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.models.subjects import SubjectMark
from tracker.queries.biennial_report import published_texts
from tracker.queries.names import titles_in
from tracker.queries.references import cited_in_print
from tracker.queries.report_activities import mandates_carried_out
from tracker.queries.subject_parts import is_within

# Of which subjects people say that a record is about them.
_SAID = {
    BriefKind.COUNTRY: SubjectKind.COUNTRY,
    BriefKind.GOAL: SubjectKind.GOAL,
    BriefKind.WORD: SubjectKind.WORD,
}


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """What a brief is asked for: its subject, since when, as of which day, for whom."""

    subject: BriefSubject
    since: date
    today: date
    language: str
    entity_name: str
    list_address: str
    reader: Actor | None = None  # told how much is withheld, as far as they may see it


def brief_content(session: Session, request: BriefRequest) -> BriefContent:
    """Return everything that may stand in the brief, in a fixed number of statements.

    Only what is unclassified: a brief leaves the house.
    """
    found = [activity for activity in _activities(session, request) if _concerns(activity, request)]
    open_ones = [each for each in found if each.sensitivity is Sensitivity.UNCLASSIFIED]
    links = mandates_carried_out(session, [each.id for each in open_ones], request.language)
    counts: dict[int, int] = defaultdict(int)
    for linked in links.values():
        for mandate_id, _ in linked:
            counts[mandate_id] += 1
    return BriefContent(
        entity_name=request.entity_name,
        subject=request.subject,
        since=request.since,
        written_on=request.today,
        language=request.language,
        list_address=request.list_address,
        activities=by_weight(_told(session, request, open_ones, links), request.today),
        reports=_reports(session, request, counts),
        withheld_count=_withheld_count(request, found),
    )


def _withheld_count(request: BriefRequest, found: Sequence[Activity]) -> int:
    if request.reader is None:
        return 0
    return sum(
        each.sensitivity is not Sensitivity.UNCLASSIFIED
        and may_see(request.reader, each.sensitivity, each.unit_id)
        for each in found
    )


def _activities(session: Session, request: BriefRequest) -> Sequence[Activity]:
    return session.scalars(
        select(Activity)
        .where(
            func.coalesce(Activity.ends_on, Activity.starts_on) >= request.since,
            _of_subject(request.subject),
        )
        .options(
            selectinload(Activity.quantities),
            selectinload(Activity.countries),
            selectinload(Activity.partners),
            selectinload(Activity.attendance),
            selectinload(Activity.requests),
        )
        .order_by(Activity.id)
    ).all()


def _of_subject(subject: BriefSubject) -> ColumnElement[bool]:
    match subject.kind:
        case BriefKind.COUNTRY:
            return _of_country(subject.key)
        case BriefKind.PARTNER:
            return or_(
                Activity.partners.any(ActivityPartner.name == subject.key),
                Activity.funds.any(ActivityFund.donor == subject.key),
            )
        case BriefKind.UNIT:
            return Activity.unit_id == subject.id
        case BriefKind.RESOLUTION:
            return Activity.links.any(ActivityLink.mandate.has(Mandate.instrument_id == subject.id))
        case BriefKind.GOAL | BriefKind.WORD:
            # Without a word that it is called by, a goal is found by what people said alone.
            marked = Activity.id.in_(_marked(subject, SubjectMark.activity_id))
            return marked if subject.kind is BriefKind.GOAL else or_(marked, _in_words(subject))
        case BriefKind.WORDS:
            return _in_words(subject)


def _in_words(subject: BriefSubject) -> ColumnElement[bool]:
    return _all_words(subject.name, Activity.title, Activity.description, Activity.sector)


def _of_country(code: str) -> ColumnElement[bool]:
    if not code:
        return false()
    return or_(
        Activity.countries.any(
            and_(ActivityCountry.country == code, ActivityCountry.part != CountryPart.INVITED)
        ),
        Activity.attendance.any(ActivityAttendance.country == code),
        Activity.requests.any(ActivityRequest.country == code),
        *(Activity.title.contains(name, autoescape=True) for name in running_names(code)),
    )


def _all_words(words: str, *columns: Any) -> ColumnElement[bool]:
    """Return that each of the words stands in one of the columns."""
    return and_(
        *(
            or_(*(column.icontains(word, autoescape=True) for column in columns))
            for word in words.split()
        )
    )


def _concerns(activity: Activity, request: BriefRequest) -> bool:
    """Tell whether a title that holds a country's name really names it."""
    code = request.subject.key
    if request.subject.kind is not BriefKind.COUNTRY:
        return True
    told = {row.country for row in activity.countries if row.part is not CountryPart.INVITED}
    told |= {row.country for row in activity.attendance if row.country}
    told |= {row.country for row in activity.requests}
    return code in told or code in countries_named(activity.title)


def _told(
    session: Session,
    request: BriefRequest,
    activities: Sequence[Activity],
    links: Mapping[int, Sequence[tuple[int, str]]],
) -> list[BriefActivity]:
    translate = translate_into(request.language)
    titles = titles_in(session, [each.id for each in activities], request.language)
    told = []
    for each in activities:
        years = [row for row in each.quantities if row.year >= request.since.year]
        planned = [row.planned for row in years if row.planned is not None]
        actual = [row.actual for row in years if row.actual is not None]
        told.append(
            BriefActivity(
                activity_id=each.id,
                title=titles.get(each.id, each.title),
                category=CATEGORY_OF[each.deliverable],
                subcategory=translate(label_of(each.deliverable)),
                measure=translate(label_of(MEASURE_OF[each.deliverable])),
                starts_on=each.starts_on,
                ends_on=each.ends_on,
                planned=sum(planned, Decimal()) if planned else None,
                actual=sum(actual, Decimal()) if actual else None,
                partners=tuple(
                    row.name for row in each.partners if row.part is PartnerPart.PARTNER
                ),
                description=each.description,
                language=each.language,
                is_good_practice=each.is_good_practice,
                references=tuple(reference for _, reference in links.get(each.id, ())),
            )
        )
    return told


def _reports(
    session: Session, request: BriefRequest, counts: Mapping[int, int]
) -> tuple[BriefReport, ...]:
    confirmed = _confirmed(session, request.subject)
    rows = session.execute(
        published_texts(request.language)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .add_columns(ReportingPeriod.name.label("period_name"), Body.key, Instrument.slug)
        .where(
            ReportingPeriod.ends_on >= request.since,
            ReportingPeriod.starts_on <= request.today,
            _reported_on(request.subject, counts.keys() | confirmed),
        )
        .order_by(None)
        .order_by(ReportingPeriod.ends_on.desc(), ReportingPeriod.id.desc(), Mandate.id)
    ).all()
    newest: dict[int, Row[Any]] = {}
    for row in rows:
        is_sure = row.mandate_id in counts or row.mandate_id in confirmed
        if is_sure or _is_named(request.subject, row):
            newest.setdefault(row.mandate_id, row)
    documents = _documents(session, [row.ProgressRevision.id for row in newest.values()])
    reports = [
        _report(
            request, row, counts.get(row.mandate_id, 0), documents.get(row[0].id, ()),
            is_named=row.mandate_id in confirmed or _is_named(request.subject, row),
        )
        for row in newest.values()
    ]  # fmt: skip
    return tuple(sorted(reports, key=_report_weight))


def _report_weight(report: BriefReport) -> tuple[object, ...]:
    """Return what puts the most telling report first."""
    return (
        not report.is_named,
        not (report.done or report.results),
        report.status is Implementation.NO_INFORMATION,
        not report.results,
        -report.activity_count,
        -report.cleared_on.toordinal(),
        report.reference,
    )


def _reported_on(subject: BriefSubject, linked: Collection[int]) -> ColumnElement[bool]:
    columns = (ProgressRevision.done, ProgressRevision.results, ClauseText.text)
    match subject.kind:
        case BriefKind.UNIT:
            return ProgressReport.unit_id == subject.id
        case BriefKind.RESOLUTION:
            return Mandate.instrument_id == subject.id
        case BriefKind.WORDS:
            named = _all_words(subject.key, *columns)
        case BriefKind.WORD:
            named = _all_words(subject.name, *columns)
        case BriefKind.GOAL:
            named = false()
        case BriefKind.COUNTRY:
            names = running_names(subject.key)
            named = or_(
                false(),
                *(each.contains(name, autoescape=True) for name in names for each in columns),
            )
        case BriefKind.PARTNER:
            named = or_(*(each.icontains(subject.key, autoescape=True) for each in columns))
    return or_(named, Mandate.id.in_(linked))


def _confirmed(session: Session, subject: BriefSubject) -> frozenset[int]:
    """Return the mandates of which people said that they are about the subject."""
    if subject.kind not in _SAID:
        return frozenset()
    marked = session.scalars(_marked(subject, SubjectMark.mandate_id))
    return frozenset(key for key in marked if key is not None)


def _marked(subject: BriefSubject, record: InstrumentedAttribute[int | None]) -> Select[Any]:
    """Return the records that are about a country, a goal and its targets, a word and its parts."""
    kind = SubjectKind.TARGET if is_target(subject.key) else _SAID[subject.kind]
    within = is_within(Subject(kind, subject.key))
    return select(record).where(within, SubjectMark.verdict.in_(HOLDS), record.is_not(None))


def _is_named(subject: BriefSubject, row: Row[Any]) -> bool:
    text = "\n".join((row.ProgressRevision.done, row.ProgressRevision.results, row.text))
    match subject.kind:
        case BriefKind.COUNTRY:
            return subject.key in countries_named(text)
        case BriefKind.WORDS:
            return all(word in text.casefold() for word in subject.key.casefold().split())
        case BriefKind.WORD:
            return all(word in text.casefold() for word in subject.name.casefold().split())
        case BriefKind.PARTNER:
            return subject.key.casefold() in text.casefold()
        case BriefKind.GOAL:
            return False  # a number tells nothing: people say which goals a mandate is about
        case _:
            return True


def _report(
    request: BriefRequest,
    row: Row[Any],
    activity_count: int,
    documents: tuple[str, ...],
    *,
    is_named: bool,
) -> BriefReport:
    revision: ProgressRevision = row.ProgressRevision
    return BriefReport(
        mandate_id=row.mandate_id,
        revision_id=revision.id,
        reference=cited_in_print(row.symbol, row.path, request.language),
        asked=row.text,
        period_name=row.period_name,
        cleared_on=revision.written_at.date(),
        status=revision.status,
        done=revision.done,
        results=revision.results,
        language=revision.language,
        is_named=is_named,
        activity_count=activity_count,
        documents=documents,
        clause_language=row.text_language,
        body_key=row.key,
        slug=row.slug,
        path=slug_path(row.path),
    )


def _documents(session: Session, revision_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Return the symbols of the final reports that hold each of the revisions."""
    rows = session.execute(
        select(EditionRevision.revision_id, ReportEdition.document_symbol)
        .join(ReportEdition, ReportEdition.id == EditionRevision.edition_id)
        .where(
            EditionRevision.revision_id.in_(revision_ids),
            ReportEdition.state == EditionState.FINAL,
            ReportEdition.document_symbol != "",
        )
        .distinct()
        .order_by(ReportEdition.document_symbol)
    )
    found: dict[int, tuple[str, ...]] = {}
    for revision_id, symbol in rows:
        found[revision_id] = (*found.get(revision_id, ()), symbol)
    return found
