"""The signed address of a review names one file of one person."""

import pytest

from tracker.domain.errors import LinkRefused
from tracker.web.resolutions.uploads import Upload, read_upload, sign_upload

UPLOAD = Upload(digest="ab" * 32, file_name="resolution.txt", person_id=7)


def test_a_signed_upload_is_read_by_its_person() -> None:
    token = sign_upload(UPLOAD, "secret")

    assert read_upload(token, "secret", person_id=7) == UPLOAD


@pytest.mark.parametrize(
    ("token", "secret", "person_id"),
    [
        (sign_upload(UPLOAD, "secret") + "x", "secret", 7),
        (sign_upload(UPLOAD, "another"), "secret", 7),
        (sign_upload(UPLOAD, "secret"), "secret", 8),
    ],
    ids=["damaged", "of another site", "of another person"],
)
def test_any_other_is_refused(token: str, secret: str, person_id: int) -> None:
    with pytest.raises(LinkRefused):
        read_upload(token, secret, person_id=person_id)
