"""Languages: the words of pages, mails and documents, and how dates and numbers are written."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_format_date
from babel.dates import format_time as babel_format_time
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from tracker.domain.deadlines import days_left
from tracker.domain.errors import N_

TRANSLATIONS = Path(__file__).resolve().parent / "translations"
Translate = Callable[[str], str]

# How documents of the United Nations write a date in each language: no library's pattern has the
# weekday without a comma, or the first of the month as French and Portuguese write it.
_DATE = {
    "en": "d MMMM y",
    "es": "d 'de' MMMM 'de' y",
    "fr": "d MMMM y",
    "pt": "d 'de' MMMM 'de' y",
}
# The same without its year and without its month, where a later date of a span says them.
_DAY_AND_MONTH = {"en": "d MMMM", "es": "d 'de' MMMM", "fr": "d MMMM", "pt": "d 'de' MMMM"}
_DAY = "d "
_WEEKDAY_AND_DATE = {
    "en": "EEEE d MMMM",
    "es": "EEEE d 'de' MMMM",
    "fr": "EEEE d MMMM",
    "pt": "EEEE, d 'de' MMMM",
}
# Languages whose documents of the United Nations count sub-paragraphs "a)", and cite "párr. 5 a)".
_HALF_BRACKETS = frozenset({"es", "fr"})
_FIRST_OF_MONTH = {"fr": "1er", "pt": "1º"}
# How many days before and after today a due date is told with its weekday.
NEAR_DAYS = 21
_NEXT_DAYS = {
    -1: N_("Was due yesterday (%(day)s)"),
    0: N_("Due today (%(day)s)"),
    1: N_("Due tomorrow (%(day)s)"),
}
_MINUTE = {
    "en": "HH:mm",
    "es": "HH:mm",
    "fr": "HH\N{NO-BREAK SPACE}'h'\N{NO-BREAK SPACE}mm",
    "pt": "HH'h'mm",
}


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the messages of ``language``; those of English are the messages themselves."""
    return Translations.load(TRANSLATIONS, [language])


def translate_into(language: str) -> Translate:
    """Return the function that turns an English message into ``language``."""
    return catalogue(language).gettext


def date_in_words(day: date, language: str) -> str:
    """Return ``day`` in full, "12 May 1990" in English, with non-breaking spaces."""
    return _written(day, _DATE[language], language).replace(" ", "\N{NO-BREAK SPACE}")


def days_in_words(first: date, last: date, language: str) -> str:
    """Return a span of days as short as it can be, "21 to 23 April 2026" in English."""
    if first == last:
        return date_in_words(first, language)
    pattern = _DATE[language]
    if first.year == last.year:
        pattern = _DAY if first.month == last.month else _DAY_AND_MONTH[language]
    start = _written(first, pattern, language).strip().replace(" ", "\N{NO-BREAK SPACE}")
    words = catalogue(language).gettext("%(first)s to %(last)s")
    return words % {"first": start, "last": date_in_words(last, language)}


def due_in_words(day: date, today: date, language: str) -> str:
    """Return a due date in words near now: "Due in 5 days (Friday 27 November)"."""
    words = catalogue(language)
    left = days_left(day, today)
    is_near = abs(left) <= NEAR_DAYS
    pattern = (_WEEKDAY_AND_DATE if is_near else _DATE)[language]
    in_words = _kept_on_a_line(_written(day, pattern, language))
    if left > NEAR_DAYS:
        sentence = words.gettext("Due on %(day)s")
    elif left in _NEXT_DAYS:
        sentence = words.gettext(_NEXT_DAYS[left])
    elif left < 0:
        sentence = words.ngettext(
            "Was due %(num)s day ago (%(day)s)", "Was due %(num)s days ago (%(day)s)", -left
        )
    else:
        sentence = words.ngettext(
            "Due in %(num)s day (%(day)s)", "Due in %(num)s days (%(day)s)", left
        )
    return sentence % {"num": abs(left), "day": in_words}


def moment_in_words(moment: datetime, language: str, time_zone: str) -> str:
    """Return ``moment`` as day and minute in the reader's time zone."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"{_written(local.date(), _DATE[language], language)}, {_minute(local, language)}"


def days_ago_in_words(day: date, today: date, language: str) -> str:
    """Return how long ago a day was: "today", "yesterday", "3 days ago"."""
    words, count = catalogue(language), (today - day).days
    if count < 1:
        return words.gettext("today")
    if count == 1:
        return words.gettext("yesterday")
    return words.ngettext("%(num)s day ago", "%(num)s days ago", count) % {"num": count}


@lru_cache(maxsize=4096, typed=True)
def number_in_words(number: int | Decimal, language: str) -> str:
    """Return ``number`` with the separators of ``language``."""
    return format_decimal(number, locale=language)


def symbol_cited(symbol: str, language: str) -> str:
    """Return how a text is cited: an annex, kept as "43(IX), annex II", as "43(IX), annexe II"."""
    resolution, is_annexed, number = symbol.partition(", annex")
    annex = catalogue(language).gettext("annex")
    return f"{resolution}, {annex}{number}" if is_annexed else symbol


_KEPT_CITATION = re.compile(r"(?P<symbol>[^;]+?), para\. (?P<paragraph>\S+?)(?=;|\s|$)")


def paragraph_cited(symbol: str, paragraph: str, language: str) -> str:
    """Return how a paragraph is cited, "530(XXIV), para. 5(a)" in English."""
    words = catalogue(language).gettext("%(symbol)s, para. %(paragraph)s")
    return words % {"symbol": symbol_cited(symbol, language), "paragraph": paragraph}


def source_cited(source: str, language: str) -> str:
    """Return what says that a mandate ended, its paragraphs cited as in ``language``.

    It is kept as English cites: "774(XL), para. 5(a); 780(XL), para. 2 (signed text)".
    """
    return _KEPT_CITATION.sub(
        lambda found: paragraph_cited(found["symbol"], found["paragraph"], language), source
    )


def paragraph_printed(paragraph: str, language: str) -> str:
    """Return the number of a paragraph as documents print it: "5(a)", in Spanish "5 a)"."""
    return paragraph.replace("(", " ") if language in _HALF_BRACKETS else paragraph


def language_name(code: str, language: str) -> str:
    """Return the name of the language ``code`` in ``language``, or the code itself."""
    return str(Locale.parse(language).languages.get(code, code))


def _kept_on_a_line(words: str) -> str:
    """Return a date whose day stays beside its month; elsewhere a narrow column may break it."""
    return re.sub(r"(?<=\d) ", "\N{NO-BREAK SPACE}", words)


def _minute(moment: datetime, language: str) -> str:
    return _minute_of_day(time(moment.hour, moment.minute), language)


@lru_cache(maxsize=4096)
def _minute_of_day(minute: time, language: str) -> str:
    return str(babel_format_time(minute, format=_MINUTE[language], locale=language))


@lru_cache(maxsize=4096)  # lists ask for the same days again and again
def _written(day: date, pattern: str, language: str) -> str:
    if day.day == 1 and language in _FIRST_OF_MONTH:
        pattern = pattern.replace("d ", f"'{_FIRST_OF_MONTH[language]}' ", 1)
    return str(babel_format_date(day, format=pattern, locale=language))
