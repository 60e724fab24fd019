"""Views of what the records changed since the newest draft: seen and accepted one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.late_changes import CELLS, LateChange
from tracker.domain.differences import Part
from tracker.domain.permissions import Action
from tracker.queries.editions import period_with_editions
from tracker.queries.report_wordings import newest_wordings
from tracker.services.report_wordings import NewWording, accept_composed, keep_wordings
from tracker.web.biennial_reports.since_draft import SinceDraft, since_draft
from tracker.web.biennial_reports.views import blueprint, language_choices
from tracker.web.biennial_reports.wording import chosen_language, digest_of_text
from tracker.web.security import actor, requires
from tracker.web.stretches import (
    Stretch,
    asked_place,
    difference_bytes,
    shown_difference,
    stretch_of,
    text_bytes,
)
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int] | Response
MOST_SHOWN = 100
CHANGE_BYTES = 1_650  # of HTML around the words of a change: two buttons, each a form


@dataclass(frozen=True, slots=True)
class ShownLateChange:
    """A late change as it is shown, with the mark of what it says."""

    change: LateChange

    @property
    def difference(self) -> list[Part]:
        """Return what changed in the running text."""
        return shown_difference(*map(_without_empty_cells, (self.change.before, self.change.after)))

    @property
    def seal(self) -> str:
        """Return a mark by which it is seen that the same is accepted that was shown."""
        return digest_of_text(self.change.after)


@blueprint.get("/<int:period_id>/changes")
@requires(Action.GENERATE_REPORT)
def late(period_id: int) -> str:
    language = chosen_language()
    with reading() as session:
        found = period_with_editions(session, period_id)
        since = since_draft(session, found, language)
        seen = _seen(since)
        together = _decided_together(since, seen)
    return render_template(
        "biennial_reports/changes.html",
        period=found,
        draft=since.draft,
        since=since,
        seen=seen,
        changes=[ShownLateChange(change) for change in seen.items],
        seal=_seal_of(together),
        together_count=len(together),
        text_language=language,
        text_languages=language_choices(),
        is_final=found.is_final_in(language),
    )


@blueprint.post("/<int:period_id>/changes")
@requires(Action.GENERATE_REPORT)
def settle_late(period_id: int) -> Page:
    language, act = chosen_language(), request.form.get("act", "")
    with transaction() as session:
        found = period_with_editions(session, period_id)
        chosen = _chosen(since_draft(session, found, language), act)
        _settle(session, period_id, language, chosen, holds_former=act == "hold")
    if not chosen:
        flash(gettext("The records have changed again, so nothing was done. Look once more."))
    elif act == "hold":
        flash(gettext("The former wording stays in the document."), "success")
    else:
        flash(
            ngettext(
                "The change is accepted; the next edition prints it.",
                "%(num)s changes are accepted; the next edition prints them.",
                len(chosen),
            ),
            "success",
        )
    return redirect(
        url_for(
            "biennial_reports.late",
            period_id=period_id,
            language=language,
            start=asked_place() or None,
        ),
        303,
    )


def _seen(since: SinceDraft) -> Stretch[LateChange]:
    return stretch_of(since.changes, asked_place(), bytes_of=_bytes_of, most=MOST_SHOWN)


def _decided_together(since: SinceDraft, seen: Stretch[LateChange]) -> Sequence[LateChange]:
    """Return what one step accepts: all changes, of a long report those that the page shows."""
    if since.composed.is_apart:
        return seen.items
    return since.changes.from_place(0, since.changes.total)


def _chosen(since: SinceDraft, act: str) -> Sequence[LateChange]:
    """Return the changes that were sent; none where they are not what was shown any more."""
    sent = request.form.get("seal")
    if act == "accept_all":
        together = _decided_together(since, _seen(since))
        return together if sent == _seal_of(together) else ()
    change = since.changes.with_key(request.form.get("key", ""))
    return (change,) if change is not None and ShownLateChange(change).seal == sent else ()


def _bytes_of(change: LateChange) -> int:
    lead = change.passage.lead if change.passage is not None else None
    named = text_bytes(change.place) + text_bytes(lead or "")
    return CHANGE_BYTES + named + difference_bytes(ShownLateChange(change).difference)


def _settle(
    session: Session,
    period_id: int,
    language: str,
    changes: Sequence[LateChange],
    *,
    holds_former: bool,
) -> None:
    held = newest_wordings(session, period_id, language) if holds_former else {}
    former = [
        NewWording(
            change.key,
            change.after,
            change.before,
            held[change.key].id if change.key in held else 0,
        )
        for change in changes
        if holds_former and change.passage is not None
    ]
    if former:
        keep_wordings(
            session,
            period_id=period_id,
            language=language,
            wordings=former,
            actor=actor(),
            at=clock.now(),
        )
    if len(former) < len(changes):
        accept_composed(
            session,
            period_id=period_id,
            language=language,
            composed={change.key: change.after for change in changes},
            actor=actor(),
            at=clock.now(),
        )


def _without_empty_cells(text: str) -> str:
    return CELLS.join(cell for cell in text.split(CELLS) if cell.strip())


def _seal_of(changes: Sequence[LateChange]) -> str:
    shown = map(ShownLateChange, changes)
    return digest_of_text(" ".join(f"{each.change.key}:{each.seal}" for each in shown))
