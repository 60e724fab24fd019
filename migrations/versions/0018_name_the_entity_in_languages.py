"""Name the entity in further languages.

It had one name, which stood in whatever language on pages, mails and reports of all. The name that
is there goes on standing in for every language in which nobody writes another.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("house") as batch_op:
        batch_op.add_column(sa.Column("entity_names", sa.JSON(), nullable=True))
    op.execute("UPDATE house SET entity_names = '{}'")
    with op.batch_alter_table("house") as batch_op:
        batch_op.alter_column("entity_names", existing_type=sa.JSON(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("house") as batch_op:
        batch_op.drop_column("entity_names")
