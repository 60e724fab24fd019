"""How tests use the site: sign somebody in, fill in a form of a page, and send it."""

import re
from collections.abc import Iterable, Mapping

from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse


def sign_in(client: FlaskClient, person_id: int, counter: int = 0) -> None:
    """Let the client be a person who is signed in."""
    with client.session_transaction() as session:
        session.clear()
        session["_user_id"] = f"{person_id}:{counter}"
        session["_fresh"] = True


def submit(
    client: FlaskClient,
    page: TestResponse,
    fields: Mapping[str, object] | None = None,
    *,
    to: str = "",
    button: str | None = None,
) -> TestResponse:
    """Send a form of ``page`` as a browser would, with ``fields`` typed over what stands in it.

    ``to`` is the end of the form's address, where the page has several; ``button`` the name of the
    button that is pressed, or the end of the address to which it sends the form. A list sends a
    field several times, None leaves it out.
    """
    form = form_of(page, to)
    values = MultiDict(filled_in(form))
    for name, value in (fields or {}).items():
        told = value if isinstance(value, list) else [] if value is None else [value]
        values.setlist(name, [str(each) for each in told])
    address = form.get("action") or page.request.full_path.rstrip("?")
    if button is not None:
        pressed = button_of(form, button)
        address = pressed.get("formaction") or address
        values.setlist(pressed.get("name", ""), [pressed.get("value", "")])
    return client.post(address, data=values)


def button_of(form: html.HtmlElement, name: str) -> html.HtmlElement:
    """Return the button of the form with this name, or that sends it to an address that ends so."""
    return next(
        button
        for button in form.iter("button")
        if button.get("name") == name
        or (button.get("formaction") or "").split("?")[0].endswith(name)
    )


def form_of(page: TestResponse, to: str = "") -> html.FormElement:
    """Return the form within the page's main part whose address ends with ``to``."""
    main = html.document_fromstring(page.text).get_element_by_id("main")
    forms = [
        form
        for form in main.iter("form")
        if form.get("method") == "post" and (form.get("action") or "").split("?")[0].endswith(to)
    ]
    assert len(forms) >= 1, f"{page.request.path} has no form to {to!r}"
    found = forms[0]
    assert isinstance(found, html.FormElement)
    return found


def filled_in(form: html.FormElement) -> Iterable[tuple[str, str]]:
    """Yield name and value of each field as the page fills them in."""
    long_fields = {field.get("name") for field in form.iter("textarea")}
    for name, value in form.form_values():
        # Browsers drop the line break with which a long field begins.
        yield name, re.sub(r"^\r?\n", "", value) if name in long_fields else value


def text_of(page: TestResponse) -> str:
    """Return the words of the page's main part with single spaces."""
    main = html.document_fromstring(page.text).get_element_by_id("main")
    return " ".join(main.text_content().split())
