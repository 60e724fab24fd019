"""How templates write labels, dates, due dates and numbers for the reader."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, TypeVar, cast
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_percent, gettext
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tracker import clock, i18n
from tracker.domain.absences import Doer
from tracker.domain.clauses import paragraph_label, slug_path
from tracker.domain.countries import country_name, country_names
from tracker.domain.countries import sort_key as country_sort_key
from tracker.domain.errors import N_, Phrase, Refused
from tracker.domain.mandates import Sensitivity
from tracker.domain.records import may_see
from tracker.labels import label_of
from tracker.queries import references
from tracker.queries.references import Citable
from tracker.sentences import sentence_of, words_of
from tracker.web import page_words


class Sensitive(Protocol):
    """A row of a record that not everybody may see."""

    @property
    def sensitivity(self) -> Sensitivity:
        """How far it may be seen."""

    @property
    def unit_id(self) -> int:
        """Whose record it is."""


S = TypeVar("S", bound=Sensitive)
language = page_words.language
_NO_DUE_DATE = N_("No due date")
_SPAN = re.compile(r"\d{4}[-–]\d{2,4}")
_TAG_OR_SPAN = re.compile(rf"(<[^>]*>|\b{_SPAN.pattern}\b)")
MANY_WORDS = 4096  # kept of a kind, since the rows of lists ask for the same ones again


def reader_time_zone() -> str:
    """Return the time zone of the person who reads."""
    reader = current_user._get_current_object()
    return str(reader.actor.time_zone) if reader.is_authenticated else "UTC"


def label(member: StrEnum) -> str:
    """Return the word people read for ``member``."""
    return i18n.translate_into(language())(label_of(member))


def translated(sentence: str) -> str:
    """Return a sentence that the program wrote in the reader's language; a person's stays."""
    return gettext(sentence) if sentence else ""


def said(refusal: Refused) -> str:
    """Return what a refusal says in the reader's language, its moments in their time zone."""
    return sentence_of(refusal, language(), reader_time_zone())


def phrased(phrase: Phrase) -> str:
    """Return what a phrase says in the reader's language, its moments in their time zone."""
    return words_of(phrase, language(), reader_time_zone())


def source_cited(source: str) -> str:
    """Return what says that a mandate ended, cited in the reader's language."""
    return i18n.source_cited(source, language())


def doer(who: Doer) -> str:
    """Return who did something and, where they stood in, for whom."""
    if who.in_place_of is None:
        return who.name
    if who.is_officer:
        return gettext(
            "%(person)s as officer-in-charge for %(absent)s",
            person=who.name,
            absent=who.in_place_of,
        )
    return gettext("%(person)s in place of %(absent)s", person=who.name, absent=who.in_place_of)


def symbol(kept: str) -> str:
    """Return the symbol of a text as the reader cites it: "43(IX), anexo"."""
    return i18n.symbol_cited(kept, language())


def cited(mandate: Citable) -> str:
    """Return a mandate as it is cited: "530(XXIV), para. 5(a)", its number kept beside "para."."""
    return cited_in(mandate, language())


def cited_in(mandate: Citable, language: str) -> str:
    """Return the same in a language, for lists that ask once what the reader's is."""
    return _number_kept(references.cited(mandate.symbol, mandate.path, language))


def cited_number(path: str) -> str:
    """Return a paragraph of a text that is named already: "para. 5(a)"."""
    return _number_kept(gettext("para. %(number)s", number=paragraph_label(path)))


def _number_kept(words: str) -> str:
    start, space, number = words.rpartition(" ")
    return f"{start}{_kept(space)}{number}"


def _kept(words: str) -> str:
    """Return words that no line is broken between."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def day(value: date | None) -> str:
    """Return a date in full, or nothing."""
    return "" if value is None else i18n.date_in_words(value, language())


def days(first: date, last: date | None) -> str:
    """Return a span of days, or the one day."""
    return i18n.days_in_words(first, last or first, language())


def day_of(value: datetime) -> str:
    """Return the day of a moment in the reader's time zone."""
    return day(value.astimezone(ZoneInfo(reader_time_zone())).date())


def time_zone(name: str) -> str:
    """Return a time zone as people read it: "Atlantic/Cape Verde"."""
    return name.replace("_", " ")


def moment(value: datetime | None) -> str:
    """Return a moment in the reader's time zone, or nothing."""
    if value is None:
        return ""
    return _moment(value, language(), reader_time_zone())


@lru_cache(maxsize=MANY_WORDS)
def _moment(value: datetime, language: str, time_zone: str) -> str:
    words = i18n.moment_in_words(value, language, time_zone)
    return re.sub(r"(?<=\d) (?:de )?", lambda found: _kept(found[0]), words)


