"""Freeze periods whose final edition is made.

The final edition froze its texts and left the period open: answers were taken that came into no
report. A frozen period is a state of its own, since what is submitted in a locked one can still be
cleared. Going back, frozen periods are locked ones.
"""

from alembic import op
from alembic.operations import BatchOperations

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATES = ("open", "locked")
STATES_WITH_FROZEN = ("open", "locked", "frozen")


def upgrade() -> None:
    with op.batch_alter_table("reporting_periods") as batch_op:
        check_states(batch_op, STATES_WITH_FROZEN)
    freeze_those_with_a_final_edition()


def freeze_those_with_a_final_edition() -> None:
    op.execute(
        """
        UPDATE reporting_periods SET state = 'frozen' WHERE EXISTS (
            SELECT 1 FROM report_editions
            WHERE report_editions.period_id = reporting_periods.id
            AND report_editions.state = 'final'
        )
        """
    )


def downgrade() -> None:
    op.execute("UPDATE reporting_periods SET state = 'locked' WHERE state = 'frozen'")
    with op.batch_alter_table("reporting_periods") as batch_op:
        check_states(batch_op, STATES)


def check_states(batch_op: BatchOperations, states: tuple[str, ...]) -> None:
    name = batch_op.f("ck_reporting_periods_state")
    batch_op.drop_constraint(name, type_="check")
    words = ", ".join(repr(state) for state in states)
    batch_op.create_check_constraint(name, f"state IN ({words})")
