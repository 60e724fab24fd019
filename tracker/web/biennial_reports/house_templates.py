"""Views of the templates of bodies: the list, one worded and ordered, seen, kept, brought back."""

from dataclasses import dataclass, replace
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.house_templates import (
    VOCABULARY,
    HouseTemplate,
    delivered,
    front_texts,
    ordered,
)
from tracker.domain.biennial_report.layouts import DocumentType, Section
from tracker.domain.biennial_report.logos import Logo
from tracker.domain.errors import Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.models.report_templates import ReportTemplate
from tracker.queries.editions import period_with_editions
from tracker.queries.report_templates import (
    BodyWithTemplates,
    bodies_with_templates,
    newest_period_of,
    versions_of,
)
from tracker.services.biennial_reports import compose_edition
from tracker.services.own_wordings import own_messages
from tracker.services.report_templates import (
    delivered_source,
    keep_template,
    refusals_of,
    restore_template,
    with_front,
)
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.views import (
    blueprint,
    fragment_today,
    language_choices,
    preview_language,
    request_of_today,
)
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report.house_files import as_address

Page = str | tuple[str, int] | Response
CHAPTERS: Final = tuple(section for section in Section if not section.is_annex)
ANNEXES: Final = tuple(section for section in Section if section.is_annex)


@blueprint.get("/templates")
@requires(Action.SET_TEMPLATES)
def templates() -> str:
    with reading() as session:
        bodies = bodies_with_templates(session)
    return render_template(
        "biennial_reports/templates.html", bodies=bodies, types=list(DocumentType)
    )


@blueprint.get("/templates/<int:body_id>/<kind>")
@requires(Action.SET_TEMPLATES)
def template(body_id: int, kind: str) -> Page:
    document_type = type_of(kind)
    with reading() as session:
        body = body_of(session, body_id)
        versions = versions_of(session, body_id, document_type)
        held = versions[0].template if versions else delivered(document_type)
        form = _form(document_type, held, versions[0].number if versions else 0)
        return _page(session, body, document_type, form)


