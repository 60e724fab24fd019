"""Which mandates an address asks for."""

from flask import request

from tracker.domain.assignments import Acceptance
from tracker.domain.mandates import Nature
from tracker.queries.mandates import Asking, MandateFilter
from tracker.web.addresses import whole_number


def wanted_mandates() -> MandateFilter:
    """Return what the address asks for; a word that is none of ours asks for nothing."""
    sent = request.args
    return MandateFilter(
        unit_id=whole_number(sent.get("unit", "")),
        nature=sent.get("nature", type=Nature),
        asking=sent.get("asking", type=Asking),
        is_ownerless=sent.get("owner") == "none",
        acceptance=sent.get("answer", type=Acceptance),
        instrument_id=whole_number(sent.get("resolution", "")),
        session_id=whole_number(sent.get("session", "")),
        lacks_activity=sent.get("activities") == "none",
    )
