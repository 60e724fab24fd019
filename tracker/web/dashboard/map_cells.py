"""Numbers that open what they count: those of the map of compliance and of the tables of counts.

They are functions, since a page has some hundreds of them and a macro takes several times as long.
The address that they share is built once for a page.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from flask import Flask, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from tracker.domain.compliance import Compliance
from tracker.queries.compliance import Counts
from tracker.web import filters
from tracker.web.cells import cell

Narrowed = Mapping[str, int | str]


def map_cells(period_id: int) -> Callable[[Counts | None, str, Narrowed], Markup]:
    """Return what writes a cell of a period's map: how many of how many, and what is late."""
    start = url_for("dashboard.compliance", period=period_id)
    answered, asked = gettext("Answered").lower(), gettext("asked about")

    def link(count: int, words: str, name: str, narrowed: Narrowed, standing: str) -> str:
        address = escape(f"{start}&{urlencode({'standing': standing, **narrowed})}")
        told = escape(f"{filters.number(count)} {words}, {name}")
        return f'<a href="{address}" aria-label="{told}">{escape(filters.number(count))}</a>'

    def write(counts: Counts | None, name: str, narrowed: Narrowed) -> Markup:
        if counts is None or not counts.asked:
            return cell(text="–")
        done = "0"
        if counts.answered:
            done = link(counts.answered, answered, name, narrowed, "answered")
        of = link(counts.asked, asked, name, narrowed, "asked")
        told = f'<span class="tracker-heat tracker-heat--{_tone(counts)}">{done}/{of}</span>'
        if counts.late:
            address = escape(f"{start}&{urlencode({'standing': 'late', **narrowed})}")
            late = escape(gettext("%(count)s overdue", count=filters.number(counts.late)))
            told += (
                f' <a class="govuk-link tracker-heat__late" href="{address}"'
                f' aria-label="{late}, {escape(name)}">{late}</a>'
            )
        return cell(text=Markup(told))  # noqa: S704 - escaped above

    return write


def count_cells(
    period_id: int,
) -> Callable[[str, int, str, str, Narrowed], Markup]:
    """Return what writes a cell of a period's table of counts; a number but zero is a link."""
    start = url_for("dashboard.compliance", period=period_id)

    def write(label: str, count: int, standing: str, name: str, narrowed: Narrowed) -> Markup:
        if not count:
            return cell(label, "0", numeric=True)
        address = escape(f"{start}&{urlencode({**narrowed, 'standing': standing})}")
        told = escape(f"{filters.number(count)} {label}, {name}")
        words = escape(filters.number(count))
        link = f'<a class="govuk-link" href="{address}" aria-label="{told}">{words}</a>'
        return cell(label, Markup(link), numeric=True)  # noqa: S704 - escaped above

    return write


def _tone(counts: Counts) -> str:
    if counts.late:
        return "trouble"
    if counts.answered == counts.asked:
        return "good"
    return "waiting" if counts.of(Compliance.DUE_SOON) else "going"


def install(app: Flask) -> None:
    """Give these to the templates of ``app``."""
    app.jinja_env.globals.update(map_cells=map_cells, count_cells=count_cells)
