"""Views of names in other languages: what is missing, and the form of one thing or activity."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, Stale
from tracker.domain.names import FEW, Named
from tracker.domain.permissions import Action
from tracker.queries.names import NamedRow, find_named, named_rows
from tracker.services.names import permit, write_names
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
}
# How the addresses call them.
_PARTS = {
    "body": Named.BODY,
    "session": Named.SESSION,
    "unit": Named.UNIT,
    "subprogramme": Named.SUBPROGRAMME,
}
PART_OF = {kind: part for part, kind in _PARTS.items()}


@blueprint.get("/names")
@requires(Action.WRITE_NAME)
def index() -> str:
    with reading() as session:
        rows = named_rows(session)
    groups = [(KINDS[kind], [row for row in rows if row.kind is kind]) for kind in FEW]
    return render_template(
        "names/index.html",
        groups=[(title, found) for title, found in groups if found],
        codes=house().languages,
        part_of=PART_OF,
    )


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
