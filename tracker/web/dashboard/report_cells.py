"""The cells of the reports behind a number of compliance: what is asked, of whom and how it stands.

They are a function, since a page has fifty rows of six cells and a template takes several times as
long. What the rows share is looked up once for a page.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from flask import Flask, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from tracker.domain.compliance import ANSWERED, Compliance
from tracker.domain.names import Named
from tracker.queries.report_lines import ReportLine
from tracker.web import filters
from tracker.web.cells import cell, compliance, due_words, implementation, review
from tracker.web.shown_names import names

TEXT_LENGTH = 100
# Those of other rows too: few units, standings and days make most of a list.
_usual_cell = lru_cache(maxsize=filters.MANY_WORDS)(cell)
_SETTLED = ANSWERED | {Compliance.WAIVED}


def report_cells(heads: Sequence[Markup], today: date) -> Callable[[ReportLine], Markup]:
    """Return what writes the cells of a report under the heads of the six columns."""
    mandate_head, unit_head, standing_head, review_head, status_head, due_head = heads
    name_of = names().of

    def mandate(line: ReportLine) -> Markup:
        address = escape(url_for("progress.edit", report_id=line.report_id))
        cited = escape(filters.cited(line.reference))
        text = escape(filters.gist(line.text, TEXT_LENGTH))
        return Markup(  # noqa: S704 - escaped above
            f'<a class="govuk-link" href="{address}" data-open>{cited}</a> '
            f'<span lang="{escape(line.text_language)}">{text}</span>'
        )

    def stage(line: ReportLine) -> Markup:
        told = review(line.review)
        if not line.waits_at_second:
            return told
        waits = gettext("Waits for %(unit)s", unit=name_of(Named.UNIT, line.second_unit or ""))
        return told + Markup('<br><span class="govuk-hint">{}</span>').format(waits)

    def write(line: ReportLine) -> Markup:
        is_settled = line.compliance in _SETTLED
        cells = (
            cell(mandate_head, mandate(line), is_head=True),
            _usual_cell(unit_head, name_of(Named.UNIT, line.unit)),
            _usual_cell(standing_head, compliance(line.compliance)),
            _usual_cell(review_head, stage(line)),
            _usual_cell(status_head, implementation(line.status) if line.status else "–"),
            _usual_cell(due_head, due_words(line.due_on, today, answered=is_settled)),
        )
        return Markup("\n".join(cells))  # noqa: S704 - each is markup

    return write


def install(app: Flask) -> None:
    """Give this to the templates of ``app``."""
    app.jinja_env.globals["report_cells"] = report_cells
