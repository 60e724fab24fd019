"""The list of people: a template to fill in, the rehearsal of what it would do, and its taking."""

from collections.abc import Sequence

from flask import Response as Download
from flask import flash, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, Stale, WrongState
from tracker.domain.people_list import COLUMNS, PersonRow
from tracker.domain.permissions import Action, Role
from tracker.queries.people import find_person, units
from tracker.reading.people_list import people_list_text, read_people_list
from tracker.services.people_list import (
    Defaults,
    Effect,
    PlannedRow,
    plan_people,
    seal_of,
    take_people,
)
from tracker.services.roles import ROLES_IN_A_UNIT
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.setup.blueprint import blueprint
from tracker.web.setup.forms import PeopleForm, RehearsedForm
from tracker.web.setup.steps import next_step, walk
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.people_list import people_list_csv

Page = str | tuple[str, int] | Response


@blueprint.get("/people")
@requires(Action.SET_UP_HOUSE)
def people() -> Page:
    return _upload_page(PeopleForm())


@blueprint.get("/people/template.csv")
@requires(Action.SET_UP_HOUSE)
def template() -> Download:
    with reading() as session:
        own = find_person(session, actor().person_id)
        assert own is not None  # noqa: S101 - it is the one who is signed in
        row = PersonRow(
            line=2,
            name=own.name,
            email=own.email,
            role="; ".join(
                role.role.value for role in own.roles if role.role not in ROLES_IN_A_UNIT
            ),
            language=own.language,
            time_zone=own.time_zone,
        )
    return Download(
        people_list_csv([row]),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=people.csv"},
    )


@blueprint.post("/people")
@requires(Action.SET_UP_HOUSE)
def rehearse() -> Page:
    form = PeopleForm()
    if not form.validate():
        return _upload_page(form), 400
    try:
        text = people_list_text(form.people.data.read())
        rows = read_people_list(text)
    except Invalid as refusal:
        form.refuse(refusal, at="people")
        return _upload_page(form), 400
    return _rehearsal_page(rows, text)


@blueprint.post("/people/take")
@requires(Action.SET_UP_HOUSE)
def take() -> Page:
    form = RehearsedForm()
    text = form.text.data or ""
    rows = read_people_list(text)
    if not form.validate():
        return _rehearsal_page(rows, text, form), 400
    try:
        with transaction() as session:
            counts = take_people(
                session,
                rows,
                seal=form.seal.data or "",
                defaults=_defaults(),
                sends_invitations=form.sends_invitations.data,
                base_url=installation().settings.base_url,
                tokens=installation().tokens,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState, Duplicate) as refusal:
        form.refuse(refusal)
        return _rehearsal_page(rows, text, form), status_of(refusal)
    flash(
        gettext(
            "The list is taken. Added: %(made)s; changed: %(changed)s; unchanged: %(same)s.",
            made=counts.get(Effect.MADE, 0),
            changed=counts.get(Effect.CHANGED, 0),
            same=counts.get(Effect.SAME, 0),
        ),
        "success",
    )
    return next_step()


def _upload_page(form: PeopleForm) -> str:
    with reading() as session:
        return render_template(
            "setup/people.html",
            form=form,
            columns=COLUMNS,
            roles=list(Role),
            units=units(session),
            language_codes=house().languages,
            **walk(),
        )


def _rehearsal_page(rows: Sequence[PersonRow], text: str, form: RehearsedForm | None = None) -> str:
    with reading() as session:
        plan = plan_people(session, rows, defaults=_defaults(), actor=actor())
        unit_names = {unit.id: unit.name for unit in units(session)}
    is_mail_set = installation().settings.smtp_url is not None
    shown = form or RehearsedForm(formdata=None, data={"sends_invitations": is_mail_set})
    shown.text.data, shown.seal.data = text, seal_of(plan)
    return render_template(
        "setup/rehearsal.html",
        form=shown,
        plan=plan,
        counts={effect: _count(plan, effect) for effect in Effect},
        sentences={done.row.line: filters.said(done.refusal) for done in plan if done.refusal},
        unit_names=unit_names,
        is_mail_set=is_mail_set,
        **walk(),
    )


def _count(plan: Sequence[PlannedRow], effect: Effect) -> int:
    return sum(done.effect is effect for done in plan)


def _defaults() -> Defaults:
    return Defaults(languages=house().languages, time_zone=installation().settings.time_zone)
