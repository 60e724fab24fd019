"""The templates of bodies for their reports: those that hold, and the history of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report.house_styles import HouseStyles
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import DocumentType, Section
from tracker.domain.biennial_report.logos import Logo
from tracker.models.biennial_reports import ReportEdition
from tracker.models.instruments import Body, BodySession
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.models.report_templates import ReportTemplate


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """One version of a template, who made it when, and which one it brings back."""

    number: int
    template: HouseTemplate
    restores: int | None
    written_at: datetime
    written_by: str
    edition_count: int = 0

    @property
    def is_delivered(self) -> bool:
        """Tell whether it brings back what is delivered."""
        return self.restores == 0


@dataclass(frozen=True, slots=True)
class BodyWithTemplates:
    """A body and the version that holds for each type that has one."""

    id: int
    name: str
    versions: Mapping[str, TemplateVersion]


def bodies_with_templates(session: Session) -> tuple[BodyWithTemplates, ...]:
    """Return the bodies that hold sessions, by name. Two statements."""
    bodies = session.execute(
        select(Body.id, Body.name)
        .where(Body.id.in_(select(BodySession.body_id)))
        .order_by(Body.name)
    ).all()
    newest = select(func.max(ReportTemplate.id)).group_by(
        ReportTemplate.body_id, ReportTemplate.document_type
    )
    rows = session.execute(
        select(ReportTemplate, Person.name)
        .join(Person, Person.id == ReportTemplate.written_by_id)
        .where(ReportTemplate.id.in_(newest))
    )
    found: dict[int, dict[str, TemplateVersion]] = defaultdict(dict)
    for row, name in rows:
        found[row.body_id][row.document_type] = _version(row, name)
    return tuple(BodyWithTemplates(body.id, body.name, found[body.id]) for body in bodies)


def versions_of(
    session: Session, body_id: int, document_type: DocumentType
) -> Sequence[TemplateVersion]:
    """Return the versions of a template, the newest first. One statement."""
    count = (
        select(func.count(ReportEdition.id))
        .where(ReportEdition.template_id == ReportTemplate.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ReportTemplate, Person.name, count)
        .join(Person, Person.id == ReportTemplate.written_by_id)
        .where(
            ReportTemplate.body_id == body_id,
            ReportTemplate.document_type == document_type.value,
        )
        .order_by(ReportTemplate.number.desc())
    )
    return [_version(row, name, editions) for row, name, editions in rows]


def template_in_force(
    session: Session, body_id: int, document_type: DocumentType
) -> HouseTemplate | None:
    """Return the template that holds; None where the body has none of its own. One statement."""
    row = session.scalar(
        select(ReportTemplate)
        .where(
            ReportTemplate.body_id == body_id,
            ReportTemplate.document_type == document_type.value,
        )
        .order_by(ReportTemplate.number.desc())
        .limit(1)
    )
    return template_of(row) if row is not None else None


def template_of_edition(session: Session, edition_id: int) -> HouseTemplate | None:
    """Return the template that an edition was made with; None where it had none."""
    row = session.scalar(
        select(ReportTemplate)
        .join(ReportEdition, ReportEdition.template_id == ReportTemplate.id)
        .where(ReportEdition.id == edition_id)
    )
    return template_of(row) if row is not None else None


@dataclass(frozen=True, slots=True)
class UsedTemplate:
    """The version of a template that an edition was made with."""

    body_id: int
    body_name: str
    document_type: DocumentType
    number: int


def template_used(session: Session, edition_id: int) -> UsedTemplate | None:
    """Return which template an edition was made with; None for what is delivered. One statement."""
    row = session.execute(
        select(ReportTemplate, Body.name)
        .join(ReportEdition, ReportEdition.template_id == ReportTemplate.id)
        .join(Body, Body.id == ReportTemplate.body_id)
        .where(ReportEdition.id == edition_id)
    ).one_or_none()
    if row is None:
        return None
    used = row.ReportTemplate
    return UsedTemplate(used.body_id, row.name, DocumentType(used.document_type), used.number)


def sections_left_out(
    session: Session, period_id: int
) -> Sequence[tuple[DocumentType, Sequence[Section]]]:
    """Return what templates leave out of the reports on a period, type by type."""
    newest = select(func.max(ReportTemplate.id)).group_by(
        ReportTemplate.body_id, ReportTemplate.document_type
    )
    rows = session.scalars(
        select(ReportTemplate).where(
            ReportTemplate.body_id == body_of_period(session, period_id),
            ReportTemplate.id.in_(newest),
        )
    )
    held = {DocumentType(row.document_type): template_of(row) for row in rows}
    found = [(kind, held[kind].left_out(kind)) for kind in DocumentType if kind in held]
    return [(kind, sections) for kind, sections in found if sections]


def body_of_period(session: Session, period_id: int) -> int | None:
    """Return the body to which the report on a period goes; None where that is not known.

    Where no session of the period is set, it is the body to which the newest report with one goes,
    else the one body that holds sessions, if there is one.
    """
    own = session.scalar(
        select(BodySession.body_id)
        .join(ReportingPeriod, ReportingPeriod.session_id == BodySession.id)
        .where(ReportingPeriod.id == period_id)
    )
    return _usual_body(session) if own is None else own


def newest_period_of(session: Session, body_id: int) -> int | None:
    """Return the newest period on which a report goes to the body; None where none does."""
    goes_there = BodySession.body_id == body_id
    if _usual_body(session) == body_id:
        goes_there |= ReportingPeriod.session_id.is_(None)
    return session.scalar(
        select(ReportingPeriod.id)
        .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
        .where(goes_there)
        .order_by(ReportingPeriod.ends_on.desc(), ReportingPeriod.id.desc())
        .limit(1)
    )


def _usual_body(session: Session) -> int | None:
    newest = session.scalar(
        select(BodySession.body_id)
        .join(ReportingPeriod, ReportingPeriod.session_id == BodySession.id)
        .order_by(ReportingPeriod.ends_on.desc(), ReportingPeriod.id.desc())
        .limit(1)
    )
    if newest is not None:
        return newest
    bodies = session.scalars(select(BodySession.body_id).distinct().limit(2)).all()
    return bodies[0] if len(bodies) == 1 else None


def template_of(row: ReportTemplate) -> HouseTemplate:
    """Return what a row says."""
    sections = tuple(Section(name) for name in row.sections.split())
    logo = Logo(**row.logo) if row.logo else None
    held = HouseTemplate(sections, row.texts, row.id, logo=logo, styles=_styles(row))
    known = [Section(name) for name in row.known_sections.split()]
    return held.told_of_new(known, DocumentType(row.document_type))


def _styles(row: ReportTemplate) -> HouseStyles | None:
    if not row.styles:
        return None
    return HouseStyles(**{**row.styles, "missing": tuple(row.styles["missing"])})


def _version(row: ReportTemplate, name: str, editions: int = 0) -> TemplateVersion:
    return TemplateVersion(
        number=row.number,
        template=template_of(row),
        restores=row.restores,
        written_at=row.written_at,
        written_by=name,
        edition_count=editions,
    )
