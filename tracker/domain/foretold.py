"""Mails to come, foretold moment by moment: each tells of what waits, once and for all."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

from tracker.domain.digest_times import DigestTimes, is_time_of_any
from tracker.domain.going_on import MOVES, GoingOn
from tracker.domain.held_ahead import Held, HeldAhead, Moments, Reason, reason_of
from tracker.domain.reminders import Occasion, Raised, series_of

_PLACE = attrgetter("place")
# The jobs ring each hour: only the next ring looks further back.
_BETWEEN_RINGS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Foretold:
    """A mail to come, with what it tells: a digest, or what a rule tells to a chief."""

    at: datetime
    recipient_id: int
    raised: Sequence[Raised]
    is_roll_up: bool = False

    def occasions(self) -> Iterator[Occasion]:
        """Yield what it tells as its recipient is told it."""
        return (each.to(self.recipient_id) for each in self.raised)


@dataclass(slots=True)
class Ledger:
    """What people were told until now, which goes on with each mail.

    ``names`` holds occasions by recipient, ``steps`` when a step of each series was told last; None
    where no rule was ever changed, so that no other step can have been told. ``digests`` says when
    the last digest of each person was made.
    """

    names: dict[int, set[str]] = field(default_factory=dict)
    steps: dict[tuple[str, int], datetime] | None = None
    digests: dict[int, datetime] = field(default_factory=dict)

    def of(self, person_id: int) -> set[str]:
        """Return the names of what a person was told."""
        return self.names.setdefault(person_id, set())

    def tell(self, recipient_id: int, raised: Iterable[Raised], at: datetime) -> None:
        """Add a mail."""
        self.digests[recipient_id] = at
        names = [each.occasion.name for each in raised]
        self.of(recipient_id).update(names)
        if self.steps is not None:
            self.steps.update(dict.fromkeys(((series_of(one), recipient_id) for one in names), at))

    def holds(self, one: Raised, person_id: int) -> bool:
        """Tell whether a person was told of it, in this step or in another."""
        if one.occasion.name in self.of(person_id):
            return True
        return self.steps is not None and one.to(person_id).was_told_by(self.steps)


@dataclass(frozen=True, slots=True)
class Rings:
    """When the job rings next, and until when it collected digests; None where it never did."""

    next_at: datetime
    collected: datetime | None

    def before(self, at: datetime) -> datetime | None:
        """Return when digests were collected before the moment."""
        return self.collected if at == self.next_at else at - _BETWEEN_RINGS


@dataclass(frozen=True, slots=True)
class Foretelling:
    """How to foretell mails: when they may come, what was told, what is paused, what goes on.

    ``is_paused`` is None where nothing is.
    """

    times: Mapping[int, DigestTimes]
    rings: Rings
    told: Ledger
    going_on: GoingOn
    is_paused: Callable[[Occasion, datetime], bool] | None = None

    def mails(self, held: HeldAhead, moments: Moments) -> Iterator[Foretold]:
        """Yield the mails of the people of ``moments`` at these, the next first.

        ``held`` is what holds for them then. A row of days can follow another one.
        """
        recipients = _by_moment(moments)
        waiting = {person_id: _Waiting(person_id, of, self) for person_id, of in held.items()}
        for at in sorted(recipients):
            rest = self.going_on.occasions(at)
            for person_id in recipients[at]:
                mine = waiting.get(person_id)
                others = self._untold(rest.get(person_id, ()), at)
                reasons = {reason_of(each.occasion) for each in others}
                if mine is not None:
                    reasons |= mine.reasons(at)
                if reasons and self._is_time(person_id, reasons, at):
                    told = others if mine is None else [*mine.told(), *others]
                    self.told.tell(person_id, told, at)
                    if mine is not None:
                        mine.drop_told()
                    moved = (each for each in told if each.occasion.kind in MOVES)
                    self.going_on.tell((each.to(person_id) for each in moved), at)
                    yield Foretold(at, person_id, told)
            yield from self._roll_ups(at)

    def may_tell(self, one: Raised, person_id: int, at: datetime) -> bool:
        """Tell whether it is still to be told, and not paused at the moment."""
        return not self.told.holds(one, person_id) and not self._pauses(one.to(person_id), at)

    def _untold(self, occasions: Iterable[Occasion], at: datetime) -> list[Raised]:
        rest = (Raised(one, {one.recipient_id: one.in_place_of}) for one in occasions)
        return [each for each in rest if self.may_tell(each, each.occasion.recipient_id, at)]

    def _roll_ups(self, at: datetime) -> Iterator[Foretold]:
        by_chief: dict[int, list[Raised]] = defaultdict(list)
        for one in self.going_on.roll_ups(at):
            if not self._pauses(one, at):
                by_chief[one.recipient_id].append(Raised(one, {one.recipient_id: None}))
        for chief_id, told in by_chief.items():
            yield Foretold(at, chief_id, told, is_roll_up=True)

    def _pauses(self, one: Occasion, at: datetime) -> bool:
        return self.is_paused is not None and self.is_paused(one, at)

    def _is_time(self, person_id: int, reasons: Collection[Reason], at: datetime) -> bool:
        return is_time_of_any(
            self.times[person_id],
            reasons,
            at=at,
            since=self.rings.before(at),
            last_at=self.told.digests.get(person_id),
        )


class _Waiting:
    """What holds for one person, taken up when it begins and dropped when it ends or is told."""

    def __init__(self, person_id: int, held: Iterable[Held], foretelling: Foretelling) -> None:
        self._person_id, self._foretelling = person_id, foretelling
        self._to_come = sorted(held, key=attrgetter("first"), reverse=True)
        self._now: list[Held] = []
        self._free: Sequence[Held] = self._now
        self._reasons: set[Reason] = set()
        self._names = foretelling.told.of(person_id)
        # Without pauses and changed rules all that was not told may be told.
        self._is_plain = foretelling.is_paused is None and foretelling.told.steps is None

    def reasons(self, at: datetime) -> set[Reason]:
        """Return why a mail may come at the moment: of what then is to be told."""
        if any(each.last < at for each in self._now):
            self._now = [each for each in self._now if each.last >= at]
            self._reasons = {each.reason for each in self._now}
        while self._to_come and self._to_come[-1].first <= at:
            each = self._to_come.pop()
            if each.last >= at and each.raised.occasion.name not in self._names:
                self._now.append(each)
                self._reasons.add(each.reason)
        self._free = self._now
        if self._is_plain:
            return self._reasons
        may_tell = self._foretelling.may_tell
        self._free = [each for each in self._now if may_tell(each.raised, self._person_id, at)]
        return {each.reason for each in self._free}

    def told(self) -> Sequence[Raised]:
        """Return, in order, what a mail tells at the moment of which was asked last."""
        return [each.raised for each in sorted(self._free, key=_PLACE)]

    def drop_told(self) -> None:
        """Wait no more for what was told."""
        self._now = [each for each in self._now if each.raised.occasion.name not in self._names]
        self._reasons = {each.reason for each in self._now}


def _by_moment(moments: Mapping[int, Collection[datetime]]) -> Mapping[datetime, Sequence[int]]:
    """Return whose mail could come at each moment, by id."""
    recipients: dict[datetime, list[int]] = defaultdict(list)
    for person_id in sorted(moments):
        for at in moments[person_id]:
            recipients[at].append(person_id)
    return recipients
