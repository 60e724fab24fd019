"""Say who gave an answer that another person entered.

A coordinator enters what was said by telephone, and several people write from one shared mailbox.
The revision names who it was and how, beside the account it was entered with.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place on both engines, so that the guards of history stay on the table.
    op.add_column(
        "progress_revisions",
        sa.Column("given_by", sa.String(length=200), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("progress_revisions", "given_by")
