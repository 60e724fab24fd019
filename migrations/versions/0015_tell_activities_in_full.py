"""Tell activities in full: money, participants, documents, modules, requests, what they belong to.

An activity had quantities, countries and partners. What a programme officer writes down besides had
no place but the description. Countries in which, or with which, it took place stay as they are;
those studied, hosting, invited and taking part are told apart. Going back drops what had no place.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PARTS = ("concerned", "studied", "hosting", "invited", "taking_part")
MODALITIES = ("south_south", "triangular", "north_south", "regional", "national")
ROWS = (
    "activity_adopters",
    "activity_attendances",
    "activity_documents",
    "activity_frameworks",
    "activity_funds",
    "activity_modules",
    "activity_requests",
)


def upgrade() -> None:
    with op.batch_alter_table("activities") as table:
        table.add_column(sa.Column("modality", _words(*MODALITIES, name="modality"), nullable=True))
        for name in ("sector", "priority_of"):
            table.add_column(
                sa.Column(name, sa.String(200), server_default=sa.text("''"), nullable=False)
            )
        table.add_column(
            sa.Column("is_good_practice", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    _tell_parts_of_countries()
    _create_rows()


def downgrade() -> None:
    for name in ROWS:
        op.drop_index(op.f(f"ix_{name}_activity_id"), table_name=name)
        op.drop_table(name)
    _forget_parts_of_countries()
    with op.batch_alter_table("activities") as table:
        table.drop_constraint(op.f("ck_activities_modality"), type_="check")
        for name in ("is_good_practice", "priority_of", "sector", "modality"):
            table.drop_column(name)


def _tell_parts_of_countries() -> None:
    """Build the table anew: its key becomes wider, which no database does in place alike."""
    op.rename_table("activity_countries", "activity_countries_before")
    _drop_key("activity_countries_before")
    op.create_table(
        "activity_countries",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("part", _words(*PARTS, name="part"), nullable=False),
        _activity("activity_countries"),
        sa.PrimaryKeyConstraint(
            "activity_id", "country", "part", name=op.f("pk_activity_countries")
        ),
    )
    op.execute(
        "INSERT INTO activity_countries (activity_id, country, part) "
        "SELECT activity_id, country, 'concerned' FROM activity_countries_before"
    )
    op.drop_table("activity_countries_before")


def _forget_parts_of_countries() -> None:
    op.rename_table("activity_countries", "activity_countries_after")
    _drop_key("activity_countries_after")
    op.create_table(
        "activity_countries",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(3), nullable=False),
        _activity("activity_countries"),
        sa.PrimaryKeyConstraint("activity_id", "country", name=op.f("pk_activity_countries")),
    )
    op.execute(
        "INSERT INTO activity_countries (activity_id, country) "
        "SELECT DISTINCT activity_id, country FROM activity_countries_after"
    )
    op.drop_table("activity_countries_after")


def _drop_key(table: str) -> None:
    """Free the names of the keys: PostgreSQL keeps them when a table is renamed."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("pk_activity_countries"), table, type_="primary")
        op.drop_constraint(op.f("fk_activity_countries_activity_id"), table, type_="foreignkey")


def _create_rows() -> None:
    _create("activity_adopters", sa.Column("name", sa.String(200), nullable=False))
    _create(
        "activity_attendances",
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(200), nullable=False),
        sa.Column("country", sa.String(3), nullable=True),
        sa.Column("is_at_least", sa.Boolean(), nullable=False),
        sa.CheckConstraint("count >= 1", name=op.f("ck_activity_attendances_somebody")),
    )
    kinds = ("document", "commitment", "plan_of_action", "agreement", "resolution")
    _create(
        "activity_documents",
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("kind", _words(*kinds, name="kind"), nullable=False),
        sa.Column("symbol", sa.String(80), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
    )
    _create(
        "activity_frameworks",
        sa.Column("kind", _words("agreement", "process", "network", name="kind"), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
    )
    _create(
        "activity_funds",
        sa.Column(
            "source", _words("regular_budget", "extrabudgetary", name="source"), nullable=False
        ),
        sa.Column("donor", sa.String(200), nullable=False),
        sa.Column("budget", sa.Numeric(14, 2), nullable=True),
        sa.Column("expenditure", sa.Numeric(14, 2), nullable=True),
        sa.CheckConstraint(
            "budget >= 0 AND expenditure >= 0", name=op.f("ck_activity_funds_not_negative")
        ),
    )
    _create(
        "activity_modules",
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
    )
    _create(
        "activity_requests",
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
    )


def _create(name: str, *columns: sa.Column[object] | sa.CheckConstraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        *columns,
        _activity(name),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_activity_id"), name, ["activity_id"])


def _activity(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["activity_id"], ["activities.id"], name=op.f(f"fk_{table}_activity_id"), ondelete="CASCADE"
    )


def _words(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
