"""Let units be changed and closed: a version refuses stale changes, a moment says since when."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLE = "organizational_units"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(TABLE, sa.Column("version", sa.Integer(), server_default="1", nullable=False))


def downgrade() -> None:
    op.drop_column(TABLE, "version")
    op.drop_column(TABLE, "closed_at")
