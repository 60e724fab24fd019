"""Keep the logo of a body with the version of its template."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

TABLE = "report_templates"


def upgrade() -> None:
    # Added in place: a rebuilt table would lose the triggers that guard its history.
    op.add_column(
        TABLE, sa.Column("logo", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)
    )


def downgrade() -> None:
    op.drop_column(TABLE, "logo")
