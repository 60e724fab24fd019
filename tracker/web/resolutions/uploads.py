"""Uploaded files between upload and confirmation: kept by digest, named by a signed address."""

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from tracker.domain.errors import LinkRefused

_SALT = "tracker:upload"


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored file that waits for its review: nothing in the database tells of it.

    ``task_id`` is the task that recognises its pages, where these are scans.
    """

    digest: str
    file_name: str
    person_id: int
    task_id: int | None = None


def sign_upload(upload: Upload, secret_key: str) -> str:
    """Return what the address of the review says; nobody can make it name another file."""
    parts = [upload.digest, upload.file_name, upload.person_id, upload.task_id]
    return str(URLSafeSerializer(secret_key, salt=_SALT).dumps(parts))


def read_upload(token: str, secret_key: str, *, person_id: int) -> Upload:
    """Return the upload that an address names; raise LinkRefused for another person's."""
    try:
        parts = URLSafeSerializer(secret_key, salt=_SALT).loads(token)
        digest, file_name, owner_id, task_id = parts
    except (BadSignature, ValueError, TypeError) as error:
        raise LinkRefused(
            "The address of this review is damaged. Upload the file again; nothing was imported."
        ) from error
    if owner_id != person_id:
        raise LinkRefused(
            "Somebody else uploaded this file. Upload it yourself to review and import it."
        )
    return Upload(digest=digest, file_name=file_name, person_id=owner_id, task_id=task_id)
