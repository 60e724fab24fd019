"""How templates write labels, dates, due dates and numbers for the reader."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import get_locale, gettext
from flask_login import current_user

from tracker import clock, i18n
from tracker.domain.absences import Doer
from tracker.domain.clauses import paragraph_label, slug_path
from tracker.domain.countries import country_names
from tracker.domain.errors import Refused
from tracker.domain.mandates import Sensitivity
from tracker.domain.records import may_see
from tracker.labels import label_of
from tracker.queries import references
from tracker.queries.completeness import Missing
from tracker.queries.references import Reference
from tracker.sentences import sentence_of


class Sensitive(Protocol):
    """A row of a record that not everybody may see."""

    @property
    def sensitivity(self) -> Sensitivity:
        """How far it may be seen."""

    @property
    def unit_id(self) -> int:
        """Whose record it is."""


S = TypeVar("S", bound=Sensitive)


def language() -> str:
    """Return the language of the page."""
    return str(get_locale() or "en")


def reader_time_zone() -> str:
    """Return the time zone of the person who reads."""
    return current_user.actor.time_zone if current_user.is_authenticated else "UTC"


def label(member: StrEnum) -> str:
    """Return the word people read for ``member``."""
    return gettext(label_of(member))


def translated(sentence: str) -> str:
    """Return a sentence that the program wrote in the reader's language; a person's stays."""
    return gettext(sentence) if sentence else ""


def said(refusal: Refused) -> str:
    """Return what a refusal says in the reader's language, its moments in their time zone."""
    return sentence_of(refusal, language(), reader_time_zone())


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


def cited(mandate: Reference | Missing) -> str:
    """Return a mandate as it is cited: "530(XXIV), para. 5(a)"."""
    return references.cited(mandate.symbol, mandate.path, language())


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
    return "" if value is None else i18n.moment_in_words(value, language(), reader_time_zone())


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


def due(value: date | None) -> str:
    """Return a due date in words near now: "Due in 5 days (Friday 27 November)"."""
    if value is None:
        return gettext("No due date")
    return i18n.due_in_words(value, clock.today(reader_time_zone()), language())


def gist(words: str, length: int = 160) -> str:
    """Return the beginning of a text as a list names it: whole words, nothing hanging after."""
    if len(words) <= length:
        return words.rstrip(" ,;:")
    return f"{words[: length + 1].rpartition(' ')[0].rstrip(' .,;:')}…"


def language_name(code: str) -> str:
    """Return the name of a language as the reader calls it."""
    return i18n.language_name(code, language())


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


def install(app: Flask) -> None:
    """Give the templates of ``app`` these filters."""
    app.jinja_env.filters.update(
        label=label,
        day=day,
        doer=doer,
        days=days,
        day_of=day_of,
        time_zone=time_zone,
        moment=moment,
        ago=ago,
        number=number,
        language_name=language_name,
        said=said,
        cited=cited,
        translated=translated,
        countries=countries,
        seen=seen,
        file_size=file_size,
        due=due,
        gist=gist,
        paragraph_label=paragraph_label,
        slug_path=slug_path,
    )
