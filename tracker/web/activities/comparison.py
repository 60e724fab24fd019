"""What somebody else wrote about an activity meanwhile, told field by field."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from flask_babel import gettext

from tracker.domain.activities import CountryPart
from tracker.domain.activity_details import ActivityDetails
from tracker.queries.activity_sheets import ActivitySheet
from tracker.web import filters
from tracker.web.activities.words import (
    attendance_words,
    document_words,
    framework_words,
    fund_words,
    module_words,
    participant_words,
    quantity_words,
    request_words,
)
from tracker.web.choices import language_name

Told = dict[str, tuple[str, str]]


def differences(sheet: ActivitySheet, mine: ActivityDetails) -> list[tuple[str, str]]:
    """Return label and present value of each field in which ``mine`` says something else."""
    told = _told(sheet) | _told_in_rows(sheet.details)
    none = gettext("None")
    return [
        (told[field.name][0], told[field.name][1] or none)
        for field in fields(ActivityDetails)
        if _plain(getattr(sheet.details, field.name)) != _plain(getattr(mine, field.name))
    ]


def _plain(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _told(sheet: ActivitySheet) -> Told:
    details = sheet.details
    return {
        "deliverable": (
            gettext("What sort of deliverable it is"),
            filters.label(details.deliverable),
        ),
        "title": (gettext("Title"), details.title),
        "language": (gettext("Language of title and description"), language_name(details.language)),
        "unit_id": (gettext("Unit"), sheet.unit),
        "starts_on": (gettext("Starts on"), filters.day(details.starts_on)),
        "ends_on": (gettext("Ends on"), filters.day(details.ends_on)),
        "description": (gettext("Description"), details.description),
        "subprogramme_id": (gettext("Subprogramme"), sheet.subprogramme or ""),
        "modality": (
            gettext("Form of cooperation"),
            filters.label(details.modality) if details.modality else "",
        ),
        "sector": (gettext("Sector"), details.sector),
        "priority_of": (gettext("Whose priority it is"), details.priority_of),
        "is_good_practice": (
            gettext("It is a good practice"),
            gettext("Yes") if details.is_good_practice else gettext("No"),
        ),
        "adopters": (gettext("Who adopted it"), "; ".join(details.adopters)),
        "sensitivity": (gettext("Sensitivity"), filters.label(details.sensitivity)),
        **{
            "countries" if part is CountryPart.CONCERNED else part.value: (
                filters.label(part),
                filters.countries(details.countries_as(part)),
            )
            for part in CountryPart
        },
    }


def _told_in_rows(details: ActivityDetails) -> Told:
    return {
        "quantities": (gettext("Quantities"), _listed(quantity_words, details.quantities)),
        "participants": (
            gettext("Partners and donors"),
            _listed(participant_words, details.participants),
        ),
        "attendance": (gettext("Participants"), _listed(attendance_words, details.attendance)),
        "funds": (gettext("Funds"), _listed(fund_words, details.funds)),
        "documents": (gettext("Documents"), _listed(document_words, details.documents)),
        "modules": (gettext("Modules"), _listed(module_words, details.modules)),
        "requests": (
            gettext("Requests from Governments"),
            _listed(request_words, details.requests),
        ),
        "frameworks": (
            gettext("Agreement, process or network"),
            _listed(framework_words, details.frameworks),
        ),
    }


def _listed(words: Callable[[Any], str], rows: Iterable[Any]) -> str:
    return "; ".join(map(words, rows))
