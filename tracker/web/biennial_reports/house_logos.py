"""Views of the logo of a body on its reports: chosen, described in each language, removed."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import StringField

from tracker import clock
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.biennial_report.logos import Logo
from tracker.domain.errors import Invalid, Refused, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.report_templates import BodyWithTemplates
from tracker.services.house_logos import keep_logo, remove_logo
from tracker.web import filters
from tracker.web.biennial_reports.house_templates import (
    held_version,
    picture_of,
    said_of_version,
    type_of,
)
from tracker.web.biennial_reports.views import blueprint, language_choices
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, transaction

Page = str | tuple[str, int] | Response


@blueprint.get("/templates/<int:body_id>/<kind>/logo")
@requires(Action.SET_TEMPLATES)
def logo(body_id: int, kind: str) -> Page:
    body, held, number = held_version(body_id, type_of(kind))
    form = _form(body, held.logo)
    form.version.data = str(number)
    return _page(body, type_of(kind), held.logo, form)


@blueprint.post("/templates/<int:body_id>/<kind>/logo")
@requires(Action.SET_TEMPLATES)
def change_logo(body_id: int, kind: str) -> Page:
    document_type = type_of(kind)
    body, held, number = held_version(body_id, document_type)
    form = _form(body, held.logo)
    try:
        if not form.validate():
            return _page(body, document_type, held.logo, form), 400
        said = _removed if request.form.get("act") == "remove" else _kept
        flash(said(body_id, document_type, form), "success")
    except (Invalid, Stale, WrongState) as refusal:
        if isinstance(refusal, Stale):
            form.version.data = str(number)
        return _refused(body, document_type, held.logo, form, refusal)
    return redirect(url_for("biennial_reports.template", body_id=body_id, kind=kind), 303)


def _kept(body_id: int, document_type: DocumentType, form: VersionedForm) -> str:
    chosen = form.picture.data
    with transaction() as session:
        kept = keep_logo(
            session,
            body_id=body_id,
            document_type=document_type,
            content=chosen.read() if chosen else b"",
            alternatives={
                language: form[f"alternative_{language}"].data or ""
                for language, _name in language_choices()
            },
            seen_number=form.seen_version,
            store=installation().files,
            actor=actor(),
            at=clock.now(),
        )
    return said_of_version(kept)


def _removed(body_id: int, document_type: DocumentType, form: VersionedForm) -> str:
    with transaction() as session:
        row = remove_logo(
            session,
            body_id=body_id,
            document_type=document_type,
            seen_number=form.seen_version,
            actor=actor(),
            at=clock.now(),
        )
    return gettext(
        "The logo is removed with version %(number)s. Editions that have it keep it.",
        number=row.number,
    )


def _form(body: BodyWithTemplates, held: Logo | None) -> VersionedForm:
    """Return the form: the picture, and a field a language for what it shows."""
    fields: dict[str, object] = {
        "picture": FileField(
            gettext("Another picture") if held else gettext("The picture"),
            description=gettext(
                "PNG, JPEG or SVG, 300 kB at most. It is printed six centimetres wide or two and a "
                "half high. What the file says beside the picture is left behind."
            ),
        )
    }
    for language, _name in language_choices():
        said = held.alternatives.get(language, "") if held else ""
        fields[f"alternative_{language}"] = StringField(
            gettext("What it shows, in %(language)s", language=filters.language_name(language)),
            default=said or body.name,
        )
    form = type("LogoForm", (VersionedForm,), fields)()
    assert isinstance(form, VersionedForm)  # noqa: S101 - made here
    return form


def _refused(
    body: BodyWithTemplates,
    document_type: DocumentType,
    held: Logo | None,
    form: VersionedForm,
    refusal: Refused,
) -> Page:
    form.refuse(refusal)
    return _page(body, document_type, held, form), status_of(refusal)


def _page(
    body: BodyWithTemplates, document_type: DocumentType, held: Logo | None, form: VersionedForm
) -> str:
    return render_template(
        "biennial_reports/logo.html",
        body=body,
        kind=document_type,
        form=form,
        logo=held,
        picture=picture_of(held),
        text_languages=language_choices(),
    )
