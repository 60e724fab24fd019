"""Keep with an edition what its numbers count, and with a dropped wording why it was dropped.

Editions that were made before have no record: it cannot be told any more what their numbers
counted, since activities change. Wordings so far were dropped without a reason.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in copies of the tables: both are guarded, and a copy loses its guards on SQLite.
    op.add_column("report_editions", sa.Column("record_digest", sa.String(length=64)))
    op.add_column(
        "report_editions",
        sa.Column("has_sources", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "report_wordings",
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("report_wordings", "reason")
    op.drop_column("report_editions", "has_sources")
    op.drop_column("report_editions", "record_digest")
