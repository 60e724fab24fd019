"""Let indexes of mandates hold the few: without a decision, with a deputy, not accepted yet.

Where an index holds everything, SQLite takes one value of three to be a third of all rows, and a
deputy, whom hardly any mandate has, to stand in all of them. It then looked through all mandates
for the start page of each person and for the list.
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

TABLE = "mandates"
UNDECIDED, DEPUTY, ACCEPTANCE = (
    "ix_mandates_undecided",
    "ix_mandates_deputy_id",
    "ix_mandates_acceptance",
)


def upgrade() -> None:
    _index(UNDECIDED, "instrument_id", "requires_action IS NULL")
    op.drop_index(DEPUTY, TABLE)
    _index(DEPUTY, "deputy_id", "deputy_id IS NOT NULL")
    op.drop_index(ACCEPTANCE, TABLE)
    op.create_index(ACCEPTANCE, TABLE, ["acceptance", "requires_action", "lifecycle"])


def downgrade() -> None:
    op.drop_index(ACCEPTANCE, TABLE)
    op.create_index(ACCEPTANCE, TABLE, ["acceptance"])
    op.drop_index(DEPUTY, TABLE)
    op.create_index(DEPUTY, TABLE, ["deputy_id"])
    op.drop_index(UNDECIDED, TABLE)


def _index(name: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, TABLE, [column], sqlite_where=where, postgresql_where=where)
