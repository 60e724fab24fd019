"""Mandates that ask much the same are found, and shown to nobody they are not for."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.importing import ENTITY
from tests.reporting import counted_statements, make_instrument, make_mandate, make_unit
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import Relation
from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Actor, Role
from tracker.models.instruments import Citation, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.queries.similar_mandates import (
    SimilarMandate,
    mandates_like_texts,
    similar_mandates,
)
from tracker.services.resolutions import import_resolutions
from tracker.services.search_entries import keep_current
from tracker.storage import FileStore

VIEWER = Actor(99, "A viewer", "en", "UTC", frozenset({(Role.VIEWER, None)}))
PORTS = "Requests the Executive Secretary to train the managers of small ports;"
OLD_PORTS = "Requests the Executive Secretary to train the managers and pilots of small ports;"
FISHERIES = "Invites Governments to communicate their statistics of fisheries;"
PUERTOS = "Pide a la Secretaria Ejecutiva que capacite a los administradores de puertos pequeños;"
LABELS = Path(__file__).with_name("same_clauses.csv")


@dataclass(frozen=True)
class Found:
    """The ids of the mandate that is asked about and of those it is compared with."""

    new: int
    old: int
    fisheries: int


@pytest.fixture
def searched(database_url: str) -> Iterator[Database]:
    """Return a database whose transactions keep search current, as the installation's do."""
    opened = Database(database_url, prepare=keep_current)
    yield opened
    opened.close()


@pytest.fixture
def found(searched: Database) -> Found:
    """Put a new mandate on ports into the database, an old one on them, and one on fisheries."""
    with arranging(), searched.transaction() as session:
        unit = make_unit(session, "ports", "Ports Division", "UTC")
        old = told(session, "10(III)", "1", OLD_PORTS, unit)
        fisheries = told(session, "10(III)", "2", FISHERIES, unit)
        new = told(session, "12(IV)", "1", PORTS, None)
        session.get_one(Instrument, new.instrument_id).adopted_on = date(2026, 5, 1)
        return Found(new.id, old.id, fisheries.id)


def told(
    session: Session, symbol: str, path: str, text: str, unit: OrganizationalUnit | None
) -> Mandate:
    """Add a mandate that says ``text``, in the resolution of that symbol."""
    slug = symbol.replace("(", "-").rstrip(")").lower()
    instrument = session.scalar(select(Instrument).where(Instrument.slug == slug))
    mandate = make_mandate(
        session, instrument or make_instrument(session, symbol, slug), path, unit
    )
    clause_text = session.scalars(
        select(ClauseText).where(ClauseText.clause_id == mandate.clause_id)
    ).one()
    clause_text.text = text
    return mandate


def alike(
    database: Database, mandate_id: int, *, actor: Actor = VIEWER, is_owned: bool = False
) -> tuple[SimilarMandate, ...]:
    with database.reading() as session:
        return similar_mandates(session, [mandate_id], actor=actor, is_owned=is_owned)[mandate_id]


def test_a_mandate_of_another_resolution_that_asks_the_same_is_found(
    searched: Database, found: Found
) -> None:
    [old] = alike(searched, found.new)

    assert (old.mandate.mandate_id, old.mandate.unit_name) == (found.old, "Ports Division")
    assert old.score == 91
    assert set(old.shared_words) == {"train", "managers", "small", "ports", "executive"}
    assert old.relation is None


def test_clauses_of_the_same_resolution_are_left_out(searched: Database, found: Found) -> None:
    with arranging(), searched.transaction() as session:
        told(session, "12(IV)", "2", PORTS, None)

    assert [each.mandate.mandate_id for each in alike(searched, found.new)] == [found.old]


def test_what_nobody_answers_for_is_left_out_where_owners_are_asked_for(
    searched: Database, found: Found
) -> None:
    assert alike(searched, found.old, is_owned=True) == ()
    assert [each.mandate.mandate_id for each in alike(searched, found.old)] == [found.new]


def test_a_confidential_mandate_is_told_to_nobody_it_is_not_for(
    searched: Database, found: Found
) -> None:
    with arranging(), searched.transaction() as session:
        session.get_one(Mandate, found.old).sensitivity = Sensitivity.CONFIDENTIAL
    coordinator = Actor(98, "A coordinator", "en", "UTC", frozenset({(Role.COORDINATOR, None)}))

    assert alike(searched, found.new) == ()
    assert len(alike(searched, found.new, actor=coordinator)) == 1


