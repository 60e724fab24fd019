"""Refusals and failures as pages that say what happened, what is safe and what to do."""

import logging

from flask import Flask, render_template
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from tracker.database import OperationalError, ProgrammingError, StaleDataError
from tracker.domain.errors import (
    N_,
    Duplicate,
    Invalid,
    LinkRefused,
    NotAllowed,
    NotFound,
    Refused,
    Stale,
    Unavailable,
    UnreadableDocument,
    WrongState,
)
from tracker.web import filters
from tracker.web.house import ask_no_database_for_the_house
from tracker.web.security import forget_for_this_request

logger = logging.getLogger(__name__)

STATUS: tuple[tuple[type[Refused], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (LinkRefused, 403),
    (Stale, 409),
    (Duplicate, 409),
    (WrongState, 409),
    (Invalid, 400),
    (UnreadableDocument, 400),
    (Unavailable, 503),
)
PAGES = frozenset({400, 403, 404, 409, 413, 500, 503})
Answer = tuple[str, int]

STALE_ROW = N_(
    "Somebody else changed this at the same moment. Nothing of theirs was overwritten: "
    "open the page again and repeat your change."
)
NO_DATABASE = N_(
    "The database does not answer or is not set up. Nothing was changed. Try again in a minute; "
    "whoever runs the site finds out more with: tracker database check"
)


def status_of(refusal: Refused) -> int:
    """Return the HTTP status that tells ``refusal``."""
    return next((status for kind, status in STATUS if isinstance(refusal, kind)), 400)


def refused(refusal: Refused, *, list_url: str | None = None) -> Answer:
    """Show the sentence of a refusal; ``list_url``: the list that asked for too much."""
    return _page(status_of(refusal), filters.said(refusal), list_url=list_url)


def _page(status: int, sentence: str = "", *, list_url: str | None = None) -> Answer:
    name = status if status in PAGES else (500 if status >= 500 else 400)
    page = f"errors/{name}.html"
    try:
        return render_template(page, sentence=sentence, list_url=list_url, is_error=True), status
    except (OperationalError, ProgrammingError) as error:
        # No handler is asked for an error of another handler's page.
        return no_database(error)


def http_error(error: HTTPException) -> Answer:
    """Show a page for an error of the protocol: no such page, too large, wrong method."""
    return _page(error.code or 500)


def stale_page(error: CSRFError) -> Answer:
    """Say that a form was open for too long or came from elsewhere."""
    logger.info("form refused: %s", error.description)
    return _page(
        400,
        gettext(
            "This form was open for too long or was sent twice. Nothing was changed: go back, "
            "copy your text, open the page again and send it once more."
        ),
    )


def stale_row(error: StaleDataError) -> Answer:
    """Say that somebody else wrote the same row in the same moment."""
    logger.info("stale write refused: %s", error)
    return _page(409, gettext(STALE_ROW))


def no_database(error: OperationalError | ProgrammingError) -> Answer:
    """Say that the database is away."""
    logger.error("database error: %s", error.orig)
    # The page must ask the database nothing, not even who is signed in.
    forget_for_this_request()
    ask_no_database_for_the_house()
    return _page(503, gettext(NO_DATABASE))


def failure(error: Exception) -> Answer:
    """Say that something broke on our side, and keep the details in the log."""
    logger.error("request failed", exc_info=error)
    return _page(500)


def install(app: Flask) -> None:
    """Let every error of ``app`` end in a page."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, stale_page)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(StaleDataError, stale_row)
    app.register_error_handler(OperationalError, no_database)
    app.register_error_handler(ProgrammingError, no_database)
    app.register_error_handler(Exception, failure)
