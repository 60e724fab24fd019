"""Who is asked in a period, and by when."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.asking import Askable, is_asked, report_due_on
from tracker.domain.mandates import Lifecycle

ASKED = Askable(
    lifecycle=Lifecycle.ACTIVE,
    requires_action=True,
    has_lead_unit=True,
    is_cleared_as_completed=False,
)


def test_an_active_mandate_that_is_ours_and_led_is_asked_about() -> None:
    assert is_asked(ASKED)


@pytest.mark.parametrize(
    "mandate",
    [
        *(replace(ASKED, lifecycle=state) for state in Lifecycle if state != Lifecycle.ACTIVE),
        replace(ASKED, requires_action=False),
        replace(ASKED, requires_action=None),
        replace(ASKED, has_lead_unit=False),
        replace(ASKED, is_cleared_as_completed=True),
    ],
    ids=str,
)
def test_every_other_mandate_is_left_in_peace(mandate: Askable) -> None:
    assert not is_asked(mandate)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (None, date(2026, 6, 30)),
        (date(2025, 12, 31), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2027, 6, 30), date(2027, 6, 30)),
        (date(2027, 7, 1), date(2026, 6, 30)),
    ],
)
def test_an_old_or_distant_date_of_the_mandate_gives_way_to_the_periods(
    own: date | None, expected: date
) -> None:
    due_on = report_due_on(own, starts_on=date(2026, 1, 1), period_due_on=date(2026, 6, 30))

    assert due_on == expected
