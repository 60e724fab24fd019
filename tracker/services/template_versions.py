"""Versions of the templates of bodies: the one that holds, and a further one behind it."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.biennial_report.house_styles import HouseStyles
from tracker.domain.biennial_report.house_templates import HouseTemplate, delivered
from tracker.domain.biennial_report.layouts import DocumentType, Section
from tracker.domain.errors import NotFound, Stale
from tracker.domain.permissions import Actor
from tracker.models.instruments import Body
from tracker.models.report_templates import ReportTemplate
from tracker.queries.report_templates import template_of
from tracker.services import audit


def rows_of(body_id: int, document_type: DocumentType) -> Select[ReportTemplate]:
    """Return the query of the versions of a template."""
    return select(ReportTemplate).where(
        ReportTemplate.body_id == body_id, ReportTemplate.document_type == document_type.value
    )


def newest_version(
    session: Session, body_id: int, document_type: DocumentType, seen_number: int
) -> ReportTemplate | None:
    """Return the version that holds, None where there is none; raise Stale for another one seen."""
    if session.get(Body, body_id) is None:
        raise NotFound("There is no such body. Choose one from the list.")
    rows = rows_of(body_id, document_type).order_by(ReportTemplate.number.desc()).limit(1)
    newest: ReportTemplate | None = session.scalar(rows)
    if (newest.number if newest else 0) != seen_number:
        raise _stale()
    return newest


def held_template(newest: ReportTemplate | None, document_type: DocumentType) -> HouseTemplate:
    """Return what a version says, what is delivered where there is none."""
    return template_of(newest) if newest else delivered(document_type)


def append_version(
    session: Session,
    body_id: int,
    document_type: DocumentType,
    newest: ReportTemplate | None,
    template: HouseTemplate,
    restores: int | None,
    *,
    actor: Actor,
    at: datetime,
) -> ReportTemplate:
    """Add a version behind ``newest``; raise Stale where somebody else was faster."""
    row = ReportTemplate(
        body_id=body_id,
        document_type=document_type.value,
        number=newest.number + 1 if newest else 1,
        sections=" ".join(template.sections),
        known_sections=" ".join(Section),
        texts={language: dict(texts) for language, texts in template.texts.items()},
        logo=asdict(template.logo) if template.logo else {},
        styles=_written(template.styles),
        restores=restores,
        written_at=at,
        written_by_id=actor.person_id,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # another session changed it since we looked
        raise _stale() from error
    audit.record(
        session,
        actor=actor,
        at=at,
        action="change_report_template" if restores is None else "restore_report_template",
        subject=row,
        before=_audited(newest) if newest else None,
        after={**_audited(row), "restores": restores},
    )
    return row


def _audited(row: ReportTemplate) -> dict[str, object]:
    return {"sections": row.sections, "texts": row.texts, "logo": row.logo, "styles": row.styles}


def _written(styles: HouseStyles | None) -> dict[str, object]:
    return {**asdict(styles), "missing": list(styles.missing)} if styles else {}


def _stale() -> Stale:
    return Stale(
        "Somebody else changed this template since you opened the page. Theirs is the newest "
        "version below: put both together and save again."
    )
