"""Let editions of the report be signed: the posts of each body, where an edition is, and its way.

The way of an edition is history and is only added to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

HISTORY = "edition_signings"


def upgrade() -> None:
    op.create_table(
        "signing_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        choice("step", "division", "planning", "front_office", "other"),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        *references("signing_posts", body_id="bodies.id", person_id="people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_posts")),
    )
    op.create_table(
        "edition_sign_offs",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        choice("stage", "signing", "returned", "taken_back", "signed"),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("chain_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("final_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *references(
            "edition_sign_offs",
            edition_id="report_editions.id",
            post_id="signing_posts.id",
            final_id="report_editions.id",
        ),
        sa.PrimaryKeyConstraint("edition_id", name=op.f("pk_edition_sign_offs")),
    )
    op.create_table(
        HISTORY,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        choice("move", "hand_in", "sign", "return", "take_back"),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        sa.Column("in_place_of_id", sa.Integer(), nullable=True),
        *references(
            HISTORY,
            edition_id="report_editions.id",
            post_id="signing_posts.id",
            done_by_id="people.id",
            in_place_of_id="people.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{HISTORY}")),
    )
    for table, columns in (
        ("signing_posts", ("body_id", "person_id")),
        ("edition_sign_offs", ("post_id", "final_id")),
        (HISTORY, ("edition_id", "post_id", "done_by_id", "in_place_of_id")),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    guard_history()


def downgrade() -> None:
    op.drop_table(HISTORY)
    op.drop_table("edition_sign_offs")
    op.drop_table("signing_posts")


def choice(name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=False)


def references(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [target], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
        )
        for column, target in targets.items()
    ]


def guard_history() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"""
                CREATE TRIGGER {HISTORY}_no_{change} BEFORE {change} ON {HISTORY}
                BEGIN
                    SELECT RAISE(ABORT, 'history in {HISTORY} is only added to');
                END
            """)
        return
    for name, change, reach in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(f"""
            CREATE TRIGGER {HISTORY}_{name} BEFORE {change} ON {HISTORY}
            FOR EACH {reach} EXECUTE FUNCTION refuse_change_of_history()
        """)
        op.execute(f"ALTER TABLE {HISTORY} ENABLE ALWAYS TRIGGER {HISTORY}_{name}")
