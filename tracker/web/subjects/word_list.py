"""Views of the list of subject words as a file: taken along, looked at row by row, and taken."""

from collections.abc import Mapping, Sequence
from functools import partial

from flask import redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.goals import LANGUAGES
from tracker.domain.permissions import Action
from tracker.domain.rehearsal import Effect
from tracker.domain.subject_words import COLUMNS, EVERY_BODY, WordRow
from tracker.queries.subject_words import ListedWord, words_in_use
from tracker.reading.subject_word_list import read_subject_word_list, subject_word_list_text
from tracker.services.subject_word_list import plan_words, take_words
from tracker.web.exports import Exported, list_file
from tracker.web.rehearsals import ListPages, Page, RehearsedForm, shown
from tracker.web.security import actor, requires
from tracker.web.subjects.forms import WordListForm
from tracker.web.subjects.views import blueprint
from tracker.web.transactions import reading


@blueprint.get("/words/list.csv")
@requires(Action.READ)
def export_words() -> Response:
    with reading() as session:
        words = words_in_use(session)
    names = {word.id: _own_name(word) for word in words}
    wordings = [
        column
        for code in LANGUAGES
        for column in (
            Exported(f"name_{code}", partial(_name, code)),
            Exported(f"terms_{code}", partial(_terms, code)),
        )
    ]
    # The headings are those by which the list is taken again, whatever the reader's language.
    return list_file(
        "csv",
        name="subject_words",
        title=gettext("Subject words"),
        columns=[
            Exported[ListedWord]("number", lambda word: word.id),
            Exported("body", lambda word: word.body_key or EVERY_BODY),
            *wordings,
            Exported("broader", lambda word: names.get(word.broader_id or 0)),
        ],
        rows=words,
    )


@blueprint.get("/words/import")
@requires(Action.KEEP_SUBJECT_WORDS)
def upload_words() -> Page:
    return _upload_page(WordListForm())


@blueprint.post("/words/import")
@requires(Action.KEEP_SUBJECT_WORDS)
def rehearse_words() -> Page:
    return _PAGES.rehearse(WordListForm(), at="words")


@blueprint.post("/words/import/take")
@requires(Action.KEEP_SUBJECT_WORDS)
def take_word_list() -> Page:
    def take_rows(session: Session, rows: Sequence[WordRow], seal: str) -> Mapping[Effect, int]:
        return take_words(session, rows, seal=seal, actor=actor(), at=clock.now())

    return _PAGES.take(
        RehearsedForm(), take_rows, lambda: redirect(url_for("subjects.word_index"), 303)
    )


def _upload_page(form: WordListForm) -> str:
    return render_template("subjects/word_upload.html", form=form, columns=COLUMNS)


def _rehearsal_page(rows: Sequence[WordRow], form: RehearsedForm) -> str:
    with reading() as session:
        plan = plan_words(session, rows, actor=actor())
    return render_template("subjects/word_rehearsal.html", **shown(plan, form))


def _own_name(word: ListedWord) -> str:
    return word.name(LANGUAGES[0])


def _name(code: str, word: ListedWord) -> str | None:
    return word.wordings[code].name if code in word.wordings else None


def _terms(code: str, word: ListedWord) -> str | None:
    return ", ".join(word.wordings[code].terms) if code in word.wordings else None


_PAGES = ListPages(subject_word_list_text, read_subject_word_list, _upload_page, _rehearsal_page)
