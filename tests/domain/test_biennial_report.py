"""What the report says: its structure, its figures, its editorial rules."""

from dataclasses import astuple
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
)
from tracker.domain.activities import Category
from tracker.domain.biennial_report import (
    FIXED_TEXTS,
    ReportContent,
    ReportDocument,
    compose,
)
from tracker.domain.biennial_report.blocks import (
    BulletList,
    Contents,
    Cover,
    Figure,
    Link,
    Paragraph,
    Quote,
    Table,
)
from tracker.domain.biennial_report.texts import status_key
from tracker.domain.biennial_report.wording import Wording, letters, period, plain, roman, shortened
from tracker.domain.errors import Invalid
from tracker.domain.mandates import Implementation
from tracker.i18n import translate_into

ENGLISH = Wording({}, "en")


def paragraphs(document: ReportDocument) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: ReportDocument) -> list[Table]:
    return [
        block.table if isinstance(block, Figure) else block
        for block in document.blocks
        if isinstance(block, Table | Figure)
    ]


def texts(document: ReportDocument) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs(document))


def cover(document: ReportDocument) -> Cover:
    return next(block for block in document.blocks if isinstance(block, Cover))


def test_the_report_has_four_chapters_and_two_annexes() -> None:
    document = compose(make_content(), {})

    assert [
        (heading.level, f"{heading.label} {heading.text}".replace("\u00a0", " ").strip())
        for heading in document.headings
    ] == [
        (1, "I. Introduction"),
        (1, "II. Overview"),
        (1, "III. Implementation by resolution and paragraph"),
        (2, "A. Resolution 12 (III): Water resources and sanitation"),
        (3, "Paragraph 5(a)"),
        (3, "Paragraph 5(b)"),
        (3, "Paragraph 6"),
        (2, "B. Resolution 15 (IV): Transport across borders"),
        (3, "Paragraph 2"),
        (1, "IV. Activities by category"),
        (2, "A. Facilitation of the intergovernmental process and expert bodies"),
        (2, "B. Generation and transfer of knowledge"),
        (1, "Annex I Decisions and their implementation"),
        (1, "Annex II List of activities"),
    ]


def test_the_contents_name_each_heading_in_order() -> None:
    document = compose(make_content(), {})

    contents = next(block for block in document.blocks if isinstance(block, Contents))

    assert [entry.anchor for entry in contents.entries] == [
        heading.anchor for heading in document.headings
    ]


def test_single_paragraphs_leave_the_contents_when_they_are_many() -> None:
    mandates = [make_mandate(str(number)) for number in range(61)]

    document = compose(make_content(resolutions=(make_resolution(*mandates),)), {})

    contents = next(block for block in document.blocks if isinstance(block, Contents))
    assert {entry.level for entry in contents.entries} == {1, 2}


