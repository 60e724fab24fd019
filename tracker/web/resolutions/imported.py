"""Where an import leads: to what it made, or to what is there already."""

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.domain.errors import Duplicate, Refused
from tracker.queries.import_files import files_received_with
from tracker.queries.mandates import Asking
from tracker.services.import_batches import Together
from tracker.services.resolutions import ImportOutcome
from tracker.web import filters
from tracker.web.security import actor
from tracker.web.transactions import reading


def to_imported(made: Together, *, file_id: int) -> Response:
    """Say what was imported, and lead on.

    To the texts that wait of those that came together; from the last of them to the mandates that
    are to be confirmed. What came alone leads to the resolution that it became.
    """
    _tell(made)
    with reading() as session:
        files = files_received_with(session, file_id, actor())
    if len(files) > 1 and any(file.open_reviews for file in files):
        return redirect(url_for("resolutions.received", file_id=file_id), 303)
    places = {(each.body_key, each.slug) for each in made.imported}
    places |= {(each.body_key, each.slug) for each in made.languages}
    if len(places) > 1 or len(files) > 1:
        return redirect(url_for("mandates.index", asking=Asking.UNCONFIRMED.value), 303)
    [(body, slug)] = places
    return redirect(url_for("resolutions.show", body=body, slug=slug), 303)


def _tell(made: Together) -> None:
    if made.imported:
        flash(_imported(made.imported), "success")
    for outcome in made.imported:
        if outcome.new_body:
            flash(
                gettext(
                    "The body “%(body)s” was not there and is made with it. If it is another "
                    "spelling of one that is there, tell an administrator before you go on.",
                    body=outcome.new_body,
                ),
                "notice",
            )
    for each in made.languages:
        language = filters.language_name(each.language)
        flash(
            gettext(
                "%(symbol)s: the text in %(language)s is added.",
                symbol=each.symbol,
                language=language,
            ),
            "success",
        )


def _imported(outcomes: Sequence[ImportOutcome]) -> str:
    count = sum(outcome.mandate_count for outcome in outcomes)
    symbols = ", ".join(outcome.symbol for outcome in outcomes)
    if len(outcomes) > 1:
        return ngettext(
            "%(symbols)s are imported with %(num)s mandate in all.",
            "%(symbols)s are imported with %(num)s mandates in all.",
            count,
            symbols=symbols,
        )
    return ngettext(
        "%(symbols)s is imported with %(num)s mandate.",
        "%(symbols)s is imported with %(num)s mandates.",
        count,
        symbols=symbols,
    )


def imported_there(refusal: Refused) -> tuple[str, str] | None:
    """Return symbol and address of the resolution that a refusal says is there already."""
    values = refusal.values
    if not isinstance(refusal, Duplicate) or "slug" not in values:
        return None
    address = url_for("resolutions.show", body=values["body_key"], slug=values["slug"])
    return str(values["symbol"]), address
