"""Name an entity outside the house that leads a mandate as well.

It has no account and is never written to; it is named where one reads who answers, and each
assignment keeps what was said then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLES = ("mandates", "assignments")
COLUMN = "joint_lead"


def upgrade() -> None:
    # Not in a copy of the table: assignments are history, and a copy loses its guards on SQLite.
    for table in TABLES:
        op.add_column(
            table,
            sa.Column(COLUMN, sa.String(length=200), server_default=sa.text("''"), nullable=False),
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, COLUMN)
