"""Lists taken along: the rows that a page shows, all pages of them, as CSV or as a workbook."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from flask import Response, send_file, url_for
from flask_babel import gettext

from tracker import clock
from tracker.web import filters
from tracker.web.security import actor
from tracker.web.transactions import installation
from tracker.writing.lists import MEDIA_TYPES, Cell, ListColumn, ListForm, write_list

T = TypeVar("T")
K = TypeVar("K")

# How the form stands in an address: "/mandates/list.csv".
FORMS = "<any(csv, xlsx):form>"


@dataclass(frozen=True)  # a generic class with slots cannot be made by way of its type
class Exported(Generic[T]):
    """A column of a list: its heading in the reader's language, and what it holds of a row."""

    heading: str
    value: Callable[[T], Cell]
    width: int = 18


def list_file(
    form: str, *, name: str, title: str, columns: Sequence[Exported[T]], rows: Iterable[T]
) -> Response:
    """Return a list as a download; ``name`` begins the name of the file, the day follows it."""
    kind = ListForm(form)
    file = write_list(
        kind,
        title=title,
        columns=[ListColumn(column.heading, column.width) for column in columns],
        rows=([column.value(row) for column in columns] for row in rows),
    )
    today = clock.today(actor().time_zone)
    answer = send_file(
        file,
        mimetype=MEDIA_TYPES[kind],
        as_attachment=True,
        download_name=f"{name}_{today.isoformat()}.{kind.value}",
        max_age=0,
    )
    answer.call_on_close(file.close)
    return answer


def identifiers(
    number: Callable[[T], int], address: Callable[[T], str]
) -> tuple[Exported[T], Exported[T]]:
    """Return the last columns of every list: the number of a row and the address of its page."""
    return (
        Exported(gettext("Number in the tracker"), number, 10),
        Exported(gettext("Page"), address, 40),
    )


def named(key: Callable[[T], K | None], name: Callable[[K], Cell]) -> Callable[[T], Cell]:
    """Return what a column holds where many rows have the same few keys: each is named once.

    No key has no name. What a file holds is in the language of the reader who asked for it.
    """
    once = cache(name)

    def value(row: T) -> Cell:
        found = key(row)
        return None if found is None else once(found)

    return value


def page_address(endpoint: str, **values: object) -> str:
    """Return the full address of a page, as it stands in a file that leaves the site."""
    return f"{installation().settings.base_url}{url_for(endpoint, **values)}"  # type: ignore[arg-type]


def page_addresses(endpoint: str, name: str) -> Callable[[int], str]:
    """Return what tells the full addresses of pages that differ by one number alone."""
    mark = 2_000_000_000
    before, after = page_address(endpoint, **{name: mark}).rsplit(str(mark), 1)
    return lambda number: f"{before}{number}{after}"


def local_moments() -> Callable[[datetime | None], datetime | None]:
    """Return what tells a moment by the reader's clock."""
    zone = ZoneInfo(filters.reader_time_zone())
    return lambda moment: None if moment is None else moment.astimezone(zone)
