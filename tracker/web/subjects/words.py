"""Views of subject words: the list, one added or changed, retired, brought back and merged."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import Duplicate, Invalid, NotFound, Stale, WrongState
from tracker.domain.goals import LANGUAGES
from tracker.domain.permissions import Action, may_ever
from tracker.domain.subjects import Subject
from tracker.models.subjects import SubjectWord
from tracker.queries.public_pages import public_bodies
from tracker.queries.subject_words import ListedWord, find_word, listed_words, words_in_use
from tracker.queries.subjects import Counts, subject_counts
from tracker.services.subject_words import (
    add_word,
    bring_back_word,
    change_word,
    merge_words,
    retire_word,
)
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.choices import language_name
from tracker.web.errors import status_of
from tracker.web.forms import VersionedForm
from tracker.web.rehearsals import Page
from tracker.web.security import actor, requires
from tracker.web.subjects.forms import MergeForm, WordForm, values_of
from tracker.web.subjects.views import blueprint
from tracker.web.transactions import reading, transaction

AT_ONCE = 100  # words on a page
_REFUSALS = (Invalid, Duplicate, Stale, WrongState)


@blueprint.get("/words")
@requires(Action.READ)
def word_index() -> str:
    body_id = whole_number(request.args.get("body", ""))
    shows_retired = request.args.get("show") == "retired"
    page = whole_number(request.args.get("page", "")) or 1
    with reading() as session:
        counts = subject_counts(session, actor())
        bodies = public_bodies(session)
        over = SubjectWord.retired_at
        words = listed_words(session, over.is_not(None) if shows_retired else over.is_(None))
    names = {word.id: word.name(filters.language()) for word in words}
    wanted = [word for word in words if body_id is None or word.body_id in {None, body_id}]
    wanted.sort(key=lambda word: (names[word.id].casefold(), word.id))
    first = (page - 1) * AT_ONCE
    return render_template(
        "subjects/words.html",
        words=[(word, _counts_of(counts, word)) for word in wanted[first : first + AT_ONCE]],
        total=len(wanted),
        names=names,
        bodies=bodies,
        body_id=body_id,
        shows_retired=shows_retired,
        page=page,
        has_more=len(wanted) > first + AT_ONCE,
        keeps=may_ever(actor(), Action.KEEP_SUBJECT_WORDS),
    )


@blueprint.route("/words/add", methods=["GET", "POST"])
@requires(Action.KEEP_SUBJECT_WORDS)
def add_subject_word() -> Page:
    form = _offered(WordForm())
    if request.method == "GET":
        form.body_id.data = request.args.get("body", "")
        return _form_page(form)
    if not form.validate():
        return _form_page(form), 400
    try:
        with transaction() as session:
            add_word(session, details=form.details(), actor=actor(), at=clock.now())
    except _REFUSALS as refusal:
        form.refuse(refusal)
        return _form_page(form), status_of(refusal)
    flash(gettext("The subject word is added. Texts that hold it are proposed."), "success")
    return redirect(url_for("subjects.word_index"), 303)


@blueprint.route("/words/<int:word_id>", methods=["GET", "POST"])
@requires(Action.KEEP_SUBJECT_WORDS)
def change_subject_word(word_id: int) -> Page:
    found = _found(word_id)
    if request.method == "GET":
        return _form_page(_offered(WordForm(data=values_of(found)), found), found)
    form = _offered(WordForm(), found)
    if not form.validate():
        return _form_page(form, found), 400
    try:
        with transaction() as session:
            change_word(
                session,
                word_id=word_id,
                version=form.seen_version,
                details=form.details(found),
                actor=actor(),
                at=clock.now(),
            )
    except _REFUSALS as refusal:
        form.refuse(refusal)
        return _form_page(form, found), status_of(refusal)
    flash(gettext("The subject word is saved."), "success")
    return redirect(url_for("subjects.word_index"), 303)


@blueprint.post("/words/<int:word_id>/retire")
@requires(Action.KEEP_SUBJECT_WORDS)
def retire(word_id: int) -> Response:
    return _moved(word_id, retire_word, gettext("The subject word is retired: proposed no more."))


@blueprint.post("/words/<int:word_id>/bring-back")
@requires(Action.KEEP_SUBJECT_WORDS)
def bring_back(word_id: int) -> Response:
    return _moved(word_id, bring_back_word, gettext("The subject word is in use again."))


@blueprint.post("/words/<int:word_id>/merge")
@requires(Action.KEEP_SUBJECT_WORDS)
def merge(word_id: int) -> Response:
    form = VersionedForm()
    into_id = whole_number(request.form.get("into", "")) or 0
    try:
        with transaction() as session:
            count = merge_words(
                session,
                word_id=word_id,
                version=form.seen_version,
                into_id=into_id,
                actor=actor(),
                at=clock.now(),
            )
    except _REFUSALS as refusal:
        flash(filters.said(refusal), "error")
        return redirect(url_for("subjects.change_subject_word", word_id=word_id), 303)
    flash(
        ngettext(
            "The two are one now: %(num)s record is about it as well.",
            "The two are one now: %(num)s records are about it as well.",
            count,
        ),
        "success",
    )
    return redirect(url_for("subjects.show", kind="word", key=into_id), 303)


def _moved(word_id: int, move: Callable[..., object], done: str) -> Response:
    try:
        with transaction() as session:
            move(
                session,
                word_id=word_id,
                version=VersionedForm().seen_version,
                actor=actor(),
                at=clock.now(),
            )
    except _REFUSALS as refusal:
        flash(filters.said(refusal), "error")
        return redirect(url_for("subjects.change_subject_word", word_id=word_id), 303)
    flash(done, "success")
    return redirect(url_for("subjects.word_index"), 303)


def _found(word_id: int) -> ListedWord:
    with reading() as session:
        found = find_word(session, word_id)
    if found is None:
        raise NotFound("There is no such subject word. Choose one from the list.")
    return found


def _offered(form: WordForm, found: ListedWord | None = None) -> WordForm:
    with reading() as session:
        return form.offer(public_bodies(session), words_in_use(session), found)


def _form_page(form: WordForm, found: ListedWord | None = None) -> str:
    merge_form = None
    if found is not None:
        with reading() as session:
            merge_form = MergeForm(formdata=None).offer(words_in_use(session), found)
        merge_form.version.data = str(found.version)
    return render_template(
        "subjects/word_form.html",
        form=form,
        merge_form=merge_form,
        found=found,
        wordings=[(code, language_name(code)) for code in LANGUAGES],
    )


def _counts_of(counts: Mapping[Subject, Counts], word: ListedWord) -> Counts:
    return counts.get(word.subject, Counts())
