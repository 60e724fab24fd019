"""Supply and demand in cooperation: what is asked for, what is offered, and which fit together."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.activities import PartnerKind
from tracker.domain.countries import country_name
from tracker.domain.errors import N_, Invalid

LONGEST_TITLE, LONGEST_PARTY, LONGEST_WORDS, LONGEST_DETAIL = 400, 200, 200, 4000  # characters
LONGEST_REASON = 1000
MOST_MEMBERS = 300

# Words of requests and offers that tell nothing of their subject, in the four languages.
PASSING = frozenset(
    word
    for words in (
        "advice adviser advisers advisory aid area areas big capacity capacities course courses",
        "day days expert expertise experts four fund funds grant grants help large local managers",
        "month months need needed needs new office offices officials old people person plan plans",
        "project projects public request service services small staff study team technical three",
        "training two university visit visits week weeks work workshop workshops year years",
        "apoyo asesoramiento asistencia ayuda capacitación capacidad curso cursos días dos equipo",
        "estudio experto expertos expertas fondos funcionarios grande grandes local meses nuevo",
        "nueva nuevos nuevas oficina pequeño pequeña pequeños pequeñas personas plan proyecto",
        "proyectos semanas servicio servicios taller talleres técnica técnico tres visita años",
        "aide appui ateliers atelier besoin bourses capacités conseil conseils cours deux équipe",
        "étude experts fonds fonctionnaires formation grand grands grande grandes jours local mois",
        "nouveau nouveaux nouvelle nouvelles personnes petit petits petite petites projet projets",
        "semaines services stage technique trois visite ans",
        "ajuda apoio assessoria assistência bolsas capacitação curso cursos dias dois equipe",
        "estudo especialistas formação fundos grande grandes meses novo nova novos novas oficina",
        "pequeno pequena pequenos pequenas pessoas plano projeto projetos semanas serviços técnica",
        "técnico três visita anos",
    )
    for word in words.split()
)


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
    """What decides whether two notices fit, and where each is wanted or given.

    ``stems`` are those of its words with how they are written, ``said`` those among them that stand
    in its sector or its subject words; ``listed`` the subject words of the house that it holds,
    by their keys.
    """

    stems: Mapping[str, str]
    country: str | None
    said: frozenset[str] = frozenset()
    listed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """Why two notices fit: subject words of the house, other words, and whether their place is one.

    No word of ``shared`` is said again in ``listed``.
    """

    shared: tuple[str, ...]
    is_same_country: bool
    listed: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return all that both have in common, the subject words of the house first."""
        return (*self.listed, *self.shared)

    @property
    def strength(self) -> int:
        """Return how well they fit: a subject word of the house weighs most, the country least."""
        return 4 * len(self.listed) + 2 * len(self.shared) + self.is_same_country


def fit_of(one: Subject, other: Subject, common: Collection[str] = frozenset()) -> Fit | None:
    """Return why two notices fit; None where they share no subject, whatever the country.

    They share one where both hold a subject word of the house, or a word that one of the two has
    as its sector or subject word. Words of titles count only beside these, and ``common`` stems,
    which too many notices have, never.
    """
    listed = {key: name for key, name in one.listed.items() if key in other.listed}
    both = [stem for stem in one.stems if stem in other.stems and stem not in common]
    if not listed and not any(stem in one.said or stem in other.said for stem in both):
        return None
    known = {word.casefold() for name in listed.values() for word in name.split()}
    shared = (one.stems[stem] for stem in both if one.stems[stem].casefold() not in known)
    return Fit(
        tuple(dict.fromkeys(shared)),
        one.country is not None and one.country == other.country,
        tuple(listed.values()),
    )


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
