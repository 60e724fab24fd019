"""Keep where mandates are reviewed before a renewal, and what is recommended (only added)."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

BODIES = "body_reviews"
TABLE = "mandate_recommendations"


def upgrade() -> None:
    op.create_table(
        BODIES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("request", sa.String(length=200), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(request = '') = (requested_on IS NULL)", name=op.f(f"ck_{BODIES}_request_has_day")
        ),
        reference(BODIES, "body_id", "bodies"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{BODIES}")),
        sa.UniqueConstraint("body_id", name=op.f(f"uq_{BODIES}_body_id")),
    )
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column(
            "recommendation",
            sa.Enum(
                "retain",
                "revise",
                "retire",
                name="recommendation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f(f"ck_{TABLE}_has_reason")),
        reference(TABLE, "mandate_id", "mandates"),
        reference(TABLE, "given_by_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("mandate_id", "given_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    guard()


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_table(BODIES)


def reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )


def guard() -> None:
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
