"""Numbers of the report and the rows they count: each equals a fresh count, and is found."""

import json
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
)
from tracker.domain.activities import Category
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.biennial_report.blocks import Figure, Table
from tracker.domain.biennial_report.content import ReportFund
from tracker.domain.biennial_report.records import (
    EditionRecord,
    read_record,
    record_of,
    written_record,
)
from tracker.domain.biennial_report.tallies import (
    Counted,
    Reckoning,
    Tally,
    marked,
    reports_tally,
)
from tracker.domain.biennial_report.texts import status_key
from tracker.domain.biennial_report.wording import Wording
from tracker.domain.mandates import Implementation

ENGLISH = Wording({}, "en")


@st.composite
def bodies(draw: st.DrawFn) -> ReportContent:
    """Return what the report on a small body is made from, each row under an id of its own."""
    ids = count(1)
    status = st.sampled_from([*Implementation, None])
    quantity = st.none() | st.decimals(0, 9_999, places=1)
    money = st.none() | st.decimals(0, 999_999_999_999, places=draw(st.sampled_from([0, 2])))
    resolutions = tuple(
        make_resolution(
            mandates=tuple(
                make_mandate(revision_id=next(ids), mandate_id=next(ids), status=draw(status))
                for _ in range(draw(st.integers(0, 4)))
            ),
            symbol=f"{number} (X)",
            instrument_id=number,
            set_aside=tuple(next(ids) for _ in range(draw(st.integers(0, 2)))),
        )
        for number in range(1, draw(st.integers(1, 4)))
    )
    activities = tuple(
        make_activity(
            activity_id=next(ids),
            category=draw(st.sampled_from(Category)),
            subcategory=draw(st.sampled_from(["publications", "advisory services", ""])),
            measure=draw(st.sampled_from(["days", "documents", ""])),
            planned=draw(quantity),
            actual=draw(quantity),
            funds=tuple(
                ReportFund(
                    is_regular=(is_regular := draw(st.booleans())),
                    donor="" if is_regular else draw(st.sampled_from(["Peru", "Chile", ""])),
                    budget=draw(money),
                    expenditure=draw(money),
                    fund_id=next(ids),
                )
                for _ in range(draw(st.integers(0, 3)))
            ),
            description=None,
        )
        for _ in range(draw(st.integers(0, 6)))
    )
    reported = [mandate.report_id for each in resolutions for mandate in each.mandates]
    asked = (*reported, *(next(ids) for _ in range(draw(st.integers(0, 3)))))
    return make_content(resolutions=resolutions, activities=activities, asked_report_ids=asked)


def recounted(content: ReportContent) -> dict[str, set[int]]:
    """Return the rows of the overview's numbers, looked for one by one in the content."""
    mandates = content.mandates
    asked = set(content.asked_report_ids)
    done = {each.revision_id for each in mandates if each.status is Implementation.COMPLETED}
    rows = {
        "overview.mandates": {mandate.revision_id for mandate in mandates},
        "overview.resolutions": {
            each.instrument_id for each in content.resolutions if each.mandates
        },
        "overview.asked": asked,
        "overview.missing": asked - {mandate.report_id for mandate in mandates},
        "overview.completed": done,
        "overview.completed.share": done,
        "overview.activities": {activity.activity_id for activity in content.activities},
        "statuses.total": {mandate.revision_id for mandate in mandates},
    }
    for status in (*Implementation, None):
        name = f"statuses.{status_key(status)}"
        same = {mandate.revision_id for mandate in mandates if mandate.status is status}
        rows |= {name: same, f"{name}.share": same}
    groups = {f"resolution{each.instrument_id}": each.mandates for each in content.resolutions}
    for name, group in {**groups, "total": mandates}.items():
        rows[f"resolutions.{name}.total"] = {mandate.revision_id for mandate in group}
        rows[f"resolutions.{name}.other"] = {mandate.revision_id for mandate in group}
        for status in ("completed", "ongoing", "in_progress"):
            same = {each.revision_id for each in group if (each.status or "") == status}
            rows[f"resolutions.{name}.{status}"] = same
            rows[f"resolutions.{name}.other"] -= same
    return rows


def amounts_of(content: ReportContent, tally: Tally) -> set[str]:
    """Return the sum of the funds that an amount names, added up anew, with and without cents."""
    funds = {fund.fund_id: fund for each in content.activities for fund in each.funds}
    amounts = [getattr(funds[row], tally.reckoning.value) for row in tally.rows]
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return {"–"}
    exact = sum(known, Decimal())
    return {f"{exact:,.2f}"} | ({f"{exact:,.0f}"} if exact == int(exact) else set())


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_every_number_equals_a_fresh_count_over_the_rows_it_names(content: ReportContent) -> None:
    document = compose(content, {}, names_missing=True)
    record = record_of(document, content)
    expected = recounted(content)

    for placed in record.tallies:
        tally, value = placed.tally, record.value_of(placed.tally)
        assert set(tally.rows) == expected.get(tally.key, set(tally.rows))
        assert len(set(tally.rows)) == len(tally.rows)
        if tally.counted is Counted.FUNDS:
            assert tally.printed in amounts_of(content, tally)
            continue
        if placed.column == 2 and placed.table is not None and tally.key.startswith("annex."):
            continue
        words = {ENGLISH.number(value), str(value)}
        if value is not None and value == int(value):
            words.add(ENGLISH.number_in_text(int(value)))
        if tally.key == "overview.completed.share":
            words = {ENGLISH.percentage(len(tally.rows), tally.whole)}
        assert tally.printed in words


