"""Keep what the machine finds when it looks whether the links of evidence still lead anywhere."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0035"
branch_labels = None
depends_on = None

_PROBLEMS = ("gone", "failed", "unreachable", "not_public")


def upgrade() -> None:
    op.create_table(
        "link_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "problem",
            sa.Enum(
                *_PROBLEMS,
                name="problem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("failure_count", sa.Integer(), nullable=False),
        sa.Column("dead_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence.id"],
            name=op.f("fk_link_checks_evidence_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_checks")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_link_checks_evidence_id")),
    )


def downgrade() -> None:
    op.drop_table("link_checks")
