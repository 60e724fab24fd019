"""The steps of the set-up, the list of what is missing, and how backups are made."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, Refused, Stale
from tracker.domain.permissions import Action
from tracker.queries.people import units as units_of_house
from tracker.queries.setup import ESSENTIAL, HouseRecord, Need, find_house, listed_sessions
from tracker.services.setup import (
    add_body_session,
    add_units,
    choose_languages,
    name_entity,
    say_how_backups_are_made,
)
from tracker.web import filters
from tracker.web.admin.forms import UNIT_KINDS
from tracker.web.choices import language_name, time_zone_choices
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.setup.blueprint import blueprint
from tracker.web.setup.forms import (
    BackupForm,
    EntityForm,
    LanguagesForm,
    SessionForm,
    UnitsForm,
    entity_form,
    lines_of,
    missing_choice,
    unit_rows,
)
from tracker.web.setup.offered_languages import offered_languages
from tracker.web.setup.steps import NEEDS, STEPS, missing, next_step, walk
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int] | Response


@blueprint.get("")
@requires(Action.SET_UP_HOUSE)
def index() -> Page:
    needs = missing()
    with reading() as session:
        kept = find_house(session)
    # Where there is no backup at all, none is new enough.
    not_done = {*needs, Need.NEWER_BACKUP} if Need.BACKUP in needs else {*needs}
    return render_template(
        "setup/index.html",
        essential=[NEEDS[need] for need in needs if need in ESSENTIAL],
        advisable=[NEEDS[need] for need in needs if need not in ESSENTIAL],
        done=[words for need, words in NEEDS.items() if need not in not_done],
        steps=STEPS,
        kept=kept,
    )


@blueprint.route("/entity", methods=["GET", "POST"])
@requires(Action.SET_UP_HOUSE)
def entity() -> Page:
    form = entity_form(house().languages)
    if not form.is_submitted():
        present, kept = house().entity, _kept()
        form.name.data = present.name
        for code, field in form.names.items():
            field.data = kept.entity_names.get(code, "")
        form.aliases.data = "\n".join(kept.entity_aliases if kept.entity_name else present.aliases)
        form.version.data = str(kept.version)
        return _entity_page(form)
    if not form.validate():
        return _entity_page(form), 400
    try:
        with transaction() as session:
            name_entity(
                session,
                version=form.seen_version,
                name=form.name.data or "",
                names={code: field.data or "" for code, field in form.names.items()},
                aliases=lines_of(form.aliases.data),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _entity_page(form), status_of(refusal)
    flash(gettext("The entity is named."), "success")
    return next_step()


@blueprint.route("/languages", methods=["GET", "POST"])
@requires(Action.SET_UP_HOUSE)
def languages() -> Page:
    offered = offered_languages()
    form = LanguagesForm().offer([(code, language_name(code)) for code in offered])
    if not form.is_submitted():
        form.main_language.data, form.languages.data = house().languages[0], list(house().languages)
        form.version.data = str(_kept().version)
        return _languages_page(form)
    if not form.validate():
        return _languages_page(form), 400
    try:
        with transaction() as session:
            choose_languages(
                session,
                version=form.seen_version,
                languages=form.chosen(),
                offered=offered,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _languages_page(form), status_of(refusal)
    flash(gettext("The languages are chosen."), "success")
    return next_step()


@blueprint.route("/session", methods=["GET", "POST"])
@requires(Action.SET_UP_HOUSE)
def session() -> Page:
    form = SessionForm()
    if not form.is_submitted():
        return _session_page(form)
    if not form.validate():
        return _session_page(form), 400
    opens_on, closes_on = form.opens_on.data, form.closes_on.data
    assert opens_on is not None  # noqa: S101 - validated
    assert closes_on is not None  # noqa: S101 - validated
    try:
        with transaction() as database_session:
            held = add_body_session(
                database_session,
                body_name=form.body.data or "",
                key=form.key.data or "",
                number=form.number.data or 0,
                place=form.place.data or "",
                opens_on=opens_on,
                closes_on=closes_on,
                slot_on=form.slot_on.data,
                language=house().languages[0],
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _session_page(form), 400
    flash(gettext("The session is saved: %(name)s.", name=held.name), "success")
    return next_step()


@blueprint.route("/units", methods=["GET", "POST"])
@requires(Action.SET_UP_HOUSE)
def units() -> Page:
    if request.method == "GET":
        zone = installation().settings.time_zone
        return _units_page(UnitsForm(data={"units": unit_rows(zone)}).offer())
    form = UnitsForm().offer()
    if not form.validate():
        return _units_page(form), 400
    rows = form.filled_rows()
    if not rows:
        form.refuse(Invalid(missing_choice()))
        return _units_page(form), 400
    try:
        with transaction() as database_session:
            added = add_units(
                database_session,
                units=[unit for _place, unit in rows],
                language=house().languages[0],
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        _refuse_row(form, [place for place, _unit in rows], refusal)
        return _units_page(form), 400
    flash(ngettext("%(num)s unit is added.", "%(num)s units are added.", len(added)), "success")
    return next_step()


@blueprint.get("/import")
@requires(Action.SET_UP_HOUSE)
def first_import() -> Page:
    return render_template("setup/first_import.html", **walk())


@blueprint.route("/backup", methods=["GET", "POST"])
@requires(Action.SET_UP_HOUSE)
def backup() -> Page:
    form = BackupForm()
    if not form.is_submitted():
        kept = _kept()
        form.words.data, form.version.data = kept.backup or "", str(kept.version)
        return _backup_page(form)
    if not form.validate():
        return _backup_page(form), 400
    try:
        with transaction() as database_session:
            say_how_backups_are_made(
                database_session,
                version=form.seen_version,
                words=form.words.data or "",
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        return _backup_page(form), status_of(refusal)
    flash(gettext("It is noted how backups are made."), "success")
    return redirect(url_for("setup.index"), 303)


def _entity_page(form: EntityForm) -> str:
    return render_template("setup/entity.html", form=form, **walk())


def _languages_page(form: LanguagesForm) -> str:
    return render_template("setup/languages.html", form=form, **walk())


def _session_page(form: SessionForm) -> str:
    with reading() as session:
        sessions = listed_sessions(session)
    return render_template("setup/session.html", form=form, sessions=sessions, **walk())


def _units_page(form: UnitsForm) -> str:
    with reading() as session:
        found = units_of_house(session)
    return render_template(
        "setup/units.html",
        form=form,
        units=found,
        kinds=UNIT_KINDS,
        zones=time_zone_choices(installation().settings.time_zone),
        **walk(),
    )


def _backup_page(form: BackupForm) -> str:
    return render_template("setup/backup.html", form=form)


def _kept() -> HouseRecord:
    with reading() as session:
        return find_house(session)


def _refuse_row(form: UnitsForm, places: list[int], refusal: Refused) -> None:
    assert isinstance(refusal, Invalid)  # noqa: S101 - the service raises no other
    _units, position, field = (refusal.field or "").split("-", 2)
    form.refuse_row(places[int(position)], field, filters.said(refusal))
