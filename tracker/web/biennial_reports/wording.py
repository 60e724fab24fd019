"""Views of the editor's wording: the passages of the report, one of them, an edited copy."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.editing import is_same_text
from tracker.domain.biennial_report.passages import Passages
from tracker.domain.differences import Part, word_difference
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.editions import PeriodWithEditions, period_with_editions
from tracker.queries.report_wordings import (
    Wording,
    newest_wordings,
    reports_behind,
    unplaced_wordings,
    wordings_of,
)
from tracker.services.report_wordings import NewWording, keep_wordings
from tracker.web import filters
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.composed import composed_today, page_of_uncomposed
from tracker.web.biennial_reports.forms import WordingForm
from tracker.web.biennial_reports.views import blueprint, language_choices
from tracker.web.errors import status_of
from tracker.web.house import house
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.biennial_report.glyphs import characters_lacking

Page = str | tuple[str, int] | Response
PASSAGES_A_PAGE = 60
VIEWS = ("all", "edited", "changed")


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage of today's report with the wording that somebody gave it last, if anybody did."""

    passage: Passage
    wording: Wording | None
    original_language: str = ""

    @property
    def has_changed_below(self) -> bool:
        """Tell whether what is composed says something else than when it was worded."""
        wording = self.wording
        if wording is None or wording.text is None:
            return False
        if wording.source is not None:
            return not is_same_text(wording.source, self.passage.original)
        return wording.composed != self.passage.composed

    @property
    def is_translated(self) -> bool:
        """Tell whether a translation of the original is printed."""
        return (
            self.wording is not None
            and self.wording.source is not None
            and bool(self.passage.text)
            and not self.has_changed_below
        )

    @property
    def is_borrowed(self) -> bool:
        """Tell whether the editor's wording of the original stands in for a translation."""
        if not self.passage.is_edited:
            return False
        if self.wording is None or self.wording.text is None:
            return True
        return self.wording.source is not None and self.has_changed_below

    @property
    def changes_below(self) -> Sequence[Part]:
        """Return what changed in what is composed, or in the original, since it was worded."""
        wording = self.wording
        if wording is not None and wording.source is not None:
            return word_difference(wording.source, self.passage.original)
        return word_difference(wording.composed if wording else "", self.passage.composed)


@blueprint.get("/<int:period_id>/texts")
@requires(Action.GENERATE_REPORT)
def texts(period_id: int) -> str:
    language, view = chosen_language(), request.args.get("show", "all")
    page = max(1, whole_number(request.args.get("page", "1")) or 1)
    first = (page - 1) * PASSAGES_A_PAGE
    with reading() as session:
        found = period_with_editions(session, period_id)
        composed = composed_today(session, found, language)
        if composed.passages is None:
            return page_of_uncomposed(found, language, composed)
        passages = composed.passages
        wordings = newest_wordings(session, period_id, language)
        # What is edited has a wording: so all others are not looked at to be counted.
        original = passages.original_language
        worded = _shown(passages.with_keys(wordings.keys()), wordings, original)
        if view in VIEWS[1:]:
            kept = [shown for shown in worded if _is_in(shown, view)]
            seen, total = kept[first : first + PASSAGES_A_PAGE], len(kept)
        else:
            seen = _shown(passages.from_place(first, PASSAGES_A_PAGE), wordings, original)
            total = passages.count
    return render_template(
        "biennial_reports/texts.html",
        period=found,
        composed=composed,
        text_language=language,
        text_languages=language_choices(),
        view=view if view in VIEWS else "all",
        counts={
            "all": passages.count,
            **{view: sum(_is_in(shown, view) for shown in worded) for view in VIEWS[1:]},
        },
        sections=[
            (heading, list(group))
            for heading, group in groupby(seen, key=lambda shown: shown.passage.heading)
        ],
        unplaced_count=len(unplaced_wordings(wordings, [shown.passage.key for shown in worded])),
        total=total,
        first=first,
        last=first + len(seen),
        page=page,
        has_more=total > first + PASSAGES_A_PAGE,
        is_final=found.is_final_in(language),
        word_count=passages.word_count,
        word_limit=installation().settings.report_words,
    )


@blueprint.get("/<int:period_id>/texts/<key>")
@requires(Action.GENERATE_REPORT)
def passage(period_id: int, key: str) -> Page:
    with reading() as session:
        found = period_with_editions(session, period_id)
        composed = composed_today(session, found, chosen_language())
        if composed.passages is None:
            return page_of_uncomposed(found, chosen_language(), composed)
        shown = _find(session, found, composed.passages, key)
        form = WordingForm(
            text=shown.passage.text, seen_id=str(shown.wording.id if shown.wording else 0)
        )
        return _passage_page(session, found, shown, form)


