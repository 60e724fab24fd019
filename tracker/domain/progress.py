"""What a progress report says: its five fields, and when they are enough to be submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.errors import N_, Invalid, NotAllowed
from tracker.domain.mandates import NEEDS_REASON, Implementation
from tracker.domain.permissions import (
    Action,
    Actor,
    StandIn,
    is_allowed,
    is_own_right,
    lenders,
)

TEXT_FIELDS = ("done", "results", "next_steps", "difficulties")
LONGEST_TEXT = 20_000
"""Characters that one text may have: about seven printed pages."""


@dataclass(frozen=True, slots=True)
class ReportText:
    """The five fields of a progress report, the status with its reason and new date."""

    status: Implementation | None = None
    status_reason: str = ""
    postponed_to: date | None = None
    done: str = ""
    results: str = ""
    next_steps: str = ""
    difficulties: str = ""
    language: str = "en"

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the four texts in their order."""
        return (self.done, self.results, self.next_steps, self.difficulties)

    def stripped(self) -> "ReportText":
        """Return the same without space around the texts, and without what the status excludes."""
        return ReportText(
            status=self.status,
            status_reason=self.status_reason.strip(),
            postponed_to=self.postponed_to if self.status is Implementation.POSTPONED else None,
            done=_plain(self.done),
            results=_plain(self.results),
            next_steps=_plain(self.next_steps),
            difficulties=_plain(self.difficulties),
            language=self.language,
        )


def check_submittable(text: ReportText, *, today: date) -> None:
    """Refuse a text that leaves open what a reader of the report must know.

    Raises Invalid with the field to complete; ``today`` is the day of the lead unit.
    """
    if text.status is None:
        raise Invalid(
            "Choose how far the mandate is carried out. “No information” is an answer too.",
            field="status",
        )
    if text.status in NEEDS_REASON and not text.status_reason.strip():
        raise Invalid(
            "Enter the reason: the report says why a mandate is postponed or not implemented.",
            field="status_reason",
        )
    if text.status is Implementation.POSTPONED:
        _check_new_date(text.postponed_to, today)
    if not any(part.strip() for part in text.texts):
        raise Invalid(
            "Say in at least one of the four texts what was done or why nothing was; "
            "one sentence is enough.",
            field="done",
        )
    check_lengths(text)


def check_lengths(text: ReportText) -> None:
    """Refuse a text that is too long to be kept."""
    for name in (*TEXT_FIELDS, "status_reason"):
        length = len(getattr(text, name))
        if length > LONGEST_TEXT:
            raise Invalid(
                "This text has %(length)s characters; at most %(limit)s are kept. Shorten it, or "
                "put the details into an activity.",
                field=name,
                length=length,
                limit=LONGEST_TEXT,
            )


def check_remark(remark: str) -> None:
    """Refuse to return a report without saying what should change."""
    if not remark.strip():
        raise Invalid("Enter a remark that says what should change.", field="remark")


def check_reason(reason: str) -> None:
    """Refuse a decision about a due date or a waiver without its reason."""
    if not reason.strip():
        raise Invalid("Enter the reason; it stays in the history.", field="reason")


LONGEST_GIVER = 200
"""Characters of "Ana Focal, by telephone on 3 May"."""


def check_giver(given_by: str, *, is_mailbox: bool) -> str:
    """Return who gave an answer, without space around; a shared mailbox must name somebody."""
    name = " ".join(given_by.split())
    if is_mailbox and not name:
        raise Invalid(
            "Enter your name: several people write from this mailbox, and the report says who "
            "answered.",
            field="given_by",
        )
    if len(name) > LONGEST_GIVER:
        raise Invalid(
            "This has %(length)s characters; at most %(limit)s are kept. Enter the name and how "
            "the answer came.",
            field="given_by",
            length=len(name),
            limit=LONGEST_GIVER,
        )
    return name


class Hindrance(StrEnum):
    """Why a person whose roles reach a report does not clear it."""

    OWN_TEXT = "own_text"
    FIRST_LEVEL = "first_level"


_OWN_REFUSAL: Mapping[Hindrance, str] = {
    Hindrance.OWN_TEXT: N_(
        "You submitted this text yourself, so somebody else clears it. "
        "Ask another manager of the unit."
    ),
    Hindrance.FIRST_LEVEL: N_(
        "You cleared this text at the first level, so somebody else clears it at the second. "
        "Ask another manager of the unit that clears it there."
    ),
}
_REFUSAL_IN_PLACE: Mapping[Hindrance, str] = {
    Hindrance.OWN_TEXT: N_(
        "%(name)s submitted this text, so you cannot clear it in their place. Ask another "
        "manager of the unit."
    ),
    Hindrance.FIRST_LEVEL: N_(
        "%(name)s cleared this text at the first level, so you cannot clear it in their place. "
        "Ask another manager of the unit that clears it at the second."
    ),
}


@dataclass(frozen=True, slots=True)
class Passed:
    """Whose hands a text has passed: who submitted it, and who cleared it at the first level."""

    written_by_id: int
    cleared_by: frozenset[int] = frozenset()

    def hindrance_of(self, person_id: int) -> Hindrance | None:
        """Return why a person does not clear the text, nobody in their place either."""
        if person_id == self.written_by_id:
            return Hindrance.OWN_TEXT
        return Hindrance.FIRST_LEVEL if person_id in self.cleared_by else None


def check_clears_other(actor: Actor, *, unit_id: int, passed: Passed) -> StandIn | None:
    """Refuse that somebody clears their own text, also in another's place, or theirs who lend it.

    The same of a text that they cleared at the first level: nobody clears both. Return in whose
    place the actor clears: None where their own roles suffice.
    """
    if own := passed.hindrance_of(actor.person_id):
        raise NotAllowed(_OWN_REFUSAL[own])
    if is_own_right(actor, Action.CLEAR_REPORT, unit_id=unit_id):
        return None
    absent = lenders(actor, Action.CLEAR_REPORT, unit_id=unit_id)
    for each in absent:
        if passed.hindrance_of(each.person_id) is None:
            return each
    for each in absent:
        if hindrance := passed.hindrance_of(each.person_id):
            raise NotAllowed(_REFUSAL_IN_PLACE[hindrance], name=each.name)
    return None


def clearing_hindrance(actor: Actor, *, unit_id: int, passed: Passed) -> Hindrance | None:
    """Return why ``check_clears_other`` refuses, None where it lets pass."""
    try:
        check_clears_other(actor, unit_id=unit_id, passed=passed)
    except NotAllowed:
        concerned = (actor.person_id, *(each.person_id for each in actor.stands_in_for))
        return next(filter(None, map(passed.hindrance_of, concerned)), None)
    return None


def unit_returning(actor: Actor, unit_id: int, second_unit_id: int | None) -> int:
    """Return for which unit the actor returns a report: at the second level where they may."""
    if second_unit_id is not None and is_allowed(
        actor, Action.RETURN_REPORT, unit_id=second_unit_id
    ):
        return second_unit_id
    return unit_id


def _check_new_date(postponed_to: date | None, today: date) -> None:
    if postponed_to is None:
        raise Invalid("Enter the date to which the mandate is postponed.", field="postponed_to")
    if postponed_to <= today:
        raise Invalid(
            "The new date %(postponed_to)s is not in the future. Enter the date to which the "
            "mandate is postponed.",
            field="postponed_to",
            postponed_to=postponed_to,
        )


def _plain(text: str) -> str:
    # Browsers send line ends as CR LF, whatever was typed: kept, they would look like changes.
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
