"""What somebody else wrote about an activity meanwhile, told field by field."""

from dataclasses import fields

from flask_babel import gettext

from tracker.domain.activity_details import ActivityDetails, Participant, YearQuantity
from tracker.queries.activity_sheets import ActivitySheet
from tracker.web import filters
from tracker.web.choices import language_name

Told = dict[str, tuple[str, str]]


def differences(sheet: ActivitySheet, mine: ActivityDetails) -> list[tuple[str, str]]:
    """Return label and present value of each field in which ``mine`` says something else."""
    told = _told(sheet)
    return [
        told[field.name]
        for field in fields(ActivityDetails)
        if _plain(getattr(sheet.details, field.name)) != _plain(getattr(mine, field.name))
    ]


def _plain(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _told(sheet: ActivitySheet) -> Told:
    details = sheet.details
    none = gettext("None")
    return {
        "deliverable": (
            gettext("What sort of deliverable it is"),
            filters.label(details.deliverable),
        ),
        "title": (gettext("Title"), details.title),
        "language": (gettext("Language of title and description"), language_name(details.language)),
        "unit_id": (gettext("Unit"), sheet.unit),
        "starts_on": (gettext("Starts on"), filters.day(details.starts_on)),
        "ends_on": (gettext("Ends on"), filters.day(details.ends_on) or none),
        "description": (gettext("Description"), details.description or none),
        "subprogramme_id": (gettext("Subprogramme"), sheet.subprogramme or none),
        "quantities": (
            gettext("Quantities"),
            "; ".join(map(_quantity, details.quantities)) or none,
        ),
        "countries": (gettext("Countries"), filters.countries(details.countries) or none),
        "participants": (
            gettext("Partners and donors"),
            "; ".join(map(_participant, details.participants)) or none,
        ),
    }


def _quantity(quantity: YearQuantity) -> str:
    return gettext(
        "%(year)s: %(planned)s planned, %(actual)s actual",
        year=quantity.year,
        planned=filters.number(quantity.planned),
        actual=filters.number(quantity.actual),
    )


def _participant(participant: Participant) -> str:
    part, kind = filters.label(participant.part), filters.label(participant.kind)
    return f"{participant.name} ({part}, {kind})"
