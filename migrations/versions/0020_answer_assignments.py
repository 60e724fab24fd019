"""Let an assignment be answered, name a deputy, and ask other units to contribute.

Whoever is given a mandate takes it on or declines it with a reason: each answer is a row, guarded
like the assignment itself. What was assigned before waits for no answer. A deputy stands in for the
focal point; the units that contribute are asked for their part in each report.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

HISTORY = ("assignment_answers", "contributing_units")
ACCEPTANCES = ("waiting", "accepted", "declined")


def upgrade() -> None:
    with op.batch_alter_table("mandates") as batch_op:
        batch_op.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("acceptance", _acceptance(), nullable=True))
        batch_op.create_index(batch_op.f("ix_mandates_deputy_id"), ["deputy_id"])
        batch_op.create_index(batch_op.f("ix_mandates_acceptance"), ["acceptance"])
        batch_op.create_foreign_key(
            batch_op.f("fk_mandates_deputy_id"),
            "people",
            ["deputy_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    with op.batch_alter_table("assignments") as batch_op:
        batch_op.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_assignments_deputy_id"), ["deputy_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_assignments_deputy_id"),
            "people",
            ["deputy_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    guard_again_on_sqlite("assignments")
    op.create_table(
        "contributing_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        _reference("contributing_units", "assignment_id", "assignments"),
        _reference("contributing_units", "unit_id", "organizational_units"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributing_units")),
        sa.UniqueConstraint(
            "assignment_id", "unit_id", name=op.f("uq_contributing_units_assignment_id_unit_id")
        ),
    )
    op.create_index(op.f("ix_contributing_units_unit_id"), "contributing_units", ["unit_id"])
    op.create_table(
        "assignment_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "is_accepted OR reason <> ''", name=op.f("ck_assignment_answers_decline_has_reason")
        ),
        _reference("assignment_answers", "assignment_id", "assignments"),
        _reference("assignment_answers", "answered_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_answers")),
    )
    for column in ("assignment_id", "answered_by_id"):
        op.create_index(op.f(f"ix_assignment_answers_{column}"), "assignment_answers", [column])
    for table in HISTORY:
        guard(table)


def downgrade() -> None:
    for table in HISTORY:
        op.drop_table(table)
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"DROP TRIGGER assignments_no_{change}")
    for table in ("assignments", "mandates"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_deputy_id"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_{table}_deputy_id"))
            batch_op.drop_column("deputy_id")
            if table == "mandates":
                batch_op.drop_index(batch_op.f("ix_mandates_acceptance"))
                batch_op.drop_constraint(batch_op.f("ck_mandates_acceptance"), type_="check")
                batch_op.drop_column("acceptance")
    guard_again_on_sqlite("assignments")


def _acceptance() -> sa.Enum:
    return sa.Enum(
        *ACCEPTANCES, name="acceptance", native_enum=False, create_constraint=True, length=40
    )


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )


def guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        guard_again_on_sqlite(table)
        return
    for name, change, reach in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(f"""
            CREATE TRIGGER {table}_{name} BEFORE {change} ON {table}
            FOR EACH {reach} EXECUTE FUNCTION refuse_change_of_history()
        """)
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")


def guard_again_on_sqlite(table: str) -> None:
    # SQLite drops the triggers of a table with the table that a copy replaces.
    if op.get_bind().dialect.name != "sqlite":
        return
    for change in ("update", "delete"):
        op.execute(f"""
            CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table}
            BEGIN
                SELECT RAISE(ABORT, 'history in {table} is only added to');
            END
        """)
