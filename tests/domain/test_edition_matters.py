"""Editions on their way: who is told when, by which name, and who stands in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tracker.domain.absences import Absence
from tracker.domain.edition_matters import PassedEdition, edition_occasions
from tracker.domain.reminders import ReminderKind

SINCE = datetime(2026, 6, 1, 9, tzinfo=UTC)
MONA, EDGAR, OTTO = 1, 2, 3
WAITING = PassedEdition(
    edition_id=7,
    step_id=12,
    person_id=MONA,
    is_returned=False,
    since=SINCE,
    sent_by_id=EDGAR,
    sent_by="Edgar Editor",
    post="Chief of Division",
    slot_on=date(2026, 7, 1),
)
RETURNED = replace(WAITING, person_id=EDGAR, is_returned=True, sent_by_id=MONA, step_id=13)


def names(edition: PassedEdition, days: int) -> list[tuple[str, int]]:
    at = SINCE + timedelta(days=days)
    return [(each.name, each.recipient_id) for each in edition_occasions(edition, at)]


def test_who_signs_is_told_at_once_and_each_week() -> None:
    assert names(WAITING, 0) == names(WAITING, 6) == [("sign-off:7:S12:W0", MONA)]
    assert names(WAITING, 7) == [("sign-off:7:S12:W1", MONA)]


def test_who_made_what_came_back_is_told_once() -> None:
    assert names(RETURNED, 0) == names(RETURNED, 90) == [("edition-returned:7:S13", EDGAR)]


def test_nobody_is_told_of_what_they_returned_to_themselves() -> None:
    assert names(replace(RETURNED, sent_by_id=EDGAR), 1) == []


def test_while_the_holder_is_away_the_officer_in_charge_is_told() -> None:
    away = Absence(MONA, date(2026, 5, 30), date(2026, 6, 10), deputy_id=EDGAR, officer_id=OTTO)

    (told,) = edition_occasions(WAITING, SINCE, [away])

    assert (told.recipient_id, told.in_place_of) == (OTTO, MONA)
    assert told.kind is ReminderKind.SIGN_OFF
    assert str(told.note).startswith("Waits for your signature as Chief of Division since")
