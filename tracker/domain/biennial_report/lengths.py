"""How long the report is, as a conference service counts: in words."""

from collections.abc import Iterator

from tracker.domain.biennial_report.blocks import (
    Block,
    BulletList,
    Figure,
    Heading,
    Link,
    Paragraph,
    Quote,
    ReportDocument,
    Table,
)


def word_count(document: ReportDocument) -> int:
    """Return the number of words from the introduction on: with notes and tables, without contents.

    What is joined by a no-break space counts as the words that it is; a number counts as one.
    """
    texts = (text for block in document.blocks for text in _texts(block))
    return sum(len(text.split()) for text in texts)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from (block.label, block.text)
        case Paragraph():
            yield from (block.lead or "", block.text)
            yield block.footnote.text if block.footnote else ""
        case Quote():
            yield from (block.label, block.introduction or "", *block.paragraphs)
        case BulletList():
            yield from block.items
        case Table():
            yield from _texts_of_table(block)
        case Figure():
            yield from (block.label, block.caption)
            yield from _texts_of_table(block.table)
        case _:
            return


def _texts_of_table(table: Table) -> Iterator[str]:
    yield from (table.label, table.caption, table.note or "")
    yield from (column.title for column in table.columns)
    for row in table.rows:
        yield from (cell.text if isinstance(cell, Link) else cell for cell in row)
