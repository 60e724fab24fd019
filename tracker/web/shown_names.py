"""Names as the reader's language has them, for templates and for the choices of forms."""

from flask import Flask, g

from tracker.domain.names import Named, Names
from tracker.queries.names import names_in
from tracker.web import filters
from tracker.web.transactions import reading


def names() -> Names:
    """Return the names in the language of the page; asked of the database once in a request."""
    language = filters.language()
    if g.get("names_language") != language:
        with reading() as session:
            g.names, g.names_language = names_in(session, language), language
    found = g.names
    assert isinstance(found, Names)  # noqa: S101 - nobody else writes there
    return found


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


def install(app: Flask) -> None:
    """Give the templates of ``app`` a filter for each kind of name."""
    app.jinja_env.filters.update(
        unit_name=unit_name,
        body_name=body_name,
        session_name=session_name,
        subprogramme_name=subprogramme_name,
    )
