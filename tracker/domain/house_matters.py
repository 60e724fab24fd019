"""What is told besides reminders of reports: what lies, is unheld, escalated, signed, left open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracker.domain.absences import Absence
from tracker.domain.edition_matters import PassedEdition, edition_occasions
from tracker.domain.escalation import SilentReport, escalation_occasions
from tracker.domain.left_accounts import LeftAccount, account_occasions
from tracker.domain.lying import (
    LyingReport,
    UnheldMandate,
    lying_occasions,
    lying_people,
    unheld_occasions,
)
from tracker.domain.reminder_limits import USUAL, Limits
from tracker.domain.reminders import Occasion, ReminderKind, answerers
from tracker.domain.vacancies import HeldPost, vacancies, vacancy_occasions

MATTERS = frozenset(
    {
        ReminderKind.ESCALATION_AHEAD,
        ReminderKind.ESCALATION_READY,
        ReminderKind.DECLINED,
        ReminderKind.OWNERLESS,
        ReminderKind.LYING,
        ReminderKind.SIGN_OFF,
        ReminderKind.EDITION_RETURNED,
        ReminderKind.POST_UNFILLED,
        ReminderKind.ACCOUNT_LEFT,
    }
)
"""The kinds that come from here."""


@dataclass(frozen=True, slots=True)
class HouseMatters:
    """The facts, with the numbers in force and who coordinates and administers the house.

    ``leave`` are the absences to come, for the ``posts`` that sign.
    """

    lying: Sequence[LyingReport] = ()
    unheld: Sequence[UnheldMandate] = ()
    silent: Sequence[SilentReport] = ()
    editions: Sequence[PassedEdition] = ()
    posts: Sequence[HeldPost] = ()
    leave: Sequence[Absence] = ()
    accounts: Sequence[LeftAccount] = ()
    coordinators: frozenset[int] = frozenset()
    administrators: frozenset[int] = frozenset()
    limits: Limits = field(default_factory=lambda: USUAL)

    @property
    def people(self) -> frozenset[int]:
        """Return all who may be told of any of it, were nobody away."""
        found = set(self.coordinators | self.administrators)
        for lying in self.lying:
            found |= lying_people(lying, ())
        for silent in self.silent:
            found |= answerers(silent.report)
            found |= {chief.person_id for chief in silent.chiefs}
        return frozenset(found | {edition.person_id for edition in self.editions})


def matter_occasions(
    matters: HouseMatters, at: datetime, absences: Iterable[Absence] = ()
) -> Iterator[Occasion]:
    """Yield every occasion of these that holds at the moment ``at``."""
    away = [each for each in absences if each.holds_at(at)]
    limits, coordinators = matters.limits, matters.coordinators
    for lying in matters.lying:
        yield from lying_occasions(lying, limits, coordinators, at, away)
    for unheld in matters.unheld:
        yield from unheld_occasions(unheld, limits, coordinators, at, away)
    for silent in matters.silent:
        yield from escalation_occasions(silent, limits, coordinators, at, away)
    for edition in matters.editions:
        yield from edition_occasions(edition, at, away)
    overseers = coordinators | matters.administrators
    unfilled = vacancies(matters.posts, matters.leave, at)
    yield from vacancy_occasions(unfilled, overseers, at, away)
    for account in matters.accounts:
        yield from account_occasions(account, matters.administrators, at, away)
