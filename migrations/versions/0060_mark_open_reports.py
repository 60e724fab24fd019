"""Let the database work out which reports are open, so that an index has them by their due date.

Open is what is asked for, not waived and not answered yet. Without it lists of what is open pass
over all that was answered before, and on SQLite the planner takes a list of states for three
searches and a sort.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

TABLE = "progress_reports"
INDEX = "ix_progress_reports_open"
OPEN = "is_asked_for AND NOT is_waived AND review IN ('draft', 'open', 'returned')"


def upgrade() -> None:
    # SQLite adds no column that is kept with the row, PostgreSQL none that is not.
    is_kept = op.get_bind().dialect.name != "sqlite"
    reckoned = sa.Computed(OPEN, persisted=is_kept)
    op.add_column(TABLE, sa.Column("is_open", sa.Boolean(), reckoned, nullable=True))
    op.create_index(INDEX, TABLE, ["period_id", "is_open", "due_on"])


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.drop_column(TABLE, "is_open")
