"""Guard history: rows of these tables can be added, never changed or removed.

The audit trail and the revisions must hold against a mistake in the code and against a hand at the
database. Triggers refuse update and delete of a row, on PostgreSQL also truncate. On SQLite a
REPLACE deletes past them unless the connection says recursive_triggers=on, as ours do. A later
migration that rebuilds one of these tables on SQLite loses its triggers and must make them again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDED = (
    "assignments",
    "audit_entries",
    "clause_corrections",
    "clearances",
    "due_dates",
    "edition_files",
    "edition_revisions",
    "progress_revisions",
    "waivers",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            guard_on_sqlite(table)
    else:
        make_refusal_on_postgresql()
        for table in GUARDED:
            guard_on_postgresql(table)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")
    else:
        for table in GUARDED:
            op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute("DROP FUNCTION refuse_change_of_history()")


def guard_on_sqlite(table: str) -> None:
    for change in ("update", "delete"):
        op.execute(f"""
            CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table}
            BEGIN
                SELECT RAISE(ABORT, 'history in {table} is only added to');
            END
        """)


def make_refusal_on_postgresql() -> None:
    op.execute("""
        CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'history in % is only added to', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END
        $$
    """)


def guard_on_postgresql(table: str) -> None:
    for name, change, reach in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(f"""
            CREATE TRIGGER {table}_{name} BEFORE {change} ON {table}
            FOR EACH {reach} EXECUTE FUNCTION refuse_change_of_history()
        """)
        # ALWAYS: a session that plays replica (session_replication_role) passes by other triggers.
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
