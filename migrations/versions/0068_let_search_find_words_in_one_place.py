"""Let PostgreSQL put words into the index of search at once.

It kept up to 4 MB of new entries beside the index until somebody cleaned up, and each search read
all of them first. SQLite's index has no such place.
"""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX search_index_words SET (fastupdate = off)")
        op.execute("SELECT gin_clean_pending_list('search_index_words')")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX search_index_words RESET (fastupdate)")
