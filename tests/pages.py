"""The look at every HTML page that a test fetches: whole, named, labelled, no inline script."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
# A comment or declaration, a tag, or what begins as a tag and does not end. The standard library's
# parser takes four times as long, and every page that a test fetches is read.
TAG = re.compile(
    r"""<!--.*?-->|<![^>]*>
    |<(?P<closes>/?)(?P<name>[a-z][^\s/>]*)(?P<rest>[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*)>
    |(?P<broken><(?=[a-z/]))""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?""")
POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "headers", "list")
TYPED = {"text", "date", "email", "number", "search", "password"}
ASKS_AGAIN = {"more", "again", "people"}  # buttons that give the form back with more to choose
POLICY_NEEDS = ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")


class CheckedClient(FlaskClient):
    """A client that fails the test on an HTML page that is not as a page must be."""

    def open(self, *arguments: Any, **named: Any) -> TestResponse:
        """Fetch a page and look at it."""
        response = super().open(*arguments, **named)
        if response.is_streamed:  # as a server does: to its end, and then closed
            response.get_data()
            response.close()
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            policy = response.headers.get("Content-Security-Policy", "")
            found = [*policy_problems(policy), *page_problems(response.text)]
            assert not found, f"{response.request.path}: " + "; ".join(found)
        return response


def policy_problems(policy: str) -> Iterator[str]:
    """Yield what is wrong with a content security policy."""
    for need in POLICY_NEEDS:
        if need not in policy:
            yield f"the policy lacks {need}"
    for word in ("unsafe-inline", "unsafe-eval"):
        if word in policy:
            yield f"the policy allows {word}"


def page_problems(page: str) -> Iterator[str]:
    """Yield what is wrong with a page, one sentence each; a fragment has no title or heading."""
    yield from _nesting_problems(page)
    if "<html" in page:
        root = html.document_fromstring(page)
        yield from _name_problems(root)
    else:
        root = html.fragment_fromstring(page, create_parent="div")
    yield from _identifier_problems(root)
    yield from _label_problems(root)
    yield from _inline_problems(root)
    yield from _form_problems(root)


def _name_problems(root: html.HtmlElement) -> Iterator[str]:
    if not root.get("lang"):
        yield "the page does not say its language"
    title = " ".join((root.findtext(".//title") or "").split())
    headings = [_words(heading) for heading in root.iter("h1")]
    if len(headings) != 1:
        yield f"the page has {len(headings)} first-level headings"
    elif not title.startswith(headings[0]) or not headings[0]:
        yield f"the title {title!r} does not begin with the heading {headings[0]!r}"


def _identifier_problems(root: html.HtmlElement) -> Iterator[str]:
    counts = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1)
    for element in root.iter():
        for pointer in POINTERS:
            for name in (element.get(pointer) or "").split():
                if name not in counts:
                    yield f"{pointer} names {name!r}, which is not on the page"


def _label_problems(root: html.HtmlElement) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label") if _words(label)}
    for element in root.iter("input", "select", "textarea"):
        if element.get("type", "text") in UNLABELLED_TYPES:
            continue
        has_name = element.get("aria-label") or element.get("aria-labelledby")
        has_label = element.get("id") in labelled or any(element.iterancestors("label"))
        if not (has_name or has_label):
            yield f"the field {element.get('name')!r} has no label"
    for image in root.iter("img"):
        if image.get("alt") is None:
            yield f"the image {image.get('src')!r} has no text in its place"
    for element in root.iter("a", "button"):
        if element.tag == "a" and element.get("href") is None:
            continue
        pictures = [image.get("alt") for image in element.iter("img")]
        if not (_words(element) or element.get("aria-label") or any(pictures)):
            yield f"a {element.tag!s} without words leads to {element.get('href')!r}"


def _inline_problems(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if str(name).startswith("on"):
                yield f"{element.tag!s} has the inline script {name!s}"
            elif name == "style":
                yield f"{element.tag!s} has an inline style"
            elif str(value).strip().lower().startswith("javascript:"):
                yield f"{element.tag!s} has a script in {name!s}"
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"an inline {element.tag!s} stands on the page"


def _form_problems(root: html.HtmlElement) -> Iterator[str]:
    for form in root.iter("form"):
        names = {field.get("name") for field in form.iter("input")}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            yield f"the form to {form.get('action')!r} carries no csrf_token"
        typed = [each for each in form.iter("input") if each.get("type", "text") in TYPED]
        pressed = next((each for each in form.iter("button") if each.get("form") is None), None)
        if (
            typed
            and pressed is not None
            and {pressed.get("name"), pressed.get("value")} & ASKS_AGAIN
        ):
            yield f"Enter in {typed[0].get('name')!r} presses {_words(pressed)!r} and keeps nothing"


def _words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _nesting_problems(page: str) -> Iterator[str]:
    """Follow opening and closing tags: a browser repairs in silence what this refuses."""
    open_elements: list[tuple[str, int]] = []
    for found in TAG.finditer(page):
        name, attributes, at = (found["name"] or "").lower(), found["rest"], found.start()
        if found["broken"]:
            yield f"line {_line(page, at)}: a tag is not ended"
        elif not name:
            continue
        elif not found["closes"]:
            names = ATTRIBUTE.findall(attributes.lower())
            if len(names) > len(set(names)):
                yield from (
                    f"{name} says {each} twice" for each in set(names) if names.count(each) > 1
                )
            if name not in VOID and not attributes.endswith("/"):
                open_elements.append((name, at))
        elif open_elements and open_elements[-1][0] == name:
            open_elements.pop()
        else:
            opened, opened_at = open_elements[-1] if open_elements else ("nothing", 0)
            yield (
                f"line {_line(page, at)}: </{name}> closes {opened}"
                f" of line {_line(page, opened_at)}"
            )
    yield from (f"<{name}> is not closed" for name, _at in open_elements)


def _line(page: str, at: int) -> int:
    return page.count("\n", 0, at) + 1
