"""Word the report: the editor's wording of a passage, beside what is composed from cleared texts.

Editors changed sentences in the Word file, where the next edition lost them. Each wording is a row
with its author and what it stood in the place of, and is only added to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLE = "report_wordings"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("passage", sa.String(length=80), nullable=False),
        sa.Column("composed", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("is_from_copy", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [target],
                name=op.f(f"fk_report_wordings_{column}"),
                ondelete="RESTRICT",
            )
            for column, target in (
                ("period_id", "reporting_periods.id"),
                ("written_by_id", "people.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_wordings")),
    )
    op.create_index(
        "ix_report_wordings_passage", TABLE, ["period_id", "language", "passage"], unique=False
    )
    op.create_index(
        op.f("ix_report_wordings_written_by_id"), TABLE, ["written_by_id"], unique=False
    )
    guard_history()


def downgrade() -> None:
    op.drop_table(TABLE)


def guard_history() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"""
                CREATE TRIGGER {TABLE}_no_{change} BEFORE {change} ON {TABLE}
                BEGIN
                    SELECT RAISE(ABORT, 'history in {TABLE} is only added to');
                END
            """)
        return
    for name, change, reach in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(f"""
            CREATE TRIGGER {TABLE}_{name} BEFORE {change} ON {TABLE}
            FOR EACH {reach} EXECUTE FUNCTION refuse_change_of_history()
        """)
        op.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_{name}")
