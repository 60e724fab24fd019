"""What stands in each row of a list, as templates write it: cells, tags of status, due dates.

The macros of ``templates/macros`` hand these on. They are functions, since a list has some hundreds
of them and a macro takes several times as long.
"""

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup, escape

from tracker.domain.compliance import Compliance
from tracker.domain.mandates import Implementation, Lifecycle, Nature
from tracker.domain.workflow import Review
from tracker.web import filters
from tracker.web.page_words import language
from tracker.web.status_shapes import shape_id, used_shape

NOTHING = {"", "0", "–"}
SOON_DAYS = 14
# The colour of a tag: calm, good, going, waiting, trouble or done with.
TONES = {
    "completed": "good",
    "cleared": "good",
    "in_progress": "going",
    "ongoing": "going",
    "submitted": "going",
    "action_by_secretariat": "going",
    "active": "going",
    "postponed": "waiting",
    "returned": "waiting",
    "due_soon": "waiting",
    "not_implemented": "trouble",
    "overdue": "trouble",
    "unanswered": "trouble",
    "superseded": "past",
    "elapsed": "past",
    "terminated": "past",
    "waived": "past",
    "procedural": "past",
    "frozen": "past",
}


class Body(Protocol):
    """What stands between ``{% call %}`` and ``{% endcall %}``."""

    def __call__(self) -> str:
        """Return it as markup."""


def cell(
    label: str = "",
    text: object = "",
    numeric: bool = False,
    is_head: bool = False,
    caller: Body | None = None,
) -> Markup:
    """Return one cell of a row; see the comment in ``macros/table.html``."""
    words = _escaped(caller() if caller else text)
    kind = " govuk-table__cell--numeric" if numeric else ""
    if str.strip(words) in NOTHING:
        kind += " tracker-table__nothing"
    called = f'<span aria-hidden="true">{_escaped(label)}</span>' if label else ""
    inside = f"{called}<div>{words}</div>"
    if is_head:
        start = '<th scope="row" role="rowheader" class="govuk-table__header tracker-table__name'
        return Markup(f'{start}{kind}">{inside}</th>')  # noqa: S704 - escaped above
    return Markup(f'<td class="govuk-table__cell{kind}" role="cell">{inside}</td>')  # noqa: S704 - as above


def status(
    kind: str,
    value: StrEnum,
    word: str | None = None,
    proposed: bool = False,
) -> Markup:
    """Return the tag of a status; see the comment in ``macros/status.html``."""
    used_shape(kind, value)
    return _tag(kind, value, escape(word) if word else None, proposed, language())


def nature(value: Nature, proposed: bool = False) -> Markup:
    """Return the tag of the nature of a clause."""
    return status("nature", value, proposed=proposed)


def implementation(value: Implementation, proposed: bool = False) -> Markup:
    """Return the tag of the implementation that a progress report says."""
    return status("implementation", value, proposed=proposed)


def lifecycle(value: Lifecycle) -> Markup:
    """Return the tag of the lifecycle of a mandate."""
    return status("lifecycle", value)


def review(value: Review) -> Markup:
    """Return the tag of the review of a progress report."""
    return status("review", value)


def compliance(value: Compliance) -> Markup:
    """Return the tag of how a report stands in its period."""
    return status("compliance", value)


def due_words(on: date | None, today: date, answered: bool = False) -> Markup:
    """Return a due date in words; near and past ones stand out while nothing is answered."""
    return _due_words(on, today, answered, language())


def _escaped(words: object) -> Markup:
    return words if type(words) is Markup else escape(words)


@lru_cache(maxsize=filters.MANY_WORDS)
def _due_words(on: date | None, today: date, answered: bool, language: str) -> Markup:
    words = escape(filters.due_on(on, today, language))
    if answered or on is None or (on - today).days > SOON_DAYS:
        return Markup(f'<span class="tracker-due-words">{words}</span>')  # noqa: S704 - escaped
    tone = "overdue" if on < today else "soon"
    start = f'<strong class="tracker-due-words tracker-due-words--{tone}">'
    return Markup(f"{start}{words}</strong>")  # noqa: S704 - escaped above


@lru_cache(maxsize=1024)
def _tag(kind: str, value: StrEnum, word: str | None, proposed: bool, _language: str) -> Markup:
    forms = f"tracker-status--{kind} tracker-status--{TONES.get(value, 'calm')}"
    start = ""
    if proposed:
        forms += " tracker-status--proposed"
        start = f"{escape(gettext('Proposed'))}{escape(gettext(':'))} "
    return Markup(  # noqa: S704 - escaped here and above
        f'<span class="tracker-status {forms}" data-status="{kind}:{value}">'
        f'<svg width="16" height="16" aria-hidden="true"><use href="#{shape_id(kind, value)}"/>'
        f"</svg>{start}{word or escape(filters.label(value))}</span>"
    )


def install(app: Flask) -> None:
    """Give these to the macros of ``app``."""
    app.jinja_env.globals.update(
        row_cell=cell,
        status_tag=status,
        nature_tag=nature,
        implementation_tag=implementation,
        lifecycle_tag=lifecycle,
        review_tag=review,
        compliance_tag=compliance,
        words_of_due_date=due_words,
    )
