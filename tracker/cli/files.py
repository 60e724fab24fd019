"""Files with adopted texts that commands are given: read whole, or refused with a sentence."""

from collections.abc import Iterable
from pathlib import Path

from tracker.domain.errors import UnreadableDocument


def content_of(path: Path, limit: int) -> bytes:
    """Return the bytes of a file; UnreadableDocument when it is larger than ``limit`` bytes."""
    try:
        if path.stat().st_size > limit:
            raise UnreadableDocument(
                "The file is larger than %(limit)s MB. Import it in parts, or raise "
                "TRACKER_UPLOAD_LIMIT_MB.",
                limit=limit // (1024 * 1024),
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            "The file cannot be opened (%(reason)s). Check its name and that you may read it.",
            reason=error.strerror,
        ) from error


def files_within(paths: Iterable[Path]) -> list[Path]:
    """Return the files named, and in place of a folder those in it and below, by their names.

    What is hidden, and what Word leaves beside an open file, is no text; a folder without any file
    is refused with UnreadableDocument.
    """
    return [file for path in paths for file in (_in_folder(path) if path.is_dir() else [path])]


def _in_folder(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.name.startswith("~$")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        raise UnreadableDocument(
            "There is no file in the folder %(folder)s. Name one that holds the adopted texts.",
            folder=folder,
        )
    return found
