"""Numbers that open what they count: those of the map of compliance and of the tables of counts.

They are functions, since a page has some hundreds of them and a macro takes several times as long.
Their addresses are short, for the same reason; ``counted_reports`` knows what they stand for. What
a number counts is said by the heads of its row and its column.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext
from markupsafe import Markup, escape

from tracker.domain.compliance import Compliance
from tracker.queries.compliance import Counts
from tracker.web import filters

Narrowed = Mapping[str, int]
UnitIds = Sequence[int]
_NOTHING = "<td>–</td>"


def map_cells(
    period_id: int, unit_id: int | None = None, subprogramme_id: int | None = None
) -> Callable[[str, Counts, Mapping[int, Counts], UnitIds], Markup]:
    """Return what writes the cells of a row of a period's map: all units, then each.

    Each says how many of how many are answered, and what is late. ``of`` is what the row counts:
    the id of a resolution, or "all". The addresses are seen from the page of the map. All are
    those of one unit or subprogramme, where one is named; of one unit the first cell is its own.
    """
    scope, every = _scope(subprogramme_id), "all" if unit_id is None else unit_id
    late_words = str(escape(gettext("%(count)s overdue", count="\0")))

    def write_cell(counts: Counts | None, address: str) -> str:
        if counts is None or not (asked := counts.asked):
            return _NOTHING
        answered, late = counts.answered, counts.late
        tone = "late" if late else "done" if answered == asked else "open"
        if tone == "open" and counts.of(Compliance.DUE_SOON):
            tone = "soon"
        number = f"{_number(answered)}/{_number(asked)}"
        cell = f'<td class="{tone}"><a href="{address}{scope}">{number}</a>'
        if late:
            words = late_words.replace("\0", _number(late))
            cell += f'<a href="{address}/late{scope}">{words}</a>'
        return f"{cell}</td>"

    def write_row(
        of: str, whole: Counts, by_unit: Mapping[int, Counts], unit_ids: UnitIds
    ) -> Markup:
        start = f"{period_id}/{of}/"
        cells = [write_cell(by_unit.get(unit_id), f"{start}{unit_id}") for unit_id in unit_ids]
        return Markup(write_cell(whole, f"{start}{every}") + "".join(cells))  # noqa: S704 - escaped above

    return write_row


def count_cells(period_id: int) -> Callable[[str, int, str, Narrowed], Markup]:
    """Return what writes a cell of a period's table of counts; a number but zero is a link."""
    start = f"{url_for('dashboard.compliance')}/{period_id}"

    def write(label: str, count: int, standing: str, narrowed: Narrowed) -> Markup:
        called = f'<span aria-hidden="true">{escape(label)}</span>'
        if not count:
            return Markup(  # noqa: S704 - escaped above
                f'<td class="tracker-figure tracker-table__nothing" role="cell">{called}0</td>'
            )
        session_id = narrowed.get("adopted_by")
        adopted_by = "all" if session_id is None else f"{_SESSION}{session_id}"
        address = f"{start}/{adopted_by}/{narrowed.get('unit', 'all')}/{standing}"
        address += _scope(narrowed.get("subprogramme"))
        link = f'<a class="govuk-link" href="{address}">{_number(count)}</a>'
        return Markup(f'<td class="tracker-figure" role="cell">{called}{link}</td>')  # noqa: S704 - as above

    return write


def _scope(subprogramme_id: int | None) -> str:
    return "" if subprogramme_id is None else f"?subprogramme={subprogramme_id}"


_SESSION = "session-"


def counted_reports(of: str, unit: str, standing: str) -> dict[str, Any]:
    """Return what an address of a number asks of the list of reports."""
    asked = {"unit": unit, "standing": standing}
    asked["adopted_by" if of.startswith(_SESSION) else "resolution"] = of.removeprefix(_SESSION)
    return {name: value for name, value in asked.items() if value != "all"}


def _number(count: int) -> str:
    """Return a number as the language of the page writes it; all write the small ones alike."""
    return str(count) if count < 1000 else str(escape(filters.number(count)))


def install(app: Flask) -> None:
    """Give these to the templates of ``app``."""
    app.jinja_env.globals.update(map_cells=map_cells, count_cells=count_cells)