def test_paragraphs_are_numbered_through_the_document() -> None:
    numbers = [paragraph.number for paragraph in paragraphs(compose(make_content(), {}))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_tables_and_figures_are_numbered_in_the_order_in_which_they_stand() -> None:
    labels = [table.label for table in tables(compose(make_content(), {}))]

    assert labels == [f"Table\u00a0{number}" for number in range(1, 8)]


def test_anchors_are_unique_and_links_lead_somewhere() -> None:
    document = compose(make_content(), {})

    anchors = [heading.anchor for heading in document.headings]
    anchors += [paragraph.anchor or "" for paragraph in paragraphs(document)]
    cells = [cell for table in tables(document) for row in table.rows for cell in row]
    assert len(set(anchors)) == len(anchors)
    assert {cell.anchor for cell in cells if isinstance(cell, Link)} <= set(anchors)


def test_what_was_asked_stands_in_the_words_of_the_body() -> None:
    mandate = make_mandate(text="To meet:\nfirst,  in May;\nthen in June;", language="es")

    document = compose(make_content(resolutions=(make_resolution(mandate),)), {})

    quote = next(block for block in document.blocks if isinstance(block, Quote))
    assert quote.label == "5(a)"
    assert quote.introduction == mandate.chapeau
    assert quote.paragraphs == ("To meet:", "first, in May;", "then in June;")
    assert quote.language == "es"


def test_a_mandate_tells_what_was_done_results_and_status_in_this_order() -> None:
    mandate = make_mandate(difficulties="Rain.", next_steps="Dry out.")

    document = compose(make_content(resolutions=(make_resolution(mandate),)), {})

    leads = [paragraph.lead for paragraph in paragraphs(document) if paragraph.sources == (7,)]
    assert [lead for lead in leads if lead] == [
        "What was done",
        "Results",
        "Difficulties",
        "Next steps",
        "Activities",
        "Status of implementation",
    ]


def test_lines_with_bullets_become_a_list() -> None:
    mandate = make_mandate(done="- one;\n• two.\nThen a line.", results=None, activities=())

    document = compose(make_content(resolutions=(make_resolution(mandate),)), {})

    lists = [block for block in document.blocks if isinstance(block, BulletList)]
    assert lists[0].items == ("one;", "two.")
    assert "Then a line." in texts(document)


@pytest.mark.parametrize("status", list(Implementation))
def test_each_status_is_said_in_words(status: Implementation) -> None:
    mandate = make_mandate(status=status)

    document = compose(make_content(resolutions=(make_resolution(mandate),)), {})

    words = FIXED_TEXTS[status_key(status)]
    assert f"\n{words}.\n" in texts(document)


def test_a_postponement_names_the_new_date_and_the_reason() -> None:
    assert (
        "Postponed to 1\u00a0September\u00a02026. "
        "Reason given: The host country asked for a later date."
    ) in texts(compose(make_content(), {}))


def test_a_mandate_without_any_word_says_so() -> None:
    mandate = make_mandate(done=" \n", results=None, status=None, activities=())

    document = compose(make_content(resolutions=(make_resolution(mandate),)), {})

    assert "No information was given for the period." in texts(document)


def test_mandates_without_information_are_passed_over_unless_asked_for() -> None:
    silent = texts(compose(make_content(), {}))
    telling = texts(compose(make_content(), {}, names_missing=True))

    assert "not available" not in silent
    assert (
        "In all, seven mandates required action by the secretariat in the period; information on "
        "three of them was not available when the report was prepared."
    ) in telling


def test_the_annex_names_who_leads_a_mandate_jointly() -> None:
    mandate = make_mandate(joint_lead="UNDP")
    document = compose(make_content(resolutions=(make_resolution(mandate),)), {})

    assert "Natural Resources Division, jointly with UNDP" in tables(document)[-2].rows[0]


def test_the_annex_names_the_paragraphs_that_speak_about_a_mandate() -> None:
    document = compose(make_content(), {})

    annex = tables(document)[-2]
    by_number = {paragraph.number: paragraph for paragraph in paragraphs(document)}
    for row, revision in zip(annex.rows, (7, 8, 9, 10), strict=True):
        link = row[-1]
        assert isinstance(link, Link)
        first, _, last = link.text.partition("–\u2060")
        spoken = [by_number[number] for number in range(int(first), int(last) + 1)]
        assert {paragraph.sources for paragraph in spoken} == {(revision,)}


STATUSES = st.sampled_from([*Implementation, None])
QUANTITIES = st.none() | st.decimals(0, 99_999, places=1)
ACTIVITIES = st.lists(
    st.builds(
        make_activity,
        category=st.sampled_from(Category),
        subcategory=st.sampled_from(["publications", "advisory services", ""]),
        measure=st.sampled_from(["days", "documents", ""]),
        planned=QUANTITIES,
        actual=QUANTITIES,
        description=st.none(),
    ),
    max_size=12,
)
CONTENTS = st.builds(
    lambda statuses, activities: make_content(
        resolutions=tuple(
            make_resolution(
                symbol=f"{number} (X)",
                mandates=tuple(make_mandate(status=status) for status in group),
            )
            for number, group in enumerate(statuses)
        ),
        activities=tuple(activities),
    ),
    st.lists(st.lists(STATUSES, max_size=6), max_size=4),
    ACTIVITIES,
)


def number(text: object) -> Decimal:
    return Decimal(0) if text == "–" else Decimal(str(text).replace(",", ""))


def recount(content: ReportContent, name: str) -> int:
    return sum(
        FIXED_TEXTS[status_key(mandate.status)] == name
        for resolution in content.resolutions
        for mandate in resolution.mandates
    )


@given(CONTENTS)
def test_the_figures_of_the_statuses_equal_a_recount(content: ReportContent) -> None:
    figures = [block for block in compose(content, {}).blocks if isinstance(block, Figure)]

    assert len(figures) == bool(content.mandates)
    for figure in figures:
        *rows, total = figure.table.rows
        assert all(number(count) == recount(content, str(name)) for name, count, _ in rows)
        assert number(total[1]) == sum(number(row[1]) for row in rows) == len(content.mandates)
        assert all(f"{name}, {count}" in figure.alternative for name, count, _ in rows)
        assert figure.svg.count("<rect") == len(rows)
        exact = sum(number(row[2]) for row in rows) == 100
        assert exact == (figure.table.note is None)


@given(CONTENTS)
def test_the_figures_of_the_resolutions_add_up_in_both_directions(content: ReportContent) -> None:
    found = [
        table
        for table in tables(compose(content, {}))
        if table.caption == FIXED_TEXTS["overview.resolutions.caption"]
    ]

    for table in found:
        counts = [[number(cell) for cell in row[1:]] for row in table.rows]
        *parts, total = counts
        assert [sum(column) for column in zip(*parts, strict=True)] == total
        assert all(sum(row[:-1]) == row[-1] for row in counts)
        assert total[-1] == len(content.mandates)


@given(CONTENTS)
def test_the_quantities_of_a_category_add_up_to_its_totals(content: ReportContent) -> None:
    for table in tables(compose(content, {})):
        if not table.caption.endswith("planned and actual quantities") or "Category" in {
            column.title for column in table.columns
        }:
            continue
        split = len(table.rows) - table.total_count
        for _, _, measure, *totals in table.rows[split:]:
            rows = [row for row in table.rows[:split] if row[2] == measure]
            assert [number(total) for total in totals] == [
                sum(number(row[place]) for row in rows) for place in (3, 4)
            ]


@given(CONTENTS)
def test_the_overview_of_activities_equals_a_recount(content: ReportContent) -> None:
    found = [
        table
        for table in tables(compose(content, {}))
        if table.caption == FIXED_TEXTS["overview.activities.caption"]
    ]

    assert len(found) == bool(content.activities)
    for table in found:
        *rows, total = table.rows
        assert number(total[3]) == sum(number(row[3]) for row in rows) == len(content.activities)
        for place, name in ((4, "planned"), (5, "actual")):
            quantities = [getattr(activity, name) or 0 for activity in content.activities]
            assert sum(number(row[place]) for row in rows) == sum(quantities)


@given(CONTENTS)
def test_the_report_never_speaks_of_what_is_late(content: ReportContent) -> None:
    said = str(astuple(compose(content, {}, names_missing=True))).lower()

    assert not any(word in said for word in ("overdue", "late ", "delay", "failed"))


def test_an_empty_report_says_what_there_is_not() -> None:
    empty = make_content(
        resolutions=(),
        activities=(),
        asked_report_ids=(),
        session_name=None,
        session_place=None,
        session_opens_on=None,
        session_closes_on=None,
        document_symbol=None,
    )

    document = compose(empty, {}, names_missing=True)

    assert tables(document) == []
    assert cover(document).session is None
    assert cover(document).place_and_dates is None
    assert "The report holds no information on mandates for the period." in texts(document)
    assert texts(document).count("No activities are recorded for the period.") == 2


def test_categories_without_activities_share_one_sentence() -> None:
    activities = (make_activity(category=Category.KNOWLEDGE),)

    document = compose(make_content(activities=activities), {})

    headings = [heading.label for heading in document.headings]
    assert headings[headings.index("IV.") + 1 : headings.index("Annex\u00a0I")] == ["B."]
    assert "In three categories no activities are recorded for the period: A. " in texts(document)


def test_the_cover_tells_what_must_be_seen_first() -> None:
    content = make_content(
        is_draft=True, language="en", original_language="es", edition_number=2, body_name="Assembly"
    )

    page = cover(compose(content, {}))

    assert page.original == "ORIGINAL: SPANISH"
    assert page.edition == "Edition 2"
    assert page.session == "Assembly, Forty-first session"
    assert [notice.split()[0] for notice in page.notices] == ["Draft:", "Unofficial"]


def test_fixed_texts_come_in_the_language_of_the_document() -> None:
    translated = {
        "introduction.title": "Introducción",
        "date": "%(day)s de %(month)s de %(year)s",
        "month.1": "enero",
    }

    document = compose(make_content(language="es"), translated)

    assert next(document.headings).text == "Introducción"
    assert "1\u00a0de\u00a0enero\u00a0de\u00a02024" in texts(document)


@pytest.mark.parametrize("text", ["In %(year)s", "50% of %(start)s", "%d", "%(start)"])
def test_a_text_that_cannot_be_filled_in_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(
        Invalid, match=r"introduction\.purpose of the report cannot be filled in"
    ) as refused:
        compose(make_content(), {"introduction.purpose": text})

    assert "Use only %(start)s, %(end)s in it" in str(refused.value)


def test_activities_keep_their_order_within_a_category() -> None:
    activities = (
        make_activity("Zeta", category=Category.SUBSTANTIVE),
        make_activity("Beta", subcategory="workshops"),
        make_activity("Alpha", subcategory="publications"),
    )

    annex = tables(compose(make_content(activities=activities), {}))[-1]

    assert [row[0] for row in annex.rows] == ["Beta", "Alpha", "Zeta"]


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("%(first)s–%(last)s %(month)s %(year)s", "12–\u206014\u00a0September\u00a02024"),
        ("%(first)s a %(last)s de %(month)s de %(year)s", "12 a 14 de September de 2024"),
    ],
    ids=["short", "long"],
)
def test_dates_in_the_annex_are_broken_only_where_their_column_is_too_narrow(
    form: str, printed: str
) -> None:
    content = make_content(
        activities=(make_activity(starts_on=date(2024, 9, 12), ends_on=date(2024, 9, 14)),)
    )

    annex = tables(compose(content, {"date.days_of_month": form}))[-1]

    assert annex.rows[0][2] == printed


