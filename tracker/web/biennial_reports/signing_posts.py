"""Views of who signs the report of each body: the list, and the form of one chain."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from tracker import clock
from tracker.domain.errors import Invalid, NotFound, Stale
from tracker.domain.permissions import Action, may_ever
from tracker.domain.sign_offs import MOST_POSTS, PostEntry, SigningStep
from tracker.queries.people import active_people
from tracker.queries.signing_posts import BodyWithPosts, bodies_with_posts
from tracker.queries.vacancies import unfilled_posts
from tracker.services.signing_posts import set_posts
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.views import blueprint
from tracker.web.errors import status_of
from tracker.web.forms import TrackerForm
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int] | Response
_USUAL = (SigningStep.DIVISION, SigningStep.PLANNING, SigningStep.FRONT_OFFICE)


def chain_form(body: BodyWithPosts, people: Sequence[tuple[int, str]]) -> TrackerForm:
    """Return the form with a place for each post and some more; an empty one is no post."""
    fields: dict[str, object] = {}
    for place in places_of(body):
        post = body.posts[place] if place < len(body.posts) else None
        usual = _USUAL[place] if place < len(_USUAL) and not body.posts else SigningStep.OTHER
        fields[f"step_{place}"] = SelectField(
            lazy_gettext("Speaks for"),
            default=(post.step if post else usual).value,
        )
        fields[f"post_{place}"] = StringField(
            lazy_gettext("Post, as it is printed"), default=post.post if post else ""
        )
        fields[f"person_id_{place}"] = SelectField(
            lazy_gettext("Who holds it"),
            default=post.person_id if post else 0,
            coerce=int,
        )
    form = type("ChainForm", (TrackerForm,), fields)()
    assert isinstance(form, TrackerForm)  # noqa: S101 - made here
    for place in places_of(body):
        form[f"step_{place}"].choices = [(step.value, filters.label(step)) for step in SigningStep]
        form[f"person_id_{place}"].choices = [(0, gettext("Nobody")), *people]
    return form


def places_of(body: BodyWithPosts) -> range:
    """Return the places of the form: those that are taken, and room for two more."""
    return range(min(MOST_POSTS, max(len(_USUAL), len(body.posts) + 2)))


@blueprint.get("/sign-off")
@requires(Action.KEEP_ABSENCES)
def chains() -> str:
    with reading() as session:
        return render_template(
            "biennial_reports/chains.html",
            bodies=bodies_with_posts(session),
            unfilled=unfilled_posts(session, clock.now()),
            may_set=may_ever(actor(), Action.SET_SIGN_OFF),
        )


@blueprint.route("/sign-off/<int:body_id>", methods=["GET", "POST"])
@requires(Action.SET_SIGN_OFF)
def chain(body_id: int) -> Page:
    with reading() as session:
        body = next((each for each in bodies_with_posts(session) if each.id == body_id), None)
        people = [(person.id, person.name) for person in active_people(session)]
    if body is None:
        raise NotFound("There is no such body. Choose one from the list.")
    gone = [(post.person_id, post.person) for post in body.posts]
    form = chain_form(body, people + [each for each in gone if each not in people])
    if request.method == "GET":
        return _page(form, body)
    if not form.validate():
        return _page(form, body), 400
    filled = [
        place
        for place in places_of(body)
        if _posted(form, "post", place) or form[f"person_id_{place}"].data
    ]
    try:
        with transaction() as session:
            count = set_posts(
                session,
                body_id=body_id,
                posts=[_entry(form, place) for place in filled],
                seen=_seen(),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal, at=_place_of(refusal, filled))
        return _page(form, body), status_of(refusal)
    flash(
        ngettext("%(num)s post signs the report.", "%(num)s posts sign the report.", count)
        if count
        else gettext("Nobody has to sign the report."),
        "success",
    )
    return redirect(url_for("biennial_reports.chains"), 303)


def _posted(form: TrackerForm, name: str, place: int) -> str:
    return (form[f"{name}_{place}"].data or "").strip()


def _entry(form: TrackerForm, place: int) -> PostEntry:
    return PostEntry(
        SigningStep(form[f"step_{place}"].data),
        _posted(form, "post", place),
        form[f"person_id_{place}"].data,
    )


def _place_of(refusal: Invalid | Stale, filled: Sequence[int]) -> str | None:
    """Return the field of a refusal: it counts the posts that were filled in, the form all."""
    if not isinstance(refusal, Invalid) or refusal.field is None:
        return None
    name, _, number = refusal.field.rpartition("_")
    return f"{name}_{filled[int(number)]}"


def _seen() -> list[tuple[int, int]]:
    """Return the posts that the person saw, each with its holder."""
    pairs = (part.partition("-") for part in request.form.get("seen", "").split("."))
    return [
        (post_id, person_id)
        for first, _, last in pairs
        if (post_id := whole_number(first)) is not None
        and (person_id := whole_number(last)) is not None
    ]


def _page(form: TrackerForm, body: BodyWithPosts) -> str:
    with reading() as session:
        unfilled = unfilled_posts(session, clock.now())
    return render_template(
        "biennial_reports/chain.html",
        form=form,
        body=body,
        unfilled=[unfilled[post.id] for post in body.posts if post.id in unfilled],
        places=places_of(body),
        seen=request.form.get("seen")
        or ".".join(f"{post.id}-{post.person_id}" for post in body.posts),
    )
