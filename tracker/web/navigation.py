"""The header of every page: who I am, where I can go."""

from flask import request, url_for
from flask_babel import gettext

from tracker.domain.permissions import Action, may_ever
from tracker.i18n import N_
from tracker.web import filters
from tracker.web.security import find_signed_in_actor
from tracker.web.transactions import installation

# endpoint, label, the action that opens it
PLACES: tuple[tuple[str, str, Action], ...] = (
    ("resolutions.index", N_("Resolutions"), Action.READ),
    ("mandates.index", N_("Mandates"), Action.READ),
)


def header() -> dict[str, object]:
    """Return what base.html shows in the header of this request's page."""
    actor = find_signed_in_actor()
    shared: dict[str, object] = {
        "language": filters.language(),
        "entity_name": installation().settings.entity.name,
        "home_url": "/",
        "sign_in_url": url_for("account.sign_in"),
        "sign_out_url": url_for("account.sign_out"),
        "account_url": url_for("account.show"),
    }
    if actor is None:
        return shared
    return shared | {
        "signed_in": actor.name,
        "navigation": [
            (url_for(endpoint), gettext(text), _is_here(endpoint), None)
            for endpoint, text, action in PLACES
            if may_ever(actor, action)
        ],
    }


def _is_here(endpoint: str) -> bool:
    return request.blueprint is not None and endpoint.startswith(f"{request.blueprint}.")
