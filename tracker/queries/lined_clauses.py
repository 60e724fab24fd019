"""Clauses of resolutions that are lined up, each with what hangs on its mandate."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.assignments import Acceptance, Answerers
from tracker.domain.errors import NotFound
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.periods import PeriodState
from tracker.models.activities import ActivityLink
from tracker.models.instruments import Body, Clause, ClauseText, Instrument, InstrumentText
from tracker.models.mandates import Mandate, MandateRenewal
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.queries.assignments import contributing_units


@dataclass(frozen=True, slots=True)
class LinedInstrument:
    """One of the two resolutions that are lined up."""

    id: int
    symbol: str
    body_key: str
    slug: str
    title: str
    language: str
    adopted_on: date | None


@dataclass(frozen=True, slots=True)
class LinedClause:
    """A clause of either resolution with its mandate; ``text`` is in the language compared in."""

    mandate_id: int
    version: int
    path: str
    text: str
    language: str
    requires_action: bool | None
    lifecycle: Lifecycle
    sensitivity: Sensitivity
    subprogramme_id: int | None
    acceptance: Acceptance | None
    answerers: Answerers | None
    unit_name: str | None
    focal_point_name: str | None


def lined_instrument(session: Session, instrument_id: int) -> LinedInstrument:
    """Return a resolution; raise NotFound when there is none."""
    found = lined_instruments(session, [instrument_id]).get(instrument_id)
    if found is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    return found


def lined_instruments(session: Session, ids: Collection[int]) -> Mapping[int, LinedInstrument]:
    """Return the resolutions with these ids, those that there are."""
    rows = session.execute(
        select(Instrument, Body.key, InstrumentText.title, InstrumentText.language)
        .join(Body, Body.id == Instrument.body_id)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .where(Instrument.id.in_(ids))
    )
    return {
        one.id: LinedInstrument(one.id, one.symbol, key, one.slug, title, language, one.adopted_on)
        for one, key, title, language in rows
    }


def lined_clauses(session: Session, *instrument_ids: int) -> Mapping[int, list[LinedClause]]:
    """Return the clauses with a mandate of the two, in the language that both have."""
    rows = session.execute(
        select(
            Mandate,
            Clause.path,
            OrganizationalUnit.name.label("unit_name"),
            Person.name.label("focal_point_name"),
        )
        .join(Clause, Clause.id == Mandate.clause_id)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(Person, Person.id == Mandate.focal_point_id)
        .where(Mandate.instrument_id.in_(instrument_ids), ~Clause.is_dropped)
        .order_by(Clause.position)
    ).all()
    texts = _texts(session, instrument_ids)
    contributing = contributing_units(session, [row.Mandate.id for row in rows])
    found: defaultdict[int, list[LinedClause]] = defaultdict(list)
    for mandate, path, unit_name, focal_point_name in rows:
        language, text = texts[mandate.clause_id]
        found[mandate.instrument_id].append(
            LinedClause(
                mandate_id=mandate.id,
                version=mandate.version,
                path=path or "",
                text=text,
                language=language,
                requires_action=mandate.requires_action,
                lifecycle=mandate.lifecycle,
                sensitivity=mandate.sensitivity,
                subprogramme_id=mandate.subprogramme_id,
                acceptance=mandate.acceptance,
                answerers=_answerers(mandate, contributing.get(mandate.id, {})),
                unit_name=unit_name,
                focal_point_name=focal_point_name,
            )
        )
    return found


def _answerers(mandate: Mandate, contributing: Collection[int]) -> Answerers | None:
    if mandate.lead_unit_id is None:
        return None
    return Answerers(
        unit_id=mandate.lead_unit_id,
        focal_point_id=mandate.focal_point_id,
        deputy_id=mandate.deputy_id,
        contributing_unit_ids=frozenset(contributing),
        joint_lead=mandate.joint_lead,
    )


def _texts(session: Session, instrument_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Return language and text of each clause: in a language of both where there is one."""
    rows = session.execute(
        select(Clause.instrument_id, ClauseText)
        .join(Clause, Clause.id == ClauseText.clause_id)
        .join(Mandate, Mandate.clause_id == Clause.id)
        .where(Clause.instrument_id.in_(instrument_ids))
        .order_by(ClauseText.is_original)
    ).all()
    spoken: defaultdict[str, set[int]] = defaultdict(set)
    originals: Counter[str] = Counter()
    for instrument_id, text in rows:
        spoken[text.language].add(instrument_id)
        originals[text.language] += text.is_original
    shared = [each for each in spoken if len(spoken[each]) == len(set(instrument_ids))]
    language = max(shared, key=lambda each: originals[each], default=None)
    # The originals come last and stand in where the shared language lacks a clause.
    found: dict[int, tuple[str, str]] = {}
    for _instrument_id, text in rows:
        if (
            text.language == language
            or text.clause_id not in found
            or found[text.clause_id][0] != language
        ):
            found[text.clause_id] = (text.language, text.text)
    return found


def confirmed_pairs(
    session: Session, later_id: int, earlier_ids: Collection[int]
) -> Mapping[int, set[int | None]]:
    """Return, by the old mandate, the new ones that a person confirmed it is; None: dropped."""
    rows = session.execute(
        select(MandateRenewal.earlier_mandate_id, MandateRenewal.later_mandate_id).where(
            MandateRenewal.later_instrument_id == later_id,
            MandateRenewal.earlier_mandate_id.in_(earlier_ids),
        )
    )
    found: defaultdict[int, set[int | None]] = defaultdict(set)
    for earlier_mandate_id, later_mandate_id in rows:
        found[earlier_mandate_id].add(later_mandate_id)
    return found


def activity_links(
    session: Session, mandate_ids: Collection[int]
) -> Mapping[int, list[tuple[int, str]]]:
    """Return the activities linked to each mandate, each with its sentence."""
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = session.execute(
        select(ActivityLink.mandate_id, ActivityLink.activity_id, ActivityLink.contribution)
        .where(ActivityLink.mandate_id.in_(mandate_ids))
        .order_by(ActivityLink.activity_id)
    )
    for mandate_id, activity_id, contribution in rows:
        found[mandate_id].append((activity_id, contribution))
    return found


def open_reports(
    session: Session, mandate_ids: Collection[int]
) -> Mapping[int, list[tuple[ProgressReport, ReportingPeriod]]]:
    """Return the reports on the old mandates in periods that are open, unless waived."""
    found: defaultdict[int, list[tuple[ProgressReport, ReportingPeriod]]] = defaultdict(list)
    rows = session.execute(
        select(ProgressReport, ReportingPeriod)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .where(
            ProgressReport.mandate_id.in_(mandate_ids),
            ~ProgressReport.is_waived,
            ReportingPeriod.state == PeriodState.OPEN,
        )
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
    )
    for report, period in rows:
        found[report.mandate_id].append((report, period))
    return found
