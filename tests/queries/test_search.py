"""Search finds what a person asks for, in either engine, and shows nobody what is not for them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import (
    counted_statements,
    make_clause,
    make_instrument,
    make_mandate,
    make_person,
)
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable, DocumentKind
from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Actor, Role
from tracker.domain.search import SearchKind
from tracker.models.activities import Activity
from tracker.models.activity_parts import DocumentOfActivity
from tracker.models.instruments import ClauseText, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.search import SearchEntry, SearchWord
from tracker.queries import search_index
from tracker.queries.search import SearchPage, search
from tracker.queries.search_facets import FacetKey
from tracker.queries.search_index import Narrowing
from tracker.services.search_entries import complete, keep_current

VIEWER = Actor(99, "A viewer", "en", "UTC", frozenset({(Role.VIEWER, None)}))


@pytest.fixture
def searched(database_url: str) -> Iterator[Database]:
    """Return a database whose transactions keep search current, as the installation's do."""
    opened = Database(database_url, prepare=keep_current)
    yield opened
    opened.close()


@pytest.fixture
def mandates(searched: Database) -> tuple[int, ...]:
    """Put three mandates with telling texts into the database."""
    texts = (
        "Requests the Executive Secretary to train the managers of small ports;",
        "Invites Governments to communicate their statistics of fisheries;",
        "Also requests the Executive Secretary to report on ports, ferries and lighthouses;",
    )
    with arranging(), searched.transaction() as session:
        unit = OrganizationalUnit(key="stat", name="Statistics", language="en", kind="division")
        session.add(unit)
        session.flush()
        instrument = make_instrument(session)
        made = [make_mandate(session, instrument, str(n), unit) for n in range(1, 4)]
        for mandate, text in zip(made, texts, strict=True):
            tell(session, mandate, text)
        return tuple(mandate.id for mandate in made)


def make_activity(maker: Person, *, documents: Sequence[tuple[str, str]] = ()) -> Activity:
    return Activity(
        deliverable=Deliverable.PUBLICATION,
        title="A study of quays",
        description="",
        language="en",
        unit_id=1,
        starts_on=date(2025, 3, 1),
        created_at=clock.now(),
        created_by_id=maker.id,
        documents=[
            DocumentOfActivity(title=title, kind=DocumentKind.DOCUMENT, symbol=symbol, address="")
            for title, symbol in documents
        ],
    )


def tell(session: Session, mandate: Mandate, text: str) -> None:
    said = session.scalars(select(ClauseText).filter_by(clause_id=mandate.clause_id)).one()
    said.text = text


def look(
    database: Database, text: str, *, actor: Actor = VIEWER, narrowing: Narrowing | None = None
) -> SearchPage:
    with database.reading() as session:
        return search(session, text, actor=actor, narrowing=narrowing)


def paths(page: SearchPage) -> list[str]:
    return [result.reference.path for result in page.results if result.reference is not None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("ports", ["1", "3"], id="a word"),
        pytest.param("PORT training", ["1"], id="all words, whatever their endings"),
        pytest.param('"small ports"', ["1"], id="a phrase"),
        pytest.param('"ports small"', [], id="a phrase the other way round"),
        pytest.param("ports -ferries", ["1"], id="without a word"),
        pytest.param("-ferries", [], id="an exclusion alone asks for nothing"),
        pytest.param("the ports", ["1", "3"], id="articles do not matter"),
        pytest.param("12 (iv), para 2", ["2"], id="a symbol with a paragraph"),
        pytest.param("RES/12 para 2", ["2"], id="a number without its session"),
        pytest.param("12iv 2", ["2"], id="a symbol without its marks"),
        pytest.param("ports −ferries", ["1"], id="without a word, by a printed minus"),
        pytest.param('ports "ferries and', ["3"], id="a quote that is not closed"),
        pytest.param("volcano", [], id="nothing"),
        pytest.param("'; DROP TABLE mandates --", [], id="no command"),
        pytest.param('NEAR(ports*) AND "', [], id="not the engine's own language"),
    ],
)
def test_what_is_asked_for_is_found(
    searched: Database, mandates: tuple[int, ...], text: str, found: list[str]
) -> None:
    assert sorted(paths(look(searched, text))) == found


