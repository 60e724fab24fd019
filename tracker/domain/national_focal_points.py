"""National focal points: whom a Government designated, where, and for how long."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.countries import find_country
from tracker.domain.errors import Invalid

LONGEST = 300  # characters of an institution, a document and ways to reach somebody
LONGEST_NAME = 200
COLUMNS = (
    "country",
    "institution",
    "person",
    "contact",
    "designated_on",
    "valid_from",
    "valid_to",
    "document",
)
REQUIRED = ("country",)
ROW_LIMIT = 500  # at a time: more cannot be looked through before they are taken
SIZE_LIMIT = 256 * 1024  # bytes


class FocalPointOrder(StrEnum):
    """By what the directory is sorted."""

    COUNTRY = "country"
    INSTITUTION = "institution"
    DESIGNATED = "designated"


@dataclass(frozen=True, slots=True)
class FocalPointDetails:
    """What is kept of a national focal point; ``country`` is a code of the table of countries.

    ``document`` is the one that designates them; they are valid until ``valid_to``, included.
    """

    country: str
    institution: str = ""
    person: str = ""
    contact: str = ""
    designated_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    document: str = ""

    def is_valid_on(self, day: date) -> bool:
        """Tell whether they are the focal point on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def check_details(details: FocalPointDetails) -> FocalPointDetails:
    """Return the details without blanks around; refuse, at its field, what cannot be kept."""
    if find_country(details.country) != details.country:
        raise Invalid("Choose the country from the list.", field="country")
    plain = FocalPointDetails(
        details.country,
        _plain(details.institution, "institution", LONGEST),
        _plain(details.person, "person", LONGEST_NAME),
        _plain(details.contact, "contact", LONGEST),
        details.designated_on,
        details.valid_from or details.designated_on,
        details.valid_to,
        _plain(details.document, "document", LONGEST),
    )
    if not plain.institution and not plain.person:
        raise Invalid("Enter the institution, the person, or both.", field="institution")
    if plain.valid_from and plain.valid_to and plain.valid_to < plain.valid_from:
        raise Invalid("The last day lies before the first. Enter a later day.", field="valid_to")
    return plain


def _plain(text: str, field: str, longest: int) -> str:
    plain = " ".join(text.split())
    if len(plain) > longest:
        raise Invalid(
            "This has more than %(longest)s characters. Shorten it.", field=field, longest=longest
        )
    return plain


@dataclass(frozen=True, slots=True)
class FocalPointRow:
    """A row of a list as it was written; ``line`` counts from 1 with the header."""

    line: int
    country: str = ""
    institution: str = ""
    person: str = ""
    contact: str = ""
    designated_on: str = ""
    valid_from: str = ""
    valid_to: str = ""
    document: str = ""


def details_of_row(row: FocalPointRow) -> FocalPointDetails:
    """Return what a row says; raise Invalid with the sentence for the first thing that is wrong."""
    country = find_country(row.country)
    if country is None:
        raise Invalid(
            "“%(country)s” is no country of the table. Write its name as the United Nations do.",
            field="country",
            country=row.country[:60] or "–",
        )
    return check_details(
        FocalPointDetails(
            country,
            row.institution,
            row.person,
            row.contact,
            _day(row.designated_on),
            _day(row.valid_from),
            _day(row.valid_to),
            row.document,
        )
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(
            "“%(text)s” is not a date. Write year, month and day, as in 2026-06-30.",
            text=text[:40],
        ) from error
