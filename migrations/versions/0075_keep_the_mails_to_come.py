"""Keep the mails to come of a large house as they were worked out last.

To work them out takes longer than a page may; a job does so at night.
"""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

OUTLOOKS, MAILS = "outlooks", "outlook_mails"


def upgrade() -> None:
    op.create_table(
        OUTLOOKS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worked_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reaches_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{OUTLOOKS}")),
    )
    op.create_table(
        MAILS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outlook_id", sa.Integer(), nullable=False),
        sa.Column("goes_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["outlook_id"], [f"{OUTLOOKS}.id"], name=op.f(f"fk_{MAILS}_outlook_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["people.id"], name=op.f(f"fk_{MAILS}_recipient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MAILS}")),
    )  # fmt: skip
    op.create_index(f"ix_{MAILS}_in_order", MAILS, ["outlook_id", "goes_out_at", "id"])
    op.create_index(op.f(f"ix_{MAILS}_recipient_id"), MAILS, ["recipient_id"])


def downgrade() -> None:
    op.drop_table(MAILS)
    op.drop_table(OUTLOOKS)
