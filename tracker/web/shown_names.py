"""Names as the reader's language has them, for templates and for the choices of forms."""

from flask import Flask

from tracker.domain.names import Named, Names
from tracker.queries.names import names_in
from tracker.web import filters
from tracker.web.page_words import request_globals
from tracker.web.transactions import reading


def names() -> Names:
    """Return the names in the language of the page; asked of the database once in a request."""
    language = filters.language()
    here = request_globals()
    known: dict[str, Names] | None = here.get("names")
    if known is None:
        known = here.names = {}
    if language not in known:
        with reading() as session:
            known[language] = names_in(session, language)
    return known[language]


def named(kind: Named, name: str) -> str:
    """Return a name in the language of the page, where nobody wrote one the original."""
    return names().of(kind, name)


def unit_name(name: str | None) -> str | None:
    """Return a unit's name in the language of the page; no name stays none."""
    return named(Named.UNIT, name) if name else name


def body_name(name: str) -> str:
    """Return a body's name in the language of the page."""
    return named(Named.BODY, name)


def session_name(name: str | None) -> str | None:
    """Return a session's name in the language of the page; no name stays none."""
    return named(Named.SESSION, name) if name else name


def subprogramme_name(name: str) -> str:
    """Return a subprogramme's name in the language of the page."""
    return named(Named.SUBPROGRAMME, name)


def post_name(name: str) -> str:
    """Return the name of a post that signs the report in the language of the page."""
    return named(Named.POST, name)


def install(app: Flask) -> None:
    """Give the templates of ``app`` a filter for each kind of name."""
    app.jinja_env.filters.update(
        unit_name=unit_name,
        body_name=body_name,
        session_name=session_name,
        subprogramme_name=subprogramme_name,
        post_name=post_name,
    )
