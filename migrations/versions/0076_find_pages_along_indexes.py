"""Let indexes have what lists show first, and the few that every page counts.

Activities come by title and by the day they start: without an index a page of fifty sorts all.
Few are confidential, few reports wait for clearance, fewer at a second level: each has an index
that holds these alone. Mandates of one nature are counted by it, of a unit or of all.
"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

ACTIVITIES, REPORTS = "activities", "progress_reports"
SECOND = "ix_progress_reports_second_unit_id"
SORTED = {
    "ix_activities_by_title": ["title", "id"],
    "ix_activities_by_start": ["starts_on", "title", "id"],
}
TO_CLEAR = ["unit_id", "review", "submitted_at", "id", "period_id", "is_waived"]


def upgrade() -> None:
    for name, columns in SORTED.items():
        op.create_index(name, ACTIVITIES, columns)
    op.create_index("ix_mandates_nature", "mandates", ["nature", "lead_unit_id"])
    _index("ix_activities_confidential", ACTIVITIES, ["unit_id"], "sensitivity = 'confidential'")
    _index(
        "ix_progress_reports_to_clear",
        REPORTS,
        TO_CLEAR,
        "review = 'submitted' AND second_unit_id IS NULL",
    )
    op.drop_index(SECOND, REPORTS)
    _index(SECOND, REPORTS, ["second_unit_id"], "second_unit_id IS NOT NULL")


def downgrade() -> None:
    op.drop_index(SECOND, REPORTS)
    op.create_index(SECOND, REPORTS, ["second_unit_id"])
    op.drop_index("ix_progress_reports_to_clear", REPORTS)
    op.drop_index("ix_mandates_nature", "mandates")
    for name in ("ix_activities_confidential", *SORTED):
        op.drop_index(name, ACTIVITIES)


def _index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
