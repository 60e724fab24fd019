"""Keep with each template which sections there were, so that later ones are not left out."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

TABLE = "report_templates"
SECTIONS = "introduction overview implementation activities cooperation decisions list"


def upgrade() -> None:
    # Added in place: a rebuilt table would lose the triggers that guard its history.
    op.add_column(
        TABLE,
        sa.Column(
            "known_sections",
            sa.String(length=200),
            server_default=sa.text(f"'{SECTIONS}'"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column(TABLE, "known_sections")
