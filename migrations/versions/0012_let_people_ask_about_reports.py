"""Let people ask about reports: a question to the manager, or more time, and the answer.

Both were asked by mail, where nobody else saw them and a granted extension had to be typed in
again. They stand with the report now, as history that is only added to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = "report_messages"
KINDS = ("question", "answer", "more_time_asked", "more_time_given", "more_time_refused")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('question', 'more_time_asked')) = (answers_id IS NULL)",
            name=op.f("ck_report_messages_answers_what_was_asked"),
        ),
        sa.CheckConstraint(
            "(kind IN ('more_time_asked', 'more_time_given')) = (wanted_on IS NOT NULL)",
            name=op.f("ck_report_messages_time_has_date"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [target],
                name=op.f(f"fk_report_messages_{column}"),
                ondelete="RESTRICT",
            )
            for column, target in (
                ("report_id", "progress_reports.id"),
                ("answers_id", "report_messages.id"),
                ("written_by_id", "people.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_messages")),
    )
    for column in ("report_id", "answers_id", "written_by_id"):
        op.create_index(op.f(f"ix_report_messages_{column}"), TABLE, [column], unique=False)
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
