"""The list of people: a template to fill in, the rehearsal of what it would do, and its taking."""

from collections.abc import Mapping, Sequence

from flask import Response as Download
from flask import render_template

from tracker import clock
from tracker.database import Session
from tracker.domain.people_list import COLUMNS, PersonRow
from tracker.domain.permissions import Action, Role
from tracker.domain.rehearsal import Effect
from tracker.queries.people import find_person, units
from tracker.reading.people_list import people_list_text, read_people_list
from tracker.services.people_list import Defaults, plan_people, take_people
from tracker.services.roles import ROLES_IN_A_UNIT
from tracker.web.house import house
from tracker.web.rehearsals import ListPages, Page, RehearsedForm, shown
from tracker.web.security import actor, requires
from tracker.web.setup.blueprint import blueprint
from tracker.web.setup.forms import PeopleForm, RehearsedPeopleForm
from tracker.web.setup.steps import next_step, walk
from tracker.web.transactions import installation, reading
from tracker.writing.people_list import people_list_csv


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
    return _PAGES.rehearse(PeopleForm(), at="people")


@blueprint.post("/people/take")
@requires(Action.SET_UP_HOUSE)
def take() -> Page:
    form = RehearsedPeopleForm()

    def take(session: Session, rows: Sequence[PersonRow], seal: str) -> Mapping[Effect, int]:
        return take_people(
            session,
            rows,
            seal=seal,
            defaults=_defaults(),
            sends_invitations=form.sends_invitations.data,
            base_url=installation().settings.base_url,
            tokens=installation().tokens,
            actor=actor(),
            at=clock.now(),
        )

    return _PAGES.take(form, take, next_step)


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


def _rehearsal_page(rows: Sequence[PersonRow], form: RehearsedForm) -> str:
    with reading() as session:
        plan = plan_people(session, rows, defaults=_defaults(), actor=actor())
        unit_names = {unit.id: unit.name for unit in units(session)}
    return render_template(
        "setup/rehearsal.html",
        unit_names=unit_names,
        is_mail_set=_is_mail_set(),
        **shown(plan, form),
        **walk(),
    )


def _defaults() -> Defaults:
    return Defaults(languages=house().languages, time_zone=installation().settings.time_zone)


def _is_mail_set() -> bool:
    return installation().settings.smtp_url is not None


def _empty_form() -> RehearsedPeopleForm:
    return RehearsedPeopleForm(formdata=None, data={"sends_invitations": _is_mail_set()})


_PAGES = ListPages(people_list_text, read_people_list, _upload_page, _rehearsal_page, _empty_form)
