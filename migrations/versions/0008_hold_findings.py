"""Hold what is understood of each clause, with its words and what a person made of it.

Addressee, nature and the like stood as plain columns of a mandate, with nothing to show which words
said so, and there was no room for partners, conditions and several asks. Each finding is a row. The
columns of the mandate stay: they hold what is accepted, for lists and filters.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FIELDS = (
    "action_verb",
    "addressee",
    "partner",
    "nature",
    "concerns_us",
    "periodicity",
    "occasion",
    "condition",
    "action_point",
    "subject",
)


def upgrade() -> None:
    op.create_table(
        "mandate_findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("field", _words(*FIELDS, name="field"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=True),
        sa.Column("ends_at", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column(
            "decision", _words("accepted", "refused", "added", name="decision"), nullable=True
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_mandate_findings_decided_with_moment"),
        ),
        sa.CheckConstraint(
            "(starts_at IS NULL) = (ends_at IS NULL)",
            name=op.f("ck_mandate_findings_starts_with_end"),
        ),
        sa.CheckConstraint(
            "confidence BETWEEN 0 AND 100",
            name=op.f("ck_mandate_findings_confidence_in_percent"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["people.id"],
            name=op.f("fk_mandate_findings_decided_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["mandate_id"],
            ["mandates.id"],
            name=op.f("fk_mandate_findings_mandate_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_findings")),
        sa.UniqueConstraint(
            "mandate_id", "position", name=op.f("uq_mandate_findings_mandate_id_position")
        ),
    )
    op.create_index(
        op.f("ix_mandate_findings_decided_by_id"), "mandate_findings", ["decided_by_id"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_mandate_findings_decided_by_id"), table_name="mandate_findings")
    op.drop_table("mandate_findings")


def _words(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
