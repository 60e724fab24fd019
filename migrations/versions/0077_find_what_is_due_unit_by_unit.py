"""Let an index have what is late or due soon, unit by unit.

It held all reports by the day they are due: to count those of each unit, a start page sorted all
that is late in the house. Now it holds only the reports that wait for an answer.
"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_progress_reports_nearing", "progress_reports"
BY_UNIT = ["period_id", "unit_id", "overdue_at", "instrument_id", "submitted_at", "mandate_id"]
BY_DAY = [
    "period_id",
    "is_open",
    "overdue_at",
    "instrument_id",
    "unit_id",
    "submitted_at",
    "mandate_id",
]


def upgrade() -> None:
    op.drop_index(NAME, TABLE)
    op.create_index(
        NAME,
        TABLE,
        BY_UNIT,
        sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )


def downgrade() -> None:
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, BY_DAY)
