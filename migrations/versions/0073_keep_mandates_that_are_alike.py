"""Keep which mandates ask much the same, and when each was compared with all others.

A job finds them by their words at night, some thousand at a time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

ALIKE, COMPARED = "alike_mandates", "compared_mandates"


def upgrade() -> None:
    op.create_table(
        ALIKE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f(f"ck_{ALIKE}_in_order")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["mandates.id"], name=op.f(f"fk_{ALIKE}_{column}"), ondelete="CASCADE"
            )
            for column in ("first_id", "second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ALIKE}")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f(f"uq_{ALIKE}_first_id_second_id")),
    )
    op.create_index(op.f(f"ix_{ALIKE}_second_id"), ALIKE, ["second_id"])
    op.create_table(
        COMPARED,
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandates.id"], name=op.f(f"fk_{COMPARED}_mandate_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mandate_id", name=op.f(f"pk_{COMPARED}")),
    )  # fmt: skip
    op.create_index(op.f(f"ix_{COMPARED}_compared_at"), COMPARED, ["compared_at"])


def downgrade() -> None:
    op.drop_table(COMPARED)
    op.drop_table(ALIKE)
