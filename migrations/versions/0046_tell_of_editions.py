"""Tell of editions: a notification can be about an edition that waits for a signature."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.add_column(sa.Column("edition_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_notifications_edition_id"), ["edition_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_notifications_edition_id"),
            "report_editions",
            ["edition_id"],
            ["id"],
            ondelete="RESTRICT",
        )


def downgrade() -> None:
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notifications_edition_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_notifications_edition_id"))
        batch_op.drop_column("edition_id")