@blueprint.post("/templates/<int:body_id>/<kind>")
@requires(Action.SET_TEMPLATES)
def change_template(body_id: int, kind: str) -> Page:
    document_type, act = type_of(kind), request.form.get("act", "")
    with reading() as session:
        body = body_of(session, body_id)
        versions = versions_of(session, body_id, document_type)
    held = versions[0].template if versions else delivered(document_type)
    form = _form(document_type, held)
    try:
        if act == "restore":
            return _restored(body_id, document_type, form.seen_version)
        if not form.validate():
            return _refused(body, document_type, form)
        refusals = refusals_of(document_type, _sources(document_type, form))
        if refusals:
            return _refused(body, document_type, form, *refusals)
        sections = ordered({each: form[f"section_{each}"].data for each in Section})
        if act == "try":
            return _tried(body, document_type, form, held, sections)
        with transaction() as session:
            kept = keep_template(
                session,
                body_id=body_id,
                document_type=document_type,
                language=preview_language(),
                sections=sections,
                sources=_sources(document_type, form),
                seen_number=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        return _refused(body, document_type, form, refusal)
    flash(said_of_version(kept), "success")
    return redirect(_address(body_id, document_type), 303)


def _form(document_type: DocumentType, held: HouseTemplate, number: int = 0) -> VersionedForm:
    """Return the form of a template: a field a text, and one for the place of each section."""
    language = preview_language()
    own = held.texts.get(language, {})
    fields: dict[str, object] = {}
    for text in front_texts(document_type):
        source = own.get(text.key, delivered_source(text, language))
        fields[f"text_{text.key}"] = TextAreaField(gettext(text.place), default=source)
    for group in (CHAPTERS, ANNEXES):
        kept = [each for each in held.sections if each in group]
        for section in group:
            fields[f"section_{section}"] = SelectField(
                filters.label(section),
                default=kept.index(section) + 1 if section in kept else 0,
                coerce=int,
            )
    form = type("TemplateForm", (VersionedForm,), fields)()
    assert isinstance(form, VersionedForm)  # noqa: S101 - made here
    for group in (CHAPTERS, ANNEXES):
        places = [(place, str(place)) for place in range(1, len(group) + 1)]
        for section in group:
            form[f"section_{section}"].choices = [(0, gettext("Left out")), *places]
    if request.method == "GET":
        form.version.data = str(number)
    return form


def _sources(document_type: DocumentType, form: VersionedForm) -> dict[str, str]:
    return {text.key: form[f"text_{text.key}"].data or "" for text in front_texts(document_type)}


def _restored(body_id: int, document_type: DocumentType, seen_number: int) -> Response:
    number = whole_number(request.form.get("number", ""))
    with transaction() as session:
        row = restore_template(
            session,
            body_id=body_id,
            document_type=document_type,
            number=-1 if number is None else number,
            seen_number=seen_number,
            actor=actor(),
            at=clock.now(),
        )
    flash(
        gettext("Version %(number)s holds again.", number=row.restores)
        if row.restores
        else gettext("What is delivered holds again."),
        "success",
    )
    return redirect(_address(body_id, document_type), 303)


def _tried(
    body: BodyWithTemplates,
    document_type: DocumentType,
    form: VersionedForm,
    held: HouseTemplate,
    sections: tuple[Section, ...],
) -> str:
    """Return the page with the newest report to the body as it would be with what was sent."""
    language = preview_language()
    sources = _sources(document_type, form)
    template = with_front(held, document_type, language, sources, sections)
    with reading() as session:
        preview = preview_with(session, body.id, document_type, template)
        return _page(session, body, document_type, form, preview)


@dataclass(frozen=True, slots=True)
class TemplatePreview:
    """The newest report to a body as it would be with a template, None where there is none."""

    fragment: Markup | None = None
    period: str = ""


def preview_with(
    session: Session, body_id: int, document_type: DocumentType, template: HouseTemplate
) -> TemplatePreview:
    """Return the newest report to a body, in the language of the page, with a template."""
    period_id = newest_period_of(session, body_id)
    if period_id is None:
        return TemplatePreview()
    found = period_with_editions(session, period_id)
    wanted = replace(
        request_of_today(found, preview_language()), document_type=document_type, template=template
    )
    # The fragment is made by the writer's own template, which escapes every text.
    fragment = Markup(fragment_today(compose_edition(session, wanted)))  # noqa: S704 - written escaped
    return TemplatePreview(fragment, found.name)


def _refused(
    body: BodyWithTemplates, document_type: DocumentType, form: VersionedForm, *refusals: Refused
) -> Page:
    """Return the page with what was sent, each refusal at its field."""
    for refusal in refusals:
        form.refuse(refusal)
    with reading() as session:
        # Theirs is below now; saving again is a decision.
        if any(isinstance(each, Stale) for each in refusals):
            versions = versions_of(session, body.id, document_type)
            form.version.data = str(versions[0].number if versions else 0)
        status = status_of(refusals[0]) if refusals else 400
        return _page(session, body, document_type, form), status


def _page(
    session: Session,
    body: BodyWithTemplates,
    document_type: DocumentType,
    form: VersionedForm,
    preview: TemplatePreview | None = None,
) -> str:
    language = preview_language()
    versions = versions_of(session, body.id, document_type)
    logo = versions[0].template.logo if versions else None
    return render_template(
        "biennial_reports/template.html",
        body=body,
        kind=document_type,
        form=form,
        text_language=language,
        text_languages=language_choices(),
        vocabulary=[(name, gettext(meaning)) for name, meaning in VOCABULARY.items()],
        texts=[(text, delivered_source(text, language)) for text in front_texts(document_type)],
        chapters=CHAPTERS,
        annexes=ANNEXES,
        versions=versions,
        new=versions[0].template.new if versions else (),
        logo=logo.on_cover(language) if logo else None,
        styles=versions[0].template.styles if versions else None,
        picture=picture_of(logo),
        preview=preview,
        own_count=len(own_messages(versions[0].template if versions else None, language)),
    )


def _address(body_id: int, document_type: DocumentType) -> str:
    return url_for(
        "biennial_reports.template",
        body_id=body_id,
        kind=document_type.value,
        language=preview_language(),
    )


def held_version(
    body_id: int, document_type: DocumentType
) -> tuple[BodyWithTemplates, HouseTemplate, int]:
    """Return the body, the template that holds and the number of its version."""
    with reading() as session:
        body = body_of(session, body_id)
        versions = versions_of(session, body_id, document_type)
    if not versions:
        return body, delivered(document_type), 0
    return body, versions[0].template, versions[0].number


def picture_of(logo: Logo | None) -> str:
    """Return the address under which a page shows a logo, "" for none."""
    if logo is None:
        return ""
    return as_address(logo.media_type, installation().files.content_of(logo.digest))


def said_of_version(kept: ReportTemplate | None) -> str:
    """Return what is said once a version of a template is kept, or none was needed."""
    if kept is None:
        return gettext("Nothing was changed.")
    return gettext(
        "Version %(number)s is kept; drafts that are made from now on have it.", number=kept.number
    )


def type_of(kind: str) -> DocumentType:
    """Return the type of document that an address names; raise NotFound for another word."""
    if kind not in set(DocumentType):
        raise NotFound("There is no such type of document. Choose one from the list.")
    return DocumentType(kind)


def body_of(session: Session, body_id: int) -> BodyWithTemplates:
    """Return the body that an address names; raise NotFound where it holds no session."""
    found = next((each for each in bodies_with_templates(session) if each.id == body_id), None)
    if found is None:
        raise NotFound("There is no such body. Choose one from the list.")
    return found
