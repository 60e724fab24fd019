"""Views of two editions of the report side by side, of one period or of two."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from flask import render_template, request

from tracker.domain.biennial_report.comparison import (
    ComparedPassage,
    EditionsCompared,
    Fate,
    compare_records,
)
from tracker.domain.permissions import Action
from tracker.queries.editions import Edition, PeriodWithEditions, periods_with_editions
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.sources import record_of_edition
from tracker.web.biennial_reports.views import blueprint
from tracker.web.security import requires
from tracker.web.transactions import reading

PASSAGES_A_PAGE = 60
NUMBERS_SHOWN = 30
MOST_NUMBERS_SHOWN = 1_000
_DIFFERENT = "different"
VIEWS = (_DIFFERENT, *Fate, "all")


@dataclass(frozen=True, slots=True)
class Choice:
    """An edition that can be compared, with its period."""

    period: PeriodWithEditions
    edition: Edition


@blueprint.get("/compare")
@requires(Action.READ)
def compare() -> str:
    with reading() as session:
        periods = periods_with_editions(session)
    choices = [Choice(period, each) for period in periods for each in period.editions]
    after = _chosen(choices, "after") or (choices[0] if choices else None)
    before = _chosen(choices, "before") or (_before(choices, after) if after else None)
    compared = _compared(before, after)
    view = request.args.get("show", _DIFFERENT)
    view = view if view in VIEWS else _DIFFERENT
    passages = compared.passages if compared else ()
    kept = [passage for passage in passages if _is_in(passage, view)]
    page = max(1, whole_number(request.args.get("page", "1")) or 1)
    first = (page - 1) * PASSAGES_A_PAGE
    seen = kept[first : first + PASSAGES_A_PAGE]
    counts = Counter(passage.fate.value for passage in passages)
    shows_all = request.args.get("numbers") == "all"
    most = MOST_NUMBERS_SHOWN if shows_all else NUMBERS_SHOWN
    changed = [tally for tally in compared.tallies if tally.has_changed] if compared else []
    return render_template(
        "biennial_reports/compare.html",
        choices=choices,
        before=before,
        after=after,
        compared=compared,
        view=view,
        counts={
            _DIFFERENT: len(passages) - counts[Fate.SAME],
            **{fate.value: counts[fate.value] for fate in Fate},
            "all": len(passages),
        },
        sections=[
            (heading, list(group))
            for heading, group in groupby(seen, key=lambda passage: passage.shown.heading)
        ],
        numbers=[tally for tally in changed if not tally.is_status][:most],
        number_count=sum(not tally.is_status for tally in changed),
        statuses=[tally for tally in changed if tally.is_status][:most],
        status_count=sum(tally.is_status for tally in changed),
        shows_all=shows_all,
        first=first,
        last=first + len(seen),
        total=len(kept),
        page=page,
        has_more=len(kept) > first + PASSAGES_A_PAGE,
    )


def _compared(before: Choice | None, after: Choice | None) -> EditionsCompared | None:
    """Return the two side by side; None where one is missing or its record was not kept."""
    if before is None or after is None or before.edition.id == after.edition.id:
        return None
    old, new = record_of_edition(before.edition), record_of_edition(after.edition)
    return None if old is None or new is None else compare_records(old, new)


def _chosen(choices: list[Choice], name: str) -> Choice | None:
    wanted = whole_number(request.args.get(name, ""))
    return next((choice for choice in choices if choice.edition.id == wanted), None)


def _before(choices: list[Choice], after: Choice) -> Choice | None:
    """Return the edition that came before in the same language, else the one next to it."""
    others = [choice for choice in choices if choice.edition.id != after.edition.id]
    earlier = [choice for choice in others if choice.edition.created_at <= after.edition.created_at]
    same = [choice for choice in earlier if choice.edition.language == after.edition.language]
    return next(iter(same or earlier or others), None)


def _is_in(passage: ComparedPassage, view: str) -> bool:
    if view == _DIFFERENT:
        return passage.fate is not Fate.SAME
    return view in {"all", passage.fate}
