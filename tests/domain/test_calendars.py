"""What a calendar feed has to tell when dates come, move, end and come back."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tracker.domain.calendars import CalendarEvent, ToldEvent, changes

AT = datetime(2026, 6, 15, 9, tzinfo=UTC)
DAY = date(2026, 6, 30)
EVENT = CalendarEvent("due-42", DAY, DAY, "Report due: 12(IV), para. 5(a)", "", "/progress/42")
TOLD = ToldEvent(EVENT, sequence=0, is_cancelled=False, changed_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_new_date_is_told_as_the_first_of_its_kind() -> None:
    assert list(changes({}, [EVENT], at=AT)) == [ToldEvent(EVENT, 0, False, AT)]


def test_a_date_that_stays_is_told_as_before() -> None:
    assert list(changes({"due-42": TOLD}, [EVENT], at=AT)) == []


def test_a_date_that_moves_raises_the_sequence() -> None:
    moved = replace(EVENT, starts_on=date(2026, 8, 31), ends_on=date(2026, 8, 31))

    assert list(changes({"due-42": TOLD}, [moved], at=AT)) == [ToldEvent(moved, 1, False, AT)]


def test_a_date_that_ends_is_cancelled_once_and_can_come_back() -> None:
    (cancelled,) = changes({"due-42": TOLD}, [], at=AT)

    assert cancelled == ToldEvent(EVENT, 1, True, AT)
    assert list(changes({"due-42": cancelled}, [], at=AT)) == []
    assert list(changes({"due-42": cancelled}, [EVENT], at=AT)) == [ToldEvent(EVENT, 2, False, AT)]
