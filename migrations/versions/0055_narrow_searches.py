"""Let search be narrowed by what a mandate is, and find documents.

An entry names the mandate that it is or speaks of and where that comes from, so that session,
subprogramme, nature and status are those of the mandate when somebody searches. Reports that were
submitted are found, too. Entries of activities are made anew when the program next starts, since
the symbols of their documents are among their words from now on. What the entries hold is known
already, so they are filled while the full-text index is left alone.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

TABLE = "search_entries"
KINDS = ("resolution", "mandate", "activity", "progress", "note", "person")
KINDS_WITH_DOCUMENTS = (
    "resolution",
    "mandate",
    "activity",
    "progress",
    "note",
    "document",
    "person",
)
COLUMNS = ("mandate_id", "instrument_id")
ADD = """
    INSERT INTO search_index(rowid, title_stems, text_stems)
    VALUES (new.id, new.title_stems, new.text_stems);
"""
REMOVE = """
    INSERT INTO search_index(search_index, rowid, title_stems, text_stems)
    VALUES ('delete', old.id, old.title_stems, old.text_stems);
"""
CHANGES = (("insert", ADD), ("delete", REMOVE), ("update", f"{REMOVE} {ADD}"))
# By kind, the mandate of an entry.
MANDATES = {
    "mandate": "SELECT id FROM mandates WHERE clause_id = subject_id",
    "progress": "SELECT mandate_id FROM progress_reports WHERE id = subject_id",
    "note": "SELECT mandate_id FROM progress_entries WHERE id = subject_id",
}


def upgrade() -> None:
    op.execute(f"DELETE FROM {TABLE} WHERE kind = 'activity'")  # noqa: S608 - a name from above
    leave_index_alone()
    with op.batch_alter_table(TABLE) as batch_op:
        for column in COLUMNS:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
        check_kinds(batch_op, KINDS_WITH_DOCUMENTS)
    for kind, mandate in MANDATES.items():
        op.execute(f"UPDATE {TABLE} SET mandate_id = ({mandate}) WHERE kind = '{kind}'")  # noqa: S608 - names from above
    op.execute(f"UPDATE {TABLE} SET instrument_id = subject_id WHERE kind = 'resolution'")  # noqa: S608 - names from above
    op.execute(f"""
        UPDATE {TABLE} SET instrument_id = (
            SELECT instrument_id FROM mandates WHERE mandates.id = mandate_id
        )
        WHERE mandate_id IS NOT NULL
    """)  # noqa: S608 - a name from above
    keep_index_current()


def downgrade() -> None:
    op.execute(f"DELETE FROM {TABLE} WHERE kind = 'document'")  # noqa: S608 - a name from above
    leave_index_alone()
    with op.batch_alter_table(TABLE) as batch_op:
        check_kinds(batch_op, KINDS)
        for column in COLUMNS:
            batch_op.drop_column(column)
    keep_index_current()


def check_kinds(batch_op: BatchOperations, kinds: tuple[str, ...]) -> None:
    name = batch_op.f(f"ck_{TABLE}_kind")
    batch_op.drop_constraint(name, type_="check")
    words = ", ".join(repr(kind) for kind in kinds)
    batch_op.create_check_constraint(name, f"kind IN ({words})")


def leave_index_alone() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change, _acts in CHANGES:
            op.execute(f"DROP TRIGGER {TABLE}_{change}")


def keep_index_current() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change, acts in CHANGES:
            op.execute(f"""
                CREATE TRIGGER {TABLE}_{change} AFTER {change} ON {TABLE}
                BEGIN
                    {acts}
                END
            """)