def test_both_forms_of_a_sentence_and_every_month_and_status_are_there() -> None:
    forms = {key.rpartition(".")[0] for key in FIXED_TEXTS if key.endswith((".one", ".many"))}

    assert all({f"{key}.one", f"{key}.many"} <= FIXED_TEXTS.keys() for key in forms)
    assert {f"month.{month}" for month in range(1, 13)} <= FIXED_TEXTS.keys()
    assert {status_key(status) for status in [*Implementation, None]} <= FIXED_TEXTS.keys()


@pytest.mark.parametrize(
    ("count", "words"), [(0, "zero"), (9, "nine"), (10, "10"), (1234567, "1,234,567")]
)
def test_numbers_stand_in_words_to_nine(count: int, words: str) -> None:
    assert ENGLISH.number_in_text(count) == words


@pytest.mark.parametrize(
    ("language", "figures"), [("en", "1,234.5"), ("es", "1\u00a0234,5"), ("pt", "1.234,5")]
)
def test_figures_are_parted_as_each_language_does(language: str, figures: str) -> None:
    assert Wording({}, language).number(Decimal("1234.50")) == figures


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(1990, 5, 12), date(1990, 5, 12), "12 May 1990"),
        (None, date(1990, 5, 12), "12 May 1990"),
        (date(1990, 5, 12), date(1990, 5, 14), "12–\u206014 May 1990"),
        (date(1990, 5, 12), date(1990, 5, 13), "12 and 13 May 1990"),
        (date(1990, 5, 30), date(1990, 6, 1), "30 May – 1 June 1990"),
        (date(1990, 5, 12), date(1992, 4, 15), "12 May 1990 – 15 April 1992"),
        (None, None, ""),
    ],
)
def test_spans_of_days_are_as_short_as_they_can_be(
    start: date | None, end: date | None, words: str
) -> None:
    assert ENGLISH.days_in_words(start, end).replace("\u00a0", " ") == words


