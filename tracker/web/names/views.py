"""Views of names in other languages: what is missing, and the form of one thing or activity."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, Stale
from tracker.domain.names import FEW, Named
from tracker.domain.permissions import Action, may_ever
from tracker.queries.names import (
    NamedRow,
    WrittenName,
    find_named,
    named_rows,
    sessions_without_names,
)
from tracker.services.names import permit, write_names
from tracker.services.sessions import write_missing_names
from tracker.web.errors import status_of
from tracker.web.forms import TrackerForm
from tracker.web.house import house
from tracker.web.names.forms import named_fields, names_form, seen_names, texts_of
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("names", __name__)
Page = str | tuple[str, int] | Response
KINDS = {
    Named.BODY: lazy_gettext("Bodies"),
    Named.SESSION: lazy_gettext("Sessions of the bodies"),
    Named.UNIT: lazy_gettext("Units"),
    Named.SUBPROGRAMME: lazy_gettext("Subprogrammes"),
    Named.POST: lazy_gettext("Posts that sign the report"),
}
# How the addresses call them.
_PARTS = {
    "body": Named.BODY,
    "session": Named.SESSION,
    "unit": Named.UNIT,
    "subprogramme": Named.SUBPROGRAMME,
    "post": Named.POST,
}
PART_OF = {kind: part for part, kind in _PARTS.items()}


@dataclass(frozen=True, slots=True)
class ListedName:
    """A row of the list: a thing with its names, and where they are written, if one may."""

    name: str
    language: str
    url: str
    others: Mapping[str, WrittenName]
    body_name: str | None = None


@blueprint.get("/names")
@requires(Action.WRITE_NAME)
def index() -> str:
    with reading() as session:
        rows = named_rows(session)
        nameless = sessions_without_names(session)
    groups = [(KINDS[kind], [_listed(row) for row in rows if row.kind is kind]) for kind in FEW]
    return render_template(
        "names/index.html",
        groups=[(gettext("The entity"), [_listed_entity()]), *filter(itemgetter(1), groups)],
        codes=house().languages,
        nameless_count=len(nameless),
    )


@blueprint.post("/names/sessions")
@requires(Action.WRITE_NAME)
def name_sessions() -> Response:
    with transaction() as session:
        count = write_missing_names(session, actor=actor(), at=clock.now())
    flash(ngettext("%(num)s session is named.", "%(num)s sessions are named.", count), "success")
    return redirect(url_for("names.index"), 303)


@blueprint.route("/names/<part>/<int:subject_id>", methods=["GET", "POST"])
@requires(Action.WRITE_NAME)
def edit(part: str, subject_id: int) -> Page:
    if part not in _PARTS:
        abort(404)
    return _edit(_PARTS[part], subject_id, back=url_for("names.index"))


@blueprint.route("/activities/<int:activity_id>/names", methods=["GET", "POST"])
@requires(Action.EDIT_ACTIVITY)
def edit_activity(activity_id: int) -> Page:
    back = url_for("activities.show", activity_id=activity_id)
    return _edit(Named.ACTIVITY, activity_id, back=back)


def _listed(row: NamedRow) -> ListedName:
    url = url_for("names.edit", part=PART_OF[row.kind], subject_id=row.id)
    return ListedName(row.name, row.language, url, row.others, row.body_name)


def _listed_entity() -> ListedName:
    """Return the entity, whose names stand with what else is said of it in the set-up."""
    entity = house().entity
    url = url_for("setup.entity") if may_ever(actor(), Action.SET_UP_HOUSE) else ""
    others = {code: WrittenName(name, is_out_of_date=False) for code, name in entity.names}
    return ListedName(entity.name, house().languages[0], url, others)


def _edit(kind: Named, subject_id: int, *, back: str) -> Page:
    with reading() as session:
        row = find_named(session, kind, subject_id)
        permit(session, kind, subject_id, actor())
    form = names_form(row, house().languages)
    if request.method == "GET":
        return _page(form, row, back)
    if not form.validate():
        return _page(form, row, back), 400
    try:
        with transaction() as session:
            write_names(
                session,
                kind=kind,
                subject_id=subject_id,
                texts=texts_of(form),
                seen=seen_names(),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _page(form, row, back), status_of(refusal)
    flash(gettext("The names of “%(name)s” are saved.", name=row.name), "success")
    return redirect(back, 303)


def _page(form: TrackerForm, row: NamedRow, back: str) -> str:
    return render_template(
        "names/edit.html", form=form, fields=named_fields(form), row=row, back=back, kinds=KINDS
    )
