"""Hold with each report its resolution, the day of its first text and as what it counts.

Indexes then have all the counts of compliance: by resolution, by unit and by day. The database
works out as what a report counts, and triggers keep the other two, whoever writes the rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

TABLE = "progress_reports"
COUNTED_AS = (
    "CASE WHEN is_asked_for OR review IN ('cleared', 'frozen', 'submitted') THEN CASE "
    "WHEN is_waived THEN 'waived' WHEN review IN ('cleared', 'frozen') THEN 'cleared' "
    "WHEN review = 'submitted' THEN 'submitted' ELSE 'open' END END"
)
FILL = """
    UPDATE progress_reports SET
        instrument_id = (SELECT instrument_id FROM mandates WHERE mandates.id = mandate_id),
        first_text_on = (
            SELECT {day} FROM progress_revisions
            WHERE report_id = progress_reports.id AND move = 'submit'
        )
"""
INDEXES = {
    "ix_progress_reports_by_resolution": ("period_id", "instrument_id", "counted_as", "unit_id"),
    "ix_progress_reports_by_unit": ("period_id", "unit_id", "counted_as"),
    "ix_progress_reports_by_first_text": ("period_id", "first_text_on", "counted_as"),
    "ix_progress_reports_nearing": (
        "period_id",
        "is_open",
        "overdue_at",
        "instrument_id",
        "unit_id",
        "submitted_at",
        "mandate_id",
    ),
}


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        # On a line of its own: what is_open is worked out from is read up to the last bracket of
        # the line, where a later migration builds the table anew.
        op.execute(f"ALTER TABLE {TABLE} ADD COLUMN instrument_id\nINTEGER")
    else:
        op.add_column(TABLE, sa.Column("instrument_id", sa.Integer(), nullable=True))
    op.add_column(TABLE, sa.Column("first_text_on", sa.Date(), nullable=True))
    reckoned = sa.Computed(COUNTED_AS, persisted=not is_sqlite)
    op.add_column(TABLE, sa.Column("counted_as", sa.String(20), reckoned, nullable=True))
    earliest = "min(written_at)"
    day = f"date({earliest})" if is_sqlite else f"CAST({earliest} AT TIME ZONE 'UTC' AS date)"
    op.execute(FILL.format(day=day))
    for name, columns in INDEXES.items():
        op.create_index(name, TABLE, columns)
    if is_sqlite:
        keep_on_sqlite()
    else:
        keep_on_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER progress_reports_resolution")
        op.execute("DROP TRIGGER mandates_resolution")
        op.execute("DROP TRIGGER progress_revisions_first_text")
    else:
        op.execute("DROP TRIGGER progress_reports_resolution ON progress_reports")
        op.execute("DROP TRIGGER mandates_resolution ON mandates")
        op.execute("DROP TRIGGER progress_revisions_first_text ON progress_revisions")
        for function in ("learn_resolution", "tell_resolution", "tell_first_text"):
            op.execute(f"DROP FUNCTION {function}()")
    for name in INDEXES:
        op.drop_index(name, TABLE)
    for column in ("counted_as", "first_text_on", "instrument_id"):
        op.drop_column(TABLE, column)


def keep_on_sqlite() -> None:
    op.execute("""
        CREATE TRIGGER progress_reports_resolution AFTER INSERT ON progress_reports
        BEGIN
            UPDATE progress_reports SET instrument_id = (
                SELECT instrument_id FROM mandates WHERE mandates.id = NEW.mandate_id
            ) WHERE id = NEW.id;
        END
    """)
    op.execute("""
        CREATE TRIGGER mandates_resolution AFTER UPDATE OF instrument_id ON mandates
        BEGIN
            UPDATE progress_reports SET instrument_id = NEW.instrument_id
            WHERE mandate_id = NEW.id;
        END
    """)
    op.execute("""
        CREATE TRIGGER progress_revisions_first_text AFTER INSERT ON progress_revisions
        WHEN NEW.move = 'submit'
        BEGIN
            UPDATE progress_reports SET first_text_on = date(NEW.written_at)
            WHERE id = NEW.report_id
            AND (first_text_on IS NULL OR first_text_on > date(NEW.written_at));
        END
    """)


def keep_on_postgresql() -> None:
    op.execute("""
        CREATE FUNCTION learn_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            SELECT instrument_id INTO NEW.instrument_id
            FROM mandates WHERE mandates.id = NEW.mandate_id;
            RETURN NEW;
        END $$
    """)
    op.execute("""
        CREATE FUNCTION tell_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE progress_reports SET instrument_id = NEW.instrument_id
            WHERE mandate_id = NEW.id;
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE FUNCTION tell_first_text() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE written_on date := CAST(NEW.written_at AT TIME ZONE 'UTC' AS date);
        BEGIN
            UPDATE progress_reports SET first_text_on = written_on
            WHERE id = NEW.report_id AND (first_text_on IS NULL OR first_text_on > written_on);
            RETURN NULL;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER progress_reports_resolution BEFORE INSERT ON progress_reports
        FOR EACH ROW EXECUTE FUNCTION learn_resolution()
    """)
    op.execute("""
        CREATE TRIGGER mandates_resolution AFTER UPDATE OF instrument_id ON mandates
        FOR EACH ROW EXECUTE FUNCTION tell_resolution()
    """)
    op.execute("""
        CREATE TRIGGER progress_revisions_first_text AFTER INSERT ON progress_revisions
        FOR EACH ROW WHEN (NEW.move = 'submit') EXECUTE FUNCTION tell_first_text()
    """)
