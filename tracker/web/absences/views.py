"""Views of absences: the list, one entered, changed, ended."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from tracker.domain.permissions import Action, Role, is_allowed
from tracker.models.absences import PersonAbsence
from tracker.models.people import Person
from tracker.queries.absences import ListedAbsence, find_absence, listed_absences, stand_ins_of
from tracker.queries.people import find_person
from tracker.queries.signing_posts import is_holder
from tracker.services.absences import change_absence, end_absence, enter_absence
from tracker.web import filters
from tracker.web.absences.forms import AbsenceForm
from tracker.web.addresses import whole_number
from tracker.web.errors import status_of
from tracker.web.offered_people import SHOW_PEOPLE, OfferedPeople, offered_people
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("absences", __name__, url_prefix="/absences")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(Action.READ)
def index() -> Page:
    keeps = is_allowed(actor(), Action.KEEP_ABSENCES)
    person_id = whole_number(request.args.get("person", "")) if keeps else actor().person_id
    with reading() as session:
        person = find_person(session, person_id) if person_id and keeps else None
        return render_template(
            "absences/index.html",
            absences=listed_absences(
                session, since=clock.today(actor().time_zone), person_id=person_id
            ),
            keeps=keeps,
            person=person,
            may_open_person=is_allowed(actor(), Action.INVITE_PERSON),
            offered=offered_people(session) if keeps and person is None else None,
            me=actor().person_id,
            today=clock.today(actor().time_zone),
        )


@blueprint.route("/enter", methods=["GET", "POST"])
@requires(Action.READ)
def enter() -> Page:
    person = _asked_person()
    if request.method == "GET":
        return _form_page(AbsenceForm(), person)
    form = AbsenceForm()
    if request.form.get("do") == SHOW_PEOPLE:
        return _form_page(form, person)
    _offer(form, person)
    if not form.validate():
        return _form_page(form, person), 400
    try:
        with transaction() as session:
            absence = enter_absence(
                session, person_id=person.id, days=form.days, actor=actor(), at=clock.now()
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _form_page(form, person), status_of(refusal)
    _tell(absence, person)
    return redirect(url_for("absences.index"), 303)


@blueprint.route("/<int:absence_id>", methods=["GET", "POST"])
@requires(Action.READ)
def change(absence_id: int) -> Page:
    absence, person = _asked_absence(absence_id)
    if request.method == "GET":
        values = {
            "version": absence.version,
            "starts_on": absence.starts_on,
            "ends_on": absence.ends_on,
            "deputy_id": absence.deputy_id or 0,
            "officer_id": absence.officer_id or 0,
        }
        return _form_page(AbsenceForm(data=values), person, absence)
    form = AbsenceForm()
    if request.form.get("do") == SHOW_PEOPLE:
        return _form_page(form, person, absence)
    _offer(form, person)
    if not form.validate():
        return _form_page(form, person, absence), 400
    try:
        with transaction() as session:
            changed = change_absence(
                session,
                absence_id=absence_id,
                version=form.seen_version,
                days=form.days,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        form.refuse(refusal)
        return _form_page(form, person, absence), status_of(refusal)
    _tell(changed, person)
    return redirect(url_for("absences.index"), 303)


@blueprint.post("/<int:absence_id>/end")
@requires(Action.READ)
def end(absence_id: int) -> Page:
    _absence, person = _asked_absence(absence_id)
    form = AbsenceForm()
    with transaction() as session:
        end_absence(
            session,
            absence_id=absence_id,
            version=form.seen_version,
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("%(name)s is back: everything comes to them again.", name=person.name), "success")
    return redirect(url_for("absences.index"), 303)


def _tell(absence: PersonAbsence, person: Person) -> None:
    """Say what is kept, and whom the person would have stood in for in these days."""
    flash(
        gettext(
            "The absence of %(name)s is entered, %(days)s.",
            name=person.name,
            days=filters.days(absence.starts_on, absence.ends_on),
        ),
        "success",
    )
    with reading() as session:
        others = [
            each.person
            for each in listed_absences(session, since=absence.starts_on, person_id=person.id)
            if person.id in {each.deputy_id, each.officer_id} and each.starts_on <= absence.ends_on
        ]
    if others:
        flash(
            gettext(
                "In these days %(name)s was to stand in for %(others)s, for whom now whoever "
                "stands in for %(name)s does. Choose somebody else there if need be.",
                name=person.name,
                others=", ".join(others),
            ),
            "notice",
        )


def _asked_person() -> Person:
    """Return whose absence is to be entered: one's own unless another person is asked for."""
    asked = whole_number(request.args.get("person", "")) or actor().person_id
    return _person(asked)


def _asked_absence(absence_id: int) -> tuple[ListedAbsence, Person]:
    with reading() as session:
        absence = find_absence(session, absence_id)
    if absence is None:
        raise NotFound("There is no such absence. Choose one from the list of absences.")
    return absence, _person(absence.person_id)


def _person(person_id: int) -> Person:
    if person_id != actor().person_id and not is_allowed(actor(), Action.KEEP_ABSENCES):
        raise NotAllowed(
            "You enter your own absences only. Ask the coordinator, who enters those of others."
        )
    with reading() as session:
        person = find_person(session, person_id)
    if person is None:
        raise NotFound("There is no such person. Choose one from the list of people.")
    return person


def _offer(form: AbsenceForm, person: Person) -> OfferedPeople:
    with reading() as session:
        offered = offered_people(session, instead_of=person, kept=form.stand_ins)
    form.offer(offered.people)
    return offered


def _form_page(form: AbsenceForm, person: Person, absence: ListedAbsence | None = None) -> str:
    offered = _offer(form, person)
    with reading() as session:
        stands_in = stand_ins_of(session, person.id, at=clock.now())
        signs = is_holder(session, person.id)
    return render_template(
        "absences/form.html",
        form=form,
        offered=offered,
        person=person,
        absence=absence,
        stands_in=stands_in,
        is_own=person.id == actor().person_id,
        decides=signs or any(held.role is Role.MANAGER for held in person.roles),
    )
