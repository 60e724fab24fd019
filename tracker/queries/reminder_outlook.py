"""What will go out, as things stand now: the rule of reminders asked about the days to come."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.foretold import Foretold
from tracker.domain.reminder_rules import RuleBook
from tracker.domain.reminders import Item, Occasion, Raised, ReminderKind
from tracker.models.people import Person
from tracker.queries.foretold_mails import Tell, foretold_mails

_URGENCY = {kind: place for place, kind in enumerate(ReminderKind)}
_Counts = Mapping[ReminderKind, int]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A mail to come: when, to whom, and how many reports of each kind it tells of."""

    at: datetime
    recipient_id: int
    recipient: str
    counts: Mapping[ReminderKind, int]


def outlook(
    session: Session,
    *,
    after: datetime,
    days: int,
    report_ids: Collection[int] | None = None,
    book: RuleBook | None = None,
) -> Sequence[tuple[datetime, Occasion]]:
    """Return each occasion that is still to be told, with the moment of the mail that tells it.

    Those come within ``days`` days after the moment ``after``, the next first; what the rule of
    escalation then tells to chiefs is among them. Nothing is planned by it; ``book`` are the rules
    to go by, those in force when none is given. As many statements however many reports and days
    there are, and two more for each part of very many people (``foretold_mails``).
    """
    mails = foretold_mails(session, after=after, days=days, report_ids=report_ids, book=book)
    told = [(mail, one) for mail in mails for one in mail.occasions()]
    return [
        (mail.at, one)
        for mail, one in sorted(told, key=_in_order)
        # What is about mandates alone stands on no report's page.
        if report_ids is None or one.report_id in report_ids
    ]


def _in_order(told: tuple[Foretold, Occasion]) -> tuple[datetime, bool, int]:
    """Return the moment, then first the digests by recipient, then what goes to chiefs."""
    mail, one = told
    place = one.report_id or 0 if mail.is_roll_up else one.recipient_id
    return mail.at, mail.is_roll_up, place


def mails_ahead(
    session: Session,
    *,
    after: datetime,
    days: int,
    book: RuleBook | None = None,
    tell: Tell = lambda _share: None,
) -> Sequence[Ahead]:
    """Return the mails to come, the next first; one a person and moment, each report once in it.

    ``tell`` is told again and again how far the work is, from 0 to 1.
    """
    digests: list[tuple[datetime, int, _Counts]] = []
    roll_ups: dict[tuple[datetime, int], Counter[ReminderKind]] = defaultdict(Counter)
    known: dict[frozenset[tuple[ReminderKind, int]], _Counts] = {}  # very many mails are alike
    for mail in foretold_mails(session, after=after, days=days, book=book, tell=tell):
        counts = _counted(mail.raised)
        if mail.is_roll_up:  # what goes to a chief at a moment may come in several
            roll_ups[mail.at, mail.recipient_id] += counts
        else:
            same = known.setdefault(frozenset(counts.items()), counts)
            digests.append((mail.at, mail.recipient_id, same))
    counted = [*digests, *((*key, counts) for key, counts in roll_ups.items())]
    names = names_of(session, {person_id for _at, person_id, _counts in counted})
    mails = [Ahead(at, person_id, names[person_id], counts) for at, person_id, counts in counted]
    return sorted(mails, key=lambda mail: (mail.at, mail.recipient, mail.recipient_id))


def _counted(told: Iterable[Raised]) -> Counter[ReminderKind]:
    """Return how many reports are told of, each by what is most urgent of it."""
    kinds: dict[Item, ReminderKind] = {}
    for one, _people in told:
        kinds[one.item] = _more_urgent(kinds.get(one.item, one.kind), one.kind)
    return Counter(kinds.values())


@dataclass(frozen=True, slots=True)
class ChangedMail:
    """A mail to come that another rule would change; None is where there is none."""

    at: datetime
    recipient_id: int
    recipient: str
    now: Mapping[ReminderKind, int] | None
    then: Mapping[ReminderKind, int] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many mails are to come now and by another book of rules, and those that differ.

    ``changed`` holds the first of those, ``changed_count`` says how many there are.
    """

    now: int
    then: int
    changed: Sequence[ChangedMail]
    changed_count: int


def compare_books(
    session: Session,
    *,
    after: datetime,
    days: int,
    book: RuleBook,
    most: int | None = None,
    tell: Tell = lambda _share: None,
) -> Comparison:
    """Return what the mails of the next days are now and by ``book``. Nothing is planned by it.

    At most ``most`` of those that differ are named; ``tell`` is told how far the work is.
    """
    before, after_change = (
        {
            (mail.at, mail.recipient_id): mail
            for mail in mails
            if ReminderKind.ESCALATION not in mail.counts  # the rules are not about those
        }
        for mails in (
            mails_ahead(session, after=after, days=days, tell=lambda share: tell(share / 2)),
            mails_ahead(
                session, after=after, days=days, book=book, tell=lambda share: tell((1 + share) / 2)
            ),
        )
    )
    changed = []
    for key in sorted(before.keys() | after_change.keys()):
        now, then = before.get(key), after_change.get(key)
        counts = tuple(dict(mail.counts) if mail else None for mail in (now, then))
        mail = now or then
        if counts[0] != counts[1] and mail is not None:
            changed.append(ChangedMail(*key, mail.recipient, *counts))
    return Comparison(len(before), len(after_change), changed[:most], len(changed))


def names_of(session: Session, person_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of these people by id."""
    found = select(Person.id, Person.name).where(Person.id.in_(list(person_ids)))
    return dict(session.execute(found).all())


def _more_urgent(one: ReminderKind, other: ReminderKind) -> ReminderKind:
    return one if one is other else min(one, other, key=_URGENCY.__getitem__)
