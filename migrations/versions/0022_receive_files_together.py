"""Keep which files were received together.

Files of one drop share a key, so that their texts are listed on one page, also when somebody comes
back later. Files that came alone, and those that were received before, have none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_files", sa.Column("drop_key", sa.String(length=32), nullable=True))
    op.create_index("ix_import_files_drop_key", "import_files", ["drop_key"])


def downgrade() -> None:
    op.drop_index("ix_import_files_drop_key", table_name="import_files")
    with op.batch_alter_table("import_files") as batch:
        batch.drop_column("drop_key")
