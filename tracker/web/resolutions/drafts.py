"""Views of drafts under negotiation: a private room for coordinators and editors."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import ParamSpec

from flask import flash, make_response, redirect, render_template, request, send_file, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from werkzeug.wrappers import Response
from wtforms import SelectField

from tracker import clock
from tracker.domain.draft_texts import GAPS
from tracker.domain.drafts import KEPT_WITHOUT_SESSION, Gap
from tracker.domain.errors import Invalid, UnreadableDocument
from tracker.domain.permissions import Action
from tracker.queries.drafts import checked_draft, draft_lines, draft_sessions
from tracker.services.draft_documents import draft_document
from tracker.services.drafts import check_drafts, purge_draft
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.forms import TrackerForm
from tracker.web.house import house
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.security import actor, requires
from tracker.web.shown_names import body_name, session_name
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report import ReportForm

Page = str | tuple[str, int]
P = ParamSpec("P")
CLAUSES_SHOWN = 25
MOST_SCANNED_PAGES = 12  # whoever sends a draft waits while they are recognised


class DraftForm(TrackerForm):
    """The file with a draft, and the session that considers it."""

    document = FileField(
        lazy_gettext("File with the draft"),
        description=lazy_gettext("Word, PDF with text, web page or plain text."),
        validators=[FileRequired(lazy_gettext("Choose the file with the draft."))],
    )
    session_id = SelectField(
        lazy_gettext("Session that considers it"),
        description=lazy_gettext("The draft is purged a week after this session."),
    )


def private(view: Callable[P, Response | Page]) -> Callable[P, Response]:
    """Let no machine index or keep what a view answers."""

    @wraps(view)
    def answer(*arguments: P.args, **named: P.kwargs) -> Response:
        response = make_response(view(*arguments, **named))
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


@blueprint.get("/resolutions/drafts")
@requires(Action.CHECK_DRAFT)
@private
def drafts() -> Page:
    return _list_page(_offering_sessions(DraftForm(formdata=None)))


@blueprint.post("/resolutions/drafts")
@requires(Action.CHECK_DRAFT)
@private
def receive_draft() -> Response | Page:
    form = _offering_sessions(DraftForm())
    if not form.validate():
        return _list_page(form), 400
    document = form.document.data
    try:
        read = installation().recognise_in_passing(
            document.read(), document.filename, most_pages=MOST_SCANNED_PAGES
        )
        with transaction() as session:
            made = check_drafts(
                session,
                read.resolutions,
                session_id=whole_number(form.session_id.data or ""),
                actor=actor(),
                at=clock.now(),
            )
            ids = [each.id for each in made]
    except (UnreadableDocument, Invalid) as refusal:
        at = None if isinstance(refusal, Invalid) else "document"
        form.refuse(refusal, at=at)
        return _list_page(form), 400
    if len(ids) == 1:
        return redirect(url_for("resolutions.draft", draft_id=ids[0]), 303)
    return redirect(url_for("resolutions.drafts"), 303)


@blueprint.get("/resolutions/drafts/<int:draft_id>")
@requires(Action.CHECK_DRAFT)
@private
def draft(draft_id: int) -> Page:
    with reading() as session:
        found = checked_draft(session, draft_id, entity=house().entity)
    total = len(found.clauses)
    place = whole_number(request.args.get("from", "")) or 0
    first = min(place, total - 1) // CLAUSES_SHOWN * CLAUSES_SHOWN
    return render_template(
        "resolutions/draft.html",
        draft=found,
        clauses=found.clauses[first : first + CLAUSES_SHOWN],
        first=first,
        step=CLAUSES_SHOWN,
        total=total,
        gap_words=GAPS,
        gaps=tuple(Gap),
        is_mine=found.line.received_by_id == actor().person_id,
    )


@blueprint.get("/resolutions/drafts/<int:draft_id>/check.docx")
@requires(Action.CHECK_DRAFT)
@private
def print_draft(draft_id: int) -> Response | Page:
    with reading() as session:
        found = checked_draft(session, draft_id, entity=house().entity)
    language = filters.language()
    content = draft_document(
        found,
        language=language,
        entity_name=house().entity.name_in(language),
        written_on=clock.today(),
    )
    return send_file(
        BytesIO(content),
        mimetype=ReportForm.DOCX.media_type,
        as_attachment=True,
        download_name=f"draft_check_{draft_id}.docx",
        max_age=0,
    )


@blueprint.post("/resolutions/drafts/<int:draft_id>/purge")
@requires(Action.CHECK_DRAFT)
@private
def purge(draft_id: int) -> Response | Page:
    with transaction() as session:
        purge_draft(session, draft_id=draft_id, actor=actor(), at=clock.now())
    flash(gettext("The draft is purged."), "success")
    return redirect(url_for("resolutions.drafts"), 303)


def _offering_sessions(form: DraftForm) -> DraftForm:
    with reading() as session:
        sessions = draft_sessions(session, today=clock.today())
    form.session_id.choices = [
        ("", gettext("Not known: %(days)s days are kept", days=KEPT_WITHOUT_SESSION.days)),
        *((str(key), f"{body_name(body)}, {session_name(name)}") for key, name, body in sessions),
    ]
    return form


def _list_page(form: DraftForm) -> str:
    with reading() as session:
        lines = draft_lines(session)
    return render_template("resolutions/drafts.html", lines=lines, form=form, me=actor().person_id)
