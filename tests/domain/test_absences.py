"""Absences: who answers on a day, and which absence cannot be."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tracker.domain.absences import (
    Absence,
    Named,
    check_apart,
    check_days,
    check_stand_ins,
    who_answers,
    who_answers_at,
)
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Capacity

ANA, BEA, CARL = 1, 2, 3
DAY = date(2026, 5, 12)
ANA_AWAY = Absence(ANA, date(2026, 5, 4), DAY, deputy_id=BEA)
BEA_AWAY = Absence(BEA, DAY, date(2026, 5, 20), deputy_id=CARL)


@pytest.mark.parametrize(
    ("absences", "answerer"),
    [
        pytest.param((), ANA, id="nobody-away"),
        pytest.param((ANA_AWAY,), BEA, id="the-deputy-on-the-last-day"),
        pytest.param((replace(ANA_AWAY, ends_on=date(2026, 5, 11)),), ANA, id="back-already"),
        pytest.param((ANA_AWAY, BEA_AWAY), CARL, id="the-deputy-of-the-deputy"),
        pytest.param((ANA_AWAY, replace(BEA_AWAY, deputy_id=ANA)), BEA, id="each-the-other"),
        pytest.param((ANA_AWAY, replace(BEA_AWAY, deputy_id=None)), BEA, id="nobody-further"),
        pytest.param(
            (replace(ANA_AWAY, deputy_id=None, officer_id=CARL),), ANA, id="only-an-officer"
        ),
    ],
)
def test_who_answers_on_a_day(absences: tuple[Absence, ...], answerer: int) -> None:
    assert who_answers(ANA, DAY, absences) == answerer


def test_the_officer_in_charge_acts_beside_the_deputy() -> None:
    away = replace(ANA_AWAY, officer_id=CARL)

    assert who_answers(ANA, DAY, [away], Capacity.OFFICER_IN_CHARGE) == CARL
    assert who_answers(ANA, DAY, [away]) == BEA


def test_an_absence_lasts_as_long_as_its_last_day_where_the_person_is() -> None:
    away = replace(ANA_AWAY, time_zone="America/Santiago")
    late_in_santiago = datetime(2026, 5, 13, 3, 59, tzinfo=UTC)

    assert who_answers_at(ANA, late_in_santiago, [away]) == BEA
    assert who_answers_at(ANA, late_in_santiago.replace(hour=4), [away]) == ANA


@pytest.mark.parametrize(
    ("absence", "sentence"),
    [
        (replace(ANA_AWAY, ends_on=date(2026, 5, 3)), "before the first"),
        (replace(ANA_AWAY, ends_on=date(2026, 5, 5)), "over already"),
        (replace(ANA_AWAY, ends_on=date(2027, 5, 7)), "longer than a year"),
    ],
    ids=["turned-round", "past", "endless"],
)
def test_days_that_are_no_absence_are_told(absence: Absence, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        check_days(absence, today=date(2026, 5, 6))
    assert refused.value.field == "ends_on"


def test_an_absence_under_way_can_still_be_entered() -> None:
    check_days(ANA_AWAY, today=DAY)


def test_two_absences_of_one_person_share_no_day() -> None:
    later = Absence(ANA, DAY, date(2026, 6, 1), deputy_id=BEA)

    with pytest.raises(Invalid, match="Ana is away already"):
        check_apart(later, [ANA_AWAY], name="Ana")
    check_apart(replace(later, starts_on=date(2026, 5, 13)), [ANA_AWAY, BEA_AWAY], name="Ana")


ANA_NAMED, BEA_NAMED = Named(ANA, "Ana"), Named(BEA, "Bea")


@pytest.mark.parametrize(
    ("person", "deputy", "officer", "field", "sentence"),
    [
        (ANA_NAMED, None, None, "deputy_id", "Choose who stands in"),
        (ANA_NAMED, ANA_NAMED, None, "deputy_id", "for themselves"),
        (ANA_NAMED, replace(BEA_NAMED, is_active=False), None, "deputy_id", "deactivated"),
        (ANA_NAMED, BEA_NAMED, None, "deputy_id", "Bea is away themselves"),
        (ANA_NAMED, None, Named(CARL, "Carl"), "officer_id", "Ana clears no reports"),
        (
            replace(ANA_NAMED, decides=True),
            None,
            Named(CARL, "Desk", is_mailbox=True),
            "officer_id",
            "shared mailbox",
        ),
    ],
    ids=["nobody", "oneself", "deactivated", "away", "no-manager", "mailbox"],
)
def test_who_cannot_stand_in_is_told(
    person: Named, deputy: Named | None, officer: Named | None, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        check_stand_ins(ANA_AWAY, [BEA_AWAY], person=person, deputy=deputy, officer=officer)
    assert refused.value.field == field


def test_who_is_there_stands_in() -> None:
    check_stand_ins(
        ANA_AWAY,
        [replace(BEA_AWAY, starts_on=date(2026, 5, 13))],
        person=replace(ANA_NAMED, decides=True),
        deputy=BEA_NAMED,
        officer=Named(CARL, "Carl"),
    )
