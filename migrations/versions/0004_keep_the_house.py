"""Keep what the first run asks an administrator about the house.

The name of the entity, the names by which texts call it, and the languages of the site could be
said in settings alone, which whoever runs the site in a browser cannot reach. They stand in one
row, which overrides the settings; the check keeps it the only one. It also holds, in words, how
backups are made, since the program cannot see what a computing centre does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_name", sa.String(length=200), nullable=True),
        sa.Column("entity_aliases", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("backup", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_house_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )


def downgrade() -> None:
    op.drop_table("house")
