"""Pages of kept views of lists: all of them, one opened, kept, changed and removed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, NotFound, Stale
from tracker.domain.names import Named
from tracker.domain.permissions import Action, is_allowed
from tracker.domain.saved_views import ListKey, SharedWith, Sharing
from tracker.queries.people import units
from tracker.queries.saved_views import KeptView, gone_from, kept_view
from tracker.services.saved_views import change_view, keep_view, remove_view
from tracker.web.addresses import whole_number
from tracker.web.errors import status_of
from tracker.web.saved_views.forms import ViewForm
from tracker.web.saved_views.shown import ENDPOINTS, address_of, views_seen
from tracker.web.security import actor, requires
from tracker.web.shown_names import named
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("saved_views", __name__, url_prefix="/views")
Page = str | tuple[str, int] | Response

# What of a filter is gone, by the word of the address.
_GONE = {
    "unit": lazy_gettext("a unit that is closed or gone"),
    "body": lazy_gettext("a body that is gone"),
    "session": lazy_gettext("a session that is gone"),
    "adopted_by": lazy_gettext("a session that is gone"),
    "resolution": lazy_gettext("a resolution that is gone"),
    "subprogramme": lazy_gettext("a subprogramme that is gone"),
    "period": lazy_gettext("a reporting period that is gone"),
}


@blueprint.get("")
@requires(Action.READ)
def index() -> str:
    views = views_seen()
    with reading() as session:
        gone = {view.id: _gone(gone_from(session, view.filter)) for view in views if view.is_own}
    return render_template("saved_views/index.html", views=views, gone=gone, lists=list(ListKey))


@blueprint.get("/<int:view_id>")
@requires(Action.READ)
def show(view_id: int) -> Response:
    with reading() as session:
        view = kept_view(session, view_id, actor())
        gone = _gone(gone_from(session, view.filter))
    if gone:
        flash(
            gettext(
                "The view %(name)s names %(what)s, so it may show nothing. Change its filter and "
                "keep it again, or remove it.",
                name=view.name,
                what=", ".join(gone),
            ),
            "notice",
        )
    return redirect(address_of(view))


@blueprint.get("/new")
@requires(Action.READ)
def new() -> Page:
    sent = {"list": request.args.get("list", ""), "query": request.args.get("query", "")}
    form = ViewForm(formdata=None, data={**sent, "sharing": Sharing.NOBODY.value})
    return _form_page(form)


@blueprint.post("/new")
@requires(Action.READ)
def keep() -> Page:
    form = ViewForm()
    try:
        with transaction() as session:
            view_id = keep_view(
                session,
                list_key=_list_of(form),
                name=form.name.data or "",
                query=form.query.data or "",
                shared_with=_shared_with(form),
                actor=actor(),
                at=clock.now(),
            ).id
    except (Invalid, Duplicate) as refusal:
        form.refuse(refusal, at="name" if isinstance(refusal, Duplicate) else None)
        return _form_page(form), status_of(refusal)
    flash(gettext("The view is kept. It opens here and from the start page."), "success")
    return redirect(url_for("saved_views.show", view_id=view_id), 303)


@blueprint.get("/<int:view_id>/edit")
@requires(Action.READ)
def edit(view_id: int) -> Page:
    view = _view(view_id)
    form = ViewForm(
        formdata=None,
        data={
            "name": view.name,
            "sharing": str(view.shared_with),
            "version": str(view.version),
            "query": request.args.get("query", view.filter),
            "list": view.list.value,
        },
    )
    return _form_page(form, view)


@blueprint.post("/<int:view_id>/edit")
@requires(Action.READ)
def change(view_id: int) -> Page:
    view, form = _view(view_id), ViewForm()
    try:
        with transaction() as session:
            change_view(
                session,
                view_id=view_id,
                version=form.seen_version,
                name=form.name.data or "",
                shared_with=_shared_with(form),
                query=(form.query.data or "") if form.takes_query.data else None,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Duplicate, Stale) as refusal:
        form.refuse(refusal, at="name" if isinstance(refusal, Duplicate) else None)
        return _form_page(form, view), status_of(refusal)
    flash(gettext("The view is changed."), "success")
    return redirect(url_for("saved_views.show", view_id=view_id), 303)


@blueprint.post("/<int:view_id>/remove")
@requires(Action.READ)
def remove(view_id: int) -> Response:
    form = ViewForm()
    with transaction() as session:
        remove_view(
            session,
            view_id=view_id,
            version=form.seen_version,
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("The view is removed. What it listed is as it was."), "success")
    return redirect(url_for("saved_views.index"), 303)


def _view(view_id: int) -> KeptView:
    with reading() as session:
        view = kept_view(session, view_id, actor())
    if not view.may_change:
        raise NotFound(
            "This view belongs to somebody else. Open it and keep it under a name of your own."
        )
    return view


def _list_of(form: ViewForm) -> ListKey:
    try:
        return ListKey(form.list.data or "")
    except ValueError:
        raise NotFound("There is no such list. Open a list and keep the view from there.") from None


def _shared_with(form: ViewForm) -> SharedWith:
    word, _, key = (form.sharing.data or Sharing.NOBODY.value).partition(":")
    unit_id = whole_number(key) if key else None
    if word not in set(Sharing) or (word == Sharing.UNIT) != (unit_id is not None):
        raise Invalid("Choose who sees the view.", field="sharing")
    return SharedWith(Sharing(word), unit_id)


def _form_page(form: ViewForm, view: KeptView | None = None) -> str:
    list_key = _list_of(form)
    form.sharing.choices = _sharings(view)
    return render_template(
        "saved_views/form.html",
        form=form,
        view=view,
        list_key=list_key,
        back=f"{url_for(ENDPOINTS[list_key])}?{form.query.data or ''}",
        is_changed=view is not None and form.query.data != view.filter,
    )


def _sharings(view: KeptView | None) -> list[tuple[str, str]]:
    """Return with whom the reader may share, and with whom the view is shared already."""
    person = actor()
    own = {unit_id for _role, unit_id in person.roles}
    with reading() as session:
        near = [unit for unit in units(session) if unit.id in own and unit.closed_at is None]
    choices = [(Sharing.NOBODY.value, gettext("Only me"))]
    choices += [
        (f"unit:{unit.id}", named(Named.UNIT, unit.name))
        for unit in near
        if is_allowed(person, Action.SHARE_VIEW, unit_id=unit.id)
    ]
    if is_allowed(person, Action.SHARE_VIEW):
        choices.append((Sharing.EVERYBODY.value, gettext("Everybody")))
    if view and str(view.shared_with) not in dict(choices):
        words = named(Named.UNIT, view.unit) if view.unit else gettext("Everybody")
        choices.append((str(view.shared_with), words))
    return choices


def _gone(names: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(str(_GONE[name]) for name in names))
