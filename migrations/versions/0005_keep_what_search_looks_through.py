"""Keep what search looks through.

A record is found by its words whatever their endings and accents: the program writes their stems
into one row for each record and language, and the database keeps its own full-text index over the
stems. On SQLite that is an FTS5 table which holds no text of its own and is kept current by
triggers; a migration that rebuilds search_entries must make these again. On PostgreSQL it is a
generated column with a GIN index. Both stand outside the models: schema.is_of_models leaves them
out when tables are compared. The rows come when the program next keeps house.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("resolution", "mandate", "activity", "progress", "note", "person")
SENSITIVITIES = ("unclassified", "internal", "confidential")
STEMS = "title_stems, text_stems"
ADD = """
    INSERT INTO search_index(rowid, title_stems, text_stems)
    VALUES (new.id, new.title_stems, new.text_stems);
"""
REMOVE = """
    INSERT INTO search_index(search_index, rowid, title_stems, text_stems)
    VALUES ('delete', old.id, old.title_stems, old.text_stems);
"""


def upgrade() -> None:
    op.create_table(
        "search_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("stem", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_words")),
        sa.UniqueConstraint("word", "stem", name=op.f("uq_search_words_word_stem")),
    )
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", choice("kind", KINDS), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title_stems", sa.Text(), nullable=False),
        sa.Column("text_stems", sa.Text(), nullable=False),
        sa.Column("sensitivity", choice("sensitivity", SENSITIVITIES), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint(
            "kind",
            "subject_id",
            "language",
            name=op.f("uq_search_entries_kind_subject_id_language"),
        ),
    )
    if op.get_bind().dialect.name == "sqlite":
        index_on_sqlite()
    else:
        index_on_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_entries")
    op.drop_table("search_words")


def choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def index_on_sqlite() -> None:
    op.execute(f"""
        CREATE VIRTUAL TABLE search_index USING fts5(
            {STEMS}, content='search_entries', content_rowid='id',
            tokenize='unicode61 remove_diacritics 0'
        )
    """)
    for change, acts in (("insert", ADD), ("delete", REMOVE), ("update", f"{REMOVE} {ADD}")):
        op.execute(f"""
            CREATE TRIGGER search_entries_{change} AFTER {change} ON search_entries
            BEGIN
                {acts}
            END
        """)


def index_on_postgresql() -> None:
    # The stems are found by the program: "simple" takes them as they are.
    op.execute("""
        ALTER TABLE search_entries ADD COLUMN search_index tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', title_stems), 'A')
            || setweight(to_tsvector('simple', text_stems), 'D')
        ) STORED
    """)
    op.execute("CREATE INDEX search_index_words ON search_entries USING gin (search_index)")
