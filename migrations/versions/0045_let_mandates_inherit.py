"""Let mandates inherit: what a person confirmed of a clause when a later resolution renewed it."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLE = "mandate_renewals"
LIFECYCLES = ("active", "renewed", "superseded", "elapsed", "terminated")
REFERENCES = {
    "earlier_mandate_id": "mandates.id",
    "later_instrument_id": "instruments.id",
    "later_mandate_id": "mandates.id",
    "confirmed_by_id": "people.id",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("earlier_mandate_id", sa.Integer(), nullable=False),
        sa.Column("later_instrument_id", sa.Integer(), nullable=False),
        sa.Column("later_mandate_id", sa.Integer(), nullable=True),
        sa.Column(
            "lifecycle",
            sa.Enum(
                *LIFECYCLES,
                name="lifecycle",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("likeness", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "likeness BETWEEN 0 AND 100", name=op.f(f"ck_{TABLE}_likeness_in_percent")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
            )
            for column, target in REFERENCES.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "earlier_mandate_id",
            "later_mandate_id",
            name=op.f(f"uq_{TABLE}_earlier_mandate_id_later_mandate_id"),
        ),
    )
    for column in ("earlier_mandate_id", "later_instrument_id", "later_mandate_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column], unique=False)
    guard_history()


def downgrade() -> None:
    op.drop_table(TABLE)


def guard_history() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"""
                CREATE TRIGGER {TABLE}_no_{change} BEFORE {change} ON {TABLE}
                BEGIN
                    SELECT RAISE(ABORT, 'history in {TABLE} is only added to');
                END
            """)
        return
    for name, change, reach in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(f"""
            CREATE TRIGGER {TABLE}_{name} BEFORE {change} ON {TABLE}
            FOR EACH {reach} EXECUTE FUNCTION refuse_change_of_history()
        """)
        op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_{name}")
