"""How tests upload files: as the form of the upload page does."""

import io

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.visitors import filled_in, form_of


def upload(
    client: FlaskClient,
    content: bytes,
    name: str = "resolution.txt",
    *,
    at: str = "/resolutions/import",
) -> TestResponse:
    """Send a file with the adopted text of a resolution and return the answer."""
    return drop(client, (content, name), at=at)


def drop(
    client: FlaskClient, *files: tuple[bytes, str], at: str = "/resolutions/import"
) -> TestResponse:
    """Send files (content and name) in one step and return the answer."""
    form = form_of(client.get(at))
    fields: dict[str, object] = dict(filled_in(form))
    fields["document"] = [(io.BytesIO(content), name) for content, name in files]
    return client.post(form.get("action", ""), data=fields, content_type="multipart/form-data")