@given(bodies())
@settings(max_examples=40, deadline=None)
def test_every_number_of_a_table_names_its_rows(content: ReportContent) -> None:
    document = compose(content, {})

    for block in document.blocks:
        table = block.table if isinstance(block, Figure) else block
        if not isinstance(table, Table):
            continue
        numbers = {
            (row, column)
            for row, cells in enumerate(table.rows)
            for column, printed in enumerate(cells)
            if table.columns[column].is_number and printed
        }
        hundred = {(len(table.rows) - 1, 2)} if isinstance(block, Figure) else set()
        assert numbers - hundred <= set(table.tallies)
        for (row, column), tally in table.tallies.items():
            assert table.rows[row][column] == tally.printed


@given(bodies())
@settings(max_examples=20, deadline=None)
def test_the_totals_of_activities_count_the_rows_above_them(content: ReportContent) -> None:
    record = record_of(compose(content, {}), content)

    for reckoning in (Reckoning.COUNT, Reckoning.PLANNED, Reckoning.ACTUAL):
        of_table = [
            placed.tally.rows
            for placed in record.tallies
            if placed.tally.key.startswith("deliverables.")
            and placed.tally.key != "deliverables.total"
            and placed.tally.reckoning is reckoning
        ]
        rows = [row for each in of_table for row in each]
        assert sorted(rows) == [activity.activity_id for activity in content.activities]


@given(bodies())
@settings(max_examples=30, deadline=None)
def test_the_amounts_of_the_sources_come_to_the_total(content: ReportContent) -> None:
    record = record_of(compose(content, {}), content)

    for reckoning in (Reckoning.BUDGET, Reckoning.EXPENDITURE):
        tallies = [each.tally for each in record.tallies if each.tally.reckoning is reckoning]
        sources, totals = tallies[:-1], tallies[-1:]
        rows = [row for tally in sources for row in tally.rows]
        sums = [value for tally in sources if (value := record.value_of(tally)) is not None]
        assert sorted(rows) == sorted(record.funds)
        assert [record.value_of(each) or Decimal() for each in totals] == (
            [sum(sums, Decimal())] if rows else []
        )


@pytest.mark.parametrize("key_of", ["passage", "tally"])
@given(content=bodies())
@settings(max_examples=20, deadline=None)
def test_no_two_things_of_a_report_share_a_key(key_of: str, content: ReportContent) -> None:
    record = record_of(compose(content, {}, names_missing=True), content)

    keys = (
        [passage.key for passage in record.passages]
        if key_of == "passage"
        else [placed.tally.key for placed in record.tallies]
    )

    assert len(set(keys)) == len(keys)


def test_a_record_is_read_as_it_was_written() -> None:
    fund = ReportFund(is_regular=True, budget=Decimal("1200.50"), fund_id=4)
    content = make_content(activities=(make_activity(activity_id=3, funds=(fund,)),))
    record = record_of(compose(content, {}, names_missing=True), content)

    read = read_record(written_record(record))

    assert read.tallies == record.tallies
    assert read.activities == record.activities
    assert read.funds == record.funds
    assert [each.text for each in read.passages] == [each.text for each in record.passages]
    assert written_record(read) == written_record(record)


def test_a_number_is_found_in_its_sentence_as_a_word_of_its_own() -> None:
    tally = reports_tally("overview.mandates", "one", (7,))

    pieces = marked("Everyone agreed. One mandate is done.", [tally])

    assert pieces == [("Everyone agreed. ", None), ("One", tally), (" mandate is done.", None)]


def test_a_number_that_an_editor_worded_away_comes_last() -> None:
    tally = reports_tally("overview.mandates", "12", (7,))

    assert marked("A dozen mandates.", [tally]) == [("A dozen mandates.", None), ("", tally)]


def test_a_quantity_that_nobody_set_has_rows_and_no_value() -> None:
    content = make_content(activities=(make_activity(activity_id=3, planned=None),))
    record: EditionRecord = record_of(compose(content, {}), content)

    (placed,) = (
        each
        for each in record.tallies
        if each.tally.key.endswith("activity3.planned") and each.tally.counted is Counted.ACTIVITIES
    )

    assert record.value_of(placed.tally) is None
    assert placed.tally.rows == (3,)
    assert placed.tally.printed == "–"


def test_a_share_is_reckoned_from_its_rows_and_the_whole() -> None:
    tally = reports_tally("statuses.completed.share", "33.3", (7,), whole=3)

    assert EditionRecord("en").value_of(tally) == Decimal("33.3")


def test_a_record_from_before_amounts_had_rows_is_read() -> None:
    written = json.loads(written_record(EditionRecord("en")))
    del written["funds"]

    assert read_record(json.dumps(written).encode()) == EditionRecord("en")
