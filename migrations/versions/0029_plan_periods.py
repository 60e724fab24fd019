"""Plan reporting periods: sessions have slots for the document, periods the days that lead there.

What is there keeps its days; the new ones are not set.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0025"
branch_labels = None
depends_on = None

_DAYS = ("call_on", "clearance_on", "front_office_on")


def upgrade() -> None:
    with op.batch_alter_table("body_sessions") as batch_op:
        batch_op.add_column(sa.Column("slot_on", sa.Date(), nullable=True))
    with op.batch_alter_table("reporting_periods") as batch_op:
        for name in _DAYS:
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reporting_periods") as batch_op:
        for name in reversed(_DAYS):
            batch_op.drop_column(name)
    with op.batch_alter_table("body_sessions") as batch_op:
        batch_op.drop_column("slot_on")