def test_texts_in_two_languages_are_compared_where_there_is_a_version(
    searched: Database, found: Found
) -> None:
    with arranging(), searched.transaction() as session:
        spanish = told(session, "14(V)", "1", PUERTOS, None)
        texts = select(ClauseText).where(ClauseText.clause_id == spanish.clause_id)
        session.scalars(texts).one().language = "es"
        spanish_id, old_clause = spanish.id, session.get_one(Mandate, found.old).clause_id

    assert alike_ids(searched, spanish_id) == []

    with arranging(), searched.transaction() as session:
        session.add(
            ClauseText(clause_id=old_clause, language="es", text=PUERTOS, is_original=False)
        )

    assert alike_ids(searched, spanish_id) == [found.old]


def alike_ids(database: Database, mandate_id: int) -> list[int]:
    with database.reading() as session:
        found = similar_mandates(session, [mandate_id], actor=VIEWER)
    return [each.mandate.mandate_id for each in found.get(mandate_id, ())]


def test_how_the_two_resolutions_are_related_is_told(searched: Database, found: Found) -> None:
    with arranging(), searched.transaction() as session:
        old, new = (session.get_one(Mandate, key) for key in (found.old, found.new))
        session.add(
            Citation(
                instrument_id=new.instrument_id,
                cited_instrument_id=old.instrument_id,
                kind="resolution",
                relation=Relation.RENEWS,
                symbol="10(III)",
                words="Renews the mandate given in resolution 10(III)",
            )
        )

    [first] = alike(searched, found.new)

    assert (first.relation, first.score) == (Relation.RENEWS, 96)


def test_a_text_that_is_no_clause_yet_finds_its_like(searched: Database, found: Found) -> None:
    with searched.reading() as session:
        [[first, second]] = mandates_like_texts(
            session, ["To train managers of ports that are small"], "en", actor=VIEWER
        )

    assert (first.mandate.mandate_id, second.mandate.mandate_id) == (found.new, found.old)


def test_a_text_without_words_finds_nothing(searched: Database, found: Found) -> None:
    assert found
    with searched.reading() as session:
        assert mandates_like_texts(session, [" 12. "], "en", actor=VIEWER) == ((),)


def test_how_many_are_asked_about_adds_four_statements_on_sqlite_alone(
    searched: Database, found: Found
) -> None:
    with arranging(), searched.transaction() as session:
        more = [told(session, "14(V)", str(n), PORTS, None).id for n in range(1, 21)]

    with counted_statements(searched) as for_one:
        alike(searched, found.new)
    with counted_statements(searched) as for_many, searched.reading() as session:
        similar_mandates(session, [found.new, *more], actor=VIEWER)

    parts = 5 if searched.engine.name == "sqlite" else 1
    assert (len(for_one), len(for_many)) == (8, 7 + parts)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_clauses_that_say_the_same_are_found_first(
    searched: Database, shared: Path, tmp_path: Path
) -> None:
    with LABELS.open(encoding="utf-8") as rows:
        wanted = {
            (row["document"], row["path"]): set(filter(None, row["says_the_same"].split("; ")))
            for row in csv.DictReader(rows)
        }
    documents = {document for document, _ in wanted}
    documents |= {each.split()[0] for same in wanted.values() for each in same}
    places = imported(searched, shared, documents, FileStore(tmp_path / "files"))

    with searched.reading() as session:
        keys = {place: key for key, place in places.items() if place in wanted}
        alike = similar_mandates(session, list(keys.values()), actor=VIEWER, most=1)
    first = {
        place: " ".join(places[found[0].mandate.mandate_id])
        for place, key in keys.items()
        if (found := alike.get(key, ())) and found[0].score >= 60
    }
    right = sum(first.get(place) in same for place, same in wanted.items() if same)

    assert right / len(first) >= 0.97
    assert right / sum(map(bool, wanted.values())) >= 0.98


def imported(
    database: Database, shared: Path, documents: set[str], files: FileStore
) -> dict[int, tuple[str, str]]:
    """Import documents of the corpus; return of each mandate its document and path."""
    places: dict[int, tuple[str, str]] = {}
    for document in sorted(documents):
        content = (shared / "corpus" / "clean" / f"{document}.txt").read_bytes()
        with database.transaction() as session:
            [outcome] = import_resolutions(
                session,
                content=content,
                file_name=f"{document}.txt",
                actor=None,
                at=clock.now(),
                files=files,
                entity=ENTITY,
            )
            rows = session.execute(
                select(Mandate.id, Clause.path)
                .join(Clause, Clause.id == Mandate.clause_id)
                .where(Mandate.instrument_id == outcome.instrument_id)
            )
            places |= {key: (document, path or "") for key, path in rows}
    return places
