"""Keep the Word styles of a body with the version of its template."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

TABLE = "report_templates"


def upgrade() -> None:
    # Added in place: a rebuilt table would lose the triggers that guard its history.
    op.add_column(
        TABLE, sa.Column("styles", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)
    )


def downgrade() -> None:
    op.drop_column(TABLE, "styles")
