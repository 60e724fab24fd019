"""Views of the hand-over: whose work, what they leave open, rehearsed, done, and the packs."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as Download
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectField

from tracker import clock
from tracker.domain.errors import Invalid, NotFound, Refused
from tracker.domain.handovers import STAYS, Choices, OpenKind
from tracker.domain.permissions import Action, is_allowed, may_ever
from tracker.models.people import Person
from tracker.queries.handovers import (
    MOST_PEOPLE,
    find_pack,
    newest_handovers,
    open_rows,
    people_with_open_work,
)
from tracker.queries.people import find_person
from tracker.services.handovers import HandoverPlan, Sender, hand_over, rehearse_handover
from tracker.web.addresses import row_id, whole_number
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.house import house
from tracker.web.offered_people import offered_people
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("handovers", __name__, url_prefix="/admin/people")
Page = str | tuple[str, int] | Response
# Options on the page, so that it stays below 100 kB; each list weighs as much as some of them.
MOST_CHOICES, LIST_CHOICES = 1500, 20
MOST_ROWS = 60  # that are chosen one by one; nobody does more, and fewer people would be offered


class HandoverForm(VersionedForm):
    """Who takes what. The choices for kinds and single items have names made of them."""

    everything = SelectField(coerce=row_id)
    leaves = BooleanField()
    seal = HiddenField()

    @property
    def choices(self) -> Choices:
        """Return what was chosen; what is no number is as not chosen."""
        sent = {name: whole_number(value) for name, value in request.form.items()}
        chosen = {name: value for name, value in sent.items() if value is not None}
        return Choices(
            everything=self.everything.data or None,
            by_kind={kind: chosen[f"kind-{kind}"] for kind in OpenKind if f"kind-{kind}" in chosen},
            by_item={
                name.removeprefix("item-"): value
                for name, value in chosen.items()
                if name.startswith("item-")
            },
        )

    @property
    def successors(self) -> set[int]:
        """Return everybody who was chosen for something."""
        choices = self.choices
        chosen = {*choices.by_kind.values(), *choices.by_item.values(), choices.everything}
        return {each for each in chosen if each is not None and each != STAYS}


@blueprint.get("/hand-overs")
@requires(Action.HAND_OVER)
def index() -> Page:
    words = request.args.get("q", "").strip()
    with reading() as session:
        found = people_with_open_work(session, words=words)
        return render_template(
            "handovers/index.html",
            people=found[:MOST_PEOPLE],
            has_more=len(found) > MOST_PEOPLE,
            words=words,
            made=newest_handovers(session),
            may_close=may_ever(actor(), Action.INVITE_PERSON),
        )


@blueprint.get("/<int:person_id>/hand-over")
@requires(Action.HAND_OVER)
def choose(person_id: int) -> Page:
    return _choice_page(_person(person_id), HandoverForm(formdata=None, data={"leaves": True}))


@blueprint.post("/<int:person_id>/hand-over")
@requires(Action.HAND_OVER)
def rehearse(person_id: int) -> Page:
    person, form = _person(person_id), HandoverForm()
    if request.form.get("again"):
        return _choice_page(person, form)
    try:
        return _rehearsal_page(person, form, _rehearsed(person_id, form))
    except Invalid as refusal:
        form.refuse(refusal)
        return _choice_page(person, form), status_of(refusal)


@blueprint.post("/<int:person_id>/hand-over/take")
@requires(Action.HAND_OVER)
def take(person_id: int) -> Page:
    person, form = _person(person_id), HandoverForm()
    try:
        with transaction() as session:
            made = hand_over(
                session,
                person_id=person_id,
                version=form.seen_version,
                choices=form.choices,
                leaves=form.leaves.data,
                seal=form.seal.data or "",
                sender=Sender(
                    house().entity.name_in,
                    installation().settings.base_url,
                    installation().files,
                ),
                actor=actor(),
                at=clock.now(),
            )
            count = sum(pack.item_count for pack in made.packs)
            is_asked = made.closing is not None
    except Refused as refusal:
        form.refuse(refusal)
        return _rehearsal_page(person, form, _rehearsed(person_id, form)), status_of(refusal)
    flash(
        ngettext(
            "%(num)s item of %(name)s is handed over.",
            "%(num)s items of %(name)s are handed over.",
            count,
            name=person.name,
        ),
        "success",
    )
    if is_asked:
        flash(gettext("The administrators are told to close the account."), "success")
    if may_ever(actor(), Action.INVITE_PERSON):
        return redirect(url_for("people.show", person_id=person_id), 303)
    return redirect(url_for("handovers.index"), 303)


@blueprint.get("/packs/<int:pack_id>")
@requires(Action.READ)
def pack(pack_id: int) -> Download:
    with reading() as session:
        found = find_pack(session, pack_id)
    mine = found is not None and found.successor_id == actor().person_id
    if found is None or not (mine or is_allowed(actor(), Action.HAND_OVER)):
        raise NotFound("There is no such hand-over pack, or it is not yours.")
    name = f"hand-over-{found.handover.handed_at:%Y-%m-%d}-{found.id}.pdf"
    return Download(
        installation().files.content_of(found.digest),
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename={name}",
            "Cache-Control": "no-store",
        },
    )


def _rehearsed(person_id: int, form: HandoverForm) -> HandoverPlan:
    with transaction() as session:
        return rehearse_handover(
            session,
            person_id=person_id,
            choices=form.choices,
            leaves=form.leaves.data,
            actor=actor(),
            at=clock.now(),
        )


def _person(person_id: int) -> Person:
    with reading() as session:
        person = find_person(session, person_id)
    if person is None:
        raise NotFound("There is no such person. Choose one from the list of people.")
    return person


def _choice_page(person: Person, form: HandoverForm) -> str:
    with reading() as session:
        rows = open_rows(session, person.id, today=clock.today(person.time_zone))
        groups = [
            (kind, [row for row in rows if row.item.kind is kind])
            for kind in OpenKind
            if any(row.item.kind is kind for row in rows)
        ]
        lists = 1 + len(groups) + (len(rows) if len(rows) <= MOST_ROWS else 0)
        most = MOST_CHOICES // lists - LIST_CHOICES
        offered = offered_people(session, instead_of=person, kept=form.successors, most=most)
    form.everything.choices = [
        (0, gettext("Choose a person")),
        *((each.id, each.name) for each in offered.people),
    ]
    return render_template(
        "handovers/choose.html",
        person=person,
        form=form,
        groups=groups,
        count=len(rows),
        offered=offered,
        offers_rows=len(rows) <= MOST_ROWS and len(offered.people) <= most,
        chosen=request.form,
        stays=STAYS,
        may_close=may_ever(actor(), Action.INVITE_PERSON),
    )


def _rehearsal_page(person: Person, form: HandoverForm, plan: HandoverPlan) -> str:
    if plan.refusal is not None and not form.errors:
        form.refuse(Invalid(plan.refusal.sentence, field=None, **plan.refusal.values))
    return render_template(
        "handovers/rehearsal.html",
        person=person,
        form=form,
        plan=plan,
        may_close=plan.closes,
        names={each.successor_id: each.successor for each in plan.moved},
        staying=[each for each in plan.moved if each.successor_id is None],
        going=[each for each in plan.moved if each.successor_id is not None],
        chosen=[
            (name, value)
            for name, value in request.form.items()
            if name.startswith(("kind-", "item-")) or name in {"everything", "leaves"}
        ],
    )
