"""Keep hand-overs with the pack that each successor was given.

The history of mandates says who answered when, and not what was handed over together, by whom and
with which paper: that is held here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_by_id", sa.Integer(), nullable=False),
        sa.Column("has_left", sa.Boolean(), nullable=False),
        *foreign_keys("handovers", {"person_id": "people.id", "handed_by_id": "people.id"}),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_person_id"), "handovers", ["person_id"])
    op.create_table(
        "handover_packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        *foreign_keys(
            "handover_packs", {"handover_id": "handovers.id", "successor_id": "people.id"}
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_packs")),
    )
    for column in ("handover_id", "successor_id"):
        op.create_index(op.f(f"ix_handover_packs_{column}"), "handover_packs", [column])


def downgrade() -> None:
    op.drop_table("handover_packs")
    op.drop_table("handovers")


def foreign_keys(table: str, targets: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
        )
        for column, target in targets.items()
    ]
