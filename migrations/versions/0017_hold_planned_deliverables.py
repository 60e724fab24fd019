"""Hold the lines of the programme budget, and under which of them an activity stands.

A planned deliverable is a line of the programme budget; the single outputs hang under it and make
up its actual figure. Headings, narrative and control totals are kept beside them, so that a table
is whole.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SORTS = (
    "parliamentary_documentation",
    "substantive_services",
    "project",
    "seminar",
    "publication",
    "technical_material",
    "advisory_mission",
    "database",
    "outreach",
)


def upgrade() -> None:
    op.create_table(
        "deliverable_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _words("deliverable", "total", "heading", "narrative", name="kind"),
            nullable=False,
        ),
        sa.Column("subprogramme_id", sa.Integer(), nullable=True),
        sa.Column("category", _words("A", "B", "C", "D", name="category"), nullable=False),
        sa.Column("deliverable", _words(*SORTS, name="deliverable"), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(kind IN ('deliverable', 'total')) = (deliverable IS NOT NULL)",
            name=op.f("ck_deliverable_lines_counted_by_its_sort"),
        ),
        sa.ForeignKeyConstraint(
            ["subprogramme_id"],
            ["subprogrammes.id"],
            name=op.f("fk_deliverable_lines_subprogramme_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable_lines")),
    )
    op.create_index(
        op.f("ix_deliverable_lines_subprogramme_id"), "deliverable_lines", ["subprogramme_id"]
    )
    op.create_index(
        "ix_deliverable_lines_category_position", "deliverable_lines", ["category", "position"]
    )
    op.create_table(
        "deliverable_figures",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Numeric(12, 2), nullable=True),
        sa.Column("actual", sa.Numeric(12, 2), nullable=True),
        sa.CheckConstraint(
            "planned >= 0 AND actual >= 0", name=op.f("ck_deliverable_figures_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["deliverable_lines.id"],
            name=op.f("fk_deliverable_figures_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("line_id", "year", name=op.f("pk_deliverable_figures")),
    )
    with op.batch_alter_table("activities") as table:
        table.add_column(sa.Column("line_id", sa.Integer(), nullable=True))
        table.create_index(op.f("ix_activities_line_id"), ["line_id"])
        table.create_foreign_key(
            op.f("fk_activities_line_id"),
            "deliverable_lines",
            ["line_id"],
            ["id"],
            ondelete="RESTRICT",
        )


def downgrade() -> None:
    with op.batch_alter_table("activities") as table:
        table.drop_constraint(op.f("fk_activities_line_id"), type_="foreignkey")
        table.drop_index(op.f("ix_activities_line_id"))
        table.drop_column("line_id")
    op.drop_table("deliverable_figures")
    op.drop_index("ix_deliverable_lines_category_position", table_name="deliverable_lines")
    op.drop_index(op.f("ix_deliverable_lines_subprogramme_id"), table_name="deliverable_lines")
    op.drop_table("deliverable_lines")


def _words(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)
