"""The texts of a long report: composed when somebody asks for it, and kept for its pages."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.permissions import Action, Actor
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import PeriodWithEditions
from tracker.queries.kept_compositions import TASK_KIND, asked_of_composition
from tracker.services.kept_results import ask_for


def request_of_today(
    found: PeriodWithEditions, language: str, *, entity_name: str, time_zone: str, today: date
) -> EditionRequest:
    """Return what is asked for to make the report now; of a frozen period from its own texts."""
    original = found.finals[0] if found.is_frozen else None
    return EditionRequest(
        period_id=found.id,
        language=language,
        entity_name=entity_name,
        issued_on=original.issued_on(time_zone) if original else today,
        original_id=original.id if original else None,
        document_type=original.document_type if original else DocumentType.SESSION,
    )


def ask_for_composition(
    session: Session, *, period_id: int, language: str, actor: Actor, at: datetime
) -> None:
    """Have a report composed in the background, unless that is done just now."""
    ask_for(
        session,
        TASK_KIND,
        asked_of_composition(period_id, language),
        action=Action.GENERATE_REPORT,
        actor=actor,
        at=at,
    )
