"""The view of search: the address holds what is asked, so that it can be sent to a colleague."""

from flask import Blueprint, render_template, request

from tracker.domain.permissions import Action, is_allowed
from tracker.domain.search import MOST_CHARACTERS, SearchKind
from tracker.queries.search import search
from tracker.queries.search_index import MOST_RANKED, Narrowing
from tracker.web.addresses import whole_number
from tracker.web.security import actor, requires
from tracker.web.transactions import reading

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@requires(Action.READ)
def index() -> str:
    text = " ".join(request.args.get("q", "").replace("\0", " ").split())
    narrowing = _narrowing()
    found = None
    if text:
        with reading() as session:
            found = search(
                session,
                text,
                actor=actor(),
                narrowing=narrowing,
                page=whole_number(request.args.get("page", "")) or 1,
            )
    return render_template(
        "search/index.html",
        search_words=text,
        is_cut=len(text) > MOST_CHARACTERS,
        narrowing=narrowing,
        found=found,
        most_ranked=MOST_RANKED,
        kinds=SearchKind,
        may_edit_people=is_allowed(actor(), Action.INVITE_PERSON),
    )


def _narrowing() -> Narrowing:
    """Return what the address narrows to; a word that is none of ours narrows to nothing."""
    sent = request.args
    return Narrowing(
        kind=sent.get("kind", type=SearchKind),
        body_id=whole_number(sent.get("body", "")),
        unit_id=whole_number(sent.get("unit", "")),
        year=whole_number(sent.get("year", "")),
    )
