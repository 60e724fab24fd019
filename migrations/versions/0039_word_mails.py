"""Keep the sentences of mails that a house words itself.

Each wording is a row that is only added; with no row our own words stand.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLE = "mail_texts"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f(f"ck_{TABLE}_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["people.id"],
            name=op.f(f"fk_{TABLE}_written_by_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "key", "language", "number", name=op.f(f"uq_{TABLE}_key_language_number")
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_written_by_id"), TABLE, ["written_by_id"], unique=False)
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
