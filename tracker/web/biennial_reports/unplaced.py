"""Views of wordings that lost their place: the report no longer has the passages they were of."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.passages import Passages
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.editions import PeriodWithEditions, period_with_editions
from tracker.queries.report_wordings import Wording, newest_wordings, unplaced_wordings
from tracker.services.report_wordings import NewWording, drop_wording, keep_wordings
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.composed import composed_today, page_of_uncomposed
from tracker.web.biennial_reports.forms import UnplacedForm
from tracker.web.biennial_reports.views import blueprint
from tracker.web.biennial_reports.wording import chosen_language
from tracker.web.errors import status_of
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int] | Response


@blueprint.get("/<int:period_id>/unplaced")
@requires(Action.GENERATE_REPORT)
def unplaced(period_id: int) -> str:
    language = chosen_language()
    with reading() as session:
        found = period_with_editions(session, period_id)
        composed = composed_today(session, found, language)
        if composed.passages is None:
            return page_of_uncomposed(found, language, composed)
        wordings = newest_wordings(session, period_id, language)
        placed = composed.passages.with_keys(wordings.keys())
    return render_template(
        "biennial_reports/unplaced.html",
        period=found,
        composed=composed,
        text_language=language,
        wordings=unplaced_wordings(wordings, [passage.key for passage in placed]),
        dropped=[each for each in wordings.values() if each.reason],
        is_final=found.is_final_in(language),
    )


@blueprint.get("/<int:period_id>/unplaced/<key>")
@requires(Action.GENERATE_REPORT)
def unplaced_wording(period_id: int, key: str) -> Page:
    with reading() as session:
        found = period_with_editions(session, period_id)
        composed = composed_today(session, found, chosen_language())
        if composed.passages is None:
            return page_of_uncomposed(found, chosen_language(), composed)
        passages, wording = composed.passages, _find(session, found, composed.passages, key)
    near = _near(key, passages)
    form = UnplacedForm(paragraph=str(near[-1].number) if near else "", seen_id=str(wording.id))
    return _page(found, wording, near, form)


@blueprint.post("/<int:period_id>/unplaced/<key>")
@requires(Action.GENERATE_REPORT)
def settle_unplaced(period_id: int, key: str) -> Page:
    form, language = UnplacedForm(), chosen_language()
    with reading() as session:
        found = period_with_editions(session, period_id)
        composed = composed_today(session, found, language)
        if composed.passages is None:
            return page_of_uncomposed(found, language, composed), 409
        passages, wording = composed.passages, _find(session, found, composed.passages, key)
        newest = newest_wordings(session, period_id, language)
    if not form.validate():
        return _page(found, wording, _near(key, passages), form), 400
    try:
        with transaction() as session:
            if form.act.data == "drop":
                drop_wording(
                    session,
                    period_id=period_id,
                    language=language,
                    passage=key,
                    seen_id=whole_number(form.seen_id.data or "") or 0,
                    reason=form.reason.data or "",
                    actor=actor(),
                    at=clock.now(),
                )
            else:
                keep_wordings(
                    session,
                    period_id=period_id,
                    language=language,
                    wordings=_put_behind(form, wording, passages, newest),
                    actor=actor(),
                    at=clock.now(),
                )
    except (Invalid, Stale, WrongState) as refusal:
        form.refuse(refusal)
        return _page(found, wording, _near(key, passages), form), status_of(refusal)
    if form.act.data == "drop":
        flash(
            gettext("The wording is dropped; it stays in the history with your reason."), "success"
        )
    else:
        flash(gettext("The wording has a new place; the next edition prints it there."), "success")
    return redirect(
        url_for("biennial_reports.unplaced", period_id=period_id, language=language), 303
    )


def _put_behind(
    form: UnplacedForm,
    wording: Wording,
    passages: Passages,
    newest: Mapping[str, Wording],
) -> list[NewWording]:
    number = whole_number(form.paragraph.data or "")
    behind = None if number is None else passages.with_number(number)
    if behind is None:
        raise Invalid(
            "The report has no paragraph with this number. Enter the number of one of its "
            "paragraphs, as the preview shows it.",
            field="paragraph",
        )
    held = newest.get(behind.key)
    return [
        NewWording(
            behind.key,
            behind.composed,
            f"{behind.text}\n{wording.text}",
            held.id if held else 0,
        ),
        NewWording(
            wording.passage, wording.composed, None, whole_number(form.seen_id.data or "") or 0
        ),
    ]


def _find(session: Session, found: PeriodWithEditions, passages: Passages, key: str) -> Wording:
    wordings = newest_wordings(session, found.id, chosen_language())
    placed = passages.with_keys(wordings.keys())
    lost = {
        each.passage: each
        for each in unplaced_wordings(wordings, [passage.key for passage in placed])
    }
    if key not in lost:
        raise NotFound(
            "This wording has a place, or somebody has settled it. Look at the list of the others."
        )
    return lost[key]


def _near(key: str, passages: Passages) -> Sequence[Passage]:
    """Return the paragraphs that speak about the same thing."""
    return passages.of_scope(key.partition(".")[0])


def _page(
    found: PeriodWithEditions, wording: Wording, near: Sequence[Passage], form: UnplacedForm
) -> str:
    return render_template(
        "biennial_reports/unplaced_wording.html",
        period=found,
        text_language=chosen_language(),
        wording=wording,
        near=near,
        form=form,
        is_final=found.is_final_in(chosen_language()),
    )
