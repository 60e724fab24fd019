"""Keep the moment of the last backup, so that the set-up says how old it is."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("house") as batch_op:
        batch_op.add_column(sa.Column("backed_up_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("house") as batch_op:
        batch_op.drop_column("backed_up_at")