def test_a_span_within_a_year_is_broken_before_its_last_day_alone() -> None:
    words = ENGLISH.days_in_words(date(1990, 5, 30), date(1990, 6, 1))

    assert words.split(" ") == ["30\u00a0May\u00a0–", "1\u00a0June\u00a01990"]


def test_the_title_is_never_broken_between_the_years() -> None:
    assert "2024–\u20602025" in cover(compose(make_content(), {})).title


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
@pytest.mark.parametrize("key", [key for key in FIXED_TEXTS if key.endswith(".many")])
def test_no_counting_sentence_begins_with_its_number(key: str, language: str) -> None:
    # "18 activities" would have to be "Eighteen activities", which no rule here spells out.
    assert not translate_into(language)(FIXED_TEXTS[key]).startswith("%")


def test_two_activities_are_counted_in_the_gender_of_the_noun() -> None:
    portuguese = Wording({key: translate_into("pt")(FIXED_TEXTS[key]) for key in FIXED_TEXTS}, "pt")

    assert portuguese.count("overview.activities", 2) == (
        "Foram registradas duas atividades no período."
    )


def test_a_single_mandate_without_information_is_not_told_in_the_plural() -> None:
    content = make_content(resolutions=(), asked_report_ids=(21,))

    assert "One mandate required action" in texts(compose(content, {}, names_missing=True))


def test_a_date_is_never_broken() -> None:
    assert " " not in ENGLISH.day_in_words(date(1990, 5, 12))


def test_per_cent_is_spelled_out() -> None:
    assert ENGLISH.percentage(1, 3) == "33.3\u00a0per\u00a0cent"


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("2024-2025", "2024–2025"),
        ("May 1990 - 15 June", "May 1990 – 15 June"),
        ("mid-term", "mid-term"),
    ],
)
def test_a_period_has_an_en_dash_between_its_years(name: str, printed: str) -> None:
    assert period(name) == printed


def test_what_no_document_can_hold_is_left_out() -> None:
    assert plain(" a\x00\x07b\tc\u2028d\ud800\uffff\u00a0e ") == "ab c d\u00a0e"


def test_labels_count_on_beyond_the_alphabet() -> None:
    assert [letters(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
    assert [roman(number) for number in (1, 4, 9, 14, 1994)] == ["I", "IV", "IX", "XIV", "MCMXCIV"]


def test_what_is_left_out_of_an_adopted_text_is_shown() -> None:
    assert shortened("one two three", 2) == "one two [...]"
    assert shortened("one two", 2) == "one two"


def test_dates_keep_their_order_behind_a_name_written_from_right_to_left() -> None:
    content = make_content(session_place="بيروت")

    assert "بيروت\N{LEFT-TO-RIGHT MARK}, 18" in (cover(compose(content, {})).place_and_dates or "")
