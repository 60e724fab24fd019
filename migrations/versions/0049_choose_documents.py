"""Pin in an edition of the report what document it is, and what it is limited to."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

COLUMNS = (("document_type", 20, "session"), ("scope", 40, "whole"), ("scope_name", 400, ""))


def upgrade() -> None:
    for name, length, default in COLUMNS:
        op.add_column(
            "report_editions",
            sa.Column(
                name, sa.String(length), server_default=sa.text(f"'{default}'"), nullable=False
            ),
        )


def downgrade() -> None:
    for name, _, _ in COLUMNS:
        op.drop_column("report_editions", name)
