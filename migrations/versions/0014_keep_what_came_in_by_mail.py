"""Keep what came in by mail.

People answer reminders with Reply, and servers tell of addresses that no longer take mail. Each
mail is taken once, known by its own Message-ID, and kept unchanged under its digest.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OUTCOMES = ("draft", "bounce", "late", "automatic")


def upgrade() -> None:
    op.create_table(
        "received_mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("sender", sa.String(length=320), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                *OUTCOMES, name="outcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["mail_messages.id"],
            name=op.f("fk_received_mails_answers_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_received_mails_message_id")),
    )
    op.create_index(
        op.f("ix_received_mails_answers_id"), "received_mails", ["answers_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("received_mails")
