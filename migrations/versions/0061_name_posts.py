"""Say in which language the posts that sign the report are called, so that they get others."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

POSTS = "signing_posts"


def upgrade() -> None:
    op.add_column(
        POSTS,
        sa.Column("language", sa.String(length=8), server_default=sa.text("'en'"), nullable=False),
    )
    op.execute("""
        UPDATE signing_posts SET language = (
            SELECT bodies.language FROM bodies WHERE bodies.id = signing_posts.body_id
        )
    """)


def downgrade() -> None:
    op.drop_column(POSTS, "language")
