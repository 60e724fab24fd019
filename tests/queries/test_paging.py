"""A list is turned page by page by the keys of its rows, forwards and backwards."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tracker.database import Database
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.queries.paging import Place, rows_of_page

UNIT = OrganizationalUnit


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Return a session over seven units, three of them of the same name."""
    with arranging(), database.transaction() as writing:
        for number, name in enumerate("bacabba"):
            writing.add(
                UNIT(
                    key=str(number),
                    name=name,
                    language="en",
                    kind=UnitKind.OFFICE,
                    position=number % 2,
                )
            )
    with database.reading() as reading:
        yield reading


def turn(
    session: Session, place: Place, *, is_descending: bool = False
) -> tuple[str, str | None, str | None]:
    """Return the names of a page of three, and the keys before and after it."""
    rows, previous_key, next_key = rows_of_page(
        session,
        select(UNIT.name),
        sort=(UNIT.name, UNIT.position),
        identity=UNIT.id,
        is_descending=is_descending,
        place=place,
        size=3,
    )
    return "".join(row[0] for row in rows), previous_key, next_key


@pytest.mark.parametrize(
    ("is_descending", "pages"),
    [(False, ["aaa", "bbb", "c"]), (True, ["cbb", "baa", "a"])],
    ids=["ascending", "descending"],
)
def test_every_row_is_on_one_page(session: Session, is_descending: bool, pages: list[str]) -> None:
    found, _, key = turn(session, Place(), is_descending=is_descending)
    seen = [found]
    while key:
        found, _, key = turn(session, Place(after=key), is_descending=is_descending)
        seen.append(found)

    assert seen == pages


def test_the_way_back_shows_the_same_pages(session: Session) -> None:
    _, _, second = turn(session, Place())
    _, _, third = turn(session, Place(after=second))
    _, back, _ = turn(session, Place(after=third))

    found, further_back, forth = turn(session, Place(before=back))

    assert found == "bbb"
    assert forth == third
    assert turn(session, Place(before=further_back)) == ("aaa", None, second)


def test_the_first_page_has_none_before_it_and_the_last_none_after(session: Session) -> None:
    _, before_first, second = turn(session, Place())
    _, _, third = turn(session, Place(after=second))

    _, _, after_last = turn(session, Place(after=third))

    assert before_first is None
    assert after_last is None


@pytest.mark.parametrize("key", ["", "x", "[1]", '["a","b",1]', '{"a":1}', '["a",1,2,3]'])
def test_a_key_that_nobody_gave_out_leads_to_the_beginning(session: Session, key: str) -> None:
    assert turn(session, Place(after=key)) == turn(session, Place())
    assert turn(session, Place(before=key)) == turn(session, Place())
