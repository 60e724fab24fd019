"""What is told of editions of the report: one that waits for a signature, one that came back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.absences import Absence
from tracker.domain.errors import N_, Phrase
from tracker.domain.permissions import Capacity
from tracker.domain.reminders import Occasion, ReminderKind, reached

# What still waits for a signature is named again after as many days.
AGAIN_DAYS = 7
WAITS = N_("Waits for your signature as %(post)s since %(day)s, passed on by %(person)s.")
WAITS_BEFORE_SLOT = N_(
    "Waits for your signature as %(post)s since %(day)s, passed on by %(person)s. The slot of the "
    "document is %(slot)s."
)
CAME_BACK = N_("Returned to you on %(day)s by %(person)s.")


@dataclass(frozen=True, slots=True)
class PassedEdition:
    """An edition on its way: ``person_id`` holds the post that it waits for, or made it.

    ``step_id`` is the newest step of its way and ``since`` when it was taken, by ``sent_by``.
    """

    edition_id: int
    step_id: int
    person_id: int
    is_returned: bool
    since: datetime
    sent_by_id: int
    sent_by: str
    post: str
    slot_on: date | None = None


def edition_occasions(
    each: PassedEdition, at: datetime, absences: Iterable[Absence] = ()
) -> Iterator[Occasion]:
    """Yield to whom it is to be told: who signs, each week anew; once who made what came back.

    While they are away the officer-in-charge signs, and the deputy sees to what came back. Nobody
    is told of what they returned to themselves.
    """
    if at < each.since or (each.is_returned and each.sent_by_id == each.person_id):
        return
    capacity = Capacity.DEPUTY if each.is_returned else Capacity.OFFICER_IN_CHARGE
    values = {"post": each.post, "day": each.since.date(), "person": each.sent_by}
    if each.is_returned:
        kind, words = ReminderKind.EDITION_RETURNED, CAME_BACK
        name = f"edition-returned:{each.edition_id}:S{each.step_id}"
    else:
        kind, words = ReminderKind.SIGN_OFF, WAITS_BEFORE_SLOT if each.slot_on else WAITS
        week = (at - each.since).days // AGAIN_DAYS
        name = f"sign-off:{each.edition_id}:S{each.step_id}:W{week}"
    for recipient_id, absent in sorted(reached({each.person_id}, absences, at, capacity).items()):
        yield Occasion(
            name=name,
            kind=kind,
            report_id=None,
            due_on=None,
            recipient_id=recipient_id,
            in_place_of=absent,
            note=Phrase(words, {**values, "slot": each.slot_on}),
            edition_id=each.edition_id,
        )
