"""Keep which sheets were handed out to units, with which texts, and those that came back and wait.

By its code a file that comes back is known, and by its texts what changed in it and on the page.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OUTCOMES = ("draft", "bounce", "late", "automatic")


def upgrade() -> None:
    op.create_table(
        "unit_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("waiting_digest", sa.String(length=64), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_for_id", sa.Integer(), nullable=True),
        _reference("unit_id", "organizational_units"),
        _reference("period_id", "reporting_periods"),
        _reference("made_by_id", "people"),
        _reference("waiting_for_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_sheets")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_sheets_code")),
    )
    for column in ("unit_id", "period_id", "made_by_id", "waiting_for_id"):
        op.create_index(op.f(f"ix_unit_sheets_{column}"), "unit_sheets", [column])
    check_outcomes((*OUTCOMES, "sheet"))


def downgrade() -> None:
    # A mail with a sheet is told as a draft, which it became.
    op.execute("UPDATE received_mails SET outcome = 'draft' WHERE outcome = 'sheet'")
    check_outcomes(OUTCOMES)
    op.drop_table("unit_sheets")


def check_outcomes(outcomes: tuple[str, ...]) -> None:
    words = ", ".join(repr(outcome) for outcome in outcomes)
    with op.batch_alter_table("received_mails") as batch_op:
        name = batch_op.f("ck_received_mails_outcome")
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"outcome IN ({words})")


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{table}.id"], name=op.f(f"fk_unit_sheets_{column}"), ondelete="RESTRICT"
    )
