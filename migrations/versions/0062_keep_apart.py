"""Keep which mandates and activities look alike and are no duplicates; a decision is only added."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

TABLE = "kept_apart"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "mandate",
                "activity",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f(f"ck_{TABLE}_in_order")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["people.id"],
            name=op.f(f"fk_{TABLE}_decided_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "kind", "first_id", "second_id", name=op.f(f"uq_{TABLE}_kind_first_id_second_id")
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_decided_by_id"), TABLE, ["decided_by_id"])
    guard()


def downgrade() -> None:
    op.drop_table(TABLE)


def guard() -> None:
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
