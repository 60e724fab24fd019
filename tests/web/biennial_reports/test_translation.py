"""A translation goes out as XLIFF or as a Word table, is edited there, and comes back."""

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from lxml import etree
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.pages import CheckedClient
from tests.reporting import TEXT
from tests.visitors import filled_in, form_of, submit, text_of
from tests.web.biennial_reports.conftest import Desk
from tests.web.biennial_reports.test_wording import done_key
from tests.web.biennial_reports.test_wording import word as word_original
from tracker.models.biennial_reports import ReportWording
from tracker.reading.translation_files import read_translation_file

XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"


def page(desk: Desk, language: str = "es") -> str:
    return f"/reports/{desk.period_id}/translation?language={language}"


def download(editor: CheckedClient, desk: Desk, form: str) -> bytes:
    answer = editor.get(f"/reports/{desk.period_id}/translation/file?language=es&form={form}")
    assert answer.status_code == 200, text_of(answer)
    content: bytes = answer.data
    return content


def in_xliff(content: bytes) -> bytes:
    """Translate every unit of a file as a translation tool does."""
    root = etree.fromstring(content)
    for unit in root.iter(f"{XLIFF}trans-unit"):
        (source,) = unit.findall(f"{XLIFF}source")
        for old in unit.findall(f"{XLIFF}target"):
            unit.remove(old)
        target = etree.Element(f"{XLIFF}target", state="final")
        segment = etree.SubElement(target, f"{XLIFF}mrk", mtype="seg", mid="1")
        segment.text = f"ES: {source.text}"
        source.addnext(target)
    return etree.tostring(root)


def in_word(content: bytes) -> bytes:
    """Translate every row of the table as somebody does in Word."""
    document = Document(BytesIO(content))
    for row in document.tables[0].rows:
        if len(row._tr.tc_lst) == 2 and "/" in row.cells[0].text:
            row.cells[1].text = f"ES: {row.cells[0].paragraphs[-1].text}"
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def bring_back(
    editor: CheckedClient, desk: Desk, content: bytes, language: str = "es"
) -> TestResponse:
    shown = editor.get(page(desk, language))
    fields = dict(filled_in(form_of(shown)))
    return editor.post(page(desk, language), data={**fields, "file": (BytesIO(content), "file")})


def translations(desk: Desk) -> dict[str, tuple[str | None, str | None]]:
    with desk.parts.database.reading() as session:
        rows = session.scalars(select(ReportWording).where(ReportWording.language == "es"))
        return {row.passage: (row.source, row.text) for row in rows}


@pytest.mark.parametrize(
    ("form", "translate"), [("xliff", in_xliff), ("docx", in_word)], ids=["xliff", "word"]
)
def test_a_translated_file_becomes_the_translation_of_its_texts(
    editor: CheckedClient, desk: Desk, form: str, translate: Callable[[bytes], bytes]
) -> None:
    content = translate(download(editor, desk, form))

    rehearsal = bring_back(editor, desk, content)
    assert translations(desk) == {}
    taken = submit(editor, rehearsal)

    assert taken.status_code == 303
    assert translations(desk)[done_key(desk)] == (TEXT.done, f"ES: {TEXT.done}")
    assert f"ES: {TEXT.done}" in text_of(
        editor.get(f"/reports/{desk.period_id}/preview?language=es")
    )
    again = text_of(bring_back(editor, desk, content))
    assert "There is nothing to take from this file." in again


def test_a_translation_is_out_of_date_once_its_original_changes(
    editor: CheckedClient, desk: Desk
) -> None:
    submit(editor, bring_back(editor, desk, in_xliff(download(editor, desk, "xliff"))))

    word_original(editor, desk, "Three missions went out.")

    told = text_of(editor.get(page(desk)))
    assert "1 translation is out of date" in told
    preview = text_of(editor.get(f"/reports/{desk.period_id}/preview?language=es"))
    assert "Three missions went out." in preview
    assert "ES: " + (TEXT.done or "") not in preview


def test_what_changed_while_it_was_translated_is_kept_beside_the_new_original(
    editor: CheckedClient, desk: Desk
) -> None:
    content = in_xliff(download(editor, desk, "xliff"))
    word_original(editor, desk, "Three missions went out.")

    rehearsal = bring_back(editor, desk, content)
    submit(editor, rehearsal)

    assert "The original of 1 text has changed meanwhile" in text_of(rehearsal)
    assert translations(desk)[done_key(desk)] == (TEXT.done, f"ES: {TEXT.done}")
    out_again = read_translation_file(download(editor, desk, "xliff"))
    (line,) = (line for line in out_again.lines if line.key.startswith(done_key(desk)))
    assert (line.source, line.target) == ("Three missions went out.", f"ES: {TEXT.done}")


def test_a_file_of_another_language_is_refused(editor: CheckedClient, desk: Desk) -> None:
    answer = bring_back(editor, desk, download(editor, desk, "xliff"), language="fr")

    assert answer.status_code == 400
    assert "a translation between other languages" in text_of(answer)


def test_what_was_shown_must_still_hold_when_it_is_taken(editor: CheckedClient, desk: Desk) -> None:
    rehearsal = bring_back(editor, desk, in_xliff(download(editor, desk, "xliff")))
    word_original(editor, desk, "Three missions went out.")

    answer = submit(editor, rehearsal)

    assert answer.status_code == 409
    assert "The report has changed since you looked at the file." in text_of(answer)
    assert translations(desk) == {}


def test_the_original_language_offers_the_others(editor: CheckedClient, desk: Desk) -> None:
    shown = editor.get(page(desk, "en"))

    assert "Choose a language to translate it into." in text_of(shown)
