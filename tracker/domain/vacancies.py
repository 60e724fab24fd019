"""Signing posts that nobody fills: the holder left, or is away and nobody is in charge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from tracker.domain.absences import Absence, who_answers
from tracker.domain.errors import N_, Phrase
from tracker.domain.permissions import Capacity
from tracker.domain.reminders import Occasion, ReminderKind, reached

# An absence is told so many days before it begins: time to name an officer-in-charge.
AHEAD_DAYS = 14
HAS_LEFT = N_("has left")
IS_AWAY = N_("away from %(first)s to %(last)s, without officer-in-charge")
LEFT = N_("Signs the report as %(posts)s and has left: somebody else has to hold the post.")
AWAY = N_(
    "Signs the report as %(posts)s and is away from %(first)s to %(last)s, without an "
    "officer-in-charge who signs meanwhile."
)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that signs, in force or waited for, and its holder.

    ``mark`` tells one leaving of the holder from another.
    """

    post_id: int
    post: str
    person_id: int
    person: str
    is_active: bool
    time_zone: str
    mark: int


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that nobody fills: from a day to a day, both included, or (None) for good."""

    held: HeldPost
    first: date | None = None
    last: date | None = None

    @property
    def why(self) -> Phrase:
        """Return, beside the name of the holder, why nobody fills it."""
        if self.first is None:
            return Phrase(HAS_LEFT)
        return Phrase(IS_AWAY, {"first": self.first, "last": self.last})


def vacancies(
    posts: Iterable[HeldPost], absences: Sequence[Absence], at: datetime
) -> tuple[Vacancy, ...]:
    """Return the posts that nobody fills at the moment or within ``AHEAD_DAYS``, as they come.

    Whoever is in charge and away as well fills nothing.
    """
    found = (_vacancy(post, absences, at) for post in posts)
    return tuple(each for each in found if each is not None)


def _vacancy(post: HeldPost, absences: Sequence[Absence], at: datetime) -> Vacancy | None:
    if not post.is_active:
        return Vacancy(post)
    today = at.astimezone(ZoneInfo(post.time_zone)).date()
    for each in sorted(absences, key=lambda absence: absence.starts_on):
        is_near = each.ends_on >= today and each.starts_on <= today + timedelta(days=AHEAD_DAYS)
        if each.person_id == post.person_id and is_near:
            day = max(each.starts_on, today)
            filler = who_answers(post.person_id, day, absences, Capacity.OFFICER_IN_CHARGE)
            if any(away.person_id == filler and away.covers(day) for away in absences):
                return Vacancy(post, each.starts_on, each.ends_on)
    return None


def vacancy_occasions(
    found: Iterable[Vacancy],
    told: Iterable[int],
    at: datetime,
    absences: Iterable[Absence] = (),
) -> Iterator[Occasion]:
    """Yield to whom it is to be told, once for each holder; deputies come in place of who is away.

    ``told`` are the coordinators and administrators; nobody is told of their own posts.
    """
    away, people = list(absences), frozenset(told)
    by_holder = sorted(found, key=lambda each: each.held.person_id)
    for person_id, group in groupby(by_holder, key=lambda each: each.held.person_id):
        mine = list(group)
        for recipient_id, absent in sorted(
            reached(people - {person_id}, away, at, Capacity.DEPUTY).items()
        ):
            yield _occasion(mine, recipient_id, absent)


def _occasion(mine: Sequence[Vacancy], recipient_id: int, absent: int | None) -> Occasion:
    first = mine[0]
    posts = ", ".join(dict.fromkeys(each.held.post for each in mine))
    mark = f"left:{first.held.mark}" if first.first is None else first.first.isoformat()
    return Occasion(
        name=f"post-unfilled:{first.held.person_id}:{mark}",
        kind=ReminderKind.POST_UNFILLED,
        report_id=None,
        due_on=None,
        recipient_id=recipient_id,
        in_place_of=absent,
        note=Phrase(LEFT, {"posts": posts})
        if first.first is None
        else Phrase(AWAY, {"posts": posts, "first": first.first, "last": first.last}),
        about_id=first.held.person_id,
    )
