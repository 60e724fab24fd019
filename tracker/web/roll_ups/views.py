"""Views of roll-ups: those proposed, one of a unit, those decided, and the rule."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.escalation import Decision
from tracker.domain.names import Named
from tracker.domain.permissions import Action, is_allowed, may_ever
from tracker.queries.people import units as listed_units
from tracker.queries.reminder_limits import limits_in_force, rules_version, switches
from tracker.queries.roll_ups import Proposal, decided_roll_ups, proposals
from tracker.services.escalation_rules import set_rules
from tracker.services.roll_ups import (
    propose_again,
    send_roll_up,
    set_roll_up_aside,
    words_by_pattern,
)
from tracker.web.addresses import whole_number
from tracker.web.errors import status_of
from tracker.web.reminder_rules.words import barred_rules
from tracker.web.roll_ups.forms import ON, RollUpForm, RulesForm, rules_form
from tracker.web.security import actor, requires
from tracker.web.shown_names import named
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("roll_ups", __name__)
Page = str | tuple[str, int] | Response


@blueprint.get("/compliance/roll-ups")
@requires(Action.ESCALATE)
def index() -> str:
    with reading() as session:
        return render_template(
            "roll_ups/index.html",
            proposals=proposals(session, at=clock.now()),
            decided=decided_roll_ups(session),
            limits=limits_in_force(session),
            may_rule=may_ever(actor(), Action.SET_UP_HOUSE),
            today=clock.today(actor().time_zone),
        )


@blueprint.get("/compliance/roll-ups/units/<int:unit_id>")
@requires(Action.ESCALATE)
def of_unit(unit_id: int) -> Page:
    with reading() as session:
        proposal = _proposal(session, unit_id)
        recipient_id = whole_number(request.args.get("to", "")) or 0
        if recipient_id not in proposal.chiefs:
            recipient_id = next(iter(proposal.chiefs), 0)
        subject, text = "", ""
        if recipient_id:
            subject, text = words_by_pattern(session, proposal.unit, recipient_id)
    form = RollUpForm(
        formdata=None,
        data={
            "recipient_id": recipient_id,
            "report_ids": [item.report_id for item in proposal.items],
            "subject": subject,
            "text": text,
        },
    )
    return _unit_page(form, proposal)


@blueprint.post("/compliance/roll-ups/units/<int:unit_id>/send")
@requires(Action.ESCALATE)
def send(unit_id: int) -> Page:
    form, proposal = _asked(unit_id)
    recipient_id = whole_number(form.recipient_id.data or "") or 0
    try:
        with transaction() as session:
            send_roll_up(
                session,
                unit_id=unit_id,
                report_ids=form.report_ids.data or (),
                recipient_id=recipient_id,
                subject=form.subject.data or "",
                text=form.text.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        form.refuse(refusal)
        return _unit_page(form, proposal), status_of(refusal)
    name = proposal.chiefs.get(recipient_id, "")
    flash(gettext("The roll-up goes out to %(name)s within a minute.", name=name), "success")
    return redirect(url_for("roll_ups.index"), 303)


@blueprint.post("/compliance/roll-ups/units/<int:unit_id>/set-aside")
@requires(Action.ESCALATE)
def set_aside(unit_id: int) -> Page:
    form, proposal = _asked(unit_id)
    try:
        with transaction() as session:
            set_roll_up_aside(
                session,
                unit_id=unit_id,
                report_ids=form.report_ids.data or (),
                reason=form.reason.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, WrongState) as refusal:
        form.refuse(refusal)
        return _unit_page(form, proposal), status_of(refusal)
    flash(gettext("The reports are set aside: nobody's chief is told of them."), "success")
    return redirect(url_for("roll_ups.index"), 303)


@blueprint.get("/compliance/roll-ups/<int:roll_up_id>")
@requires(Action.ESCALATE)
def decided(roll_up_id: int) -> str:
    with reading() as session:
        found = decided_roll_ups(session, roll_up_id=roll_up_id)
    if not found:
        raise NotFound("There is no such roll-up. Choose one from the list.")
    return render_template(
        "roll_ups/decided.html",
        roll_up=found[0],
        is_sent=found[0].decision is Decision.SEND,
        sees_deliveries=is_allowed(actor(), Action.SEE_DELIVERIES),
    )


@blueprint.post("/compliance/roll-ups/<int:roll_up_id>/propose-again")
@requires(Action.ESCALATE)
def again(roll_up_id: int) -> Response:
    with transaction() as session:
        propose_again(session, roll_up_id=roll_up_id, actor=actor(), at=clock.now())
    flash(gettext("The reports are proposed again, as far as no answer has come."), "success")
    return redirect(url_for("roll_ups.index"), 303)


@blueprint.get("/admin/escalation")
@requires(Action.SET_UP_HOUSE)
def rules() -> str:
    with reading() as session:
        form = rules_form(
            _units(session), switches(session), limits_in_force(session), rules_version(session)
        )
    return _rules_page(form)


@blueprint.post("/admin/escalation")
@requires(Action.SET_UP_HOUSE)
def keep_rules() -> Page:
    with reading() as session:
        form = rules_form(_units(session))
    if not form.validate_on_submit():
        return _rules_page(form), 400
    try:
        with transaction() as session:
            set_rules(
                session,
                version=form.seen_version,
                is_on=form.is_on.data == ON,
                units=form.units,
                limits=form.limits,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _rules_page(form), status_of(refusal)
    flash(gettext("These rules hold from now on."), "success")
    return redirect(url_for("roll_ups.rules"), 303)


def _rules_page(form: RulesForm) -> str:
    with reading() as session:
        barred = barred_rules(session)
    return render_template("roll_ups/rules.html", form=form, barred=barred)


def _units(session: Session) -> list[tuple[int, str]]:
    return [(unit.id, named(Named.UNIT, unit.name)) for unit in listed_units(session)]


def _asked(unit_id: int) -> tuple[RollUpForm, Proposal]:
    with reading() as session:
        proposal = _proposal(session, unit_id)
    return RollUpForm().offer(proposal.items), proposal


def _proposal(session: Session, unit_id: int) -> Proposal:
    found = proposals(session, at=clock.now(), unit_id=unit_id)
    if not found:
        raise NotFound(
            "Nothing is proposed for this unit any more: it was answered, sent or set aside. Open "
            "the list of roll-ups."
        )
    return found[0]


def _unit_page(form: RollUpForm, proposal: Proposal) -> str:
    recipient_id = whole_number(str(form.recipient_id.data or "")) or 0
    return render_template(
        "roll_ups/of_unit.html",
        form=form.offer(proposal.items),
        proposal=proposal,
        recipient_id=recipient_id,
        today=clock.today(actor().time_zone),
    )