def test_a_symbol_leads_to_its_resolution_first(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    page = look(searched, "12 (IV)")

    assert page.results[0].kind is SearchKind.RESOLUTION
    assert page.results[0].reference is not None
    assert page.results[0].reference.slug == "12-iv"


def test_a_typing_error_is_forgiven_and_said(searched: Database, mandates: tuple[int, ...]) -> None:
    page = look(searched, "lighthuoses")

    assert page.corrected == "lighthouses"
    assert paths(page) == ["3"]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        pytest.param("lighthouse", None, id="what is found as it stands is not corrected"),
        pytest.param("lighthousse", "lighthouses", id="a letter too many"),
        pytest.param("fishries", "fisheries", id="a letter too few"),
        pytest.param("govrenments", "governments", id="neighbours that changed places"),
        pytest.param("mangers", "managers", id="a word of seven letters"),
        pytest.param("prots", "ports", id="a short word"),
        pytest.param("lihgtohuses", "lighthouses", id="two slips"),
        pytest.param("lghthses", None, id="three slips are another word"),
        pytest.param("12-v", None, id="a number is what it is"),
    ],
)
def test_slips_of_the_finger_are_forgiven(
    searched: Database, mandates: tuple[int, ...], typed: str, taken: str | None
) -> None:
    assert look(searched, typed).corrected == taken


