"""Keep the counts of reports by resolution, by unit and by the day of the first text.

To count all reports of a period along three indexes took most of the time of the page of
compliance. Triggers add a row for each change of a report and touch no other, so that nobody who
writes waits for another; now and then a job adds the rows up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

TABLE = "kept_counts"
COLUMNS = ("period_id", "instrument_id", "unit_id", "first_text_on", "counted_as")
# A row for each thing that reports are counted by, of what is there.
FILL = f"""
    INSERT INTO {TABLE} ({", ".join(COLUMNS)}, count)
    SELECT period_id, instrument_id, CAST(NULL AS INTEGER), CAST(NULL AS DATE), counted_as, count(*)
    FROM progress_reports
    WHERE counted_as IS NOT NULL GROUP BY period_id, instrument_id, counted_as
    UNION ALL
    SELECT period_id, NULL, unit_id, NULL, counted_as, count(*) FROM progress_reports
    WHERE counted_as IS NOT NULL GROUP BY period_id, unit_id, counted_as
    UNION ALL
    SELECT period_id, NULL, NULL, first_text_on, NULL, count(*) FROM progress_reports
    WHERE counted_as <> 'waived' AND first_text_on IS NOT NULL GROUP BY period_id, first_text_on
"""  # noqa: S608 - names from above


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("first_text_on", sa.Date(), nullable=True),
        sa.Column("counted_as", sa.String(20), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )
    op.create_index(
        "ix_kept_counts_rows",
        TABLE,
        ["period_id", "unit_id", "first_text_on", "instrument_id", "counted_as", "count"],
    )
    op.execute(FILL)
    if op.get_bind().dialect.name == "sqlite":
        keep_on_sqlite()
    else:
        keep_on_postgresql()


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for event in ("insert", "update", "delete"):
        where = "" if is_sqlite else " ON progress_reports"
        op.execute(f"DROP TRIGGER progress_reports_counts_{event}{where}")
    if not is_sqlite:
        op.execute("DROP FUNCTION keep_counts()")
    op.drop_table(TABLE)


def change(row: str, count: int, *, where: str = "") -> str:
    values = ", ".join(f"{row}.{column}" for column in COLUMNS)
    return f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}, count) SELECT {values}, {count} {where}"


def is_counted(row: str) -> str:
    # The resolution comes by another trigger, on SQLite after the row.
    return f"{row}.counted_as IS NOT NULL AND {row}.instrument_id IS NOT NULL"


def keep_on_sqlite() -> None:
    added = change("NEW", 1, where=f"WHERE {is_counted('NEW')}")
    taken = change("OLD", -1, where=f"WHERE {is_counted('OLD')}")
    is_changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in COLUMNS)
    for event, when, steps in (
        ("insert", "", added),
        ("update", f"WHEN {is_changed}", f"{taken}; {added}"),
        ("delete", "", taken),
    ):
        op.execute(f"""
            CREATE TRIGGER progress_reports_counts_{event} AFTER {event} ON progress_reports {when}
            BEGIN {steps}; END
        """)


def keep_on_postgresql() -> None:
    op.execute(f"""
        CREATE FUNCTION keep_counts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                {change("OLD", -1, where=f"WHERE {is_counted('OLD')}")};
            END IF;
            IF TG_OP <> 'DELETE' THEN
                {change("NEW", 1, where=f"WHERE {is_counted('NEW')}")};
            END IF;
            RETURN NULL;
        END $$
    """)
    is_changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in COLUMNS)
    for event, when in (("insert", ""), ("update", f"WHEN ({is_changed})"), ("delete", "")):
        op.execute(f"""
            CREATE TRIGGER progress_reports_counts_{event} AFTER {event} ON progress_reports
            FOR EACH ROW {when} EXECUTE FUNCTION keep_counts()
        """)
