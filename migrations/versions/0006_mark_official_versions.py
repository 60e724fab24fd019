"""Say of each language of a text whether it is official.

A language version issued by the documents service and a translation of the secretariat's own looked
alike. What is there was imported as official text.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "instrument_texts",
        sa.Column("is_official", sa.Boolean(), server_default=sa.true(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("instrument_texts", "is_official")
