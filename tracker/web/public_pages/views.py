"""Views that everybody may read: a body's texts, one of them, a paragraph of it, and the feed."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response as BaseResponse

from tracker import clock
from tracker.domain.clauses import BlockKind, path_of_slug, slug_path
from tracker.domain.errors import NotFound
from tracker.queries.clause_corrections import path_now
from tracker.queries.public_pages import (
    MOST_ENTRIES,
    PublicFile,
    PublicReport,
    PublicResolution,
    find_public_body,
    find_public_resolution,
    reports_on_mandate,
    reports_to_body,
    sessions_with_texts,
    texts_of_session,
)
from tracker.queries.public_state import PublicPart, public_state
from tracker.queries.references import Reference
from tracker.web import filters
from tracker.web.choices import language_choices
from tracker.web.exports import page_address
from tracker.web.languages import page_language
from tracker.web.lists import asked_place
from tracker.web.public_pages.blueprint import blueprint, kept_answers
from tracker.web.public_pages.said import said_on
from tracker.web.security import forget_for_this_request, public
from tracker.web.shown_names import body_name, session_name
from tracker.web.transactions import installation, reading
from tracker.writing.atom_feed import MEDIA_TYPE, Entry, atom_feed

SECONDS_KEPT = 300  # by browsers and by what stands between
_PLACES = ("session", "after", "before")  # what an address says besides the language


@blueprint.get("/public/<body>")
@public
def texts(body: str) -> BaseResponse:
    return _answer(lambda: _texts_page(body), PublicPart.TEXTS, body)


@blueprint.get("/public/<body>/<slug>")
@public
def resolution(body: str, slug: str) -> BaseResponse:
    return _answer(lambda: _resolution_page(body, slug), PublicPart.TEXT, body, slug)


@blueprint.get("/public/<body>/<slug>/<path:path>")
@public
def clause(body: str, slug: str, path: str) -> BaseResponse:
    return _answer(
        lambda: _clause_page(body, slug, path_of_slug(path)), PublicPart.TEXT, body, slug
    )


@blueprint.get("/public/<body>/feed.atom")
@public
def feed(body: str) -> BaseResponse:
    return _answer(lambda: _feed(body), PublicPart.REPORTS, body)


def _answer(
    made: Callable[[], tuple[Response, bool]], part: PublicPart, body: str, slug: str = ""
) -> BaseResponse:
    """Answer as to a stranger, in the language of the address, else the reader's.

    Who has the newest already is told so after three statements, and who has not gets the page as
    it was written for the reader before. ``made`` gives the answer and whether search engines may
    take it up.
    """
    language = _language()
    forget_for_this_request()
    with reading() as session:
        state = public_state(session, part, body, slug)
    at = state.changed_at or datetime(2000, 1, 1, tzinfo=UTC)
    seen = "\n".join(
        (f"{state.count} {state.number}", clock.today().isoformat(), language, request.full_path)
    )
    etag = sha256(f"{current_app.secret_key!s}\n{seen}".encode()).hexdigest()[:32]
    if etag in request.if_none_match:
        return _cached(Response(status=304), etag, at)
    answer = kept_answers().find(etag)
    if answer is None:
        with force_locale(language):
            answer, is_indexed = made()
        if not is_indexed:
            answer.headers["X-Robots-Tag"] = "noindex"
        kept_answers().keep(etag, answer)
    return _cached(answer, etag, at).make_conditional(request)


def _cached(answer: Response, etag: str, at: datetime) -> Response:
    answer.set_etag(etag)
    # An embargo ends with a day, which changes the page without any change of the records.
    today = datetime.combine(clock.today(), datetime.min.time(), UTC)
    answer.last_modified = max(at, today)
    has_session = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    reach = "private" if has_session else "public"
    answer.headers["Cache-Control"] = f"{reach}, max-age={SECONDS_KEPT}"
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer


def _language() -> str:
    asked = request.args.get("language")
    return asked if asked in dict(language_choices()) and asked else page_language()


def _texts_page(body: str) -> tuple[Response, bool]:
    """Return the texts of the session that is asked for, of the newest one where none is."""
    with reading() as session:
        found = find_public_body(session, body)
        if found is None:
            raise _nothing()
        today = clock.today()
        sessions = sessions_with_texts(session, found.body_id, today=today)
        asked = request.args.get("session", "")
        shown = next((each for each in sessions if asked == str(each.id or 0)), None)
        if asked and shown is None:
            raise _nothing()
        shown = shown or next(iter(sessions), None)
        rows, before, after = (
            texts_of_session(
                session, found.body_id, shown.id, language=filters.language(), today=today,
                place=asked_place(),
            )
            if shown
            else ((), None, None)
        )  # fmt: skip
    page = _rendered(
        "public_pages/texts.html",
        found.key,
        body=found,
        sessions=sessions,
        shown=shown,
        texts=rows,
        before=before,
        after=after,
    )
    return page, found.is_indexed


def _resolution_page(body: str, slug: str) -> tuple[Response, bool]:
    found = _find(body, slug)
    return _page("public_pages/resolution.html", found, resolution=found), found.is_indexed


def _clause_page(body: str, slug: str, path: str) -> tuple[Response, bool]:
    found = _find(body, slug)
    shown = found.find_clause(path)
    if shown is None:
        return _moved(found, path), found.is_indexed
    with reading() as session:
        reports = (
            reports_on_mandate(session, shown.mandate_id, page_language())
            if shown.mandate_id
            else ()
        )
    parents = [
        each
        for each in found.clauses
        if each.kind is BlockKind.OPERATIVE and each.path and path.startswith(f"{each.path}.")
    ]
    files = installation().files
    told = [
        (
            report,
            said_on(files, report.record_digest, shown.mandate_id)
            if report.record_digest and shown.mandate_id
            else (),
        )
        for report in reports
    ]
    page = _page(
        "public_pages/clause.html",
        found,
        resolution=found,
        clause=shown,
        reference=Reference(found.symbol, body, slug, path),
        parents=[each for each in parents if each.text],
        told=told,
    )
    return page, found.is_indexed


def _moved(found: PublicResolution, path: str) -> Response:
    """Lead on from the former address of a renumbered paragraph; refuse where none is shown."""
    with reading() as session:
        now = path_now(session, found.body_key, found.slug, path)
    if now is None or found.find_clause(now) is None:
        raise _nothing()
    address = url_for(
        "public_pages.clause", body=found.body_key, slug=found.slug, path=slug_path(now)
    )
    return make_response(redirect(address, 302))


def _feed(body: str) -> tuple[Response, bool]:
    with reading() as session:
        found = find_public_body(session, body)
        if found is None:
            raise _nothing()
        reports = reports_to_body(session, found.body_id)
    entries = [_entry(report, file) for report in reports for file in report.files]
    newest = sorted(entries, key=lambda entry: (entry.updated_at, entry.address), reverse=True)
    content = atom_feed(
        newest[:MOST_ENTRIES],
        address=page_address("public_pages.feed", body=body),
        title=gettext("%(body)s: reports issued", body=body_name(found.name)),
        author=body_name(found.name),  # never a person
        language=filters.language(),
    )
    return Response(content, content_type=MEDIA_TYPE), found.is_indexed


def _entry(report: PublicReport, file: PublicFile) -> Entry:
    kind, language = filters.label(file.kind), filters.language_name(file.language)
    told = [f"{kind}, {language}, {filters.day(file.issued_on)}."]
    if report.session_name:
        told.append(
            gettext(
                "Reported to the session: %(session)s", session=session_name(report.session_name)
            )
        )
    return Entry(
        title=f"{file.symbol} {report.title}",
        address=page_address("biennial_reports.issued_file", slug=report.slug, document_id=file.id),
        page=page_address("biennial_reports.document", slug=report.slug),
        updated_at=file.attached_at,
        summary=" ".join(told),
    )


def _find(body: str, slug: str) -> PublicResolution:
    with reading() as session:
        found = find_public_resolution(
            session, body, slug, language=filters.language(), today=clock.today()
        )
    if found is None:
        raise _nothing()
    return found


def _nothing() -> NotFound:
    return NotFound("There is no public page at this address. Check the symbol.")


def _page(template: str, found: PublicResolution, **values: object) -> Response:
    home = url_for("public_pages.resolution", body=found.body_key, slug=found.slug)
    return _rendered(template, found.body_key, **values, home_url=home)


def _rendered(template: str, body_key: str, **values: object) -> Response:
    place = {name: request.args[name] for name in _PLACES if name in request.args}
    at: dict[str, Any] = {**(request.view_args or {}), **place}
    languages = [
        (
            code,
            name,
            url_for(request.endpoint or "", **at, language=code),
            code == filters.language(),
        )
        for code, name in language_choices()
    ]
    list_address = url_for("public_pages.texts", body=body_key)
    return make_response(
        render_template(
            template,
            **{"home_url": list_address, **values},
            languages=languages if len(languages) > 1 else [],
            feed_address=url_for("public_pages.feed", body=body_key),
            list_address=list_address,
        )
    )
