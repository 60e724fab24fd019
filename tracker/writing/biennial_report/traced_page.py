"""The report as a page on which numbers and paragraphs lead to the rows they stand on."""

from collections.abc import Callable, Sequence

from lxml import html

from tracker.domain.biennial_report.records import EditionRecord
from tracker.domain.biennial_report.tallies import Tally, marked

# Told the key of a number or passage.
Address = Callable[[str], str]
# Told what a paragraph stands on: revisions of progress reports.
Hint = Callable[[tuple[int, ...]], str]
_COUNT = "report-count"


def with_ways_to_sources(fragment: str, record: EditionRecord, address: Address, hint: Hint) -> str:
    """Return a fragment of the report in which each number and paragraph number is a link.

    ``fragment`` is what the writer of the web page made, ``record`` that of the same document. A
    number that an editor worded away leads to its rows from behind the paragraph. ``hint`` says in
    words what a paragraph stands on; it is shown while the pointer rests on its number.
    """
    article = html.fragment_fromstring(fragment)
    numbered = {element.get("id"): element for element in article.find_class("report-numbered")}
    tables = [list(table.iterfind("tbody/tr")) for table in article.iter("table")]
    in_paragraphs: dict[int, list[Tally]] = {}
    for placed in record.tallies:
        if placed.paragraph is not None:
            in_paragraphs.setdefault(placed.paragraph, []).append(placed.tally)
        elif placed.tally.rows and placed.table is not None:
            cell = tables[placed.table][placed.row][placed.column]
            _link_cell(cell, address(placed.tally.key))
    for number, tallies in in_paragraphs.items():
        _link_numbers(numbered[f"paragraph-{number}"], tallies, address)
    for passage in record.passages:
        if passage.number is not None and (passage.sources or passage.activity_ids):
            label = numbered[f"paragraph-{passage.number}"].find_class("report-number")[0]
            _link_number(label, address(passage.key), hint(passage.sources))
    return html.tostring(article, encoding="unicode")


def _link_cell(cell: html.HtmlElement, to: str) -> None:
    link = _link(cell.text or "", to)
    cell.text = None
    cell.insert(0, link)


def _link_number(number: html.HtmlElement, to: str, told: str) -> None:
    link = _link(number.text or "", to)
    if told:
        link.set("title", told)
    number.text = None
    number.append(link)


def _link_numbers(paragraph: html.HtmlElement, tallies: Sequence[Tally], address: Address) -> None:
    """Turn numbers in the words of a paragraph into links, in the order of the tallies."""
    opening = [each for each in paragraph if each.tag in {"span", "em"} and not each.get("lang")]
    worded = next((each for each in paragraph if each.get("lang")), None)
    holder, before = (paragraph, opening[-1]) if worded is None else (worded, None)
    text = (before.tail if before is not None else holder.text) or ""
    _put_text(holder, before, "")
    for piece, tally in marked(text, tallies):
        if tally is None:
            _put_text(holder, before, piece)
            continue
        if not tally.rows:
            _put_text(holder, before, piece)
            continue
        link = _link(piece or f"[{tally.printed}]", address(tally.key))
        place = 0 if before is None else holder.index(before) + 1
        holder.insert(place, link)
        before = link


def _put_text(holder: html.HtmlElement, before: html.HtmlElement | None, text: str) -> None:
    if before is None:
        holder.text = text
    else:
        before.tail = text


def _link(text: str, to: str) -> html.HtmlElement:
    link = html.Element("a")
    link.set("class", _COUNT)
    link.set("href", to)
    link.text = text
    return link
