"""The header of every page: who I am, where I can go."""

from flask import request, url_for

from tracker.domain.errors import N_
from tracker.domain.permissions import Action, Actor, may_ever
from tracker.queries.work import waiting_counts
from tracker.web import filters
from tracker.web.house import house
from tracker.web.languages import language_links
from tracker.web.page_words import words
from tracker.web.security import find_signed_in_actor
from tracker.web.transactions import reading

# endpoint, label, the action that opens it
PLACES: tuple[tuple[str, str, Action], ...] = (
    ("dashboard.index", N_("Start"), Action.READ),
    ("dashboard.compliance", N_("Compliance"), Action.SEE_COMPLIANCE),
    ("resolutions.index", N_("Resolutions"), Action.READ),
    ("mandates.index", N_("Mandates"), Action.READ),
    ("activities.index", N_("Activities"), Action.READ),
    ("periods.index", N_("Periods"), Action.READ),
    ("biennial_reports.periods", N_("Reports"), Action.READ),
    ("deliveries.index", N_("Deliveries"), Action.SEE_DELIVERIES),
    ("people.index", N_("People"), Action.INVITE_PERSON),
    ("units.index", N_("Units"), Action.SET_CLEARANCE),
    ("setup.index", N_("Set-up"), Action.SET_UP_HOUSE),
)

_BELOW: tuple[tuple[str, str], ...] = (
    ("cooperation.index", N_("Requests and offers")),
    ("cooperation.network_list", N_("Networks")),
    ("focal_points.index", N_("National focal points")),
    ("help.index", N_("Help")),
)


def header() -> dict[str, object]:
    """Return what base.html shows in the header of this request's page."""
    actor = find_signed_in_actor()
    shared: dict[str, object] = {
        "language": filters.language(),
        "entity_name": house().entity.name_in(filters.language()),
        "home_url": "/",
        "sign_in_url": "" if request.endpoint == "account.sign_in" else url_for("account.sign_in"),
        "sign_out_url": url_for("account.sign_out"),
        "account_url": url_for("account.show"),
    }
    if actor is None:
        return shared | {"languages": language_links()}
    return shared | {
        "signed_in": actor.name,
        "waiting_for_me": _waiting(actor),
        "navigation": [
            (url_for(endpoint), words(text), _is_here(endpoint), None)
            for endpoint, text, action in PLACES
            if may_ever(actor, action)
        ],
        "search_url": url_for("search.index"),
        "footer_links": [(url_for(endpoint), words(text)) for endpoint, text in _BELOW],
    }


# Pages of one place that lead on from another: there the reader thinks to be.
_STANDS_WITH = {
    "dashboard.assign_chosen": "dashboard.compliance",
    "dashboard.compliance_detail": "dashboard.compliance",
    "dashboard.show_duplicates": "dashboard.compliance",
    "dashboard.list_requests": "dashboard.compliance",
    "dashboard.rehearse_reminders": "dashboard.compliance",
    "dashboard.show_lateness": "dashboard.compliance",
    "dashboard.show_radar": "dashboard.compliance",
    "dashboard.show_request": "dashboard.compliance",
    "dashboard.show_sheet": "dashboard.compliance",
    "public_pages.bodies": "setup.index",
    "public_pages.body": "setup.index",
    "public_pages.set_body": "setup.index",
    "recommendations.bodies": "setup.index",
    "recommendations.body": "setup.index",
    "recommendations.set_body": "setup.index",
    "activities.link_to_mandate": "mandates.index",
    "names.edit_activity": "activities.index",
    "deliverables.index": "activities.index",
    "deliverables.place": "activities.index",
    "deliverables.rehearse": "activities.index",
    "deliverables.show": "activities.index",
    "deliverables.take": "activities.index",
    "deliverables.upload": "activities.index",
}
_ROOMS_STAND_WITH = {
    "briefs": "biennial_reports.periods",
    "cooperation": "activities.index",
    "handovers": "units.index",
    "jobs": "deliveries.index",
    "mail_texts": "deliveries.index",
    "meetings": "resolutions.index",
    "reminder_rules": "deliveries.index",
    "names": "biennial_reports.periods",
    "pauses": "deliveries.index",
    "progress": "dashboard.index",
    "public_pages": "resolutions.index",
    "recommendations": "resolutions.index",
    "roll_ups": "dashboard.compliance",
    "saved_views": "dashboard.index",
    "subjects": "mandates.index",
    "sheets": "dashboard.index",
    "understanding": "resolutions.index",
}


def _is_here(endpoint: str) -> bool:
    if request.endpoint in _STANDS_WITH:
        return _STANDS_WITH[request.endpoint] == endpoint
    if request.endpoint in {place for place, _text, _action in PLACES}:
        return request.endpoint == endpoint
    if request.blueprint in _ROOMS_STAND_WITH:
        return _ROOMS_STAND_WITH[request.blueprint] == endpoint
    return request.blueprint is not None and endpoint.startswith(f"{request.blueprint}.")


def _waiting(actor: Actor) -> tuple[str, int] | None:
    """Return where the reports that wait for ``actor`` are listed and how many there are."""
    with reading() as session:
        count = waiting_counts(session, actor).total
    return (url_for("dashboard.index"), count) if count else None
