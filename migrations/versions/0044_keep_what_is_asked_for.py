"""Keep on each report whether its mandate is asked about, so that counts need no other table.

Triggers keep it: a mandate is confirmed, ends or is taken up again in many ways.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

TABLE = "progress_reports"
FILL = """
    UPDATE progress_reports SET is_asked_for = (
        SELECT requires_action IS TRUE AND lifecycle = 'active'
        FROM mandates WHERE mandates.id = progress_reports.mandate_id
    )
"""
INDEXES = {
    "ix_progress_reports_counts": (
        "period_id",
        "is_waived",
        "is_asked_for",
        "review",
        "overdue_at",
        "unit_id",
        "submitted_at",
        "mandate_id",
    ),
    "ix_progress_reports_due": ("period_id", "due_on"),
}


def upgrade() -> None:
    op.add_column(
        TABLE,
        sa.Column("is_asked_for", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.execute(FILL)
    for name, columns in INDEXES.items():
        op.create_index(name, TABLE, columns)
    if op.get_bind().dialect.name == "sqlite":
        keep_on_sqlite()
    else:
        keep_on_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER progress_reports_asked_for")
        op.execute("DROP TRIGGER mandates_asked_for")
    else:
        op.execute("DROP TRIGGER progress_reports_asked_for ON progress_reports")
        op.execute("DROP TRIGGER mandates_asked_for ON mandates")
        op.execute("DROP FUNCTION learn_asked_for()")
        op.execute("DROP FUNCTION tell_asked_for()")
    for name in INDEXES:
        op.drop_index(name, TABLE)
    op.drop_column(TABLE, "is_asked_for")


def keep_on_sqlite() -> None:
    op.execute("""
        CREATE TRIGGER progress_reports_asked_for AFTER INSERT ON progress_reports
        BEGIN
            UPDATE progress_reports SET is_asked_for = (
                SELECT requires_action IS TRUE AND lifecycle = 'active'
                FROM mandates WHERE mandates.id = NEW.mandate_id
            ) WHERE id = NEW.id;
        END
    """)
    op.execute("""
        CREATE TRIGGER mandates_asked_for AFTER UPDATE OF requires_action, lifecycle ON mandates
        BEGIN
            UPDATE progress_reports
            SET is_asked_for = NEW.requires_action IS TRUE AND NEW.lifecycle = 'active'
            WHERE mandate_id = NEW.id;
        END
    """)


def keep_on_postgresql() -> None:
    op.execute("""
        CREATE FUNCTION learn_asked_for() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            SELECT requires_action IS TRUE AND lifecycle = 'active' INTO NEW.is_asked_for
            FROM mandates WHERE mandates.id = NEW.mandate_id;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE FUNCTION tell_asked_for() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE progress_reports
            SET is_asked_for = NEW.requires_action IS TRUE AND NEW.lifecycle = 'active'
            WHERE mandate_id = NEW.id;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER progress_reports_asked_for BEFORE INSERT ON progress_reports
        FOR EACH ROW EXECUTE FUNCTION learn_asked_for()
    """)
    op.execute("""
        CREATE TRIGGER mandates_asked_for AFTER UPDATE OF requires_action, lifecycle ON mandates
        FOR EACH ROW EXECUTE FUNCTION tell_asked_for()
    """)
