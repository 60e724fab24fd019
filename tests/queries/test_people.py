"""Lists of people: found by name or address, turned page by page."""

from tests.audit import arranging
from tests.reporting import House, counted_statements, make_person
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.models.people import Person
from tracker.queries.paging import PAGE_SIZE, Place
from tracker.queries.people import people_page


def names(database: Database, words: str = "", *, is_active: bool = True) -> list[str]:
    with database.reading() as session:
        page = people_page(session, words=words, is_active=is_active)
        assert page.total == len(page.rows)
        return [person.name for person in page.rows]


def test_people_are_found_by_part_of_their_name_or_address(
    database: Database, house: House
) -> None:
    assert names(database, "MANAGER") == ["Mona Manager", "Theo Manager"]
    assert names(database, "vera.viewer@") == ["Vera Viewer"]
    assert names(database, "%") == []
    assert house.viewer.name in names(database)


def test_those_deactivated_are_a_list_of_their_own(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.viewer.person_id).is_active = False

    assert names(database, is_active=False) == ["Vera Viewer"]
    assert "Vera Viewer" not in names(database)


def test_many_people_are_turned_page_by_page_in_three_statements(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        for number in range(PAGE_SIZE):
            make_person(session, f"Zoe {number:03}", (Role.FOCAL_POINT, house.trade))

    with database.reading() as session:
        with counted_statements(database) as statements:
            first = people_page(session)
        second = people_page(session, place=Place(after=first.next_key))
        seen = [person.id for page in (first, second) for person in page.rows]

    assert len(statements) == 3
    assert len(set(seen)) == len(seen) == first.total
    assert second.next_key is None
