"""Keep requests and offers of cooperation, and networks with their members."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

NOTICES, NETWORKS, MEMBERS = "cooperation_notices", "networks", "network_members"
KINDS = ("request", "offer")
PARTIES = (
    "government",
    "united_nations",
    "intergovernmental",
    "non_governmental",
    "private",
    "academic",
    "network",
)


def upgrade() -> None:
    op.create_table(
        NOTICES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("kind", KINDS), nullable=False),
        sa.Column("party", sa.String(length=200), nullable=False),
        sa.Column("party_kind", choice("party_kind", PARTIES), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("sector", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("agreement", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "valid_to >= received_on", name=op.f(f"ck_{NOTICES}_valid_to_after_received")
        ),
        foreign_key(NOTICES, "activity_id", "activities.id"),
        foreign_key(NOTICES, "entered_by_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NOTICES}")),
    )
    for column in ("country", "activity_id"):
        op.create_index(op.f(f"ix_{NOTICES}_{column}"), NOTICES, [column])
    op.create_table(
        NETWORKS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        foreign_key(NETWORKS, "entered_by_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NETWORKS}")),
        sa.UniqueConstraint("name", name=op.f(f"uq_{NETWORKS}_name")),
    )
    op.create_table(
        MEMBERS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["networks.id"],
            name=op.f(f"fk_{MEMBERS}_network_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MEMBERS}")),
    )
    op.create_index(op.f(f"ix_{MEMBERS}_network_id"), MEMBERS, ["network_id"])


def downgrade() -> None:
    for table in (MEMBERS, NETWORKS, NOTICES):
        op.drop_table(table)


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def foreign_key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )
