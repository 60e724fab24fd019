"""What is told about an activity in rows: money, people, documents, modules, requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.activities import DocumentKind, FrameworkKind, FundSource
from tracker.domain.countries import country_name
from tracker.domain.errors import Invalid

LARGEST_AMOUNT = Decimal("99999999999.99")  # United States dollars
LARGEST_COUNT = 1_000_000  # people
LONGEST_ADDRESS = 500  # characters of a web address


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many people took part, from an institution, a country or both; or at least so many."""

    count: int
    institution: str = ""
    country: str | None = None
    is_at_least: bool = False


@dataclass(frozen=True, slots=True)
class Fund:
    """Money from one source, and one donor where it is extrabudgetary; United States dollars."""

    source: FundSource
    donor: str = ""
    budget: Decimal | None = None
    expenditure: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ActivityDocument:
    """A document of an activity, or an instrument that it led to."""

    title: str
    kind: DocumentKind = DocumentKind.DOCUMENT
    symbol: str = ""
    address: str = ""

    @property
    def is_instrument(self) -> bool:
        """Tell whether the activity led to it, as to a commitment or a plan of action."""
        return self.kind is not DocumentKind.DOCUMENT


@dataclass(frozen=True, slots=True)
class Module:
    """A part of a project, with its own results."""

    title: str
    results: str = ""


@dataclass(frozen=True, slots=True)
class GovernmentRequest:
    """What a Government asked for, and what it was answered."""

    requested_on: date
    country: str
    request: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """An agreement, a preparatory process or a network that an activity belongs to."""

    kind: FrameworkKind
    name: str


def check_attendance(rows: Iterable[Attendance]) -> None:
    """Refuse numbers of participants that cannot be."""
    for row in rows:
        if not 1 <= row.count <= LARGEST_COUNT:
            raise Invalid(
                "A number of participants is not between 1 and %(most)s. Enter how many they were.",
                field="attendance",
                most=LARGEST_COUNT,
            )
        _check_country(row.country, "attendance")


def check_funds(rows: Iterable[Fund]) -> None:
    """Refuse funds that stand twice, have a donor where none can be, or no fitting amount."""
    seen: set[tuple[FundSource, str]] = set()
    for row in rows:
        if row.donor and row.source is FundSource.REGULAR_BUDGET:
            raise Invalid(
                "The regular budget has no donor. Remove “%(donor)s”, or choose extrabudgetary "
                "funds.",
                field="funds",
                donor=row.donor,
            )
        if (row.source, row.donor.casefold()) in seen:
            raise Invalid(
                "The same source of funds stands twice. Put its amounts into one row.",
                field="funds",
            )
        seen.add((row.source, row.donor.casefold()))
        for amount in (row.budget, row.expenditure):
            _check_amount(amount)


def check_documents(rows: Iterable[ActivityDocument]) -> None:
    """Refuse documents without a title, or with an address that is none."""
    for row in rows:
        if not row.title.strip():
            raise Invalid("Enter the title of each document.", field="documents")
        if row.address and not row.address.startswith(("https://", "http://")):
            raise Invalid(
                "“%(address)s” is not a web address. It begins with https://.",
                field="documents",
                address=row.address[:80],
            )


def check_requests(rows: Iterable[GovernmentRequest]) -> None:
    """Refuse requests of countries that are not known."""
    for row in rows:
        _check_country(row.country, "requests")


def check_modules(rows: Iterable[Module]) -> None:
    """Refuse modules without a title."""
    if not all(row.title.strip() for row in rows):
        raise Invalid("Enter the title of each module.", field="modules")


def check_adopters(adopters: Iterable[str], is_good_practice: bool) -> None:
    """Refuse that somebody adopted what is not marked as a good practice."""
    if not is_good_practice and any(name.strip() for name in adopters):
        raise Invalid(
            "Mark the activity as a good practice, or remove those who adopted it.",
            field="adopters",
        )


def _check_country(code: str | None, field: str) -> None:
    if code is None:
        return
    try:
        country_name(code, "en")
    except KeyError as error:
        raise Invalid("Choose a country from the list.", field=field) from error


def _check_amount(amount: Decimal | None) -> None:
    if amount is None:
        return
    if not amount.is_finite() or amount < 0:
        raise Invalid("An amount of money is negative. Enter 0 or more.", field="funds")
    if amount > LARGEST_AMOUNT or amount != round(amount, 2):
        raise Invalid(
            "An amount of money is too large or too fine. Enter United States dollars with at "
            "most two decimals.",
            field="funds",
        )