@blueprint.post("/<int:period_id>/texts/<key>")
@requires(Action.GENERATE_REPORT)
def word_passage(period_id: int, key: str) -> Page:
    form = WordingForm()
    language = chosen_language()
    with reading() as session:
        found = period_with_editions(session, period_id)
        composed = composed_today(session, found, language)
        if composed.passages is None:
            return page_of_uncomposed(found, language, composed), 409
        shown = _find(session, found, composed.passages, key)
        if not form.validate():
            return _passage_page(session, found, shown, form), 400
        if form.composed.data != _mark_of(shown.passage):
            form.form_errors.append(
                gettext(
                    "The record has changed since you opened the page; its text is shown "
                    "below. Look at it, then save your wording again."
                )
            )
            return _passage_page(session, found, shown, form), 409
    wanted: str | None = form.text.data or ""
    if form.act.data == "compose":
        wanted = None
    elif form.act.data == "leave_out":
        wanted = ""
    new = NewWording(
        passage=key,
        composed=shown.passage.composed,
        text=wanted,
        seen_id=whole_number(form.seen_id.data or "") or 0,
        # What somebody writes on this page in another language translates the original shown there.
        source=shown.passage.original or None,
    )
    try:
        with transaction() as session:
            count = keep_wordings(
                session,
                period_id=period_id,
                language=language,
                wordings=[new],
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        with reading() as session:
            found = period_with_editions(session, period_id)
            shown = _find(session, found, composed.passages, key)
            return _passage_page(session, found, shown, form), status_of(refusal)
    flash(
        gettext("The wording is kept; the next edition prints it.")
        if count
        else gettext("Nothing was changed."),
        "success",
    )
    return redirect(
        url_for("biennial_reports.texts", period_id=period_id, language=language) + f"#{key}", 303
    )


def chosen_language() -> str:
    """Return the language of the document that the address names, else the reader's."""
    wanted = request.args.get("language", "")
    return wanted if wanted in house().languages else filters.language()


def digest_of_text(text: str) -> str:
    """Return a mark by which a text is seen to be the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _find(
    session: Session, found: PeriodWithEditions, passages: Passages, key: str
) -> ShownPassage:
    wordings = newest_wordings(session, found.id, chosen_language())
    for shown in _shown(passages.with_keys({key}), wordings, passages.original_language):
        return shown
    raise NotFound(
        "The report no longer has this passage: the text behind it was returned or changed. "
        "Choose another one in the list of its texts."
    )


def _shown(
    passages: Iterable[Passage], wordings: Mapping[str, Wording], original_language: str
) -> list[ShownPassage]:
    return [
        ShownPassage(passage, wordings.get(passage.key), original_language) for passage in passages
    ]


def _mark_of(passage: Passage) -> str:
    """Return a mark by which it is seen that a passage stands on the same."""
    return digest_of_text(f"{passage.composed}\0{passage.original}")


def _is_in(shown: ShownPassage, view: str) -> bool:
    if view == "edited":
        return shown.passage.is_edited and not shown.is_borrowed
    return shown.has_changed_below if view == "changed" else True


def _passage_page(
    session: Session, found: PeriodWithEditions, shown: ShownPassage, form: WordingForm
) -> str:
    form.composed.data = _mark_of(shown.passage)
    language = chosen_language()
    if shown.wording is not None and whole_number(form.seen_id.data or "") != shown.wording.id:
        # Theirs is shown beside: saving once more is a decision between the two.
        form.seen_id.data = str(shown.wording.id)
    return render_template(
        "biennial_reports/passage.html",
        period=found,
        shown=shown,
        form=form,
        text_language=language,
        sources=reports_behind(session, shown.passage.sources),
        history=wordings_of(session, found.id, language, shown.passage.key),
        is_final=found.is_final_in(language),
        lacking=characters_lacking(shown.passage.text),
    )


def told_of_copy(kept: int, asked: int) -> str:
    """Return what became of an edited copy, in words."""
    parts = []
    if kept:
        parts.append(ngettext("%(num)s passage is edited.", "%(num)s passages are edited.", kept))
    if asked:
        parts.append(
            ngettext(
                "%(num)s question was put to a unit.", "%(num)s questions were put to units.", asked
            )
        )
    return " ".join(parts) or gettext("Nothing was changed.")
