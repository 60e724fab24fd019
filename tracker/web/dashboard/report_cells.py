"""The cells of the reports behind a number of compliance: what is asked, of whom and how it stands.

They are a function, since a page has fifty rows of six cells and a template takes several times as
long. What the rows share is looked up once for a page.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from flask import Flask, current_app
from flask_babel import gettext
from markupsafe import Markup, escape

from tracker.domain.compliance import ANSWERED, Compliance
from tracker.domain.mandates import Implementation
from tracker.domain.names import Named
from tracker.domain.workflow import Review
from tracker.queries.report_lines import ReportLine
from tracker.web import filters
from tracker.web.cells import cell, compliance, due_words, implementation, review
from tracker.web.shown_names import names

TEXT_LENGTH = 100
_SETTLED = ANSWERED | {Compliance.WAIVED}


def report_cells(heads: Sequence[Markup], today: date) -> Callable[[ReportLine], Markup]:
    """Return what writes the cells of a report under the heads of the six columns."""
    mandate_head, unit_head, standing_head, review_head, status_head, due_head = heads
    name_of, spoken = names().of, filters.language()
    address = escape(current_app.url_for("progress.edit", report_id=0).removesuffix("0"))

    def mandate_cell(line: ReportLine) -> Markup:
        cited = escape(filters.cited_in(line.reference, spoken))
        text = escape(filters.gist(line.text, TEXT_LENGTH))
        words = Markup(  # noqa: S704 - escaped above
            f'<a class="govuk-link" href="{address}{line.report_id}" data-open>{cited}</a> '
            f'<span lang="{escape(line.text_language)}">{text}</span>'
        )
        return cell(mandate_head, words, is_head=True)

    # Few units, standings and days make most of a page: each is written once.
    @cache
    def unit_cell(name: str) -> Markup:
        return cell(unit_head, name_of(Named.UNIT, name))

    @cache
    def standing_cell(value: Compliance) -> Markup:
        return cell(standing_head, compliance(value))

    @cache
    def review_cell(value: Review, waits_for: str | None) -> Markup:
        told = review(value)
        if waits_for is not None:
            waits = gettext("Waits for %(unit)s", unit=name_of(Named.UNIT, waits_for))
            told += Markup('<br><span class="govuk-hint">{}</span>').format(waits)
        return cell(review_head, told)

    @cache
    def status_cell(value: Implementation | None) -> Markup:
        return cell(status_head, implementation(value) if value else "–")

    @cache
    def due_cell(on: date, is_settled: bool) -> Markup:
        return cell(due_head, due_words(on, today, answered=is_settled))

    def write(line: ReportLine) -> Markup:
        cells = (
            mandate_cell(line),
            unit_cell(line.unit),
            standing_cell(line.compliance),
            review_cell(line.review, line.second_unit if line.waits_at_second else None),
            status_cell(line.status),
            due_cell(line.due_on, line.compliance in _SETTLED),
        )
        return Markup("\n".join(cells))  # noqa: S704 - each is markup

    return write


def install(app: Flask) -> None:
    """Give this to the templates of ``app``."""
    app.jinja_env.globals["report_cells"] = report_cells
