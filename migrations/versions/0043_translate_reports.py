"""Keep with a wording of the report the original that it translates."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report_wordings", sa.Column("source", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("report_wordings", "source")