def ago(value: datetime) -> str:
    """Return how many days ago a moment was, in the reader's time zone: "3 days ago"."""
    zone = reader_time_zone()
    day_then = value.astimezone(ZoneInfo(zone)).date()
    return i18n.days_ago_in_words(day_then, clock.today(zone), language())


def number(value: Decimal | int | None) -> str:
    """Return a number as the reader writes it, or an en dash for none."""
    if value is None:
        return "–"
    plain = value.normalize() if isinstance(value, Decimal) else value
    return i18n.number_in_words(plain, language())


def percent(value: int) -> str:
    """Return a whole percentage as the reader writes it."""
    return format_percent(value / 100)


def due(value: date | None) -> str:
    """Return a due date in words near now: "Due in 5 days (Friday 27 November)"."""
    return due_on(value, clock.today(reader_time_zone()), language())


@lru_cache(maxsize=MANY_WORDS)
def due_on(value: date | None, today: date, language: str) -> str:
    """Return the same on the day ``today``."""
    if value is None:
        return i18n.translate_into(language)(_NO_DUE_DATE)
    words = i18n.due_in_words(value, today, language)
    return re.sub(r"\(.+\)", lambda found: _kept(found[0]), words)


def gist(words: str, length: int = 160) -> str:
    """Return the beginning of a text as a list names it: whole words, nothing hanging after."""
    if len(words) <= length:
        return words.rstrip(" ,;:")
    return f"{words[: length + 1].rpartition(' ')[0].rstrip(' .,;:')}…"


def language_name(code: str) -> str:
    """Return the name of a language as the reader calls it."""
    return i18n.language_name(code, language())


def named_countries(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return countries by the order of their names, each as code and name."""
    named = [(code, country_name(code, language())) for code in codes]
    return sorted(named, key=lambda each: country_sort_key(each[1]))


def countries(codes: Iterable[str]) -> str:
    """Return the names of countries side by side; semicolons part them, since names hold commas."""
    return "; ".join(country_names(codes, language()))


def seen(rows: Sequence[S]) -> list[S]:
    """Return those rows of other records that are not too sensitive for the reader."""
    actor = current_user.actor
    return [row for row in rows if may_see(actor, row.sensitivity, row.unit_id)]


def file_size(size_bytes: int) -> str:
    """Return a size in kilobytes or megabytes, rounded up to what says something."""
    if size_bytes < 1_000_000:
        size = gettext("%(size)s kB", size=number(max(round(size_bytes / 1000), 1)))
    else:
        size = gettext("%(size)s MB", size=number(round(Decimal(size_bytes) / 1_000_000, 1)))
    return size.replace(" ", "\N{NO-BREAK SPACE}")


def unbroken(words: str) -> Markup:
    """Return words whose spans of years, as in names of periods, stay on one line: 2024-2025.

    Words of a page or of its heading, which may hold elements.
    """
    parts = _TAG_OR_SPAN.split(escape(words))
    spans = (
        f'<span class="tracker-unbroken">{part}</span>' if _SPAN.fullmatch(part) else part
        for part in parts
    )
    return Markup("".join(spans))  # noqa: S704 - escaped above


def _grouping(counted: Callable[..., str]) -> Callable[..., str]:
    """Return ``ngettext`` so that it writes its number as the reader does: 13,628 or 13 628."""

    @pass_context
    def ngettext(
        context: Context, singular: str, plural: str, count: int, **variables: object
    ) -> str:
        variables.setdefault("num", number(count))
        return counted(context, singular, plural, count, **variables)

    return ngettext


def install(app: Flask) -> None:
    """Give the templates of ``app`` these filters, and let their counts be grouped."""
    app.jinja_env.globals["ngettext"] = _grouping(
        cast("Callable[..., str]", app.jinja_env.globals["ngettext"])
    )
    app.jinja_env.filters.update(
        symbol=symbol,
        label=label,
        day=day,
        doer=doer,
        days=days,
        day_of=day_of,
        time_zone=time_zone,
        moment=moment,
        ago=ago,
        number=number,
        percent=percent,
        language_name=language_name,
        said=said,
        cited=cited,
        cited_number=cited_number,
        translated=translated,
        phrased=phrased,
        source_cited=source_cited,
        countries=countries,
        named_countries=named_countries,
        seen=seen,
        file_size=file_size,
        due=due,
        gist=gist,
        unbroken=unbroken,
        paragraph_label=paragraph_label,
        slug_path=slug_path,
    )
