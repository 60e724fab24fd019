"""Files with adopted texts that commands are given: read whole, or refused with a sentence."""

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
