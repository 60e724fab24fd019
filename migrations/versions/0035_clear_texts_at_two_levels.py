"""Let a unit have its texts cleared at a second level.

A unit says whose manager clears its texts after its own. A report holds the unit that was asked
when the first level had cleared it, so that a change of the rule leaves what is under way as it is.
The first clearance is a move of its own in the history, since the text is not cleared by it. Going
back, there is one level only, so what has passed the first is cleared.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

REVISIONS = "progress_revisions"
MOVES = ("save", "submit", "take_back", "return", "clear", "freeze")
MOVES_WITH_FIRST = ("save", "submit", "take_back", "return", "clear_first", "clear", "freeze")
UNIT_COLUMNS = (
    ("organizational_units", "second_clearance_unit_id"),
    ("progress_reports", "second_unit_id"),
)
ELSEWHERE = "second_clearance_elsewhere"


def upgrade() -> None:
    for table, column in UNIT_COLUMNS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_{column}"),
                "organizational_units",
                [column],
                ["id"],
                ondelete="RESTRICT",
            )
            if table == "organizational_units":
                batch_op.create_check_constraint(
                    batch_op.f(f"ck_{table}_{ELSEWHERE}"), f"{column} <> id"
                )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    with op.batch_alter_table(REVISIONS) as batch_op:
        check_moves(batch_op, MOVES_WITH_FIRST)
    guard_again_on_sqlite()


def downgrade() -> None:
    switch_guards_off()
    op.execute(f"UPDATE {REVISIONS} SET move = 'clear' WHERE move = 'clear_first'")  # noqa: S608 - names from above
    op.execute(
        """
        UPDATE progress_reports SET review = 'cleared', cleared_at = (
            SELECT max(decided_at) FROM clearances
            WHERE clearances.report_id = progress_reports.id AND clearances.is_cleared
        )
        WHERE review = 'submitted' AND second_unit_id IS NOT NULL
        """
    )
    with op.batch_alter_table(REVISIONS) as batch_op:
        check_moves(batch_op, MOVES)
    guard_again_on_sqlite()
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {REVISIONS} ENABLE ALWAYS TRIGGER {REVISIONS}_no_change")
    for table, column in reversed(UNIT_COLUMNS):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        with op.batch_alter_table(table) as batch_op:
            if table == "organizational_units":
                batch_op.drop_constraint(batch_op.f(f"ck_{table}_{ELSEWHERE}"), type_="check")
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch_op.drop_column(column)


def check_moves(batch_op: BatchOperations, moves: tuple[str, ...]) -> None:
    name = batch_op.f(f"ck_{REVISIONS}_move")
    batch_op.drop_constraint(name, type_="check")
    words = ", ".join(repr(move) for move in moves)
    batch_op.create_check_constraint(name, f"move IN ({words})")


def switch_guards_off() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"DROP TRIGGER {REVISIONS}_no_{change}")
    else:
        op.execute(f"ALTER TABLE {REVISIONS} DISABLE TRIGGER {REVISIONS}_no_change")


def guard_again_on_sqlite() -> None:
    # SQLite drops the triggers of a table with the table that a copy replaces.
    if op.get_bind().dialect.name != "sqlite":
        return
    for change in ("update", "delete"):
        op.execute(f"""
            CREATE TRIGGER {REVISIONS}_no_{change} BEFORE {change} ON {REVISIONS}
            BEGIN
                SELECT RAISE(ABORT, 'history in {REVISIONS} is only added to');
            END
        """)
