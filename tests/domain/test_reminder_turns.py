"""Turns of reminders: between two of them the same holds, whatever report and rule there are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.reminding import ANA, DUE, FACTS
from tracker.domain.deadlines import overdue_from
from tracker.domain.reminder_rules import ReminderRule
from tracker.domain.reminder_turns import stretches, turns_of
from tracker.domain.reminders import LastMove, ReportFacts, occasions_of
from tracker.domain.workflow import Review

BEGIN = datetime(2026, 6, 10, 3, tzinfo=UTC)
HOURS = [BEGIN + timedelta(hours=number) for number in range(45 * 24)]
OFTEN = ReminderRule((20, 6, 0), (9, 0), 2, 5)
SUBMITTED = replace(
    FACTS,
    review=Review.SUBMITTED,
    last_move=LastMove(3, ANA, datetime(2026, 6, 8, 17, 30, tzinfo=UTC)),
)


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        replace(FACTS, rule=OFTEN, slot_on=DUE + timedelta(days=12)),
        replace(FACTS, rule=ReminderRule((), (), None), asked_at=datetime(2026, 6, 12, tzinfo=UTC)),
        replace(
            FACTS,
            time_zone="America/Asuncion",
            overdue_at=overdue_from(DUE, "America/Asuncion"),
            rule=OFTEN,
            slot_on=date(2026, 7, 5),
        ),
        SUBMITTED,
        replace(SUBMITTED, rule=OFTEN),
        replace(SUBMITTED, review=Review.RETURNED, rule=OFTEN),
    ],
    ids=["usual", "often", "newly-asked", "elsewhere", "submitted", "told-often", "returned"],
)
def test_between_two_turns_the_same_holds(facts: ReportFacts) -> None:
    turns = turns_of(facts, HOURS[0], HOURS[-1])

    rows = list(stretches(turns, HOURS))

    assert [at for row in rows for at in row] == HOURS
    assert len(rows) <= len(turns) + 1
    for row in rows:
        first = list(occasions_of(facts, row[0]))
        assert all(list(occasions_of(facts, at)) == first for at in row)
