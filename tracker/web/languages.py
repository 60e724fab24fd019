"""The language of a page: that of the reader's account, or the one a visitor chose or prefers."""

from flask import request, session, url_for
from flask_babel import get_locale

from tracker.web.choices import language_choices
from tracker.web.security import find_signed_in_actor

_CHOSEN = "language"


def page_language() -> str:
    """Return the language of this request's page."""
    offered = [code for code, _name in language_choices()]
    reader = find_signed_in_actor()
    wanted = session.get(_CHOSEN) if reader is None else reader.language
    if wanted in offered:
        return str(wanted)
    return request.accept_languages.best_match(offered) or offered[0]


def reading_language(own: str) -> str:
    """Return the language for somebody known though not signed in: the chosen one, else theirs."""
    offered = dict(language_choices())
    if session.get(_CHOSEN) in offered or own not in offered:
        return page_language()
    return own


def choose_language(code: str) -> bool:
    """Show this visitor pages in the language ``code`` from now on; tell whether it is offered."""
    is_offered = code in dict(language_choices())
    if is_offered:
        session[_CHOSEN] = code
    return is_offered


def language_links() -> list[tuple[str, str, str, bool]]:
    """Return code, name, address and whether it is the present one, for each language to choose."""
    choices = language_choices()
    if len(choices) == 1:
        return []
    present = str(get_locale())
    here = request.full_path.rstrip("?") if request.method == "GET" else url_for("account.sign_in")
    return [
        (code, name, url_for("account.change_language", code=code, next=here), code == present)
        for code, name in choices
    ]
