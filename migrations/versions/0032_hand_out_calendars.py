"""Hand out calendars: feeds with secret addresses, and what each told last."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "person",
                "unit",
                "body",
                name="kind",
                native_enum=False,
                length=40,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'unit') = (unit_id IS NOT NULL) AND (kind = 'body') = (body_id IS NOT NULL)",
            name=op.f("ck_calendar_feeds_subject_fits_kind"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_calendar_feeds_{column}"), ondelete="RESTRICT"
            )
            for column, target in (
                ("person_id", "people.id"),
                ("unit_id", "organizational_units.id"),
                ("body_id", "bodies.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint(
            "person_id", "subject", name=op.f("uq_calendar_feeds_person_id_subject")
        ),
    )
    for column in ("unit_id", "body_id"):
        op.create_index(op.f(f"ix_calendar_feeds_{column}"), "calendar_feeds", [column])
    op.create_table(
        "calendar_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(length=400), nullable=False),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"],
            ["calendar_feeds.id"],
            name=op.f("fk_calendar_entries_feed_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entries")),
        sa.UniqueConstraint("feed_id", "key", name=op.f("uq_calendar_entries_feed_id_key")),
    )


def downgrade() -> None:
    op.drop_table("calendar_entries")
    op.drop_table("calendar_feeds")
