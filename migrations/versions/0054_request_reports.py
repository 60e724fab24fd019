"""Keep whom a coordinator asked for which reports; a request is only added."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

REQUESTS = "reminder_requests"
ITEMS = "reminder_request_items"


def upgrade() -> None:
    op.create_table(
        REQUESTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=False),
        reference(REQUESTS, "requested_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{REQUESTS}")),
    )
    op.create_index(op.f(f"ix_{REQUESTS}_requested_by_id"), REQUESTS, ["requested_by_id"])
    op.create_table(
        ITEMS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        reference(ITEMS, "request_id", REQUESTS),
        reference(ITEMS, "report_id", "progress_reports"),
        reference(ITEMS, "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{ITEMS}")),
        sa.UniqueConstraint(
            "request_id",
            "report_id",
            "person_id",
            name=op.f(f"uq_{ITEMS}_request_id_report_id_person_id"),
        ),
    )
    for column in ("report_id", "person_id"):
        op.create_index(op.f(f"ix_{ITEMS}_{column}"), ITEMS, [column])
    for table in (REQUESTS, ITEMS):
        guard(table)


def downgrade() -> None:
    op.execute("DELETE FROM notifications WHERE kind = 'requested'")
    op.drop_table(ITEMS)
    op.drop_table(REQUESTS)


def reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )


def guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"""
                CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table}
                BEGIN
                    SELECT RAISE(ABORT, 'history in {table} is only added to');
                END
            """)
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
