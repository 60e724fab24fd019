"""Web pages: their paragraphs, with the numbers of ordered lists and without navigation."""

import re
from collections.abc import Iterator

from lxml import etree, html

from tracker.domain.errors import UnreadableDocument
from tracker.domain.symbols import roman_numeral
from tracker.reading.lines import Line, clean_text, within_limit
from tracker.reading.plain_text import decode
from tracker.reading.tables import are_rows, row_of, with_numbers_joined

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd div dl dt figcaption figure form h1 h2
    h3 h4 h5 h6 hr html li main ol p pre section table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
_LEFT_OUT = frozenset(
    "script style noscript template nav head header footer svg button select".split()  # noqa: SIM905 - as above
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-\w+|decimal)", re.IGNORECASE
)
_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
_PLAIN = Line("", is_paragraph=True)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_web_page(content: bytes) -> list[Line]:
    """Return the paragraphs of an HTML page as lines."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_decoded(content), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise _nothing() from problem
    found = within_limit(line for line in _paragraphs(root, _PLAIN) if line.text)
    lines = list(with_numbers_joined(found))
    if not lines:
        raise _nothing()
    return lines


def _decoded(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and not declared[1].lower().startswith(b"utf-16"):  # which it could not say so
        try:
            return _without_declaration(content.decode(declared[1].decode("ascii")))
        except (LookupError, UnicodeDecodeError):  # a wrong declaration: look at the bytes
            pass
    return _without_declaration(decode(content))


def _without_declaration(text: str) -> str:
    """Return the text without what lxml refuses in it: an XML declaration, NUL signs."""
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text).replace("\0", "")


def _paragraphs(element: html.HtmlElement, mark: Line) -> Iterator[Line]:
    """Return the runs of text between block elements, the first with the mark of its list item."""
    run = [element.text or ""]
    count = _whole(element.get("start"), 1) - 1
    for child in element:
        if child.tag == "li":
            count = _whole(child.get("value"), count + 1)
        if child.tag in _BLOCKS:
            yield mark._replace(text=_tidy(run))
            mark = _PLAIN if _tidy(run) else mark
            run = []
            if child.tag == "table" and are_rows(_rows(child)):
                yield from (_PLAIN._replace(text=row_of(row), is_row=True) for row in _rows(child))
            else:
                is_item = child.tag == "li"
                yield from _paragraphs(child, _item_mark(child, count) if is_item else mark)
            mark = _PLAIN
        elif child.tag == "br":
            run.append(" ")
        elif child.tag not in _LEFT_OUT:
            run.append(_inline_text(child))
        run.append(child.tail or "")
    yield mark._replace(text=_tidy(run))


def _rows(table: html.HtmlElement) -> list[list[str]]:
    """Return the cells of a table by rows, none where tables stand in tables."""
    if table.find(".//table") is not None:
        return []
    return [
        [_tidy([_inline_text(cell)]) for cell in row.iterchildren("td", "th")]
        for row in table.iter("tr")
    ]


def _inline_text(element: html.HtmlElement) -> str:
    text = str(element.text_content())
    if element.tag == "sup" and text.strip().isdecimal():
        return text.strip().translate(_SUPERSCRIPTS)
    return text


def _tidy(run: list[str]) -> str:
    return clean_text(" ".join("".join(run).split()))


def _item_mark(item: html.HtmlElement, count: int) -> Line:
    """Return a line without text that carries the number or bullet of a list item."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return _PLAIN._replace(has_dash=True)
    return _PLAIN._replace(number=_printed(count, _style_of(parent, item)))


def _style_of(parent: html.HtmlElement, item: html.HtmlElement) -> str:
    """Return how a list counts: "1", "a", "i", as its attribute or its style says."""
    for element in (item, parent):
        styled = _LIST_STYLE.search(element.get("style") or "")
        if styled:
            return _STYLES.get(styled[1].lower(), "1")
    return str(parent.get("type", "1"))


def _printed(count: int, style: str) -> str:
    if style in {"a", "A"} and count > 0:
        return f"({chr(ord('a') + (count - 1) % 26) * ((count - 1) // 26 + 1)})"
    if style in {"i", "I"} and count > 0:
        return f"({roman_numeral(count)})"
    return f"{count}."


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def _nothing() -> UnreadableDocument:
    return UnreadableDocument(
        "The web page holds no text. Check that the page was saved with its content."
    )
