"""How tests upload a file: as the form of the upload page does."""

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
    form = form_of(client.get(at))
    fields: dict[str, object] = dict(filled_in(form))
    fields["document"] = (io.BytesIO(content), name)
    return client.post(form.get("action", ""), data=fields, content_type="multipart/form-data")
