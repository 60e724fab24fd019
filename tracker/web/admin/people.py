"""Views of people: the list, the invitation, one person with their roles."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Role
from tracker.models.people import Person
from tracker.queries.absences import listed_absences
from tracker.queries.handovers import accounts_left, handovers_of
from tracker.queries.people import (
    PersonOrder,
    find_person,
    has_mailed_invitation,
    people_page,
    units,
)
from tracker.services.handed_links import HandedLink, hand_over_link, invite_by_hand
from tracker.services.people import (
    deactivate_person,
    invite_again,
    invite_by_mail,
    keep_account,
    reactivate_person,
)
from tracker.services.roles import change_roles, sorted_roles
from tracker.web.addresses import whole_number
from tracker.web.admin.forms import InvitationForm, RolesForm, roles_shown
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.house import house
from tracker.web.lists import asked_order, asked_place
from tracker.web.security import actor, requires
from tracker.web.shown_names import unit_name
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("people", __name__, url_prefix="/admin/people")
Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(Action.INVITE_PERSON)
def index() -> Page:
    words = request.args.get("q", "").strip()
    shows_active = request.args.get("show") != "deactivated"
    order, is_descending = asked_order(PersonOrder.NAME)
    with reading() as session:
        return render_template(
            "admin/people.html",
            page=people_page(
                session,
                words=words,
                is_active=shows_active,
                order=order,
                is_descending=is_descending,
                place=asked_place(),
            ),
            unit_names={unit.id: unit.name for unit in units(session)},
            left=tuple(accounts_left(session).values()),
            words=words,
            shows_active=shows_active,
        )


@blueprint.route("/invite", methods=["GET", "POST"])
@requires(Action.INVITE_PERSON)
def invite() -> Page:
    settings = installation().settings
    if request.method == "GET":
        return _invitation_page(InvitationForm(data=_invited_from_start()))
    form = InvitationForm()
    if not _offered(form).validate():
        return _invitation_page(form), 400
    try:
        if settings.smtp_url is None:
            return _link_page(_invited_by_hand(form))
        person = _invited_by_mail(form)
    except (Invalid, Duplicate) as refusal:
        field = refusal.field if isinstance(refusal, Invalid) else "email"
        form.refuse(Invalid(refusal.sentence, field=field, **refusal.values))
        return _invitation_page(form), status_of(refusal)
    flash(_on_its_way(person), "success")
    return redirect(url_for("people.show", person_id=person.id), 303)


def _invited_from_start() -> dict[str, Any]:
    """Return what the invitation begins with: empty, or the mailbox of the unit that is named."""
    begun = {
        "language": house().languages[0],
        "time_zone": installation().settings.time_zone,
        "roles": roles_shown([], spare=3),
    }
    unit_id = whole_number(request.args.get("mailbox_of", ""))
    with reading() as session:
        unit = next((each for each in units(session) if each.id == unit_id), None)
    if unit is None:
        return begun
    return begun | {
        "name": unit_name(unit.name),
        "is_mailbox": True,
        "time_zone": unit.time_zone,
        "roles": roles_shown([(Role.FOCAL_POINT, unit.id)]),
    }


@blueprint.get("/<int:person_id>")
@requires(Action.INVITE_PERSON)
def show(person_id: int) -> Page:
    return _person_page(person_id)


@blueprint.post("/<int:person_id>/roles")
@requires(Action.INVITE_PERSON)
def roles(person_id: int) -> Page:
    form = RolesForm()
    with reading() as session:
        form.offer_roles(units(session))
    if not form.validate():
        return _person_page(person_id, form), 400
    try:
        with transaction() as session:
            changed = change_roles(
                session,
                person_id=person_id,
                version=form.seen_version,
                roles=form.chosen_roles(),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        form.refuse(Invalid(refusal.sentence, field="roles", **refusal.values))
        return _person_page(person_id, form), status_of(refusal)
    flash(gettext("The roles of %(name)s are saved.", name=changed.name), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/<int:person_id>/deactivate")
@requires(Action.INVITE_PERSON)
def deactivate(person_id: int) -> Page:
    try:
        with transaction() as session:
            changed = deactivate_person(
                session,
                person_id=person_id,
                version=VersionedForm().seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except WrongState as refusal:
        return _person_page(person_id, refusal=refusal), status_of(refusal)
    flash(gettext("%(name)s can sign in no more.", name=changed.name), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/<int:person_id>/keep")
@requires(Action.INVITE_PERSON)
def keep(person_id: int) -> Page:
    try:
        with transaction() as session:
            kept = keep_account(
                session,
                person_id=person_id,
                version=VersionedForm().seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except WrongState as refusal:
        return _person_page(person_id, refusal=refusal), status_of(refusal)
    flash(gettext("The account of %(name)s stays.", name=kept.name), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/<int:person_id>/reactivate")
@requires(Action.INVITE_PERSON)
def reactivate(person_id: int) -> Page:
    with transaction() as session:
        changed = reactivate_person(
            session,
            person_id=person_id,
            version=VersionedForm().seen_version,
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("%(name)s can sign in again.", name=changed.name), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/<int:person_id>/invite-again")
@requires(Action.INVITE_PERSON)
def send_again(person_id: int) -> Page:
    with transaction() as session:
        invited = invite_again(
            session,
            person_id=person_id,
            base_url=installation().settings.base_url,
            tokens=installation().tokens,
            actor=actor(),
            at=clock.now(),
        )
    flash(_on_its_way(invited), "success")
    return redirect(url_for("people.show", person_id=person_id), 303)


@blueprint.post("/<int:person_id>/link")
@requires(Action.INVITE_PERSON)
def hand_over(person_id: int) -> Page:
    with transaction() as session:
        handed = hand_over_link(
            session,
            person_id=person_id,
            tokens=installation().tokens,
            actor=actor(),
            at=clock.now(),
        )
    return _link_page(handed)


def _invited_by_mail(form: InvitationForm) -> Person:
    with transaction() as session:
        return invite_by_mail(
            session,
            email=form.email.data or "",
            name=form.name.data or "",
            roles=form.chosen_roles(),
            language=form.language.data,
            time_zone=form.time_zone.data,
            kind=form.kind,
            base_url=installation().settings.base_url,
            tokens=installation().tokens,
            actor=actor(),
            at=clock.now(),
        )


def _invited_by_hand(form: InvitationForm) -> HandedLink:
    with transaction() as session:
        return invite_by_hand(
            session,
            email=form.email.data or "",
            name=form.name.data or "",
            roles=form.chosen_roles(),
            language=form.language.data,
            time_zone=form.time_zone.data,
            kind=form.kind,
            tokens=installation().tokens,
            actor=actor(),
            at=clock.now(),
        )


def _link_page(handed: HandedLink) -> Response:
    """Show a link once: no copy of the page is kept by anybody on the way."""
    settings = installation().settings
    # Who tries the site out reaches it at the address in their browser, whatever the settings say.
    site = settings.base_url if settings.is_production else request.host_url.rstrip("/")
    url = f"{site}{handed.path}"
    page = make_response(render_template("admin/link.html", handed=handed, url=url))
    page.headers["Cache-Control"] = "no-store"
    return page


def _on_its_way(invited: Person) -> str:
    return gettext(
        "An invitation to %(name)s is on its way to %(email)s. Its link works once, within seven "
        "days.",
        name=invited.name,
        email=invited.email,
    )


def _offered(form: InvitationForm) -> InvitationForm:
    with reading() as session:
        return form.offer(units(session), installation().settings.time_zone)


def _invitation_page(form: InvitationForm) -> str:
    return render_template(
        "admin/invite.html",
        form=_offered(form),
        is_mail_set=installation().settings.smtp_url is not None,
    )


def _person_page(
    person_id: int, form: RolesForm | None = None, *, refusal: WrongState | None = None
) -> str:
    with reading() as session:
        found = find_person(session, person_id)
        if found is None:
            raise NotFound("There is no such person. Choose one from the list of people.")
        held = sorted_roles((role.role, role.unit_id) for role in found.roles)
        shown = form or RolesForm(
            formdata=None, data={"version": found.version, "roles": roles_shown(held)}
        )
        shown.offer_roles(units(session))
        if refusal is not None:
            shown.refuse(Invalid(refusal.sentence, field=None, **refusal.values))
        return render_template(
            "admin/person.html",
            person=found,
            absences=listed_absences(
                session, since=clock.today(found.time_zone), person_id=person_id
            ),
            handovers=handovers_of(session, person_id),
            left=accounts_left(session).get(person_id),
            form=shown,
            is_mail_set=installation().settings.smtp_url is not None,
            is_invited_by_mail=has_mailed_invitation(session, person_id),
        )
