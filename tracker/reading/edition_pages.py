"""Reading of the web page that was kept of an edition: what it says, line by line."""

from collections.abc import Iterator

from lxml import html

# A number changes whenever a paragraph comes before it, and says nothing by itself.
_NUMBER = "report-number"


def lines_of_page(page: bytes) -> tuple[str, ...]:
    """Return what the document says from its introduction on, a line a paragraph, item or row.

    Cover and contents are left out, and so are the running numbers of paragraphs.
    """
    written = html.document_fromstring(page.decode())
    main = written.find(".//main")
    if main is None:
        return ()
    for number in main.find_class(_NUMBER):
        number.drop_tree()
    return tuple(line for line in map(_words, _units(main)) if line)


def title_of_page(page: bytes) -> str:
    """Return the title of the document as it is printed, empty where the page has none."""
    title = html.document_fromstring(page.decode()).findtext(".//title") or ""
    return " ".join(title.split())


def words_of_page(page: bytes) -> int:
    """Return how many words the document has from its introduction on, as the writer counts them.

    Numbers of paragraphs, the heading of the notes and the ways back from them are none of it.
    """
    written = html.document_fromstring(page.decode())
    main = written.find(".//main")
    if main is None:
        return 0
    aside = [
        *main.find_class(_NUMBER),
        *main.findall(".//section/h2"),
        *main.xpath(".//a[@role='doc-backlink']"),
        *main.findall(".//sup"),
        *main.findall(".//svg"),
    ]
    for element in aside:
        element.drop_tree()
    lines = (line.replace(" | ", " ") for line in map(_words, _units(main)))
    captions = (" ".join(each.text_content().split()) for each in main.iterfind(".//figcaption"))
    return sum(len(line.split()) for line in (*lines, *captions))


def _units(main: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in main.iterfind(".//*"):
        if element.tag in {"h2", "h3", "h4", "p", "li", "caption", "tr"}:
            yield element


def _words(element: html.HtmlElement) -> str:
    if element.tag == "tr":
        cells = (" ".join(cell.text_content().split()) for cell in element)
        return " | ".join(cells)
    return " ".join(element.text_content().split())