def test_a_word_that_only_others_may_read_is_no_correction(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        mandate = session.get_one(Mandate, mandates[0])
        tell(session, mandate, "Requests a study of volcanoes;")
        mandate.sensitivity = Sensitivity.CONFIDENTIAL

    assert look(searched, "volcxnoes").corrected is None
    coordinator = replace(VIEWER, roles=frozenset({(Role.COORDINATOR, None)}))
    assert look(searched, "volcxnoes", actor=coordinator).corrected == "volcanoes"


def test_of_equally_near_words_one_that_the_reader_may_find_is_taken(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        hidden = session.get_one(Mandate, mandates[0])
        tell(session, hidden, "Requests a study of harbours;")
        hidden.sensitivity = Sensitivity.CONFIDENTIAL
        tell(session, session.get_one(Mandate, mandates[1]), "Notes the harbourx;")

    assert look(searched, "harbourz").corrected == "harbourx"


def test_a_symbol_within_a_text_is_found_in_any_spelling(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        said = "Takes note of document LC/G.2531 and of resolution 664 (XXVIII);"
        tell(session, session.get_one(Mandate, mandates[1]), said)

    for typed in ("LC/G.2531", "lcg2531", "LC G 2531", "lc/g2531", "664(XXVIII)", "664xxviii"):
        assert paths(look(searched, typed)) == ["2"], typed


def test_a_document_of_an_activity_is_found_by_its_symbol(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        maker = make_person(session, "Mia Maker")
        session.add(make_activity(maker, documents=[("Ports of the islands", "LC/L.3100")]))

    found = look(searched, "lcl3100").results

    assert [(each.kind, each.subject_id) for each in found] == [(SearchKind.ACTIVITY, 1)]


def test_the_words_of_a_phrase_are_marked_where_they_stand_together(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        said = "Notes that small harbours and small ports differ;"
        tell(session, session.get_one(Mandate, mandates[0]), said)

    words = look(searched, '"small ports"').results[0].words

    assert [text for is_hit, text in words if is_hit] == ["small ports"]


def test_the_words_are_marked_in_their_text(searched: Database, mandates: tuple[int, ...]) -> None:
    words = look(searched, "train port").results[0].words

    assert [text for is_hit, text in words if is_hit] == ["train", "ports"]
    assert "".join(text for _hit, text in words).startswith("Requests the Executive")


def test_a_long_text_is_cut_around_the_words(searched: Database, mandates: tuple[int, ...]) -> None:
    with arranging(), searched.transaction() as session:
        mandate = session.get_one(Mandate, mandates[0])
        tell(session, mandate, f"{'before ' * 100}volcano {'after ' * 100}")

    words = "".join(text for _hit, text in look(searched, "volcano").results[0].words)

    assert words.startswith("… before")
    assert words.endswith("after …")
    assert len(words) < 300


def test_texts_of_other_languages_are_found_without_their_accents(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        clause_id = session.get_one(Mandate, mandates[1]).clause_id
        said = "Invita a mejorar las comunicaciones y la estadística pesquera;"
        session.add(ClauseText(clause_id=clause_id, language="es", text=said, is_original=False))

    assert paths(look(searched, "estadisticas")) == ["2"]
    assert paths(look(searched, "comunicación")) == ["2"]


def test_a_record_in_two_languages_is_one_result_in_the_readers(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        session.add(
            InstrumentText(instrument_id=1, language="es", title="12(IV) isla", is_original=False)
        )

    page = look(searched, "12(IV)", actor=replace(VIEWER, language="es"))

    resolutions = [found for found in page.results if found.kind is SearchKind.RESOLUTION]
    assert [found.language for found in resolutions] == ["es"]


def test_a_changed_text_is_found_by_its_new_words_alone(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        tell(session, session.get_one(Mandate, mandates[0]), "Notes the eruption;")

    assert paths(look(searched, "eruptions")) == ["1"]
    assert paths(look(searched, "managers")) == []


def test_a_change_that_is_taken_back_is_not_found(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with arranging(), searched.transaction() as session:
        tell(session, session.get_one(Mandate, mandates[0]), "Notes the eruption;")
        session.flush()
        session.rollback()

    assert paths(look(searched, "eruption")) == []


def test_people_who_left_are_not_found(searched: Database) -> None:
    with arranging(), searched.transaction() as session:
        person_id = make_person(session, "Rosa Almeida").id
    assert look(searched, "almeida").total == 1

    with arranging(), searched.transaction() as session:
        session.get_one(Person, person_id).is_active = False

    assert look(searched, "almeida").total == 0


@pytest.mark.parametrize(
    ("role", "in_the_unit", "found"),
    [
        pytest.param(Role.VIEWER, False, ["3"], id="a viewer does not"),
        pytest.param(Role.MANAGER, True, ["1", "3"], id="the unit's manager does"),
        pytest.param(Role.COORDINATOR, False, ["1", "3"], id="the coordinator does"),
    ],
)
def test_who_sees_what_is_confidential(
    searched: Database,
    mandates: tuple[int, ...],
    role: Role,
    in_the_unit: bool,
    found: list[str],
) -> None:
    with arranging(), searched.transaction() as session:
        mandate = session.get_one(Mandate, mandates[0])
        mandate.sensitivity = Sensitivity.CONFIDENTIAL
        unit_id = mandate.lead_unit_id if in_the_unit else None

    actor = replace(VIEWER, roles=frozenset({(role, unit_id)}))

    assert sorted(paths(look(searched, "ports", actor=actor))) == found
    assert (look(searched, "12(IV) 1", actor=actor).total == 1) is ("1" in found)


def test_results_are_narrowed_by_what_they_are(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    page = look(searched, "islands", narrowing=Narrowing(kind=SearchKind.RESOLUTION))

    assert [found.kind for found in page.results] == [SearchKind.RESOLUTION]
    years = [facet for facet in page.facets if facet.key == FacetKey.YEAR]
    assert [(choice.value, choice.count) for choice in years[0].choices] == [("2025", 1)]


def test_more_than_can_be_ranked_is_said(
    searched: Database, mandates: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MOST_RANKED", 1)
    monkeypatch.setattr("tracker.queries.search.MOST_RANKED", 1)

    page = look(searched, "ports")

    assert page.has_more_than_ranked
    assert page.total == 1


def test_a_page_takes_a_fixed_number_of_statements(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    with counted_statements(searched) as few:
        look(searched, "ferries")
    with arranging(), searched.transaction() as session:
        instrument = make_instrument(session, "13(IV)", "13-iv")
        for number in range(30):
            clause = make_clause(session, instrument, str(number + 1), "Notes the ferries;")
            session.add(
                Mandate(
                    clause_id=clause.id,
                    instrument_id=instrument.id,
                    nature="informational",
                    is_proposed_for_action=False,
                )
            )

    with counted_statements(searched) as many:
        assert look(searched, "ferries").total == 31

    assert len(many) == len(few)


def test_what_was_written_past_the_session_is_completed(
    searched: Database, mandates: tuple[int, ...]
) -> None:
    def told() -> set[tuple[object, ...]]:
        with searched.reading() as session:
            entry = SearchEntry
            rows = session.execute(
                select(
                    entry.kind, entry.subject_id, entry.language, entry.title_stems,
                    entry.text_stems, entry.unit_id, entry.body_id, entry.year,
                )
            )  # fmt: skip
            return {tuple(row) for row in rows}

    before = told()
    with searched.transaction() as session:
        session.execute(delete(SearchEntry))
        session.execute(delete(SearchWord))
    with searched.transaction() as session:
        count = complete(session)

    assert told() == before
    assert count == len(before)
    assert sorted(paths(look(searched, "ports"))) == ["1", "3"]
    with searched.transaction() as session:
        assert complete(session) == 0
