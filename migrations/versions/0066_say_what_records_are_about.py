"""Keep what people say that mandates and activities are about.

Goals, targets and countries are proposed from the texts whenever a page asks, so that only what a
person decided is kept: confirmed, refused or added. The countries of activities stay where they
are, in rows of the activity.
"""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

TABLE = "subject_marks"
KINDS = ("goal", "target", "country")
VERDICTS = ("confirmed", "refused", "added")
COLUMNS = ("mandate_id", "activity_id")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column in COLUMNS),
        sa.Column("kind", choice("kind", KINDS), nullable=False),
        sa.Column("key", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("verdict", choice("verdict", VERDICTS), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(mandate_id IS NULL) <> (activity_id IS NULL)", name=op.f(f"ck_{TABLE}_of_one_record")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{TABLE}_{column}"), ondelete="RESTRICT"
            )
            for column, target in (
                ("mandate_id", "mandates.id"),
                ("activity_id", "activities.id"),
                ("decided_by_id", "people.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        *(
            sa.UniqueConstraint(column, "kind", "key", name=op.f(f"uq_{TABLE}_{column}_kind_key"))
            for column in COLUMNS
        ),
    )
    op.create_index(op.f("ix_subject_marks_subject"), TABLE, ["kind", "key", "verdict"])


def downgrade() -> None:
    op.drop_table(TABLE)


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
