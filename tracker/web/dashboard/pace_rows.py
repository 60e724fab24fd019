"""The pace of the answers as a table: a row for each week, each number a way to its reports.

A function writes it, as others write the map (``map_cells``).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from flask import Flask
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from tracker.domain.answer_pace import PacePoint
from tracker.web import filters
from tracker.web.dashboard.pace_lines import PaceLine
from tracker.web.page_words import language


def pace_rows(
    lines: Sequence[PaceLine], weeks: Sequence[int], narrowed: Mapping[str, int]
) -> Markup:
    """Return the rows of the table; the addresses are seen from the page of the map.

    ``narrowed`` is what narrows all that is counted, by the words of the address.
    """
    columns = [(line, line.in_week) for line in lines]
    spoken = language()
    scope = "".join(f"&amp;{name}={key}" for name, key in narrowed.items())
    return Markup(  # noqa: S704 - escaped below
        "\n".join(
            f'<tr><th scope="row">{_week_words(week, spoken)}</th>'
            + "".join(_cell(line, points.get(week), scope) for line, points in columns)
            + "</tr>"
            for week in weeks
        )
    )


def _cell(line: PaceLine, point: PacePoint | None, scope: str) -> str:
    if point is None:
        return "<td>–</td>"
    if not point.received:
        return "<td>0</td>"
    day = line.day_of(point.week).isoformat()
    address = f"../compliance?period={line.period_id}&amp;texts_until={day}{scope}"
    return f'<td><a href="{address}">{escape(filters.number(point.received))}</a></td>'


@lru_cache(maxsize=512)
def _week_words(week: int, _language: str) -> Markup:
    if week < 0:
        return escape(ngettext("%(num)s week before", "%(num)s weeks before", -week))
    if week == 0:
        return escape(gettext("the due day"))
    return escape(ngettext("%(num)s week after", "%(num)s weeks after", week))


def install(app: Flask) -> None:
    """Give this to the templates of ``app``."""
    app.jinja_env.globals["pace_rows"] = pace_rows
