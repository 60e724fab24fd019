"""Follow meetings of others: a list that the calendars of units and bodies tell."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TABLE = "followed_meetings"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(length=200), nullable=False)
            for name in ("title", "organizer", "place")
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("uid", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_followed_meetings_ends_after_start")
        ),
        sa.CheckConstraint(
            "unit_id IS NULL OR body_id IS NULL", name=op.f("ck_followed_meetings_of_one_of_them")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
            )
            for column, target in (
                ("unit_id", "organizational_units.id"),
                ("body_id", "bodies.id"),
                ("entered_by_id", "people.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed_meetings")),
    )
    for column in ("unit_id", "body_id", "entered_by_id"):
        op.create_index(op.f(f"ix_followed_meetings_{column}"), TABLE, [column])
    op.create_index(
        "uq_followed_meetings_uid",
        TABLE,
        ["uid"],
        unique=True,
        sqlite_where=sa.text("uid <> ''"),
        postgresql_where=sa.text("uid <> ''"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
