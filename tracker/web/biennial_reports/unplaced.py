"""Views of wordings that lost their place: the report no longer has the passages they were of."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.errors import Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action
from tracker.queries.editions import PeriodWithEditions, period_with_editions
from tracker.queries.report_wordings import Wording, newest_wordings, unplaced_wordings
from tracker.services.report_wordings import NewWording, drop_wording, keep_wordings
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.forms import UnplacedForm
from tracker.web.biennial_reports.views import blueprint, edition_of_today
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
        wordings = newest_wordings(session, period_id, language)
        passages = _passages(session, found, language)
    return render_template(
        "biennial_reports/unplaced.html",
        period=found,
        text_language=language,
        wordings=unplaced_wordings(wordings, [passage.key for passage in passages]),
        dropped=[each for each in wordings.values() if each.reason],
        is_final=found.is_final_in(language),
    )


@blueprint.get("/<int:period_id>/unplaced/<key>")
@requires(Action.GENERATE_REPORT)
def unplaced_wording(period_id: int, key: str) -> Page:
    with reading() as session:
        found, wording, passages = _find(session, period_id, key)
    near = _near(key, passages)
    form = UnplacedForm(paragraph=str(near[-1].number) if near else "", seen_id=str(wording.id))
    return _page(found, wording, near, form)


@blueprint.post("/<int:period_id>/unplaced/<key>")
@requires(Action.GENERATE_REPORT)
def settle_unplaced(period_id: int, key: str) -> Page:
    form, language = UnplacedForm(), chosen_language()
    with reading() as session:
        found, wording, passages = _find(session, period_id, key)
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
    passages: Sequence[Passage],
    newest: Mapping[str, Wording],
) -> list[NewWording]:
    number = whole_number(form.paragraph.data or "")
    numbered = [each for each in passages if each.number is not None and each.text]
    behind = next(
        (
            each
            for each in numbered
            if each.number is not None
            and number is not None
            and each.number <= number < each.number + len(each.text.split("\n"))
        ),
        None,
    )
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


def _find(
    session: Session, period_id: int, key: str
) -> tuple[PeriodWithEditions, Wording, Sequence[Passage]]:
    found = period_with_editions(session, period_id)
    passages = _passages(session, found, chosen_language())
    wordings = newest_wordings(session, period_id, chosen_language())
    lost = {
        each.passage: each
        for each in unplaced_wordings(wordings, [passage.key for passage in passages])
    }
    if key not in lost:
        raise NotFound(
            "This wording has a place, or somebody has settled it. Look at the list of the others."
        )
    return found, lost[key], passages


def _passages(session: Session, found: PeriodWithEditions, language: str) -> Sequence[Passage]:
    document = edition_of_today(session, found, language).document
    return [passage for passage in document.passages if passage.composed]


def _near(key: str, passages: Sequence[Passage]) -> list[Passage]:
    """Return the paragraphs that speak about the same thing."""
    scope = f"{key.partition('.')[0]}."
    return [each for each in passages if each.key.startswith(scope) and each.number is not None]


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
