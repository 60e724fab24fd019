"""Pages of signing in and out and of one's own account."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import force_locale, gettext
from flask_login import current_user
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Invalid, LinkRefused
from tracker.domain.permissions import Action
from tracker.models.people import Person
from tracker.queries.handovers import packs_received
from tracker.queries.people import find_person, units
from tracker.queries.setup import has_administrator
from tracker.services.account import change_own_details, set_password
from tracker.services.sign_in import (
    find_person_of_link,
    request_link,
    sign_in_with_link,
    sign_in_with_password,
)
from tracker.web import filters
from tracker.web.account.forms import DetailsForm, PasswordForm, SignInForm
from tracker.web.account.sessions import (
    begin_session,
    end_session,
    is_by_link,
    way_back,
    way_back_question,
)
from tracker.web.forms import TrackerForm
from tracker.web.languages import choose_language
from tracker.web.security import actor, public, requires
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("account", __name__)
Page = str | tuple[str, int] | Response


@blueprint.get("/welcome")
@public
def welcome() -> Page:
    """Say to strangers what this is; those who are known sign in right here."""
    if current_user.is_authenticated:
        return _go_on()
    with reading() as session:
        is_set_up = has_administrator(session)
    return render_template(
        "account/welcome.html",
        form=SignInForm(formdata=None),
        is_set_up=is_set_up,
        **_sign_in_choices(),
    )


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    if current_user.is_authenticated:
        return _go_on()
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    try:
        person = _person_of(form)
    except Invalid as refusal:
        form.refuse(refusal)
        return _sign_in_page(form)
    begin_session(person, is_by_link=False)
    return _go_on()


@blueprint.post("/sign-in/link")
@public
def ask_for_link() -> Page:
    form = SignInForm()
    if not form.email.validate(form):
        return _sign_in_page(form)
    with transaction() as session:
        request_link(
            session,
            email=form.email.data or "",
            way_back=way_back_question(),
            base_url=installation().settings.base_url,
            tokens=installation().tokens,
            at=clock.now(),
        )
    flash(
        gettext(
            "If %(email)s is known here, a link to sign in is on its way there. It works once, "
            "within one hour.",
            email=(form.email.data or "").strip(),
        ),
        "notice",
    )
    return redirect(url_for("account.sign_in", next=way_back()), 303)


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def follow_link(token: str) -> Page:
    try:
        if not TrackerForm().validate_on_submit():
            with reading() as session:
                person = find_person_of_link(
                    session, token=token, tokens=installation().tokens, at=clock.now()
                )
                return render_template("account/confirm_link.html", name=person.name)
        with transaction() as session:
            person = sign_in_with_link(
                session, token=token, tokens=installation().tokens, at=clock.now()
            )
    except LinkRefused as refusal:
        sentence = filters.said(refusal)
        return render_template("account/link_refused.html", sentence=sentence), 403
    begin_session(person, is_by_link=True)
    return _go_on()


@blueprint.post("/sign-out")
@public
def sign_out() -> Page:
    end_session()
    flash(gettext("You are signed out."), "success")
    return redirect(url_for("account.sign_in"), 303)


@blueprint.get("/language/<code>")
@public
def change_language(code: str) -> Response:
    if not choose_language(code):
        abort(404)
    return _go_on()


@blueprint.get("/account")
@requires(Action.READ)
def show() -> Page:
    return _account_page()


@blueprint.post("/account/details")
@requires(Action.READ)
def change_details() -> Page:
    form = DetailsForm(present_zone=actor().time_zone)
    if not form.validate_on_submit():
        return _account_page(details=form)
    try:
        with transaction() as session:
            change_own_details(
                session,
                version=form.seen_version,
                name=form.name.data or "",
                language=form.language.data,
                time_zone=form.time_zone.data,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return _account_page(details=form)
    with force_locale(form.language.data):  # the page on which it is read comes in this language
        flash(gettext("Your details are saved."), "success")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/password")
@requires(Action.READ)
def change_password() -> Page:
    form = PasswordForm()
    if not form.validate_on_submit():
        return _account_page(password=form)
    try:
        with transaction() as session:
            set_password(
                session,
                password=form.password.data or "",
                current_password=None if is_by_link() else form.current_password.data or "",
                passwords=installation().passwords,
                actor=actor(),
                at=clock.now(),
            )
            person = find_person(session, actor().person_id)
    except Invalid as refusal:
        form.refuse(refusal)
        return _account_page(password=form)
    assert isinstance(person, Person)  # noqa: S101 - it is the one who is signed in
    begin_session(person, is_by_link=is_by_link())
    flash(gettext("Your password is set. You are signed out everywhere else."), "success")
    return redirect(url_for("account.show"), 303)


def _go_on() -> Response:
    return redirect(way_back() or "/", 303)


def _person_of(form: SignInForm) -> Person:
    with transaction() as session:
        try:
            return sign_in_with_password(
                session,
                email=form.email.data or "",
                password=form.password.data or "",
                passwords=installation().passwords,
                at=clock.now(),
            )
        except Invalid as invalid:  # kept for after the commit, which counts the failed attempt
            refusal = invalid
    raise refusal


def _sign_in_page(form: SignInForm) -> Page:
    page = render_template("account/sign_in.html", form=form, **_sign_in_choices())
    return page, 400 if form.is_submitted() else 200


def _sign_in_choices() -> dict[str, object]:
    """Return where signing in leads, and whether a link can be sent instead of a password."""
    return {"way_back": way_back(), "is_mail_set": installation().settings.smtp_url is not None}


def _account_page(
    *, details: DetailsForm | None = None, password: PasswordForm | None = None
) -> Page:
    with reading() as session:
        person = find_person(session, actor().person_id)
        assert person is not None  # noqa: S101 - it is the one who is signed in
        page = render_template(
            "account/show.html",
            person=person,
            packs=packs_received(session, person.id),
            unit_names={unit.id: unit.name for unit in units(session)},
            details=details or _details_of(person),
            password=password or PasswordForm(formdata=None),
            asks_for_current=person.password_hash is not None and not is_by_link(),
        )
    return page, 400 if details or password else 200


def _details_of(person: Person) -> DetailsForm:
    return DetailsForm(
        present_zone=person.time_zone,
        values={
            "version": person.version,
            "name": person.name,
            "language": person.language,
            "time_zone": person.time_zone,
        },
    )
