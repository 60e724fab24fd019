"""Views of lists: kept, changed, removed, and given to whoever takes over from a leaver."""

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.errors import Duplicate, NotAllowed, NotFound, WrongState
from tracker.domain.permissions import Action, Actor, is_allowed, require
from tracker.domain.saved_views import (
    MOST_VIEWS,
    ListKey,
    SharedWith,
    Sharing,
    check_name,
    filter_of,
)
from tracker.models.saved_views import SavedView
from tracker.queries.saved_views import may_change
from tracker.services import audit
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)


def keep_view(
    session: Session,
    *,
    list_key: ListKey,
    name: str,
    query: str,
    shared_with: SharedWith,
    actor: Actor,
    at: datetime,
) -> SavedView:
    """Keep a list as the actor narrowed and ordered it, under a name.

    Raises Invalid, Duplicate where they have a view of this list by that name, NotAllowed where
    they may not share it so, and WrongState where they have MOST_VIEWS.
    """
    require(actor, Action.READ)
    _check_sharing(shared_with, actor)
    plain = check_name(name)
    count = select(func.count(SavedView.id)).where(SavedView.owner_id == actor.person_id)
    if session.scalars(count).one() >= MOST_VIEWS:
        raise WrongState(
            "You keep %(most)s views already. Remove one that you no longer need.", most=MOST_VIEWS
        )
    _check_free(session, actor.person_id, list_key, plain)
    view = SavedView(
        owner_id=actor.person_id,
        list=list_key,
        name=plain,
        filter=filter_of(query),
        sharing=shared_with.sharing,
        unit_id=shared_with.unit_id,
        kept_at=at,
    )
    session.add(view)
    audit.record(session, actor=actor, at=at, action="view.kept", subject=view, after=_told(view))
    logger.info("view %s kept by person %s", view.id, actor.person_id)
    return view


def change_view(
    session: Session,
    *,
    view_id: int,
    version: int,
    name: str,
    shared_with: SharedWith,
    query: str | None = None,
    actor: Actor,
    at: datetime,
) -> SavedView:
    """Rename a view, share it otherwise and, with ``query``, let it show something else.

    Raises as ``keep_view``, Stale, and NotFound.
    """
    view = _take(session, view_id, version, actor)
    if shared_with != SharedWith(view.sharing, view.unit_id):
        _check_sharing(shared_with, actor)
    plain = check_name(name)
    if plain != view.name:
        _check_free(session, view.owner_id, view.list, plain)
    before = _told(view)
    view.name, view.sharing, view.unit_id = plain, shared_with.sharing, shared_with.unit_id
    if query is not None:
        view.filter = filter_of(query)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="view.changed",
        subject=view,
        before=before,
        after=_told(view),
    )
    return view


def remove_view(
    session: Session, *, view_id: int, version: int, actor: Actor, at: datetime
) -> None:
    """Remove a view; nothing of what it showed goes. Raises Stale, NotFound and NotAllowed."""
    view = _take(session, view_id, version, actor)
    audit.record(
        session, actor=actor, at=at, action="view.removed", subject=view, before=_told(view)
    )
    session.delete(view)


def give_views(
    session: Session, successors: Iterable[tuple[int, int]], *, actor: Actor, at: datetime
) -> None:
    """Let views, by id, belong to others; one whose name is taken there bears a number besides."""
    for view_id, successor_id in successors:
        view = session.get_one(SavedView, view_id)
        before = _told(view)
        view.name = _free_name(session, successor_id, view)
        view.owner_id = successor_id
        audit.record(
            session,
            actor=actor,
            at=at,
            action="view.changed",
            subject=view,
            before=before,
            after=_told(view),
        )


def _take(session: Session, view_id: int, version: int, actor: Actor) -> SavedView:
    view = session.get(SavedView, view_id, with_for_update=True, populate_existing=True)
    if view is None:
        raise NotFound("There is no such view any more. Choose one from the list of views.")
    if not may_change(actor, view.owner_id, SharedWith(view.sharing, view.unit_id)):
        raise NotAllowed(
            "This view belongs to somebody else. Open it and keep it under a name of your own."
        )
    check_version(view, version)
    return view


def _check_sharing(shared_with: SharedWith, actor: Actor) -> None:
    if shared_with.sharing is Sharing.NOBODY:
        return
    if not is_allowed(actor, Action.SHARE_VIEW, unit_id=shared_with.unit_id):
        raise NotAllowed(
            "You may not share views with all of them. Share it with your unit, or keep it for "
            "yourself."
        )


def _check_free(session: Session, owner_id: int, list_key: ListKey, name: str) -> None:
    if _is_taken(session, owner_id, list_key, name):
        raise Duplicate(
            "There is a view of this list called %(name)s already. Choose another name.",
            name=name,
        )


def _is_taken(session: Session, owner_id: int, list_key: ListKey, name: str) -> bool:
    same = select(SavedView.id).where(
        SavedView.owner_id == owner_id, SavedView.list == list_key, SavedView.name == name
    )
    return session.scalar(same) is not None


def _free_name(session: Session, owner_id: int, view: SavedView) -> str:
    name, number = view.name, 1
    while _is_taken(session, owner_id, view.list, name):
        number += 1
        name = f"{view.name[:70]} ({number})"
    return name


def _told(view: SavedView) -> dict[str, object]:
    return {
        "owner_id": view.owner_id,
        "list": view.list,
        "name": view.name,
        "filter": view.filter,
        "shared_with": str(SharedWith(view.sharing, view.unit_id)),
    }
