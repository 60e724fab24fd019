"""Views of briefs: chosen and shown on one page, whose address holds the choice, and downloaded."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.briefs import (
    PATH,
    BriefKind,
    BriefSubject,
    brief_address,
    most_shown,
    read_since,
)
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action
from tracker.queries.brief_subjects import find_subject, namesakes, near_subjects
from tracker.queries.briefs import BriefRequest
from tracker.services.briefs import Brief, brief_file, make_brief
from tracker.web import filters
from tracker.web.biennial_reports.views import language_choices
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading
from tracker.writing.biennial_report import ReportForm
from tracker.writing.biennial_report.web_page import write_fragment
from tracker.writing.brief import BRIEF_FORMS

blueprint = Blueprint("briefs", __name__, url_prefix=PATH)

MOST_LISTED = 200  # of activities, and of mandates
_YEARS_BACK = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for, word by word."""

    about: str
    kind: BriefKind | None
    since: str
    language: str


@blueprint.get("")
@requires(Action.READ)
def show() -> str | tuple[str, int]:
    asked = _asked()
    if not asked.about:
        return _page(asked)
    try:
        with reading() as session:
            brief = _brief(session, asked)
            near = namesakes(session, asked.about, asked.language, brief.content.subject)
            if brief.content.is_empty:
                alike = near_subjects(session, asked.about, filters.language())
                near = [*near, *(each for each in alike if each not in near)]
    except Invalid as refusal:
        return _page(asked, refusal=filters.said(refusal)), 400
    return _page(asked, brief, near=[(each, _address(each, asked)) for each in near])


@blueprint.get("/file.<any(docx, html):form>")
@requires(Action.READ)
def download(form: str) -> Response:
    asked = _asked()
    with reading() as session:
        brief = _brief(session, asked)
    if brief.content.is_empty:
        raise NotFound(
            "Nothing is on record on %(subject)s since %(day)s. Choose an earlier day, or another "
            "spelling.",
            subject=brief.content.subject.name,
            day=brief.content.since,
        )
    file = brief_file(brief, ReportForm(form))
    return send_file(
        BytesIO(file.content),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.name,
        max_age=0,
    )


def _asked() -> _Asked:
    sent = request.args
    language = sent.get("language", "")
    return _Asked(
        about=" ".join(sent.get("about", "").split()),
        kind=sent.get("kind", type=BriefKind),
        since=sent.get("since", "").strip() or str(_today().year - _YEARS_BACK),
        language=language if language in house().languages else _own_language(),
    )


def _own_language() -> str:
    """Return the reader's language where the house writes it, else the house's first one."""
    mine = filters.language()
    return mine if mine in house().languages else house().languages[0]


def _today() -> date:
    return clock.today(installation().settings.time_zone)


def _brief(session: Session, asked: _Asked) -> Brief:
    since = read_since(asked.since)
    subject = find_subject(session, asked.about, asked.language, asked.kind)
    address = f"{installation().settings.base_url}{brief_address(subject, since)}"
    return make_brief(
        session,
        BriefRequest(
            subject=subject,
            since=since,
            today=_today(),
            language=asked.language,
            entity_name=house().entity.name_in(asked.language),
            list_address=address,
            reader=actor(),
        ),
    )


def _address(subject: BriefSubject, asked: _Asked) -> str:
    return f"{brief_address(subject, read_since(asked.since))}&language={asked.language}"


def _page(
    asked: _Asked,
    brief: Brief | None = None,
    *,
    near: list[tuple[BriefSubject, str]] | None = None,
    refusal: str = "",
) -> str:
    return render_template(
        "briefs/show.html",
        asked=asked,
        brief=brief,
        content=brief.content if brief else None,
        all_of_it=most_shown(brief.content) if brief else None,
        # The fragment is made by the writer's own template, which escapes every text.
        fragment=Markup(write_fragment(brief.document)) if brief else "",  # noqa: S704
        near=near or [],
        refusal=refusal,
        kinds=list(BriefKind),
        forms=BRIEF_FORMS,
        house_languages=language_choices(),
        most_listed=MOST_LISTED,
    )
