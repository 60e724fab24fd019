"""The views that the pages of lists and the start page offer, for their templates."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, g, request, url_for

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, may_ever
from tracker.domain.saved_views import ListKey, filter_of
from tracker.queries.saved_views import KeptView, kept_views
from tracker.web.addresses import whole_number
from tracker.web.security import actor
from tracker.web.transactions import reading

ENDPOINTS: Mapping[ListKey, str] = {
    ListKey.SEARCH: "search.index",
    ListKey.COMPLIANCE: "dashboard.compliance",
    ListKey.RESOLUTIONS: "resolutions.index",
    ListKey.MANDATES: "mandates.index",
    ListKey.ACTIVITIES: "activities.index",
}
_NEEDED = {ListKey.COMPLIANCE: Action.SEE_COMPLIANCE}


@dataclass(frozen=True, slots=True)
class ViewsOfList:
    """The views of one list, and the one by which the page came, if it came by one.

    ``query`` is what would be kept of the page; ``is_changed`` says that it is not as kept.
    """

    list: ListKey
    views: tuple[KeptView, ...]
    current: KeptView | None
    query: str
    is_changed: bool


def views_seen() -> tuple[KeptView, ...]:
    """Return the views that the reader can open; asked of the database once in a request."""
    if "views_seen" not in g:
        person = actor()
        with reading() as session:
            found = kept_views(session, person)
        g.views_seen = tuple(
            view for view in found if may_ever(person, _NEEDED.get(view.list, Action.READ))
        )
    return tuple(g.views_seen)


def views_of(list_key: str) -> ViewsOfList:
    """Return the views of the list that the page shows."""
    key = ListKey(list_key)
    views = tuple(view for view in views_seen() if view.list is key)
    number = whole_number(request.args.get("view", ""))
    current = next((view for view in views if view.id == number), None)
    query = query_shown()
    return ViewsOfList(
        key, views, current, query, is_changed=current is not None and current.filter != query
    )


def query_shown() -> str:
    """Return what a view would keep of the address of the page, "" where it is too much."""
    try:
        return filter_of(request.query_string.decode("ascii", "replace"))
    except Invalid:
        return ""


def address_of(view: KeptView) -> str:
    """Return the address at which a view shows its list."""
    kept = f"{view.filter}&" if view.filter else ""
    return f"{url_for(ENDPOINTS[view.list])}?{kept}view={view.id}"


def install(app: Flask) -> None:
    """Let the templates of ``app`` ask for views."""
    app.add_template_global(views_of)
    app.add_template_global(views_seen)
