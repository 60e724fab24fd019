"""Keep corrected editions of adopted texts, and what hangs on words that were corrected.

A corrected edition takes the place of the text that was there: the earlier text stays as history,
paragraph by paragraph, and is guarded. A clause that it drops keeps its row, its mandate and its
reports, out of the text. Other languages of a corrected clause are out of date, and what a person
decided on words that changed is to be looked at again. Declarations and other annexes become
instruments of their own that name the resolution they belong to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MARKS = (
    ("instrument_texts", "is_out_of_date"),
    ("clause_texts", "is_out_of_date"),
    ("clauses", "is_dropped"),
    ("mandates", "needs_look"),
    ("mandate_findings", "needs_look"),
)
HISTORY = ("text_editions", "edition_clauses")
KINDS = ("resolution", "decision", "agreement", "plan_of_action")
FATES = ("same", "changed", "added", "dropped")
BLOCKS = (
    "frontmatter",
    "title",
    "opener",
    "preambular",
    "heading",
    "operative",
    "annex",
    "footnote",
    "closing",
)


def upgrade() -> None:
    for table, column in MARKS:
        op.add_column(
            table, sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("instruments") as batch:
        batch.drop_constraint(op.f("ck_instruments_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_instruments_kind"), _one_of("kind", *KINDS, "annex"))
        batch.add_column(sa.Column("annexed_to_id", sa.Integer(), nullable=True))
        batch.create_index(op.f("ix_instruments_annexed_to_id"), ["annexed_to_id"])
        batch.create_foreign_key(
            op.f("fk_instruments_annexed_to_id"),
            "instruments",
            ["annexed_to_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    op.create_table(
        "text_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("before_title", sa.Text(), nullable=False),
        sa.Column("after_title", sa.Text(), nullable=False),
        sa.Column("before_file_id", sa.Integer(), nullable=True),
        sa.Column("after_file_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        _reference("text_editions", "instrument_id", "instruments"),
        _reference("text_editions", "before_file_id", "source_files"),
        _reference("text_editions", "after_file_id", "source_files"),
        _reference("text_editions", "taken_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_editions")),
    )
    for column in ("instrument_id", "before_file_id", "after_file_id", "taken_by_id"):
        op.create_index(f"ix_text_editions_{column}", "text_editions", [column])
    op.create_table(
        "edition_clauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("fate", _words(*FATES, name="fate"), nullable=False),
        sa.Column("kind", _words(*BLOCKS, name="kind"), nullable=False),
        sa.Column("before_position", sa.Integer(), nullable=True),
        sa.Column("before_number", sa.String(length=40), nullable=True),
        sa.Column("before_path", sa.String(length=80), nullable=True),
        sa.Column("before_text", sa.Text(), nullable=True),
        sa.Column("after_position", sa.Integer(), nullable=True),
        sa.Column("after_path", sa.String(length=80), nullable=True),
        sa.Column("after_text", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(before_position IS NULL) = (before_text IS NULL)",
            name=op.f("ck_edition_clauses_before_is_whole"),
        ),
        sa.CheckConstraint(
            "(after_position IS NULL) = (after_text IS NULL)",
            name=op.f("ck_edition_clauses_after_is_whole"),
        ),
        sa.CheckConstraint(
            "before_text IS NOT NULL OR after_text IS NOT NULL",
            name=op.f("ck_edition_clauses_stood_once"),
        ),
        _reference("edition_clauses", "edition_id", "text_editions"),
        _reference("edition_clauses", "clause_id", "clauses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_clauses")),
        sa.UniqueConstraint(
            "edition_id", "clause_id", name=op.f("uq_edition_clauses_edition_id_clause_id")
        ),
    )
    op.create_index("ix_edition_clauses_clause_id", "edition_clauses", ["clause_id"])
    for table in HISTORY:
        guard(table)


def downgrade() -> None:
    for table in reversed(HISTORY):  # dropping a table takes its guards with it
        op.drop_table(table)
    # What was dropped from a text goes on as a clause at its end; an annex as a plan of action.
    op.execute("UPDATE instruments SET kind = 'plan_of_action' WHERE kind = 'annex'")
    with op.batch_alter_table("instruments") as batch:
        batch.drop_constraint(op.f("fk_instruments_annexed_to_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_instruments_annexed_to_id"))
        batch.drop_column("annexed_to_id")
        batch.drop_constraint(op.f("ck_instruments_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_instruments_kind"), _one_of("kind", *KINDS))
    for table, column in reversed(MARKS):
        op.drop_column(table, column)


def guard(table: str) -> None:
    """Refuse every change of a row, as migration 0002 does for the other tables of history."""
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


def _one_of(column: str, *words: str) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


def _words(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )
