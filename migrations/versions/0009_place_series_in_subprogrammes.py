"""Place series in subprogrammes.

The standing list of mandates is kept per subprogramme: a series of instruments that renew one
another belongs to one, or to the whole programme of work where none is named.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("instrument_series") as batch_op:
        batch_op.add_column(sa.Column("subprogramme_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_instrument_series_subprogramme_id"), ["subprogramme_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_instrument_series_subprogramme_id"),
            "subprogrammes",
            ["subprogramme_id"],
            ["id"],
            ondelete="RESTRICT",
        )


def downgrade() -> None:
    with op.batch_alter_table("instrument_series") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_instrument_series_subprogramme_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_instrument_series_subprogramme_id"))
        batch_op.drop_column("subprogramme_id")
