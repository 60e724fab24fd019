"""The chapter on technical cooperation: by country and subprogramme, its funds, good practices."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tracker.domain.activities import COOPERATION, Deliverable
from tracker.domain.biennial_report.activities import listed
from tracker.domain.biennial_report.blocks import Column, Table
from tracker.domain.biennial_report.content import ReportActivity, ReportContent, ReportFund
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.quantities import (
    Cells,
    amount_columns,
    amount_tallies,
    amounts,
    by_category,
    count_tally,
    deliverable,
    ids_of,
    total,
)
from tracker.domain.biennial_report.tallies import (
    Reckoning,
    activities_tally,
    funds_tally,
    key_of_names,
)
from tracker.domain.biennial_report.wording import capitalised, lowered, plain, unbroken
from tracker.domain.countries import sort_key

_LETTERS = "ABCD"
_MONEY = (Reckoning.BUDGET, Reckoning.EXPENDITURE)


def add_cooperation(draft: Draft, content: ReportContent, *, label: str) -> None:
    """Add the chapter; a section for which nothing is recorded is left out."""
    draft.heading(1, draft.wording.say("cooperation.title"), label=label)
    activities = content.activities
    cooperating = [each for each in activities if each.deliverable in COOPERATION]
    sections = (
        (_add_countries, [each for each in cooperating if each.countries]),
        (_add_subprogrammes, by_category(activities)),
        (_add_funds, [each for each in activities if each.funds]),
        (_add_good_practices, [each for each in activities if each.is_good_practice]),
    )
    letters = iter(_LETTERS)
    for add, members in sections:
        if members:
            add(draft, members, f"{next(letters)}.")


def _begin(draft: Draft, name: str, label: str, activities: Sequence[ReportActivity]) -> str:
    """Begin a section with its sentence; return the label of the table that follows."""
    draft.heading(2, draft.wording.say(f"cooperation.{name}.title"), label=label)
    draft.scope = f"cooperation.{name}"
    table = draft.table_label()
    draft.paragraph(
        draft.wording.count(f"cooperation.{name}", len(activities), table=lowered(table)),
        name="count",
        tallies=(count_tally(draft.wording, f"{draft.scope}.count", activities),),
    )
    return table


def _add_countries(draft: Draft, activities: Sequence[ReportActivity], label: str) -> None:
    """Add how many projects, courses and missions each country had a part in."""
    wording = draft.wording
    table = _begin(draft, "countries", label, activities)
    by_country: defaultdict[str, list[ReportActivity]] = defaultdict(list)
    for activity in activities:
        for country in activity.countries:
            by_country[country].append(activity)
    rows: list[tuple[str, ...]] = []
    tallies: Cells = {}
    for row, country in enumerate(sorted(by_country, key=sort_key)):
        groups = [_of_kind(by_country[country], kind) for kind in COOPERATION]
        cells = [*groups, by_country[country]]
        rows.append((country, *(wording.number(len(group)) for group in cells)))
        for column, group in enumerate(cells, start=1):
            key = f"{draft.scope}.{key_of_names(country)}.{column}"
            tallies[row, column] = activities_tally(key, rows[-1][column], ids_of(group))
    draft.table(
        Table(
            label=table,
            caption=wording.say("cooperation.countries.caption"),
            columns=(
                draft.column("country", 40),
                *(_kind_column(draft, kind) for kind in COOPERATION),
                Column(wording.say("words.total"), 15, is_number=True),
            ),
            rows=tuple(rows),
            note=wording.say("cooperation.countries.note"),
            tallies=tallies,
        )
    )


def _of_kind(activities: Iterable[ReportActivity], kind: Deliverable) -> list[ReportActivity]:
    return [each for each in activities if each.deliverable is kind]


def _kind_column(draft: Draft, kind: Deliverable) -> Column:
    return draft.column(kind.value, 15, is_number=True)


def _add_subprogrammes(draft: Draft, activities: Sequence[ReportActivity], label: str) -> None:
    """Add what was planned and done under each subprogramme, deliverable by deliverable."""
    wording = draft.wording
    table = _begin(draft, "subprogrammes", label, activities)
    groups: defaultdict[str, defaultdict[tuple[str, str], list[ReportActivity]]]
    groups = defaultdict(lambda: defaultdict(list))
    for activity in activities:
        _category, kind, measure = deliverable(activity)
        groups[plain(activity.subprogramme)][kind, measure].append(activity)
    rows: list[tuple[str, ...]] = []
    tallies: Cells = {}
    for subprogramme in sorted(groups, key=lambda each: (not each, sort_key(each))):
        name = subprogramme or wording.say("words.other")
        for (kind, measure), members in groups[subprogramme].items():
            key = f"{draft.scope}.{key_of_names(name, kind, measure)}"
            tallies |= amount_tallies(wording, key, (len(rows), 3), members)
            rows.append((name, capitalised(kind), measure, *amounts(wording, members)))
    draft.table(
        Table(
            label=table,
            caption=wording.say("cooperation.subprogrammes.caption"),
            columns=(draft.column("subprogramme", 24), *amount_columns(draft)),
            rows=tuple(rows),
            note=wording.say("activities.dash"),
            tallies=tallies,
        )
    )


def _add_funds(draft: Draft, activities: Sequence[ReportActivity], label: str) -> None:
    """Add budget and expenditure by source, the regular budget first, then donor by donor."""
    wording = draft.wording
    table = _begin(draft, "funds", label, activities)
    groups: defaultdict[tuple[bool, str], list[tuple[ReportActivity, ReportFund]]]
    groups = defaultdict(list)
    for activity in activities:
        for fund in activity.funds:
            groups[not fund.is_regular, plain(fund.donor)].append((activity, fund))
    every = [fund for activity in activities for fund in activity.funds]
    with_cents = _has_cents(every)
    rows: list[tuple[str, ...]] = []
    tallies: Cells = {}

    def add(name: str, key: str, ids: Sequence[int], funds: Sequence[ReportFund]) -> None:
        count, row = wording.number(len(ids)), len(rows)
        amounts = _amounts(draft, funds, with_cents=with_cents)
        tallies[row, 1] = activities_tally(key, count, ids)
        for column, (reckoning, printed) in enumerate(zip(_MONEY, amounts, strict=True), start=2):
            tallies[row, column] = funds_tally(
                f"{key}.{reckoning.value}", printed, [fund.fund_id for fund in funds], reckoning
            )
        rows.append((name, count, *amounts))

    for is_extra, donor in sorted(
        groups, key=lambda each: (each[0], not each[1], sort_key(each[1]))
    ):
        members = groups[is_extra, donor]
        source = wording.say("funds.extrabudgetary" if is_extra else "funds.regular_budget")
        add(
            wording.say("funds.of", source=source, donor=donor) if donor else source,
            f"{draft.scope}.{key_of_names(str(is_extra), donor)}",
            tuple(dict.fromkeys(activity.activity_id for activity, _fund in members)),
            [fund for _activity, fund in members],
        )
    add(wording.say("words.total"), f"{draft.scope}.total", ids_of(activities), every)
    draft.table(
        Table(
            label=table,
            caption=wording.say("cooperation.funds.caption"),
            columns=(
                draft.column("source", 46),
                draft.column("activities", 14, is_number=True),
                draft.column("budget", 20, is_number=True),
                draft.column("expenditure", 20, is_number=True),
            ),
            rows=tuple(rows),
            total_count=1,
            note=wording.say("cooperation.funds.note"),
            tallies=tallies,
        )
    )


def _has_cents(funds: Iterable[ReportFund]) -> bool:
    amounts = (amount for fund in funds for amount in (fund.budget, fund.expenditure))
    return any(amount % 1 for amount in amounts if amount is not None)


def _amounts(draft: Draft, funds: Sequence[ReportFund], *, with_cents: bool) -> tuple[str, str]:
    sums = total(fund.budget for fund in funds), total(fund.expenditure for fund in funds)
    budget, expenditure = (draft.wording.money(each, with_cents=with_cents) for each in sums)
    return budget, expenditure


def _add_good_practices(draft: Draft, activities: Sequence[ReportActivity], label: str) -> None:
    """Add a box for each good practice: where, when, with whom, its results, who adopted it."""
    wording = draft.wording
    draft.heading(2, wording.say("cooperation.practices.title"), label=label)
    draft.scope = "cooperation.practices"
    draft.paragraph(
        wording.count("cooperation.practices", len(activities)),
        name="count",
        tallies=(count_tally(wording, f"{draft.scope}.count", activities),),
    )
    for number, activity in enumerate(activities, start=1):
        draft.table(
            Table(
                label=unbroken(wording.say("words.box", number=number)),
                caption=plain(activity.title),
                columns=(draft.column("subject", 28), draft.column("details", 72)),
                rows=_practice(draft, activity),
                is_box=True,
            )
        )


def _practice(draft: Draft, activity: ReportActivity) -> tuple[tuple[str, str], ...]:
    wording = draft.wording
    told = {
        "subcategory": capitalised(plain(activity.subcategory)),
        "dates": wording.days_in_words(activity.starts_on, activity.ends_on),
        "countries": listed(activity.countries),
        "partners": listed(activity.partners),
        "donors": listed(activity.donors),
        "results": _in_sentences(activity.results)
        if activity.language_of_results == draft.language
        else "",
        "adopters": listed(activity.adopters),
        "reference": "; ".join(plain(name) for name in activity.mandate_references),
    }
    return tuple((wording.say(f"column.{key}"), words) for key, words in told.items() if words)


def _in_sentences(texts: Sequence[str]) -> str:
    """Return texts one after the other, each ended as a sentence."""
    told = [text for text in map(plain, texts) if text]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in told)
