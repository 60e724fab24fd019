"""Where an import leads: to what it made, or to what is there already."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker.domain.errors import Duplicate, Refused
from tracker.services.resolutions import ImportOutcome


def to_imported(outcomes: Sequence[ImportOutcome]) -> Response:
    """Say what was imported, and lead to it; several lead to the list of resolutions."""
    count = sum(outcome.mandate_count for outcome in outcomes)
    symbols = ", ".join(outcome.symbol for outcome in outcomes)
    flash(
        ngettext(
            "%(symbols)s is imported with %(num)s mandate.",
            "%(symbols)s is imported with %(num)s mandates.",
            count,
            symbols=symbols,
        ),
        "success",
    )
    if len(outcomes) > 1:
        return redirect(url_for("resolutions.index"), 303)
    return redirect(
        url_for("resolutions.show", body=outcomes[0].body_key, slug=outcomes[0].slug), 303
    )


def imported_there(refusal: Refused) -> tuple[str, str] | None:
    """Return symbol and address of the resolution that a refusal says is there already."""
    values = refusal.values
    if not isinstance(refusal, Duplicate) or "slug" not in values:
        return None
    address = url_for("resolutions.show", body=values["body_key"], slug=values["slug"])
    return str(values["symbol"]), address
