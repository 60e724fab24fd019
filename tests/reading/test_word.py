"""Word documents: numbering, tracked changes, text boxes, footnotes."""

from tests.reading.documents import make_paragraph, make_word
from tracker.domain.clauses import BlockKind
from tracker.reading import read_bytes


def clauses_of(content: bytes) -> dict[str | None, str]:
    (resolution,) = read_bytes(content, "resolution.docx")
    return {clause.path: clause.text for clause in resolution.operative_clauses}


def test_numbers_that_word_prints_become_paths() -> None:
    content = make_word(
        make_paragraph("Requests the secretariat to:", level=0),
        make_paragraph("Light lamps, namely:", level=1),
        make_paragraph("Red lamps;", level=2),
        make_paragraph("Green lamps;", level=2),
        make_paragraph("Ring bells;", level=1),
        make_paragraph("Decides to remain seized of the matter.", level=0),
    )

    assert list(clauses_of(content)) == ["1", "1.a", "1.a.i", "1.a.ii", "1.b", "2"]


def test_a_paragraph_is_numbered_by_its_style_and_by_the_style_it_rests_on() -> None:
    content = make_word(
        make_paragraph("Welcomes the lamps;", style="Clause"),
        make_paragraph("Thanks the keepers.", style="LastClause"),
    )

    assert clauses_of(content) == {"1": "Welcomes the lamps;", "2": "Thanks the keepers."}


def test_tracked_insertions_are_text_and_deletions_and_moved_away_words_are_not() -> None:
    changes = (
        "<w:ins><w:r><w:t> quickly</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> slowly</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t> at night</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>.</w:t></w:r>"
    )
    content = make_word(make_paragraph("1. Requests the secretariat to act", runs=changes))

    assert clauses_of(content) == {"1": "Requests the secretariat to act quickly."}


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    first = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>1. Requests the </w:t></w:r></w:p>"
    )
    content = make_word(first, make_paragraph("secretariat to act."))

    assert clauses_of(content) == {"1": "Requests the secretariat to act."}


def test_text_boxes_are_read_once_although_word_keeps_a_copy_of_them() -> None:
    box = f"<w:txbxContent>{make_paragraph('2. Thanks the keepers.')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    content = make_word(make_paragraph("1. Welcomes the lamps;", runs=both))

    assert clauses_of(content) == {"1": "Welcomes the lamps;", "2": "Thanks the keepers."}


def test_footnotes_stand_apart_in_the_order_of_their_marks() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}">{make_paragraph(words)}</w:footnote>'
        for number, words in ((7, "COI/2030/2."), (3, "COI/2030/1."))
    )
    marks = '<w:r><w:footnoteReference w:id="{0}"/></w:r>'
    content = make_word(
        make_paragraph("1. Welcomes the lamps;", runs=marks.format(3)),
        make_paragraph("2. Thanks the keepers.", runs=marks.format(7)),
        footnotes=notes,
    )

    (resolution,) = read_bytes(content, "resolution.docx")
    notes_read = [block for block in resolution.blocks if block.kind is BlockKind.FOOTNOTE]

    assert [(note.number, note.text) for note in notes_read] == [
        ("1", "COI/2030/1."),
        ("2", "COI/2030/2."),
    ]
