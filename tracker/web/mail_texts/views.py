"""Views of the sentences of mails: the list, one worded, seen in a mail, restored."""

from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import Invalid, NotFound, Refused, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.mail.sayings import check_source, default_source
from tracker.mail.texts import MailText
from tracker.mail.wordings import VOCABULARY, WORDINGS, Occasion, Wording
from tracker.queries.mail_texts import own_texts, texts_of
from tracker.services.mail_previews import preview_digest, preview_link_mail, reminded_people
from tracker.services.mail_texts import keep_text, restore_default, send_test
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.choices import language_choices
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.mail_texts.forms import MailTextForm
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction

blueprint = Blueprint("mail_texts", __name__, url_prefix="/admin/mail-texts")
Page = str | tuple[str, int] | BaseResponse

# A mail carries its styles on its elements, and is shown in a frame of our own pages alone.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)


@blueprint.get("")
@requires(Action.SET_REMINDERS)
def index() -> str:
    language = _language()
    with reading() as session:
        own = own_texts(session, language)
    return render_template(
        "mail_texts/index.html",
        text_language=language,
        text_languages=language_choices(),
        groups=[
            (caption, [_row(wording, own, language) for wording in wordings])
            for caption, wordings in _grouped()
        ],
    )


@blueprint.get("/text/<key>")
@requires(Action.SET_REMINDERS)
def show(key: str) -> Page:
    wording, language = _wording(key), _language()
    with reading() as session:
        history = texts_of(session, key, language)
        text = history[0].text if history else None
        values = {
            "text": default_source(key, language) if text is None else text,
            "version": history[0].number if history else 0,
        }
        return _page(session, wording, MailTextForm(formdata=None, data=values))


@blueprint.post("/text/<key>")
@requires(Action.SET_REMINDERS)
def change(key: str) -> Page:
    wording, form, act = _wording(key), MailTextForm(), request.form.get("act", "")
    try:
        if act == "restore":
            return _restored(wording, form)
        check_source(key, _text(form))
        if act in {"try", "test"}:
            return _tried(wording, form, is_to_be_sent=act == "test")
        with transaction() as session:
            kept = keep_text(
                session,
                key=key,
                language=_language(),
                text=_text(form),
                seen_number=form.seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        return _refused(wording, form, refusal)
    flash(
        gettext("The text is kept; mails that are written from now on have it.")
        if kept
        else gettext("Nothing was changed."),
        "success",
    )
    return redirect(url_for("mail_texts.index", language=_language()), 303)


@blueprint.get("/mail")
@requires(Action.SET_REMINDERS)
def framed() -> Response:
    """Answer with a mail alone, with a text that is not kept yet, for a frame."""
    wording = _wording(request.args.get("key", ""))
    text = request.args.get("text", "")
    check_source(wording.key, text)
    with reading() as session:
        mail = _mail(session, wording, text, request.args.get("person", ""))
    response = Response(mail.html or "", mimetype="text/html")
    response.headers["Content-Security-Policy"] = _MAIL_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _grouped() -> list[tuple[str, list[Wording]]]:
    """Return the texts as the list shows them: reminders, their buttons, mails that sign in."""
    found: dict[str, list[Wording]] = {}
    for wording in WORDINGS.values():
        if wording.occasion is not Occasion.DIGEST:
            caption = gettext("Sign-in mails and invitation")
        elif wording.is_button:
            caption = gettext("Buttons of reminders")
        else:
            caption = gettext("Sentences of reminders")
        found.setdefault(caption, []).append(wording)
    return list(found.items())


def _row(wording: Wording, own: Mapping[str, str], language: str) -> tuple[Wording, str, bool]:
    key = wording.key
    return wording, own.get(key, default_source(key, language)), key in own


def _restored(wording: Wording, form: MailTextForm) -> Page:
    with transaction() as session:
        restore_default(
            session,
            key=wording.key,
            language=_language(),
            seen_number=form.seen_version,
            actor=actor(),
            at=clock.now(),
        )
    flash(gettext("Our own words stand there again."), "success")
    return redirect(url_for("mail_texts.show", key=wording.key, language=_language()), 303)


def _tried(wording: Wording, form: MailTextForm, *, is_to_be_sent: bool) -> Page:
    with transaction() as session:
        mail = _mail(session, wording, _text(form), form.person.data or "")
        if is_to_be_sent:
            send_test(session, text=mail, actor=actor(), at=clock.now())
    if is_to_be_sent:
        flash(gettext("A test is on its way to you. Nothing is saved yet."), "success")
    with reading() as session:
        return _page(session, wording, form, mail)


def _refused(wording: Wording, form: MailTextForm, refusal: Refused) -> Page:
    form.refuse(refusal)
    with reading() as session:
        if isinstance(refusal, Stale):  # theirs is in the history now; saving again is a decision
            history = texts_of(session, wording.key, _language())
            form.version.data = str(history[0].number if history else 0)
        return _page(session, wording, form), status_of(refusal)


def _page(
    session: Session, wording: Wording, form: MailTextForm, mail: MailText | None = None
) -> str:
    language = _language()
    history = texts_of(session, wording.key, language)
    is_of_digest = wording.occasion is Occasion.DIGEST
    form.offer(list(reminded_people(session)) if is_of_digest else [])
    return render_template(
        "mail_texts/text.html",
        wording=wording,
        form=form,
        text_language=language,
        language_name=filters.language_name(language),
        vocabulary=[(name, gettext(VOCABULARY[name])) for name in wording.names],
        default=default_source(wording.key, language),
        has_own=bool(history) and history[0].text is not None,
        is_of_digest=is_of_digest,
        mail=mail,
        history=history,
    )


def _mail(session: Session, wording: Wording, text: str, person: str) -> MailText:
    """Return the mail in which a text stands, as it would be written with it."""
    language, site = _language(), installation().site()
    own = {**own_texts(session, language), wording.key: text}
    if wording.occasion is not Occasion.DIGEST:
        return preview_link_mail(
            wording.occasion, language=language, own=own, name=actor().name, site=site
        )
    return preview_digest(
        session,
        person_id=whole_number(person),
        key=wording.key,
        language=language,
        own=own,
        site=site,
        at=clock.now(),
    )


def _text(form: MailTextForm) -> str:
    return (form.text.data or "").replace("\r\n", "\n").strip()


def _language() -> str:
    """Return the language of the mails that the address names, else the reader's."""
    wanted = request.args.get("language", "")
    return wanted if wanted in house().languages else filters.language()


def _wording(key: str) -> Wording:
    if key not in WORDINGS:
        raise NotFound("There is no such text of mails. Choose one from the list.")
    return WORDINGS[key]
