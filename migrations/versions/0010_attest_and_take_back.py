"""Let a text be attested again, and be taken back.

"Nothing new" says an earlier text once more under one's own name, so a revision names the one that
it attests. Whoever submitted by mistake takes the text back before a manager decides on it, which
is a move of its own in the history.
"""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLE = "progress_revisions"
MOVES = ("save", "submit", "return", "clear", "freeze")
MOVES_WITH_TAKING_BACK = ("save", "submit", "take_back", "return", "clear", "freeze")


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.add_column(sa.Column("attests_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_progress_revisions_attests_id"), ["attests_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_progress_revisions_attests_id"),
            TABLE,
            ["attests_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        check_moves(batch_op, MOVES_WITH_TAKING_BACK)
    guard_again_on_sqlite()


def downgrade() -> None:
    switch_guards_off()
    # What was taken back is told as returned, the nearest word there was.
    op.execute(f"UPDATE {TABLE} SET move = 'return' WHERE move = 'take_back'")  # noqa: S608
    with op.batch_alter_table(TABLE) as batch_op:
        check_moves(batch_op, MOVES)
        batch_op.drop_constraint(batch_op.f("fk_progress_revisions_attests_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_progress_revisions_attests_id"))
        batch_op.drop_column("attests_id")
    guard_again_on_sqlite()
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_change")


def check_moves(batch_op: BatchOperations, moves: tuple[str, ...]) -> None:
    name = batch_op.f(f"ck_{TABLE}_move")
    batch_op.drop_constraint(name, type_="check")
    words = ", ".join(repr(move) for move in moves)
    batch_op.create_check_constraint(name, f"move IN ({words})")


def switch_guards_off() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"DROP TRIGGER {TABLE}_no_{change}")
    else:
        op.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_no_change")


def guard_again_on_sqlite() -> None:
    # SQLite drops the triggers of a table with the table that a copy replaces.
    if op.get_bind().dialect.name != "sqlite":
        return
    for change in ("update", "delete"):
        op.execute(f"""
            CREATE TRIGGER {TABLE}_no_{change} BEFORE {change} ON {TABLE}
            BEGIN
                SELECT RAISE(ABORT, 'history in {TABLE} is only added to');
            END
        """)
