"""Views of the fixed texts of a template: listed in groups or found, worded, seen, brought back."""

from collections.abc import Mapping
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from tracker import clock
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.biennial_report.own_wordings import GROUPS, WORDABLE, group_of, placeholders
from tracker.domain.biennial_report.texts import FIXED_TEXTS
from tracker.domain.errors import Invalid, Refused, Stale
from tracker.domain.permissions import Action
from tracker.queries.report_templates import BodyWithTemplates
from tracker.sandbox import as_source
from tracker.services.own_wordings import (
    field_of,
    keep_fixed_texts,
    own_messages,
    refusals_of_wordings,
    standing_source,
    with_wordings,
)
from tracker.web.biennial_reports.house_templates import (
    TemplatePreview,
    held_version,
    preview_with,
    said_of_version,
    type_of,
)
from tracker.web.biennial_reports.views import blueprint, language_choices, preview_language
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int] | Response
MOST_FOUND: Final = 40  # texts on one page of a search
OWN: Final = "own"  # the group of what the template words itself
_LONGEST_LABEL: Final = 90
_SUFFIXES: Final = (".one", ".two", ".many")


@blueprint.get("/templates/<int:body_id>/<kind>/texts")
@requires(Action.SET_TEMPLATES)
def fixed_texts_page(body_id: int, kind: str) -> Page:
    body, held, number = held_version(body_id, type_of(kind))
    form = _form(held, _shown(held))
    form.version.data = str(number)
    return _page(body, type_of(kind), held, form)


@blueprint.post("/templates/<int:body_id>/<kind>/texts")
@requires(Action.SET_TEMPLATES)
def change_fixed_texts(body_id: int, kind: str) -> Page:
    document_type, language = type_of(kind), preview_language()
    body, held, number = held_version(body_id, document_type)
    keys = [key for key in WORDABLE if field_of(key) in request.form]
    form = _form(held, keys)
    act, _, restored = request.form.get("act", "").partition(":")
    sources = {key: form[field_of(key)].data or "" for key in keys}
    if act == "restore" and restored in sources:
        sources[restored] = standing_source(restored, language)
        form[field_of(restored)].data = sources[restored]
    try:
        if not form.validate():
            return _page(body, document_type, held, form), 400
        refusals = refusals_of_wordings(sources)
        if refusals:
            return _refused(body, document_type, held, form, *refusals)
        if act == "try":
            with reading() as session:
                tried = with_wordings(held, language, sources)
                preview = preview_with(session, body_id, document_type, tried)
            return _page(body, document_type, held, form, preview)
        with transaction() as session:
            kept = keep_fixed_texts(
                session,
                body_id=body_id,
                document_type=document_type,
                language=language,
                sources=sources,
                seen_number=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        if isinstance(refusal, Stale):
            form.version.data = str(number)
        return _refused(body, document_type, held, form, refusal)
    flash(said_of_version(kept), "success")
    return redirect(
        url_for(
            "biennial_reports.fixed_texts_page",
            body_id=body_id,
            kind=kind,
            language=language,
            group=_group(),
            q=request.args.get("q") or None,
        ),
        303,
    )


def _where() -> dict[str, str]:
    """Return which texts the address names, as further addresses name them."""
    where = {"language": preview_language(), "group": _group(), "q": request.args.get("q", "")}
    return {name: value for name, value in where.items() if value}


def _group() -> str:
    wanted = request.args.get("group", "")
    return wanted if wanted in GROUPS or wanted == OWN else next(iter(GROUPS))


def _shown(held: HouseTemplate) -> list[str]:
    """Return the keys of the texts that are looked for, else those of the group."""
    words = request.args.get("q", "").strip().casefold()
    own = held.texts.get(preview_language(), {})
    if words:
        return [key for key in WORDABLE if words in _searched(key, own)][:MOST_FOUND]
    if _group() == OWN:
        return [key for key in WORDABLE if key in own]
    return [key for key in WORDABLE if group_of(key) == _group()]


def _searched(key: str, own: Mapping[str, str]) -> str:
    """Return the words among which a text is looked for: in both languages, own and standing."""
    standing = standing_source(key, preview_language())
    return f"{standing}\n{own.get(key, '')}\n{gettext(FIXED_TEXTS[key])}".casefold()


def _form(held: HouseTemplate, keys: list[str]) -> VersionedForm:
    language = preview_language()
    own = held.texts.get(language, {})
    fields: dict[str, object] = {
        field_of(key): TextAreaField(
            _label(key), default=own.get(key, standing_source(key, language))
        )
        for key in keys
    }
    form = type("FixedTextsForm", (VersionedForm,), fields)()
    assert isinstance(form, VersionedForm)  # noqa: S101 - made here
    return form


def _label(key: str) -> str:
    """Return what names a text: its standing words in the reader's language."""
    words = as_source(gettext(FIXED_TEXTS[key]))
    short = words if len(words) <= _LONGEST_LABEL else f"{words[:_LONGEST_LABEL].rstrip()}…"
    match next((suffix for suffix in _SUFFIXES if key.endswith(suffix)), ""):
        case ".one":
            return gettext("%(text)s (for one)", text=short)
        case ".two":
            return gettext("%(text)s (for two)", text=short)
        case ".many":
            return gettext("%(text)s (for several)", text=short)
    return short


def _refused(
    body: BodyWithTemplates,
    document_type: DocumentType,
    held: HouseTemplate,
    form: VersionedForm,
    *refusals: Refused,
) -> Page:
    for refusal in refusals:
        form.refuse(refusal)
    return _page(body, document_type, held, form), status_of(refusals[0])


def _page(
    body: BodyWithTemplates,
    document_type: DocumentType,
    held: HouseTemplate,
    form: VersionedForm,
    preview: TemplatePreview | None = None,
) -> str:
    language = preview_language()
    own = own_messages(held, language)
    shown = [key for key in WORDABLE if field_of(key) in form]
    counts = {
        group: (
            sum(group_of(key) == group for key in WORDABLE),
            sum(group_of(key) == group for key in own),
        )
        for group in GROUPS
    }
    return render_template(
        "biennial_reports/fixed_texts.html",
        body=body,
        kind=document_type,
        form=form,
        texts=[
            {
                "key": key,
                "box": form[field_of(key)],
                "standing": standing_source(key, language),
                "names": [f"{{{{ {name} }}}}" for name in placeholders(key)],
                "is_heading": key.endswith(".title"),
                "is_caption": key.endswith(".caption"),
            }
            for key in shown
        ],
        groups=[(group, gettext(name), *counts[group]) for group, name in GROUPS.items()],
        group=_group(),
        own_count=len(own),
        query=request.args.get("q", ""),
        most_found=MOST_FOUND,
        text_language=language,
        text_languages=language_choices(),
        where=_where(),
        preview=preview,
    )
