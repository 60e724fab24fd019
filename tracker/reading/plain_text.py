"""Plain text in whatever encoding it comes."""

import codecs
import re

from charset_normalizer import from_bytes

from tracker.domain.errors import UnreadableDocument
from tracker.reading.columns import unfolded
from tracker.reading.lines import LINE_LIMIT, Line, text_lines, too_many_lines

_LIKELY = ["utf_8", "cp1252", "cp1250", "latin_1", "cp850", "mac_roman"]
_FOREIGN_SHARE = 4  # stray bytes for each good sign up to which a text still counts as UTF-8
_SAMPLE = 4096  # bytes
_WIDE_SHARE, _NARROW_SHARE = 0.6, 0.05  # of NUL bytes at every second place, and between those
_TYPOGRAPHIC = frozenset("“”‘’–—…•§°«»¿¡ºª€Œœ¹²³\xa0·")


def plain_lines(text: str) -> list[Line]:
    """Return the lines of plain text, columns one below the other.

    Raises UnreadableDocument for more lines than any resolution has.
    """
    if len(text) > LINE_LIMIT and sum(map(_is_filled, text.splitlines())) > LINE_LIMIT:
        raise too_many_lines()
    return text_lines(unfolded(text))


def _is_filled(line: str) -> bool:
    return bool(line) and not line.isspace()


def decode(content: bytes) -> str:
    """Return the text of these bytes: UTF-8 or UTF-16 if they are, else the likeliest.

    NUL bytes, with which careless programs fill files, are dropped. Raises UnreadableDocument for
    bytes that are no text.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(content, "utf-16")
    wide = wide_encoding(content)
    if wide is not None:
        return _utf16(content, wide)
    content = content.replace(b"\0", b"")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _mended_utf8(content) or _western(content) or _guessed(content)


def wide_encoding(content: bytes) -> str | None:
    """Return which UTF-16 bytes without its mark are, None where they are anything else.

    Every second byte of a text in our languages is NUL then.
    """
    sample = content[:_SAMPLE]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    most, fewest = _WIDE_SHARE * len(sample) / 2, _NARROW_SHARE * len(sample) / 2
    if second > most and first < fewest:
        return "utf-16-le"
    return "utf-16-be" if first > most and second < fewest else None


def _mended_utf8(content: bytes) -> str | None:
    """Return UTF-8 text into which bytes of another encoding came, where it is UTF-8 for the most.

    A stray byte that is a letter of western Windows was pasted from there; others are dropped.
    """
    text = content.decode("utf-8-sig", errors="replace")
    damaged = text.count("\ufffd")
    good = sum(sign > "\x7f" for sign in text) - damaged
    if good * _FOREIGN_SHARE < damaged:
        return None
    return content.decode("utf-8-sig", errors="tracker.western")


def _western_letter(problem: UnicodeError) -> tuple[str, int]:
    """Return what stands for bytes that are no UTF-8, and where the decoding goes on."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    stray = problem.object[problem.start : problem.end].decode("cp1252", errors="ignore")
    return stray if len(stray) == 1 and stray.isalpha() else "", problem.end


codecs.register_error("tracker.western", _western_letter)


def _western(content: bytes) -> str | None:
    """Return the text in the encoding of western Windows, if it makes sense as that.

    It nearly always is, and short texts mislead statistics.
    """
    text = content.decode("cp1252", errors="replace")
    foreign = set(re.findall(r"[^\x00-\x7f]", text))
    is_plausible = all(sign in _TYPOGRAPHIC or "\xbf" < sign < "\u0100" for sign in foreign)
    return text if is_plausible else None


def _guessed(content: bytes) -> str:
    guess = from_bytes(content[:200_000], cp_isolation=_LIKELY).best()
    if guess is None or _control_share(content) > 0.02:
        raise _not_text()
    return content.decode(guess.encoding, errors="replace")


def _utf16(content: bytes, encoding: str) -> str:
    try:
        return content[: len(content) // 2 * 2].decode(encoding).replace("\0", "")
    except UnicodeDecodeError:
        raise _not_text() from None


def _control_share(content: bytes) -> float:
    controls = sum(byte < 9 or 13 < byte < 32 for byte in content[:50_000])
    return controls / max(1, min(len(content), 50_000))


def _not_text() -> UnreadableDocument:
    return UnreadableDocument(
        "The file is not text: its bytes make no sense in any usual encoding. "
        "Upload the resolution as Word, PDF, HTML or UTF-8 text."
    )
