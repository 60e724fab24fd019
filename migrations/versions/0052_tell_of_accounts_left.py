"""Tell of people: an account that a coordinator asks to close, a post that nobody fills.

A hand-over by a coordinator says what becomes of the account; a notification can be about a person.
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

CLOSINGS = ("asked", "done", "declined")


def upgrade() -> None:
    with op.batch_alter_table("handovers") as batch_op:
        batch_op.add_column(sa.Column("closing", sa.String(length=40), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_handovers_closing"), sa.column("closing").in_(CLOSINGS)
        )
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_notifications_about_id"), ["about_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_notifications_about_id"),
            "people",
            ["about_id"],
            ["id"],
            ondelete="RESTRICT",
        )


def downgrade() -> None:
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notifications_about_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_notifications_about_id"))
        batch_op.drop_column("about_id")
    with op.batch_alter_table("handovers") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_handovers_closing"), type_="check")
        batch_op.drop_column("closing")
