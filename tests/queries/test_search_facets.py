"""What narrows a search leaves exactly the records that it counts, for each reader."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.queries.test_search import VIEWER, look, make_activity, searched
from tests.reporting import (
    House,
    counted_statements,
    make_house,
    make_instrument,
    make_mandate,
    open_biennium,
    report_on,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.mandates import Implementation, Nature, Sensitivity
from tracker.domain.permissions import Actor, Role
from tracker.domain.search import SearchKind
from tracker.domain.subjects import SubjectKind, Verdict
from tracker.models.activity_parts import ActivityCountry
from tracker.models.instruments import BodySession
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, Subprogramme
from tracker.models.subjects import SubjectMark, SubjectWord
from tracker.queries import search_index
from tracker.queries.search import SearchPage
from tracker.queries.search_facets import FacetKey
from tracker.queries.search_index import Narrowing

__all__ = ["searched"]

COORDINATOR = replace(VIEWER, roles=frozenset({(Role.COORDINATOR, None)}))
TRANSPORT, PORTS = "1", "2"  # a subject word and a part of it
# What of a narrowing a choice of each facet sets.
NARROWED = {
    FacetKey.KIND: lambda value: Narrowing(kind=SearchKind(value)),
    FacetKey.BODY: lambda value: Narrowing(body_id=int(value)),
    FacetKey.SESSION: lambda value: Narrowing(session_id=int(value)),
    FacetKey.SUBPROGRAMME: lambda value: Narrowing(subprogramme_id=int(value)),
    FacetKey.UNIT: lambda value: Narrowing(unit_id=int(value)),
    FacetKey.STATUS: lambda value: Narrowing(status=Implementation(value)),
    FacetKey.NATURE: lambda value: Narrowing(nature=Nature(value)),
    FacetKey.GOAL: lambda value: Narrowing(goal=value),
    FacetKey.SUBJECT: lambda value: Narrowing(subject=value),
    FacetKey.COUNTRY: lambda value: Narrowing(country=value),
    FacetKey.YEAR: lambda value: Narrowing(year=int(value)),
}


@pytest.fixture
def islands(searched: Database) -> House:
    """Put mandates of two sessions, their reports, and activities in two countries there."""
    with arranging(), searched.transaction() as session:
        house = make_house(session)
        _tell_apart(session, house)
        maker = session.get_one(Person, house.coordinator.person_id)
        for countries in (["CHL"], ["CHL", "PER"], []):
            activity = make_activity(maker)
            activity.title, activity.subprogramme_id = "Maps of the islands", 2
            activity.countries = [ActivityCountry(country=code) for code in countries]
            session.add(activity)
        activity.sensitivity = Sensitivity.CONFIDENTIAL
        return house


def _tell_apart(session: Session, house: House) -> None:
    session.add_all(
        Subprogramme(number=str(number), name=f"Subprogramme {number}", language="en")
        for number in (1, 2)
    )
    session.add_all(
        BodySession(body_id=1, number=number, name=f"Session {number}", language="en")
        for number in (4, 5)
    )
    maker_id = house.editor.person_id
    session.add_all(
        SubjectWord(
            id=int(key), broader_id=broader_id, entered_at=clock.now(), entered_by_id=maker_id
        )
        for key, broader_id in ((TRANSPORT, None), (PORTS, int(TRANSPORT)))
    )
    session.flush()
    later = make_instrument(session, "13(V)", "13-v")
    later.session_id, later.adopted_on = 2, date(2027, 5, 1)
    made = make_mandate(session, later, "1", session.get_one(OrganizationalUnit, house.trade))
    made.nature, made.sensitivity = Nature.PROCEDURAL, Sensitivity.CONFIDENTIAL
    open_biennium(session, house)
    first, second, third = (session.get_one(Mandate, key) for key in house.mandates)
    first.subprogramme_id, second.subprogramme_id = 1, 2
    third.nature = Nature.INFORMATIONAL
    decided: dict[str, Any] = {
        "words": "",
        "decided_at": clock.now(),
        "decided_by_id": maker_id,
    }
    session.add_all(
        SubjectMark(mandate_id=mandate_id, kind=kind, key=key, verdict=verdict, **decided)
        for mandate_id, kind, key, verdict in (
            (first.id, SubjectKind.GOAL, "14", Verdict.CONFIRMED),
            (made.id, SubjectKind.GOAL, "14", Verdict.ADDED),
            (second.id, SubjectKind.GOAL, "14", Verdict.REFUSED),
            (second.id, SubjectKind.COUNTRY, "PER", Verdict.ADDED),
            (second.id, SubjectKind.TARGET, "7.2", Verdict.CONFIRMED),
            (second.id, SubjectKind.WORD, PORTS, Verdict.CONFIRMED),
            (third.id, SubjectKind.WORD, TRANSPORT, Verdict.CONFIRMED),
            (first.id, SubjectKind.WORD, TRANSPORT, Verdict.REFUSED),
        )
    )
    report_on(session, first.id).status = Implementation.COMPLETED
    report_on(session, made.id).status = Implementation.COMPLETED
    report_on(session, second.id).status = Implementation.ONGOING


def counts(page: SearchPage, key: FacetKey) -> dict[str, int]:
    return {
        choice.value: choice.count
        for facet in page.facets
        if facet.key is key
        for choice in facet.choices
    }


@pytest.mark.parametrize("actor", [VIEWER, COORDINATOR], ids=["viewer", "coordinator"])
def test_each_choice_opens_exactly_what_it_counts(
    searched: Database, islands: House, actor: Actor
) -> None:
    page = look(searched, "islands", actor=actor)

    assert {facet.key for facet in page.facets} == set(FacetKey)
    for facet in page.facets:
        for choice in facet.choices:
            narrowed = look(
                searched, "islands", actor=actor, narrowing=NARROWED[facet.key](choice.value)
            )
            assert narrowed.total == choice.count, (facet.key, choice)


def test_the_choices_are_counted_as_the_records_stand(searched: Database, islands: House) -> None:
    page = look(searched, "islands", actor=COORDINATOR)

    assert counts(page, FacetKey.STATUS) == {"completed": 2, "ongoing": 1}
    assert counts(page, FacetKey.COUNTRY) == {"CHL": 2, "PER": 2}
    assert counts(page, FacetKey.GOAL) == {"7": 1, "14": 2}
    assert counts(page, FacetKey.SUBJECT) == {TRANSPORT: 2, PORTS: 1}
    assert counts(page, FacetKey.SUBPROGRAMME) == {"2": 4, "1": 1}
    assert counts(page, FacetKey.SESSION) == {"2": 2}
    assert counts(page, FacetKey.NATURE) == {
        "informational": 1,
        "action_by_secretariat": 2,
        "procedural": 1,
    }


def test_no_count_tells_of_what_the_reader_may_not_see(searched: Database, islands: House) -> None:
    page = look(searched, "islands")

    assert counts(page, FacetKey.STATUS) == {"completed": 1, "ongoing": 1}
    assert "procedural" not in counts(page, FacetKey.NATURE)
    assert counts(page, FacetKey.GOAL) == {"7": 1, "14": 1}
    assert counts(page, FacetKey.KIND)["activity"] == 2


def test_a_changed_status_is_counted_at_once(searched: Database, islands: House) -> None:
    with arranging(), searched.transaction() as session:
        report_on(session, islands.mandates[2]).status = Implementation.POSTPONED

    assert counts(look(searched, "islands"), FacetKey.STATUS)["postponed"] == 1


def test_choices_are_combined(searched: Database, islands: House) -> None:
    narrowing = Narrowing(status=Implementation.COMPLETED, subprogramme_id=1)

    page = look(searched, "islands", actor=COORDINATOR, narrowing=narrowing)

    assert page.total == 1
    assert counts(page, FacetKey.UNIT) == {str(islands.statistics): 1}


def test_where_not_all_can_be_ranked_each_count_is_the_least_there_are(
    searched: Database, islands: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = look(searched, "islands", actor=COORDINATOR)
    monkeypatch.setattr(search_index, "MOST_RANKED", 3)
    monkeypatch.setattr("tracker.queries.search.MOST_RANKED", 3)

    part = look(searched, "islands", actor=COORDINATOR)

    assert part.has_more_than_ranked
    for key in FacetKey:
        there = counts(whole, key)
        assert all(count <= there[value] for value, count in counts(part, key).items())


def test_facets_take_a_fixed_number_of_statements(searched: Database, islands: House) -> None:
    with counted_statements(searched) as whole:
        look(searched, "islands", actor=COORDINATOR)
    with counted_statements(searched) as narrowed:
        look(searched, "islands", actor=COORDINATOR, narrowing=Narrowing(subprogramme_id=2))

    assert len(narrowed) <= len(whole) <= 17
