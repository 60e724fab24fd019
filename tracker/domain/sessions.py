"""Sessions of a body as texts name them: XXIV, 24, the twenty-fourth session, the 2012 session."""

import re

from tracker.domain.symbols import roman_value

_ONES = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ("", "", "twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
FIRST_YEAR = 1945  # a session with a higher number is named by its year


def session_number(text: str) -> int | None:
    """Return the number of the session that ``text`` names, None where it names none."""
    words = re.sub(r"\bsession\b|^the\s", "", text.strip().lower()).strip()
    plain = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)?", words)
    if plain:
        return int(plain[1]) or None
    return _BY_WORDS.get(words) or roman_value(words) or None


def session_name(number: int) -> str:
    """Return the English name of a session: "Twenty-fourth session", "2012 session"."""
    return f"{_in_words(number)} session".capitalize()


def _in_words(number: int) -> str:
    """Return an ordinal: in words below one hundred, in digits above; a year is a year."""
    if number >= 100:
        return str(number) if number >= FIRST_YEAR else f"{number}{_ending(number)}"
    tens, ones = divmod(number, 10)
    if number < len(_ONES):
        return _ONES[number]
    return f"{_TENS[tens]}y-{_ONES[ones]}" if ones else f"{_TENS[tens]}ieth"


def _ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


_BY_WORDS = {_in_words(number): number for number in range(1, 100)}
