"""Let units be changed and closed, and keep a directory of national focal points.

A version refuses stale changes of a unit, a moment says since when it is closed. National focal
points have no account: their table names nobody to whom mail could go.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0030"
branch_labels = None
depends_on = None

UNITS = "organizational_units"
FOCAL_POINTS = "national_focal_points"


def upgrade() -> None:
    op.add_column(UNITS, sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(UNITS, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_table(
        FOCAL_POINTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=False),
        sa.Column("institution", sa.String(length=300), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column("designated_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "institution <> '' OR person <> ''", name=op.f(f"ck_{FOCAL_POINTS}_somebody_is_named")
        ),
        sa.CheckConstraint(
            "valid_to >= valid_from", name=op.f(f"ck_{FOCAL_POINTS}_valid_to_after_from")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"],
            ["people.id"],
            name=op.f(f"fk_{FOCAL_POINTS}_entered_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{FOCAL_POINTS}")),
    )
    op.create_index(op.f(f"ix_{FOCAL_POINTS}_country"), FOCAL_POINTS, ["country"])


def downgrade() -> None:
    op.drop_table(FOCAL_POINTS)
    op.drop_column(UNITS, "version")
    op.drop_column(UNITS, "closed_at")
