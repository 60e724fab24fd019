"""The editorial rules: numbers, dates, symbols and texts as the house prints them.

The rules are those of the United Nations Editorial Manual: numbers in words to nine in running
text, "per cent" spelled out, day month year, no line break inside a date or a symbol.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tracker.domain.biennial_report.texts import FIXED_TEXTS
from tracker.domain.errors import Invalid

NO_BREAK_SPACE = "\u00a0"
WORD_JOINER = "\u2060"
LEFT_TO_RIGHT_MARK = "\u200e"
# Thousands and decimals by language, as United Nations documents print them.
_SEPARATORS = {
    "en": (",", "."),
    "es": (NO_BREAK_SPACE, ","),
    "fr": (NO_BREAK_SPACE, ","),
    "pt": (".", ","),
}
_SPACES = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")
_LINE_ENDS = re.compile(r"\r\n?|[\n\v\f\u0085\u2028\u2029]")
# What XML 1.0 cannot hold: control characters, lone surrogates and two noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Hebrew, Arabic and the scripts beside them, with their forms of presentation.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SPAN = re.compile(r"(?<=\d)–(?=\d)")
# A space that is not before the day of a date: "3 February – 5 September" is broken before the 5.
_BEFORE_NO_DAY = re.compile(r" (?!\d{1,2}(?!\d))")
_BULLET = re.compile(r"^\s*[-–•*]\s+")


class Wording:
    """The fixed texts, numbers and dates of one language."""

    def __init__(self, texts: Mapping[str, str], language: str) -> None:
        self._texts = {**FIXED_TEXTS, **texts}
        self._thousands, self._decimals = _SEPARATORS.get(language, _SEPARATORS["en"])

    def say(self, key: str, **values: object) -> str:
        """Return the fixed text of that key with its values filled in.

        Raise Invalid where a text that somebody wrote asks for a value that is not there.
        """
        text = self._texts[key]
        try:
            return text % values if values else text
        except (KeyError, TypeError, ValueError) as error:
            raise Invalid(
                "The text %(key)s of the report cannot be filled in: %(text)s. Use only %(names)s "
                "in it, and write a per cent sign twice.",
                key=key,
                text=text,
                names=", ".join(f"%({name})s" for name in values),
            ) from error

    def count(self, key: str, count: int, **values: object) -> str:
        """Return the form of a sentence for that count, which begins with a capital letter."""
        form = {1: f"{key}.one", 2: f"{key}.two"}.get(count)
        form = form if form in self._texts else f"{key}.many"
        return capitalised(self.say(form, number=self.number_in_text(count), **values))

    def number_in_text(self, number: int) -> str:
        """Return a number in words to nine and in figures from ten on."""
        return self.say(f"number.{number}") if 0 <= number <= 9 else self.number(number)

    def number(self, number: int | Decimal | None) -> str:
        """Return a number in figures, without idle zeros; a dash for None."""
        if number is None:
            return self.say("words.none")
        figures = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,d}"
        if "." in figures:
            figures = figures.rstrip("0").rstrip(".")
        return self._parted(figures)

    def money(self, amount: Decimal | None, *, with_cents: bool) -> str:
        """Return an amount of money in figures; a dash for None."""
        if amount is None:
            return self.say("words.none")
        return self._parted(f"{amount:,.{2 if with_cents else 0}f}")

    def _parted(self, figures: str) -> str:
        return (
            figures.replace(",", "\0")
            .replace(".", self._decimals)
            .replace("\0", self._thousands)
            .replace("-", "−")
        )

    def percentage(self, part: int, whole: int) -> str:
        """Return a share of a hundred as it stands in running text."""
        return unbroken(self.say("percentage", number=self.number(share(part, whole))))

    def day_in_words(self, day: date) -> str:
        """Return a date in words: 12 May 1990."""
        return unbroken(self.say("date", day=self._day(day), month=self._month(day), year=day.year))

    def days_in_words(self, start: date | None, end: date | None) -> str:
        """Return a span of days in words, as short as it can be; empty where neither is known."""
        if start is None or end is None or start == end:
            known = start or end
            return "" if known is None else self.day_in_words(known)
        if (start.year, start.month) == (end.year, end.month):
            is_next = end.day - start.day == 1
            return unbroken(
                self.say(
                    "date.two_days" if is_next else "date.days_of_month",
                    first=self._day(start),
                    last=self._day(end),
                    month=self._month(end),
                    year=end.year,
                )
            )
        if start.year == end.year:
            days = self.say(
                "date.days_of_year",
                start=self._day(start),
                start_month=self._month(start),
                end=self._day(end),
                end_month=self._month(end),
                year=end.year,
            )
            return _BEFORE_NO_DAY.sub(NO_BREAK_SPACE, days)
        return self.say("date.range", start=self.day_in_words(start), end=self.day_in_words(end))

    def _day(self, day: date) -> str:
        return self.say("date.first_day") if day.day == 1 else str(day.day)

    def _month(self, day: date) -> str:
        return self.say(f"month.{day.month}")


def capitalised(sentence: str) -> str:
    """Return a sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def lowered(label: str) -> str:
    """Return a label as it stands inside a sentence: table 1."""
    return label[:1].lower() + label[1:]


def share(part: int, whole: int) -> Decimal:
    """Return a share of a hundred, rounded to one decimal."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def unbroken(text: str) -> str:
    """Return a text that is never broken: a date, a symbol, a reference."""
    return joined(text.replace(" ", NO_BREAK_SPACE))


def joined(text: str) -> str:
    """Return a text whose spans of numbers are never broken at their dash: 2024–2025."""
    return _SPAN.sub(f"–{WORD_JOINER}", text)


def period(name: str) -> str:
    """Return the name of a period with an en dash between its years or dates."""
    return re.sub(r"(?<=\d)-(?=\d)|(?<=\s)-(?=\s)", "–", plain(name))


def plain(text: str | None) -> str:
    """Return a person's text as one line, without characters that no document can hold.

    Behind a text that is written from right to left stands a mark, so that a date or a number that
    follows keeps its order.
    """
    line = _SPACES.sub(" ", _UNPRINTABLE.sub("", text or "")).strip()
    if _RIGHT_TO_LEFT.search(line) and not line.endswith(LEFT_TO_RIGHT_MARK):
        return f"{line}{LEFT_TO_RIGHT_MARK}"
    return line


def lines_of(text: str | None) -> tuple[str, ...]:
    """Return the lines of a person's text that say something."""
    lines = (plain(line) for line in _LINE_ENDS.split(text or ""))
    return tuple(line for line in lines if line)


def is_bullet(line: str) -> bool:
    """Tell whether a line is written as an item of a list."""
    return _BULLET.match(line) is not None


def without_bullet(line: str) -> str:
    """Return the text of an item of a list."""
    return _BULLET.sub("", line)


def shortened(text: str, word_count: int) -> str:
    """Return the first words of an adopted text; what is left out is shown by [...]."""
    words = text.split(" ")
    return text if len(words) <= word_count else " ".join([*words[:word_count], "[...]"])


def roman(number: int) -> str:
    """Return a number from 1 on in Roman figures."""
    figures = ""
    for value, figure in _ROMAN:
        figures += figure * (number // value)
        number %= value
    return figures


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def letters(number: int) -> str:
    """Return A to Z for 1 to 26, AA for 27, and so on."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
