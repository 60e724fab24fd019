"""Files as they were received or made, each under its digest, never changed."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tracker.domain.errors import NotFound, Unavailable

_DIGITS = 64  # of a SHA-256 digest


class FileStore:
    """A folder of files named by their SHA-256 digest.

    ``scan``, where there is one, looks at each file before it is kept, and raises what speaks
    against it.
    """

    def __init__(self, folder: Path, scan: Callable[[bytes], None] | None = None) -> None:
        self.folder = folder
        self.scan = scan

    def keep(self, content: bytes) -> str:
        """Store ``content`` and return its digest (64 hexadecimal digits); twice is once.

        Raises Unavailable when the folder cannot be written or the disk is full.
        """
        digest = digest_of(content)
        target = self._path(digest)
        try:
            if not target.exists():
                self.look_at(content)
                write_whole(target, content)
        except OSError as error:
            raise _not_stored(error) from error
        return digest

    def look_at(self, content: bytes) -> None:
        """Let the scanner look at what is read and not kept, such as a list; as ``keep`` does."""
        if self.scan is not None:
            self.scan(content)

    def content_of(self, digest: str) -> bytes:
        """Return the file under ``digest``; raise NotFound when it is gone."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(
                "The stored file is missing. Restore the data folder from the last backup."
            ) from error

    def find_path(self, digest: str) -> Path | None:
        """Return where a file lies, to read parts of it; None when it is gone."""
        path = self._path(digest)
        return path if path.exists() else None

    def older_than(self, moment: datetime) -> list[str]:
        """Return the digests of the files that were stored before ``moment`` (aware), sorted."""
        return _stored_before(self.folder, moment)

    def digests(self) -> list[str]:
        """Return the digests of all files, sorted."""
        return sorted(path.name for path in self.folder.glob("??/*") if len(path.name) == _DIGITS)

    def drop(self, digest: str) -> None:
        """Remove a file; that there is none is as good."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


class PageStore:
    """A folder of what was recognised of scanned files, page by page, under the file's digest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, digest: str, number: int, text: bytes, picture: bytes) -> None:
        """Store the text and the picture of a page, which is there whole or not at all.

        Raises Unavailable when the folder cannot be written or the disk is full.
        """
        try:
            write_whole(self._path(digest, number, "jpg"), picture)
            write_whole(self._path(digest, number, "json"), text)  # last: it says that all is there
        except OSError as error:
            raise _not_stored(error) from error

    def text_of(self, digest: str, number: int) -> bytes | None:
        """Return the text of a page, None when it was not recognised yet."""
        try:
            return self._path(digest, number, "json").read_bytes()
        except FileNotFoundError:
            return None

    def picture_of(self, digest: str, number: int) -> bytes:
        """Return the picture of a page; raise NotFound when it is gone."""
        try:
            return self._path(digest, number, "jpg").read_bytes()
        except FileNotFoundError as error:
            raise NotFound(
                "The picture of this page is no longer here. Upload the scan again to see it."
            ) from error

    def older_than(self, moment: datetime) -> list[str]:
        """Return the digests of the files whose pages came before ``moment`` (aware), sorted."""
        return _stored_before(self.folder, moment)

    def drop(self, digest: str) -> None:
        """Remove the pages of a file; that there are none is as good."""
        shutil.rmtree(self.folder / digest[:2] / digest, ignore_errors=True)

    def _path(self, digest: str, number: int, ending: str) -> Path:
        return self.folder / digest[:2] / digest / f"{number:05d}.{ending}"


def is_digest(words: str) -> bool:
    """Tell whether words have the form of a digest, so that they name no other path."""
    return len(words) == _DIGITS and all(sign in "0123456789abcdef" for sign in words)


def digest_of(content: bytes) -> str:
    """Return the digest under which ``content`` is or would be stored."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, whatever crashes; makes its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(path)


def _not_stored(error: OSError) -> Unavailable:
    return Unavailable(
        "The file could not be stored (%(reason)s), and nothing was changed. Whoever runs the site "
        "has to see that the data folder can be written and is not full.",
        reason=error.strerror or str(error),
    )


def _stored_before(folder: Path, moment: datetime) -> list[str]:
    return sorted(
        path.name
        for path in folder.glob("??/*")
        if len(path.name) == _DIGITS and path.stat().st_mtime < moment.timestamp()
    )
