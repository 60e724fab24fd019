"""What a digest says: the most urgent first, each report once, in plain text and HTML."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import html

from tests.post import SITE
from tracker.domain.mandates import Implementation
from tracker.domain.reminders import ReminderKind
from tracker.mail.digests import DigestItem, DigestPoint, write_digest
from tracker.mail.texts import MailText

TODAY = date(2026, 6, 15)
ITEM = DigestItem(
    kind=ReminderKind.DUE,
    report_id=42,
    symbol="12(IV)",
    paragraph="5(a)",
    text="To count the islands and <report> on them.",
    unit="Statistics Division",
    due_on=date(2026, 6, 18),
)


def digest(*items: DigestItem, language: str = "en") -> MailText:
    return write_digest(items, name="Ana", language=language, today=TODAY, site=SITE)


def test_the_subject_says_what_and_how_many() -> None:
    overdue = replace(ITEM, kind=ReminderKind.OVERDUE, report_id=43, due_on=date(2026, 6, 1))

    assert digest(ITEM, overdue).subject == "1 report overdue, 1 report due soon"


def test_the_most_urgent_comes_first() -> None:
    items = [
        replace(ITEM, kind=kind, report_id=number, paragraph=str(number))
        for number, kind in enumerate(reversed(ReminderKind), 1)
        if kind is not ReminderKind.ESCALATION
    ]

    text = digest(*items).plain

    headings = [
        "BEFORE YOUR CHIEF IS TOLD", "OVERDUE REPORTS", "RETURNED TO YOU", "ASKED OF YOU",
        "REPORTS DUE SOON",
        "NEEDED FOR THE DOCUMENT", "WAITING FOR YOUR SIGNATURE", "EDITIONS RETURNED TO YOU",
        "WAITING FOR YOUR CLEARANCE", "NEWLY ASSIGNED TO YOU", "UNANSWERED", "DECLINED",
        "MANDATES THAT NOBODY ANSWERS FOR", "SIGNING POSTS THAT NOBODY FILLS", "WAITING FOR LONG",
        "ACCOUNTS TO CLOSE",
    ]  # fmt: skip
    places = [text.index(f"\n\n{heading}") for heading in headings]
    assert places == sorted(places)
    assert "The most urgent: 12(IV), para. 17." in text


def test_a_report_stands_once_for_its_most_urgent_reason() -> None:
    text = digest(replace(ITEM, kind=ReminderKind.ASSIGNED), ITEM).plain

    assert text.count("/progress/42") == 1
    assert "DUE SOON" in text
    assert "NEWLY ASSIGNED" not in text


def test_html_holds_the_same_and_escapes_what_people_wrote() -> None:
    page = digest(ITEM).html

    assert page is not None
    words = " ".join(html.document_fromstring(page).text_content().split())
    assert "To count the islands and <report> on them." in words
    assert "Due in 3 days (Thursday 18 June)" in words
    assert 'href="https://tracker.example.org/progress/42"' in page


def test_the_foot_names_the_house_in_the_language_of_who_reads() -> None:
    site = replace(SITE, entity_names={"es": "Secretaría de las Islas"})

    page = write_digest([ITEM], name="Ana", language="es", today=TODAY, site=site).html

    assert "· Secretaría de las Islas" in (page or "")


def test_styles_stand_on_the_elements_and_the_rules_for_phones_in_the_head() -> None:
    page = digest(ITEM).html

    assert page is not None
    assert "prefers-color-scheme: dark" in page
    assert "max-width: 480px" in page
    (button,) = html.document_fromstring(page).find_class("button")
    assert "background" in (button.get("style") or "")


def test_a_long_clause_is_cut_at_a_word() -> None:
    text = digest(replace(ITEM, text="To continue promoting cooperation, " * 20)).plain

    gist = next(line for line in text.splitlines() if "To continue" in line).strip()
    assert len(gist) <= 161
    assert gist.endswith("…")


def test_a_sub_clause_ends_without_the_mark_that_led_on_to_the_next() -> None:
    text = digest(replace(ITEM, text="To count the islands;")).plain

    assert "To count the islands\n" in text


def test_a_remark_is_told_with_what_was_returned() -> None:
    returned = replace(ITEM, kind=ReminderKind.RETURNED, remark="Say how many.")

    assert "Remark: “Say how many.”" in digest(returned).plain


def test_a_manager_reads_that_reports_wait_for_clearance() -> None:
    waiting = replace(ITEM, kind=ReminderKind.CLEARANCE)

    text = digest(waiting, replace(waiting, report_id=43)).plain

    assert text.startswith("Ana, 2 reports wait for your clearance.")
    assert "Review report: https://tracker.example.org/progress/42" in text


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "Thursday 18\N{NO-BREAK SPACE}June"),
        ("es", "jueves 18\N{NO-BREAK SPACE}de junio"),
        ("fr", "jeudi 18\N{NO-BREAK SPACE}juin"),
    ],
)
def test_dates_are_written_in_the_language_of_the_reader(language: str, day: str) -> None:
    assert day in digest(ITEM, language=language).plain


def test_the_subject_names_the_most_urgent_kinds_and_counts_the_rest() -> None:
    kinds = (
        ReminderKind.OVERDUE, ReminderKind.RETURNED, ReminderKind.DUE, ReminderKind.CLEARANCE,
        ReminderKind.ASSIGNED,
    )  # fmt: skip
    items = [replace(ITEM, kind=kind, report_id=number) for number, kind in enumerate(kinds, 1)]

    subject = digest(*items).subject

    assert subject == (
        "1 report overdue, 1 report returned to you, 1 report due soon, and 2 items more"
    )


def test_action_points_are_named_with_who_answers_and_how_far_they_are() -> None:
    points = (
        DigestPoint("To count the rocks;", "Ana Focal", Implementation.IN_PROGRESS),
        DigestPoint("To <sell> them"),
        *(DigestPoint(f"To do number {number}") for number in range(5)),
    )

    mail = digest(replace(ITEM, points=points))

    words = " ".join(mail.plain.split())
    assert "Action points: - To count the rocks (Ana Focal, In progress)" in words
    assert "- To <sell> them (No information)" in words
    assert "To do number 2" in words
    assert "To do number 3" not in words
    assert "and 2 more" in words
    assert mail.html is not None
    assert "To &lt;sell&gt; them" in mail.html
