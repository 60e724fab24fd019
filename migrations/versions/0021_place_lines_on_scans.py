"""Keep where the lines of a received file stand on the pictures of its scanned pages.

A file without such pages has none, and so have those that were received before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_files", sa.Column("places", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("import_files") as batch:
        batch.drop_column("places")
