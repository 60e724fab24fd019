"""Keep how many reports wait for an answer, by unit and by the moment they become overdue.

To say what is late in each unit, a start page went through all that is late: 23,663 reports among
100,000 mandates. A report also holds now whether a dated note is an answer to it, and the triggers
of migration 0074 say whose it is, until when, and whether it has an answer of any kind.
"""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None

REPORTS, COUNTS = "progress_reports", "kept_counts"
OLD_COLUMNS = ("period_id", "instrument_id", "unit_id", "first_text_on", "counted_as")
WAITING = {
    "waiting_unit_id": "CASE WHEN {row}.counted_as = 'open' THEN {row}.unit_id END",
    "overdue_at": "CASE WHEN {row}.counted_as = 'open' THEN {row}.overdue_at END",
    "has_answer": "CASE WHEN {row}.counted_as = 'open' THEN"
    " {row}.submitted_at IS NOT NULL OR {row}.has_note END",
}
OLD_VALUES = {column: f"{{row}}.{column}" for column in OLD_COLUMNS}
NEW_VALUES = OLD_VALUES | WAITING
NOTES = """
    SELECT 1 FROM progress_entries JOIN reporting_periods ON noted_on BETWEEN starts_on AND ends_on
    WHERE progress_entries.mandate_id = {row}.mandate_id AND reporting_periods.id = {row}.period_id
"""
FILL = f"""
    INSERT INTO {COUNTS} (period_id, {", ".join(WAITING)}, count)
    SELECT period_id, unit_id, overdue_at, submitted_at IS NOT NULL OR has_note, count(*)
    FROM {REPORTS} WHERE counted_as = 'open'
    GROUP BY period_id, unit_id, overdue_at, submitted_at IS NOT NULL OR has_note
"""  # noqa: S608 - names from above
# The last column of each is new.
INDEXES = {
    "ix_progress_reports_counts": [
        "period_id",
        "is_waived",
        "is_asked_for",
        "review",
        "overdue_at",
        "unit_id",
        "submitted_at",
        "mandate_id",
        "has_note",
    ],
    "ix_progress_reports_nearing": [
        "period_id",
        "unit_id",
        "overdue_at",
        "instrument_id",
        "submitted_at",
        "mandate_id",
        "has_note",
    ],
}
WHERE = {"ix_progress_reports_nearing": ("is_open = 1", "is_open")}  # on either engine


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    stop_counting(is_sqlite=is_sqlite)
    if is_sqlite:
        # On a line of its own, as in migration 0072.
        op.execute(f"ALTER TABLE {REPORTS} ADD COLUMN has_note\nBOOLEAN DEFAULT 0 NOT NULL")
    else:
        op.add_column(
            REPORTS, sa.Column("has_note", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute(
        f"UPDATE {REPORTS} SET has_note = (1 = 1)"  # noqa: S608 - names from above
        f" WHERE EXISTS ({NOTES.format(row=REPORTS)})"
    )
    make_indexes(with_notes=True)
    op.add_column(COUNTS, sa.Column("waiting_unit_id", sa.Integer(), nullable=True))
    op.add_column(COUNTS, sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(COUNTS, sa.Column("has_answer", sa.Boolean(), nullable=True))
    op.execute(FILL)
    condition = sa.text("waiting_unit_id IS NOT NULL")
    op.create_index(
        "ix_kept_counts_waiting",
        COUNTS,
        ["period_id", *WAITING, "count"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
    if is_sqlite:
        keep_notes_on_sqlite()
    else:
        keep_notes_on_postgresql()
    count(NEW_VALUES, is_sqlite=is_sqlite)


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    stop_counting(is_sqlite=is_sqlite)
    for trigger, table in (
        ("progress_reports_note", REPORTS),
        ("progress_entries_note", "progress_entries"),
    ):
        op.execute(f"DROP TRIGGER {trigger}" + ("" if is_sqlite else f" ON {table}"))
    if not is_sqlite:
        op.execute("DROP FUNCTION learn_note()")
        op.execute("DROP FUNCTION tell_note()")
    op.drop_index("ix_kept_counts_waiting", COUNTS)
    op.execute(
        f"DELETE FROM {COUNTS} WHERE unit_id IS NULL"  # noqa: S608 - names from above
        " AND instrument_id IS NULL AND first_text_on IS NULL"
    )
    for column in WAITING:
        op.drop_column(COUNTS, column)
    make_indexes(with_notes=False)
    op.drop_column(REPORTS, "has_note")
    count(OLD_VALUES, is_sqlite=is_sqlite)


def make_indexes(*, with_notes: bool) -> None:
    for name, columns in INDEXES.items():
        op.drop_index(name, REPORTS)
        sqlite, postgresql = map(sa.text, WHERE[name]) if name in WHERE else (None, None)
        op.create_index(
            name,
            REPORTS,
            columns if with_notes else columns[:-1],
            sqlite_where=sqlite,
            postgresql_where=postgresql,
        )


def keep_notes_on_sqlite() -> None:
    is_noted = f"EXISTS ({NOTES.format(row='NEW')})"
    op.execute(f"""
        CREATE TRIGGER progress_reports_note AFTER INSERT ON progress_reports WHEN {is_noted}
        BEGIN UPDATE progress_reports SET has_note = 1 WHERE id = NEW.id; END
    """)  # noqa: S608 - words from above
    op.execute(f"""
        CREATE TRIGGER progress_entries_note AFTER INSERT ON progress_entries
        BEGIN {tell_note()}; END
    """)


def keep_notes_on_postgresql() -> None:
    op.execute(f"""
        CREATE FUNCTION learn_note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.has_note := EXISTS ({NOTES.format(row="NEW")});
            RETURN NEW;
        END $$
    """)
    op.execute(f"""
        CREATE FUNCTION tell_note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {tell_note()}; RETURN NULL; END $$
    """)
    op.execute("""
        CREATE TRIGGER progress_reports_note BEFORE INSERT ON progress_reports
        FOR EACH ROW EXECUTE FUNCTION learn_note()
    """)
    op.execute("""
        CREATE TRIGGER progress_entries_note AFTER INSERT ON progress_entries
        FOR EACH ROW EXECUTE FUNCTION tell_note()
    """)


def tell_note() -> str:
    return """
        UPDATE progress_reports SET has_note = (1 = 1)
        WHERE mandate_id = NEW.mandate_id AND NOT has_note AND period_id IN (
            SELECT id FROM reporting_periods WHERE NEW.noted_on BETWEEN starts_on AND ends_on
        )
    """


def stop_counting(*, is_sqlite: bool) -> None:
    for event in ("insert", "update", "delete"):
        where = "" if is_sqlite else f" ON {REPORTS}"
        op.execute(f"DROP TRIGGER progress_reports_counts_{event}{where}")
    if not is_sqlite:
        op.execute("DROP FUNCTION keep_counts()")


def change(values: dict[str, str], row: str, count: int) -> str:
    # The resolution comes by another trigger, on SQLite after the row.
    told = ", ".join(value.format(row=row) for value in values.values())
    return (
        f"INSERT INTO {COUNTS} ({', '.join(values)}, count) SELECT {told}, {count} "
        f"WHERE {row}.counted_as IS NOT NULL AND {row}.instrument_id IS NOT NULL"
    )


def count(values: dict[str, str], *, is_sqlite: bool) -> None:
    differs = "IS NOT" if is_sqlite else "IS DISTINCT FROM"
    is_changed = " OR ".join(
        f"({value.format(row='OLD')}) {differs} ({value.format(row='NEW')})"
        for value in values.values()
    )
    when = {"insert": "", "update": f"WHEN ({is_changed})", "delete": ""}
    added, taken = change(values, "NEW", 1), change(values, "OLD", -1)
    if is_sqlite:
        steps = {"insert": added, "update": f"{taken}; {added}", "delete": taken}
        for event, condition in when.items():
            op.execute(f"""
                CREATE TRIGGER progress_reports_counts_{event} AFTER {event} ON progress_reports
                {condition} BEGIN {steps[event]}; END
            """)
        return
    op.execute(f"""
        CREATE FUNCTION keep_counts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN {taken}; END IF;
            IF TG_OP <> 'DELETE' THEN {added}; END IF;
            RETURN NULL;
        END $$
    """)
    for event, condition in when.items():
        op.execute(f"""
            CREATE TRIGGER progress_reports_counts_{event} AFTER {event} ON progress_reports
            FOR EACH ROW {condition} EXECUTE FUNCTION keep_counts()
        """)
