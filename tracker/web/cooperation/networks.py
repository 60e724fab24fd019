"""Views of networks: the list, one of them with its members and what was done, and its form."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, NotFound, Stale
from tracker.domain.permissions import Action, may_ever
from tracker.models.cooperation import Network
from tracker.queries.cooperation import activities_with, find_network, networks
from tracker.services.cooperation import keep_network
from tracker.web.cooperation.forms import NetworkForm, as_lines
from tracker.web.cooperation.views import blueprint
from tracker.web.errors import status_of
from tracker.web.rehearsals import Page
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction


@blueprint.get("/networks")
@requires(Action.READ)
def network_list() -> Page:
    with reading() as session:
        rows = networks(session, seen_by=actor())
    return render_template(
        "cooperation/networks.html", rows=rows, keeps=may_ever(actor(), Action.KEEP_COOPERATION)
    )


@blueprint.get("/networks/<int:network_id>")
@requires(Action.READ)
def network(network_id: int) -> Page:
    found = _found(network_id)
    with reading() as session:
        done, count = activities_with(session, found, seen_by=actor())
    return render_template(
        "cooperation/network.html",
        network=found,
        activities=done,
        count=count,
        keeps=may_ever(actor(), Action.KEEP_COOPERATION),
    )


@blueprint.route("/networks/add", methods=["GET", "POST"])
@requires(Action.KEEP_COOPERATION)
def add_network() -> Page:
    if request.method == "GET":
        return _form_page(NetworkForm(formdata=None))
    return _kept(NetworkForm(), None)


@blueprint.route("/networks/<int:network_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_COOPERATION)
def change_network(network_id: int) -> Page:
    found = _found(network_id)
    if request.method == "GET":
        data = {
            "version": found.version,
            "name": found.name,
            "purpose": found.purpose,
            "members": as_lines(found.members),
        }
        return _form_page(NetworkForm(formdata=None, data=data), found)
    return _kept(NetworkForm(), found)


def _kept(form: NetworkForm, found: Network | None) -> Page:
    if not form.validate():
        return _form_page(form, found), 400
    try:
        with transaction() as session:
            made = keep_network(
                session,
                network_id=found.id if found else None,
                version=form.seen_version,
                name=form.name.data or "",
                purpose=form.purpose.data or "",
                members=form.listed,
                actor=actor(),
                at=clock.now(),
            )
            network_id = made.id
    except (Invalid, Duplicate, Stale) as refusal:
        form.refuse(refusal, at="name" if isinstance(refusal, Duplicate) else None)
        return _form_page(form, found), status_of(refusal)
    flash(gettext("The network is kept."), "success")
    return redirect(url_for("cooperation.network", network_id=network_id), 303)


def _found(network_id: int) -> Network:
    with reading() as session:
        found = find_network(session, network_id)
    if found is None:
        raise NotFound("There is no such network. Choose one from the list.")
    return found


def _form_page(form: NetworkForm, found: Network | None = None) -> str:
    return render_template("cooperation/network_form.html", form=form, found=found)
