"""What the pages of every list share: its file is chosen, looked at row by row, then taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import flash
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import HiddenField

from tracker.database import Session
from tracker.domain.errors import Duplicate, Invalid, Stale, WrongState
from tracker.domain.rehearsal import Effect, Planned, Row, counts_of, seal_of
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.forms import TrackerForm
from tracker.web.transactions import installation, transaction

Page = str | tuple[str, int] | Response
R = TypeVar("R", bound=Row)


class RehearsedForm(TrackerForm):
    """A list that was looked at: its text, and the mark of what it would do."""

    text = HiddenField()
    seal = HiddenField()


@dataclass(frozen=True, slots=True)
class ListPages(Generic[R]):
    """The pages of one kind of list: how its file is read, and what is shown of it.

    ``text_of`` and ``rows_of`` raise Invalid for what is no such list.
    """

    text_of: Callable[[bytes], str]
    rows_of: Callable[[str], Sequence[R]]
    upload_page: Callable[[Any], str]  # whatever form it is, as in rehearsal_page
    rehearsal_page: Callable[[Sequence[R], Any], str]
    empty_form: Callable[[], RehearsedForm] = lambda: RehearsedForm(formdata=None)

    def rehearse(self, form: TrackerForm, *, at: str) -> Page:
        """Show what the file in the field ``at`` would do, or what is wrong with it."""
        if not form.validate():
            return self.upload_page(form), 400
        try:
            content = form[at].data.read()
            installation().uploads.look_at(content)
            text = self.text_of(content)
            rows = self.rows_of(text)
        except Invalid as refusal:
            form.refuse(refusal, at=at)
            return self.upload_page(form), 400
        rehearsed = self.empty_form()
        rehearsed.text.data = text
        return self.rehearsal_page(rows, rehearsed)

    def take(
        self,
        form: RehearsedForm,
        take: Callable[[Session, Sequence[R], str], Mapping[Effect, int]],
        following: Callable[[], Response],
    ) -> Page:
        """Take the list as it was looked at, or show it once more with the reason why not."""
        rows = self.rows_of(form.text.data or "")
        if not form.validate():
            return self.rehearsal_page(rows, form), 400
        try:
            with transaction() as session:
                counts = take(session, rows, form.seal.data or "")
        except (Invalid, Stale, WrongState, Duplicate) as refusal:
            form.refuse(refusal)
            return self.rehearsal_page(rows, form), status_of(refusal)
        flash(
            gettext(
                "The list is taken. Added: %(made)s; changed: %(changed)s; unchanged: %(same)s.",
                made=counts.get(Effect.MADE, 0),
                changed=counts.get(Effect.CHANGED, 0),
                same=counts.get(Effect.SAME, 0),
            ),
            "success",
        )
        return following()


def shown(plan: Sequence[Planned[R]], form: RehearsedForm) -> dict[str, object]:
    """Return what the page of a rehearsal shows: refused rows first, each with its sentences.

    The form takes the seal of what is shown.
    """
    form.seal.data = seal_of(plan)
    counts = counts_of(plan)
    return {
        "form": form,
        "plan": sorted(plan, key=lambda done: done.effect is not Effect.REFUSED),
        "counts": {effect.value: counts.get(effect, 0) for effect in Effect},
        "sentences": {done.row.line: [*map(filters.said, done.refusals)] for done in plan},
    }
