"""The view of search: the address holds what is asked, so that it can be sent to a colleague."""

from flask import Blueprint, render_template, request

from tracker.domain.countries import find_country
from tracker.domain.goals import GOALS
from tracker.domain.mandates import Implementation, Nature
from tracker.domain.permissions import Action, is_allowed
from tracker.domain.search import MOST_CHARACTERS, SearchKind
from tracker.domain.subjects import is_word_key
from tracker.queries.search import search
from tracker.queries.search_facets import FacetKey
from tracker.queries.search_index import MOST_RANKED, Narrowing
from tracker.web.addresses import whole_number
from tracker.web.security import actor, requires
from tracker.web.transactions import reading

# Choices of a facet that are shown until all of them are asked for.
FEW_CHOICES = 8
# What a choice of these facets is, so that it is called by its label.
MEMBERS = {
    FacetKey.KIND: SearchKind,
    FacetKey.STATUS: Implementation,
    FacetKey.NATURE: Nature,
}

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
    chosen = _chosen(narrowing)
    return render_template(
        "search/index.html",
        search_words=text,
        is_cut=len(text) > MOST_CHARACTERS,
        chosen=chosen,
        further=[
            facet
            for facet in (found.facets if found else ())
            if facet.key not in chosen and facet.key is not FacetKey.KIND
        ],
        found=found,
        most_ranked=MOST_RANKED,
        few=FEW_CHOICES,
        all_of=request.args.get("all", ""),
        kinds=SearchKind,
        members=MEMBERS,
        may_edit_people=is_allowed(actor(), Action.INVITE_PERSON),
    )


def _narrowing() -> Narrowing:
    """Return what the address narrows to; a word that is none of ours narrows to nothing."""
    sent = request.args
    return Narrowing(
        kind=sent.get("kind", type=SearchKind),
        body_id=whole_number(sent.get("body", "")),
        session_id=whole_number(sent.get("session", "")),
        subprogramme_id=whole_number(sent.get("subprogramme", "")),
        unit_id=whole_number(sent.get("unit", "")),
        status=sent.get("status", type=Implementation),
        nature=sent.get("nature", type=Nature),
        goal=goal if (goal := sent.get("goal", "")) in GOALS else None,
        subject=word if is_word_key(word := sent.get("subject", "")) else None,
        country=find_country(sent.get("country", "")),
        year=whole_number(sent.get("year", "")),
    )


def _chosen(narrowing: Narrowing) -> dict[FacetKey, str]:
    """Return by what the address narrows, with the choice as its address holds it."""
    asked = {
        FacetKey.KIND: narrowing.kind,
        FacetKey.BODY: narrowing.body_id,
        FacetKey.SESSION: narrowing.session_id,
        FacetKey.SUBPROGRAMME: narrowing.subprogramme_id,
        FacetKey.UNIT: narrowing.unit_id,
        FacetKey.STATUS: narrowing.status,
        FacetKey.NATURE: narrowing.nature,
        FacetKey.GOAL: narrowing.goal,
        FacetKey.SUBJECT: narrowing.subject,
        FacetKey.COUNTRY: narrowing.country,
        FacetKey.YEAR: narrowing.year,
    }
    return {key: str(value) for key, value in asked.items() if value is not None}
