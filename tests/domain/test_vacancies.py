"""Signing posts that nobody fills: when, why, and to whom it is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tracker.domain.absences import Absence
from tracker.domain.reminders import ReminderKind
from tracker.domain.vacancies import AHEAD_DAYS, HeldPost, Vacancy, vacancies, vacancy_occasions

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
MONA, EDGAR, OTTO = 1, 2, 3
POST = HeldPost(7, "Chief of Division", MONA, "Mona Manager", True, "UTC", 0)
AWAY = Absence(MONA, date(2026, 6, 10), date(2026, 6, 20), deputy_id=EDGAR)


def found(post: HeldPost, *absences: Absence, at: datetime = AT) -> tuple[Vacancy, ...]:
    return vacancies([post], absences, at)


def test_the_post_of_somebody_who_works_is_filled() -> None:
    assert found(POST) == ()


def test_the_post_of_who_left_is_filled_by_nobody() -> None:
    (vacancy,) = found(replace(POST, is_active=False))

    assert str(vacancy.why) == "has left"


def test_an_absence_without_officer_in_charge_is_told_ahead_and_till_its_end() -> None:
    first, last = AWAY.starts_on, AWAY.ends_on
    days = [first - timedelta(days=AHEAD_DAYS + 1), first - timedelta(days=AHEAD_DAYS), last,
            last + timedelta(days=1)]  # fmt: skip

    told = [bool(found(POST, AWAY, at=AT.replace(month=day.month, day=day.day))) for day in days]

    assert told == [False, True, True, False]


def test_an_officer_in_charge_fills_the_post_unless_away_as_well() -> None:
    in_charge = replace(AWAY, officer_id=OTTO)
    assert found(POST, in_charge) == ()

    assert found(POST, in_charge, Absence(OTTO, date(2026, 6, 9), date(2026, 6, 12), EDGAR))


def test_a_holder_of_two_posts_is_told_once_to_each_and_not_to_themselves() -> None:
    gone = [replace(POST, is_active=False), replace(POST, post_id=8, post="Chief of Planning",
                                                     is_active=False)]  # fmt: skip

    told = list(vacancy_occasions(vacancies(gone, [], AT), {MONA, EDGAR, OTTO}, AT))

    assert [(each.recipient_id, each.kind) for each in told] == [
        (EDGAR, ReminderKind.POST_UNFILLED),
        (OTTO, ReminderKind.POST_UNFILLED),
    ]
    assert "as Chief of Division, Chief of Planning and has left" in str(told[0].note)


def test_another_leaving_is_another_occasion() -> None:
    (once,) = vacancy_occasions(found(replace(POST, is_active=False)), {EDGAR}, AT)
    (again,) = vacancy_occasions(found(replace(POST, is_active=False, mark=2)), {EDGAR}, AT)

    assert once.name != again.name
