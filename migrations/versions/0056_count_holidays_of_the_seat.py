"""Say which duty station is the seat: its holidays count in the plan of a reporting period."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

INDEX = "ix_duty_stations_seat"


def upgrade() -> None:
    with op.batch_alter_table("duty_stations") as batch_op:
        batch_op.add_column(
            sa.Column("is_seat", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.create_index(
        INDEX,
        "duty_stations",
        ["is_seat"],
        unique=True,
        sqlite_where=sa.text("is_seat"),
        postgresql_where=sa.text("is_seat"),
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="duty_stations")
    with op.batch_alter_table("duty_stations") as batch_op:
        batch_op.drop_column("is_seat")
