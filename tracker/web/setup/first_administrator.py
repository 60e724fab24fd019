"""The page behind the set-up link, which makes the first administrator and signs them in."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, LinkRefused
from tracker.services.setup import Newcomer, check_set_up_link, make_first_administrator
from tracker.web import filters
from tracker.web.account.sessions import begin_session
from tracker.web.errors import status_of
from tracker.web.security import public
from tracker.web.setup.blueprint import blueprint
from tracker.web.setup.forms import FirstAdministratorForm
from tracker.web.setup.steps import STEPS
from tracker.web.transactions import installation, reading, transaction

Page = str | tuple[str, int] | Response


@blueprint.route("/<token>", methods=["GET", "POST"])
@public
def begin(token: str) -> Page:
    zone = installation().settings.time_zone
    try:
        with reading() as session:
            check_set_up_link(session, token=token, tokens=installation().tokens, at=clock.now())
        form = FirstAdministratorForm().offer(zone)
        if form.is_submitted():
            return _made(form, token)
    except LinkRefused as refusal:
        sentence = filters.said(refusal)
        return render_template("setup/link_refused.html", sentence=sentence), 403
    form.language.data, form.time_zone.data = filters.language(), zone
    return _page(form)


def _made(form: FirstAdministratorForm, token: str) -> Page:
    if not form.validate():
        return _page(form), 400
    try:
        with transaction() as session:
            person = make_first_administrator(
                session,
                token=token,
                tokens=installation().tokens,
                newcomer=Newcomer(
                    name=form.name.data or "",
                    email=form.email.data or "",
                    password=form.password.data or "",
                    language=form.language.data,
                    time_zone=form.time_zone.data,
                    is_coordinator=form.is_coordinator.data,
                ),
                passwords=installation().passwords,
                at=clock.now(),
            )
    except (Invalid, Duplicate) as refusal:
        form.refuse(refusal, at=None if isinstance(refusal, Invalid) else "email")
        return _page(form), status_of(refusal)
    begin_session(person, is_by_link=False)
    return redirect(url_for(STEPS[0].endpoint), 303)


def _page(form: FirstAdministratorForm) -> str:
    return render_template("setup/first_administrator.html", form=form)
