"""Supply and demand in cooperation: what is asked for, what is offered, and which fit together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.activities import PartnerKind
from tracker.domain.countries import country_name
from tracker.domain.errors import N_, Invalid

LONGEST_TITLE, LONGEST_PARTY, LONGEST_WORDS, LONGEST_DETAIL = 400, 200, 200, 4000  # characters
LONGEST_REASON = 1000
MOST_MEMBERS = 300


class NoticeKind(StrEnum):
    """Whether something is asked for or offered."""

    REQUEST = "request"
    OFFER = "offer"

    @property
    def other(self) -> "NoticeKind":
        """Return the kind that answers this one."""
        return NoticeKind.OFFER if self is NoticeKind.REQUEST else NoticeKind.REQUEST


@dataclass(frozen=True, slots=True)
class NoticeDetails:
    """A request or an offer as somebody enters it: who, what, in which sector, since when.

    ``words`` are subject words parted by commas; ``agreement`` names what it rests on.
    """

    kind: NoticeKind
    party: str
    party_kind: PartnerKind
    country: str | None
    title: str
    sector: str
    received_on: date | None
    valid_to: date | None = None
    words: str = ""
    agreement: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What decides whether two notices fit: subject stems with how they are written, and place."""

    stems: dict[str, str]
    country: str | None


@dataclass(frozen=True, slots=True)
class Fit:
    """Why two notices fit: the subject words that both have, and whether they share a country."""

    shared: tuple[str, ...]
    is_same_country: bool

    @property
    def strength(self) -> int:
        """Return how well they fit: a word in common weighs more than the country."""
        return 2 * len(self.shared) + self.is_same_country


def fit_of(one: Subject, other: Subject) -> Fit | None:
    """Return why two notices fit; None where no subject word is in both, whatever the country."""
    shared = tuple(one.stems[stem] for stem in one.stems if stem in other.stems)
    if not shared:
        return None
    return Fit(shared, one.country is not None and one.country == other.country)


def check_notice(details: NoticeDetails) -> NoticeDetails:
    """Return the details with tidy texts; raise Invalid at the field that cannot be kept."""
    texts = {
        "title": (details.title, LONGEST_TITLE, N_("Say in a line what is asked for or offered.")),
        "party": (details.party, LONGEST_PARTY, N_("Enter the Government or institution.")),
        "sector": (details.sector, LONGEST_WORDS, N_("Enter the sector, such as fisheries.")),
    }
    tidy = {name: " ".join(text.split()) for name, (text, _most, _ask) in texts.items()}
    for name, (_text, most, ask) in texts.items():
        if not tidy[name]:
            raise Invalid(ask, field=name)
        _check_length(tidy[name], most, name)
    if details.party_kind is PartnerKind.GOVERNMENT and details.country is None:
        raise Invalid("Choose the country of the Government.", field="country")
    if details.country is not None:
        _check_country(details.country)
    if details.received_on is None:
        raise Invalid("Enter the day on which it came.", field="received_on")
    if details.valid_to is not None and details.valid_to < details.received_on:
        raise Invalid("It would end before it came. Enter a later day.", field="valid_to")
    words = ", ".join(dict.fromkeys(_each(details.words)))
    _check_length(words, LONGEST_WORDS, "words")
    agreement, detail = " ".join(details.agreement.split()), details.detail.strip()
    _check_length(agreement, LONGEST_PARTY, "agreement")
    _check_length(detail, LONGEST_DETAIL, "detail")
    return NoticeDetails(
        details.kind,
        tidy["party"],
        details.party_kind,
        details.country,
        tidy["title"],
        tidy["sector"],
        details.received_on,
        details.valid_to,
        words,
        agreement,
        detail,
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a network: an institution, with its country where that is known."""

    name: str
    country: str | None = None


def check_network(name: str, purpose: str, members: Iterable[Member]) -> tuple[str, str]:
    """Return name and purpose, tidy; raise Invalid at the field that cannot be kept."""
    plain, told = " ".join(name.split()), purpose.strip()
    if not plain:
        raise Invalid("Enter the name of the network.", field="name")
    _check_length(plain, LONGEST_PARTY, "name")
    _check_length(told, LONGEST_DETAIL, "purpose")
    seen: set[str] = set()
    for member in members:
        if len(member.name) > LONGEST_PARTY:
            _check_length(member.name, LONGEST_PARTY, "members")
        if member.name.casefold() in seen:
            raise Invalid(
                "“%(name)s” stands twice among the members. Remove one of the two.",
                field="members",
                name=member.name,
            )
        seen.add(member.name.casefold())
        if member.country is not None:
            _check_country(member.country, "members")
    if len(seen) > MOST_MEMBERS:
        raise Invalid(
            "A network has at most %(most)s members here. Name groups of members together.",
            field="members",
            most=MOST_MEMBERS,
        )
    return plain, told


def check_reason(reason: str) -> str:
    """Return why something is closed without an activity; raise Invalid where nobody says."""
    plain = reason.strip()
    if not plain:
        raise Invalid("Say why it is closed, in a sentence.", field="reason")
    _check_length(plain, LONGEST_REASON, "reason")
    return plain


def _each(words: str) -> list[str]:
    return [word for part in words.replace(";", ",").split(",") if (word := " ".join(part.split()))]


def _check_length(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise Invalid(
            "The text has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field=field,
            length=len(text),
            limit=most,
        )


def _check_country(code: str, field: str = "country") -> None:
    try:
        country_name(code, "en")
    except KeyError as error:
        raise Invalid("Choose a country from the list.", field=field) from error
