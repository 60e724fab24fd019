"""Evidence on a report: files and links beside its text, never needed to submit it."""

from urllib.parse import urlsplit

from tracker.domain.errors import Invalid

LARGEST_FILE = 15 * 1024 * 1024  # bytes
MOST_PER_REPORT = 20
LONGEST_NAME = 200
LONGEST_ADDRESS = 1_000


def checked_name(name: str) -> str:
    """Return the name of a file or link as it is kept: on one line, without folders, not too long.

    Raises Invalid for an empty one.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in last).split())
    if not words:
        raise Invalid("Enter what the evidence is.", field="title")
    if len(words) <= LONGEST_NAME:
        return words
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > 10:
        return words[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def checked_address(address: str) -> str:
    """Return the address of a web page; raise Invalid for anything else, such as a script."""
    words = address.strip()
    try:
        parts = urlsplit(words)
        is_page = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_page = False
    if not is_page or len(words) > LONGEST_ADDRESS or any(sign.isspace() for sign in words):
        raise Invalid(
            "“%(address)s” is no address of a web page. Copy it from the browser: it begins with "
            "https://.",
            field="address",
            address=words[:80],
        )
    return words


def check_room(count: int) -> None:
    """Refuse one more where a report has as much evidence as it can."""
    if count >= MOST_PER_REPORT:
        raise Invalid(
            "This report has %(count)s pieces of evidence; more are not kept. Take one away first.",
            field="file",
            count=count,
        )
