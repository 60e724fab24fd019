"""A working copy of the report comes back from Word: what was changed, and what cannot be taken."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as WordParagraph

from tests.writing.biennial_report.example import make_content
from tracker.domain.biennial_report import ReportDocument, compose
from tracker.domain.biennial_report.editing import (
    PASSAGE_PREFIX,
    CopyChanges,
    CopyMark,
    FixedKind,
    changes_of,
    mark_of_passage,
    passage_of_mark,
)
from tracker.domain.errors import Invalid
from tracker.reading.edited_report import read_edited_report
from tracker.writing.biennial_report import word

CONTENT = replace(make_content(), is_draft=True, period_id=3, edition_number=2)
DONE = "mandate0.done.1"


def composed(**editorial: str) -> ReportDocument:
    return compose(
        replace(
            CONTENT, editorial={key.replace("__", "."): text for key, text in editorial.items()}
        ),
        {},
    )


def changes_after(edit: Callable[[WordDocument], object], **editorial: str) -> CopyChanges:
    document = composed(**editorial)
    handed_out = word.write(document)
    opened = Document(BytesIO(handed_out))
    edit(opened)
    saved = BytesIO()
    opened.save(saved)
    return changes_of(
        read_edited_report(handed_out), read_edited_report(saved.getvalue()), document.passages
    )


def passage_in(document: WordDocument, key: str) -> WordParagraph:
    name = mark_of_passage(key)
    mark = next(
        mark
        for mark in document.element.iter(qn("w:bookmarkStart"))
        if mark.get(qn("w:name")) == name
    )
    return WordParagraph(mark.getparent(), document._body)


def heading_of(document: WordDocument) -> WordParagraph:
    return next(
        each
        for each in document.paragraphs
        if each.style is not None and each.style.name == "Heading 1"
    )


def own_run(paragraph: WordParagraph) -> Any:
    """Return the run that holds the passage, behind its run-in heading."""
    mark = next(
        each
        for each in paragraph._p.iter(qn("w:bookmarkStart"))
        if each.get(qn("w:name"), "").startswith(PASSAGE_PREFIX)
    )
    return mark.getnext()


def test_reader_and_writer_know_the_same_marks() -> None:
    keys = [passage.key for passage in composed().passages]

    assert [passage_of_mark(mark_of_passage(key)) for key in keys] == keys
    assert passage_of_mark("_Toc000001") is None


@pytest.mark.parametrize(
    "key",
    [
        "cooperation.subprogrammes.count.1",
        "mandate9999999.difficulties.list.1",
        "mandate123456.next_steps.list.12",
        "introduction.order.1",
    ],
)
def test_marks_are_as_short_as_word_keeps_them_and_lead_back(key: str) -> None:
    name = mark_of_passage(key)

    assert len(name) <= 40
    assert passage_of_mark(name) == key


def test_a_copy_says_which_edition_it_is_and_every_passage_of_it() -> None:
    document = composed()

    copy = read_edited_report(word.write(document))

    assert copy.mark == CopyMark(3, 2, "en")
    assert copy.passages == {passage.key: passage.text for passage in document.passages}


def test_what_is_handed_over_bears_neither_mark_nor_keys() -> None:
    document = compose(replace(CONTENT, is_draft=False), {})

    content = word.write(document)
    copy = read_edited_report(content)

    assert copy.mark is None
    assert copy.passages == {}
    assert b"tracker-copy" not in content


def test_an_untouched_copy_changes_nothing() -> None:
    assert changes_after(lambda document: None) == CopyChanges((), (), ())


def test_a_changed_sentence_is_a_change_of_its_passage_alone() -> None:
    def edit(document: WordDocument) -> None:
        own_run(passage_in(document, DONE)).text = "Three missions were sent."

    (change,) = changes_after(edit).changes

    assert (change.passage.key, change.after) == (DONE, "Three missions were sent.")
    assert not change.has_moved_on


def test_the_run_in_heading_is_no_part_of_a_passage() -> None:
    def edit(document: WordDocument) -> None:
        passage_in(document, DONE).runs[0].text = "What came of it. "

    assert changes_after(edit).changes == ()


def test_tracked_insertions_are_taken_and_deletions_dropped() -> None:
    def edit(document: WordDocument) -> None:
        run = own_run(passage_in(document, DONE))
        deleted = parse_xml(
            f'<w:del {nsdecls("w")} w:id="9001" w:author="The director"><w:r><w:delText>'
            f"{run.text}</w:delText></w:r></w:del>"
        )
        inserted = parse_xml(
            f'<w:ins {nsdecls("w")} w:id="9002" w:author="The director"><w:r><w:t>Shorter.</w:t>'
            "</w:r></w:ins>"
        )
        run.addnext(inserted)
        run.addnext(deleted)
        run.getparent().remove(run)

    (change,) = changes_after(edit).changes

    assert change.after == "Shorter."


def test_a_paragraph_written_below_joins_the_passage_above_it() -> None:
    def edit(document: WordDocument) -> None:
        paragraph = passage_in(document, DONE)
        added = parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="NumberedParagraph"/></w:pPr><w:r><w:t>'
            "A fourth one follows.</w:t></w:r></w:p>"
        )
        paragraph._p.addnext(added)  # type: ignore[arg-type]

    (change,) = changes_after(edit).changes

    assert change.after.split("\n")[-1] == "A fourth one follows."
    assert change.after.startswith(change.before)


def test_a_deleted_paragraph_is_left_out_of_the_report() -> None:
    def edit(document: WordDocument) -> None:
        paragraph = passage_in(document, DONE)._p
        paragraph.getparent().remove(paragraph)  # type: ignore[union-attr]

    (change,) = changes_after(edit).changes
    printed = composed(**{DONE.replace(".", "__"): change.after})

    assert change.after == ""
    assert change.before not in [getattr(block, "text", None) for block in printed.blocks]


def test_a_changed_list_is_a_line_an_item() -> None:
    lists = [passage for passage in composed().passages if passage.is_list]

    def edit(document: WordDocument) -> None:
        own_run(passage_in(document, lists[0].key)).text = "Another activity"

    (change,) = changes_after(edit).changes

    assert change.after.split("\n") == ["Another activity", *lists[0].text.split("\n")[1:]]


def test_headings_and_tables_are_told_and_not_taken() -> None:
    def edit(document: WordDocument) -> None:
        heading_of(document).add_run(" new")
        document.tables[1].cell(1, 0).text = "4,711"

    found = changes_after(edit)

    assert found.changes == ()
    assert {kind for kind, _ in found.untaken} == {FixedKind.HEADING, FixedKind.TABLE}


def test_the_editor_s_wording_comes_back_like_any_other() -> None:
    wording = {DONE.replace(".", "__"): "First line.\nSecond line."}

    assert changes_after(lambda document: None, **wording) == CopyChanges((), (), ())


@pytest.mark.parametrize("content", [b"", b"no file", b"PK\x03\x04 broken"])
def test_what_is_no_copy_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(Invalid, match="save it anew"):
        read_edited_report(content)
