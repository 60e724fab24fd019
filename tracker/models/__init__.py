"""All tables, one file per noun; ``APPEND_ONLY`` names those that the database guards."""

from tracker.models import (
    activities,
    activity_parts,
    audit,
    biennial_reports,
    conversations,
    deliverables,
    house,
    imports,
    instruments,
    jobs,
    mandates,
    people,
    progress,
    received_mail,
    reminders,
    search,
    text_editions,
)
from tracker.models.base import Base

# History: triggers refuse update, delete and (PostgreSQL) truncate on these (DESIGN.md rule 4).
APPEND_ONLY = (
    "assignment_answers",
    "assignments",
    "audit_entries",
    "clause_corrections",
    "clearances",
    "contributing_units",
    "due_dates",
    "edition_clauses",
    "edition_files",
    "edition_revisions",
    "former_paths",
    "progress_revisions",
    "report_messages",
    "text_editions",
    "waivers",
)

__all__ = [
    "APPEND_ONLY",
    "Base",
    "activities",
    "activity_parts",
    "audit",
    "biennial_reports",
    "conversations",
    "deliverables",
    "house",
    "imports",
    "instruments",
    "jobs",
    "mandates",
    "people",
    "progress",
    "received_mail",
    "reminders",
    "search",
    "text_editions",
]
