"""Propose escalation: roll-ups to chiefs, where they go out by themselves, and limits of waiting.

A notification can be about a mandate on which nobody reports. Roll-ups are history: what was told
to a chief, or set aside and why, is only added to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

HISTORY = ("roll_up_items", "roll_ups")
LIMITS = (
    "draft",
    "returned",
    "submitted",
    "declined",
    "ownerless",
    "reminders",
    "silence",
    "notice",
)


def upgrade() -> None:
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.add_column(sa.Column("mandate_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_notifications_mandate_id"), ["mandate_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_notifications_mandate_id"),
            "mandates",
            ["mandate_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    make_roll_ups()
    op.create_table(
        "escalation_switches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        _reference("escalation_switches", "unit_id", "organizational_units"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_switches")),
        sa.UniqueConstraint("subject", name=op.f("uq_escalation_switches_subject")),
    )
    op.create_index(op.f("ix_escalation_switches_unit_id"), "escalation_switches", ["unit_id"])
    op.create_table(
        "reminder_limits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", _choice("name", *LIMITS), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "number BETWEEN 0 AND 365", name=op.f("ck_reminder_limits_number_of_days")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_limits")),
        sa.UniqueConstraint("name", name=op.f("uq_reminder_limits_name")),
    )


def make_roll_ups() -> None:
    op.create_table(
        "roll_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision", _choice("decision", "send", "set_aside", "propose_again"), nullable=False
        ),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(decision = 'send') = (recipient_id IS NOT NULL) AND (decision = 'send') = "
            "(message_id IS NOT NULL)",
            name=op.f("ck_roll_ups_sent_to_somebody"),
        ),
        sa.CheckConstraint(
            "decision <> 'set_aside' OR reason <> ''",
            name=op.f("ck_roll_ups_set_aside_has_reason"),
        ),
        sa.CheckConstraint(
            "decision = 'send' OR decided_by_id IS NOT NULL",
            name=op.f("ck_roll_ups_rule_only_sends"),
        ),
        _reference("roll_ups", "unit_id", "organizational_units"),
        _reference("roll_ups", "recipient_id", "people"),
        _reference("roll_ups", "decided_by_id", "people"),
        _reference("roll_ups", "message_id", "mail_messages"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_ups")),
    )
    for column in ("unit_id", "recipient_id", "decided_by_id", "message_id"):
        op.create_index(op.f(f"ix_roll_ups_{column}"), "roll_ups", [column])
    op.create_table(
        "roll_up_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roll_up_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _reference("roll_up_items", "roll_up_id", "roll_ups"),
        _reference("roll_up_items", "report_id", "progress_reports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_up_items")),
        sa.UniqueConstraint(
            "roll_up_id", "report_id", name=op.f("uq_roll_up_items_roll_up_id_report_id")
        ),
    )
    op.create_index(op.f("ix_roll_up_items_report_id"), "roll_up_items", ["report_id"])
    for table in HISTORY:
        guard(table)


def downgrade() -> None:
    op.drop_table("reminder_limits")
    op.drop_table("escalation_switches")
    for table in HISTORY:
        op.drop_table(table)
    op.execute("DELETE FROM notifications WHERE mandate_id IS NOT NULL")
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notifications_mandate_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_notifications_mandate_id"))
        batch_op.drop_column("mandate_id")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT"
    )


def guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(f"""
                CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table}
                BEGIN
                    SELECT RAISE(ABORT, 'history in {table} is only added to');
                END
            """)
        return
    for name, change, reach in (
        ("no_change", "UPDATE OR DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(f"""
            CREATE TRIGGER {table}_{name} BEFORE {change} ON {table}
            FOR EACH {reach} EXECUTE FUNCTION refuse_change_of_history()
        """)
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
