"""Let reminders be paused: for everybody, or for one unit, mandate or person."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLE = "reminder_pauses"
REFERENCES = {
    "unit_id": "organizational_units.id",
    "mandate_id": "mandates.id",
    "person_id": "people.id",
    "entered_by_id": "people.id",
}
SCOPES = ("house", "unit", "mandate", "person")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(*SCOPES, name="scope", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("mandate_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f(f"ck_{TABLE}_ends_after_start")),
        sa.CheckConstraint(
            "(scope = 'unit') = (unit_id IS NOT NULL)"
            " AND (scope = 'mandate') = (mandate_id IS NOT NULL)"
            " AND (scope = 'person') = (person_id IS NOT NULL)",
            name=op.f(f"ck_{TABLE}_names_what_is_paused"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
            )
            for column, target in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("unit_id", "mandate_id", "person_id", "ends_on"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column], unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)
