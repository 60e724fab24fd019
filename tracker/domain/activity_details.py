"""What people say about an activity, and the rules that it has to keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.activities import (
    CountryPart,
    Deliverable,
    Modality,
    PartnerKind,
    PartnerPart,
)
from tracker.domain.activity_parts import (
    ActivityDocument,
    Attendance,
    Framework,
    Fund,
    GovernmentRequest,
    Module,
    check_adopters,
    check_attendance,
    check_documents,
    check_funds,
    check_modules,
    check_requests,
)
from tracker.domain.countries import country_name, find_country, similar_name
from tracker.domain.errors import Invalid
from tracker.domain.mandates import Sensitivity

FIRST_YEAR, LAST_YEAR = 1945, 2200
LARGEST_QUANTITY = Decimal("9999999999.99")
LONGEST_SHOWN = 80  # characters of a text that is no country's name
EXAMPLE = "CPV"  # a country whose name reads the same in every language of the pages


@dataclass(frozen=True, slots=True)
class YearQuantity:
    """What was planned and what was done in one calendar year, in the deliverable's measure."""

    year: int
    planned: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """A partner or a donor of an activity."""

    name: str
    kind: PartnerKind
    part: PartnerPart = PartnerPart.PARTNER


@dataclass(frozen=True, slots=True)
class ActivityDetails:
    """Everything that a person enters about an activity; without ``ends_on`` it takes one day.

    Countries are codes of the table of countries; who adds or changes an activity may give names
    in any language in their place. ``countries`` are those in which, or with which, it took place;
    the others are told apart.
    """

    deliverable: Deliverable
    title: str
    language: str
    unit_id: int
    starts_on: date
    ends_on: date | None = None
    description: str = ""
    subprogramme_id: int | None = None
    quantities: tuple[YearQuantity, ...] = ()
    countries: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    studied: tuple[str, ...] = ()
    hosting: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    taking_part: tuple[str, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    funds: tuple[Fund, ...] = ()
    documents: tuple[ActivityDocument, ...] = ()
    modules: tuple[Module, ...] = ()
    requests: tuple[GovernmentRequest, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    modality: Modality | None = None
    sector: str = ""
    priority_of: str = ""
    is_good_practice: bool = False
    adopters: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity.UNCLASSIFIED

    @property
    def years(self) -> range:
        """Return the calendar years that the activity touches, earliest first."""
        return range(self.starts_on.year, (self.ends_on or self.starts_on).year + 1)

    def countries_as(self, part: CountryPart) -> tuple[str, ...]:
        """Return the countries that have this part in the activity."""
        if part is CountryPart.CONCERNED:
            return self.countries
        named: tuple[str, ...] = getattr(self, part.value)
        return named


def check_details(details: ActivityDetails) -> None:
    """Refuse details that break a rule; Invalid names the field at which they do."""
    if not details.title.strip():
        raise Invalid("Enter the title of the activity.", field="title")
    if details.ends_on is not None and details.ends_on < details.starts_on:
        raise Invalid(
            "The activity ends before it starts. Enter an end date on or after the start date.",
            field="ends_on",
        )
    if not FIRST_YEAR <= details.years[0] <= details.years[-1] <= LAST_YEAR:
        raise Invalid(
            "The dates lie outside the years %(first)s to %(last)s. Check the year.",
            field="starts_on",
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    _check_quantities(details)
    for part in CountryPart:
        _check_countries(details, part)
    check_attendance(details.attendance)
    check_funds(details.funds)
    check_documents(details.documents)
    check_modules(details.modules)
    check_requests(details.requests)
    check_adopters(details.adopters, details.is_good_practice)


def country_codes(written: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the countries that are named, each once, in the order of the codes.

    Blank texts are passed over. Raises Invalid at the first text that names no country.
    """
    return tuple(sorted({country_code(text) for text in written if text.strip()}))


def country_code(written: str) -> str:
    """Return the code of the country that is named.

    Raises Invalid when there is no such one, with the name that was nearly written as the example.
    """
    code = find_country(written)
    if code is None:
        quoted = " ".join(written.split())[:LONGEST_SHOWN]
        raise Invalid(
            "“%(name)s” is not a country name we know. Write it as the United Nations does, for "
            "example %(example)s.",
            field="countries",
            name=quoted,
            example=similar_name(quoted) or country_name(EXAMPLE, "en"),
        )
    return code


def ended_before_adoption(last_day: date, adopted_on: date | None) -> bool:
    """Tell whether an activity was over before the body adopted what it is said to carry out."""
    return adopted_on is not None and last_day < adopted_on


def _check_countries(details: ActivityDetails, part: CountryPart) -> None:
    try:
        country_codes(details.countries_as(part))
    except Invalid as refusal:
        field = "countries" if part is CountryPart.CONCERNED else part.value
        raise Invalid(refusal.sentence, field=field, **refusal.values) from refusal


def _check_quantities(details: ActivityDetails) -> None:
    seen: set[int] = set()
    for quantity in details.quantities:
        if quantity.year in seen:
            raise Invalid(
                "The year %(year)s stands twice among the quantities. Keep one row for it.",
                field="quantities",
                year=quantity.year,
            )
        seen.add(quantity.year)
        if quantity.year not in details.years:
            raise Invalid(
                "The activity does not take place in %(year)s. Correct the year of the quantity, "
                "or the dates of the activity.",
                field="quantities",
                year=quantity.year,
            )
        for amount in (quantity.planned, quantity.actual):
            _check_amount(amount, quantity.year)


def _check_amount(amount: Decimal | None, year: int) -> None:
    if amount is None:
        return
    if not amount.is_finite() or amount < 0:
        raise Invalid(
            "A quantity of %(year)s is negative. Enter 0 or more.", field="quantities", year=year
        )
    if amount > LARGEST_QUANTITY or amount != round(amount, 2):
        raise Invalid(
            "A quantity of %(year)s is too large or too fine. Enter at most two decimals.",
            field="quantities",
            year=year,
        )
