"""Keep views of lists under a name, and say with whom they are shared.

A view is the end of an address, its filter and order: what it lists is found anew for each reader.
Its changes stand in the audit trail, so that the row itself can be changed and removed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

TABLE = "saved_views"
LISTS = ("search", "compliance", "resolutions", "mandates", "activities")
SHARINGS = ("nobody", "unit", "everybody")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("list", choice("list", LISTS), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("sharing", choice("sharing", SHARINGS), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(sharing = 'unit') = (unit_id IS NOT NULL)",
            name=op.f(f"ck_{TABLE}_unit_where_shared"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
            )
            for column, target in (
                ("owner_id", "people.id"),
                ("unit_id", "organizational_units.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "owner_id", "list", "name", name=op.f(f"uq_{TABLE}_owner_id_list_name")
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_unit_id"), TABLE, ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
