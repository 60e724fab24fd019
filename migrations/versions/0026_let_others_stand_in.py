"""Keep absences with who stands in, and say in whose place a text was submitted or cleared."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0029"
branch_labels = None
depends_on = None

HISTORY = ("clearances", "progress_revisions")
PEOPLE = ("person_id", "deputy_id", "officer_id", "entered_by_id")
INDEXED = ("person_id", "ends_on", "deputy_id", "officer_id")


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_absences_ends_after_start")),
        sa.CheckConstraint(
            "deputy_id IS NOT NULL OR officer_id IS NOT NULL",
            name=op.f("ck_absences_somebody_stands_in"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["people.id"], name=op.f(f"fk_absences_{column}"), ondelete="RESTRICT"
            )
            for column in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_absences_{column}"), "absences", [column])
    for table in HISTORY:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("in_place_of_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_in_place_of_id"),
                "people",
                ["in_place_of_id"],
                ["id"],
                ondelete="RESTRICT",
            )
        guard_again_on_sqlite(table)


def downgrade() -> None:
    for table in HISTORY:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_in_place_of_id"), type_="foreignkey")
            batch_op.drop_column("in_place_of_id")
        guard_again_on_sqlite(table)
    op.drop_table("absences")


def guard_again_on_sqlite(table: str) -> None:
    # SQLite drops the triggers of a table with the table that a copy replaces.
    if op.get_bind().dialect.name != "sqlite":
        return
    for change in ("update", "delete"):
        op.execute(f"""
            CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table}
            BEGIN
                SELECT RAISE(ABORT, 'history in {table} is only added to');
            END
        """)
