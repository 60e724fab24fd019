"""Keep lists of subject words, by which mandates and activities are sorted beside goals.

A word has a name and terms in each language; what people say with it is a mark as of a goal, whose
key is the word's id.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

WORDS, WORDINGS, MARKS = "subject_words", "subject_wordings", "subject_marks"
REFERENCES = (
    ("body_id", "bodies.id"),
    ("broader_id", "subject_words.id"),
    ("merged_into_id", "subject_words.id"),
)
KINDS = ("goal", "target", "country")


def upgrade() -> None:
    op.create_table(
        WORDS,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column, _target in REFERENCES),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR retired_at IS NOT NULL",
            name=op.f(f"ck_{WORDS}_merged_is_over"),
        ),
        sa.CheckConstraint(
            "merged_into_id <> id AND broader_id <> id", name=op.f(f"ck_{WORDS}_of_another")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_{WORDS}_{column}"), ondelete="RESTRICT"
            )
            for column, target in (*REFERENCES, ("entered_by_id", "people.id"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{WORDS}")),
    )
    for column, _target in REFERENCES:
        op.create_index(op.f(f"ix_{WORDS}_{column}"), WORDS, [column])
    op.create_table(
        WORDINGS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], [f"{WORDS}.id"], name=op.f(f"fk_{WORDINGS}_word_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{WORDINGS}")),
        sa.UniqueConstraint("word_id", "language", name=op.f(f"uq_{WORDINGS}_word_id_language")),
    )
    _allow_kinds((*KINDS, "word"))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM subject_marks WHERE kind = 'word'"))
    _allow_kinds(KINDS)
    op.drop_table(WORDINGS)
    op.drop_table(WORDS)


def _allow_kinds(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table(MARKS) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"ck_{MARKS}_kind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f(f"ck_{MARKS}_kind"), sa.column("kind").in_(kinds)
        )
