"""Keep what bodies word and order themselves in their reports, and pin it in editions.

Each version is a row that is only added; with no row what is delivered stands.
"""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TABLE = "report_templates"
EDITIONS = "report_editions"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("document_type", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sections", sa.String(length=200), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f(f"ck_{TABLE}_counted_from_one")),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
            )
            for column, target in (("body_id", "bodies.id"), ("written_by_id", "people.id"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "body_id",
            "document_type",
            "number",
            name=op.f(f"uq_{TABLE}_body_id_document_type_number"),
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_written_by_id"), TABLE, ["written_by_id"], unique=False)
    guard_history()
    with op.batch_alter_table(EDITIONS) as batch_op:
        batch_op.add_column(sa.Column("template_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f(f"ix_{EDITIONS}_template_id"), ["template_id"])
        batch_op.create_foreign_key(
            batch_op.f(f"fk_{EDITIONS}_template_id"),
            TABLE,
            ["template_id"],
            ["id"],
            ondelete="RESTRICT",
        )


def downgrade() -> None:
    with op.batch_alter_table(EDITIONS) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"fk_{EDITIONS}_template_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f(f"ix_{EDITIONS}_template_id"))
        batch_op.drop_column("template_id")
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
