"""Importing a resolution makes everything it holds, once, or nothing at all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.importing import ENTITY, import_text
from tests.reporting import House
from tests.resolution_texts import ADOPTED, EARLIER, WITHOUT_NUMBER, as_file
from tests.services.test_language_versions import SPANISH
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, UnreadableDocument
from tracker.domain.mandates import Nature
from tracker.models.audit import AuditEntry
from tracker.models.instruments import (
    Body,
    BodySession,
    Citation,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
    SourceFile,
)
from tracker.models.mandates import Mandate
from tracker.services.resolutions import Details, import_resolutions, preview_resolutions
from tracker.storage import FileStore, digest_of

TABLES = (Body, BodySession, SourceFile, Instrument, Clause, Citation, Mandate, AuditEntry)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def rows(database: Database) -> int:
    with database.reading() as session:
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES)


def _import_within(session: Session, files: FileStore) -> None:
    import_resolutions(
        session,
        content=as_file(ADOPTED),
        file_name="resolution.txt",
        actor=None,
        at=clock.now(),
        files=files,
        entity=ENTITY,
    )


def _wait_until_blocked(database: Database) -> None:
    waits = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.reading() as session:
        while not session.scalar(waits):
            session.rollback()
            sleep(0.05)


def test_an_import_says_what_it_made(database: Database, files: FileStore) -> None:
    (outcome,) = import_text(database, files)

    assert (outcome.symbol, outcome.body_key, outcome.slug) == ("21(V)", "coi", "21-v")
    assert outcome.title == "REGISTERS OF THE ISLANDS"
    assert (outcome.clause_count, outcome.mandate_count) == (5, 4)
    assert outcome.proposed_for_action_count == 2


def test_every_block_of_the_text_becomes_a_clause_in_its_order(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)

    with database.reading() as session:
        clauses = session.execute(select(Clause.kind, Clause.path).order_by(Clause.position)).all()
        kept = session.scalars(select(ClauseText.text)).all()
    assert [path for kind, path in clauses if kind is BlockKind.OPERATIVE] == [
        "1", "2", "2.a", "2.b", "3",
    ]  # fmt: skip
    assert [kind for kind, path in clauses if path is None] == [
        BlockKind.TITLE,
        BlockKind.OPENER,
        BlockKind.PREAMBULAR,
    ]
    assert all(text in ADOPTED for text in kept)


def test_a_chapeau_is_the_context_of_its_sub_clauses_and_no_mandate(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)

    with database.reading() as session:
        paths = session.scalars(
            select(Clause.path)
            .join(Mandate, Mandate.clause_id == Clause.id)
            .order_by(Clause.position)
        ).all()
        parent_id = session.scalar(select(Clause.parent_id).where(Clause.path == "2.a"))
        chapeau_id = session.scalar(select(Clause.id).where(Clause.path == "2"))
    assert paths == ["1", "2.a", "2.b", "3"]
    assert parent_id == chapeau_id


def test_mandates_are_proposals_until_a_person_confirms(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)

    with database.reading() as session:
        mandates = session.scalars(select(Mandate).order_by(Mandate.id)).all()
    assert [mandate.is_proposed_for_action for mandate in mandates] == [False, True, True, False]
    assert {mandate.requires_action for mandate in mandates} == {None}
    assert mandates[1].nature is Nature.ACTION_BY_SECRETARIAT
    assert mandates[1].addressee == "Executive Secretary"


def test_the_source_is_kept_unchanged_under_its_digest(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)

    with database.reading() as session:
        source = session.scalars(select(SourceFile)).one()
    assert source.digest == digest_of(as_file(ADOPTED))
    assert source.media_type == "text/plain"
    assert files.content_of(source.digest) == as_file(ADOPTED)


def test_a_new_body_and_its_session_are_made_from_the_text(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)

    with database.reading() as session:
        body = session.scalars(select(Body)).one()
        held = session.scalars(select(BodySession)).one()
    assert (body.key, body.name) == ("coi", "Commission for the Ostral Islands")
    assert (held.number, held.name, held.opens_on) == (5, "Fifth session", None)


def test_a_body_that_is_known_is_not_made_again(database: Database, files: FileStore) -> None:
    import_text(database, files, EARLIER)

    import_text(database, files)

    with database.reading() as session:
        assert session.scalar(select(func.count(Body.id))) == 1
        assert session.scalar(select(func.count(BodySession.id))) == 1


@pytest.mark.parametrize("texts", [(EARLIER, ADOPTED), (ADOPTED, EARLIER)], ids=["after", "before"])
def test_a_citation_leads_to_the_cited_resolution_whichever_came_first(
    database: Database, files: FileStore, texts: tuple[str, str]
) -> None:
    for adopted in texts:
        import_text(database, files, adopted)

    with database.reading() as session:
        cited = session.scalar(
            select(Instrument.symbol).join(Citation, Citation.cited_instrument_id == Instrument.id)
        )
    assert cited == "20(V)"


def test_all_resolutions_of_a_file_are_imported_together(
    database: Database, files: FileStore
) -> None:
    outcomes = import_text(database, files, EARLIER + "\n\n" + ADOPTED)

    assert [outcome.symbol for outcome in outcomes] == ["20(V)", "21(V)"]


def test_a_file_with_one_resolution_that_is_there_is_refused_whole(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)
    before = rows(database)

    with pytest.raises(Duplicate, match=r"21\(V\) is there already, imported on 2026-06-15"):
        import_text(database, files, EARLIER + "\n\n" + ADOPTED)

    assert rows(database) == before


def test_the_same_file_is_not_imported_twice(database: Database, files: FileStore) -> None:
    import_text(database, files)

    with pytest.raises(Duplicate, match=r"imported already on 2026-06-15: open 21\(V\)") as refused:
        import_text(database, files)

    assert (refused.value.values["body_key"], refused.value.values["slug"]) == ("coi", "21-v")


def test_the_same_symbol_in_other_print_is_a_duplicate(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)

    with pytest.raises(Duplicate):
        import_text(database, files, WITHOUT_NUMBER, details=Details(symbol="21 ( v )"))


def test_another_body_may_use_the_same_symbol(database: Database, files: FileStore) -> None:
    import_text(database, files)

    (outcome,) = import_text(
        database,
        files,
        WITHOUT_NUMBER,
        details=Details(symbol="21(V)", body="The Council of the Islands"),
    )

    assert outcome.body_key == "ci"


def test_a_text_in_another_language_makes_no_body_of_its_own(
    database: Database, files: FileStore
) -> None:
    import_text(database, files)
    before = rows(database)

    with pytest.raises(Duplicate, match=r"21\(V\) is there already in another language"):
        import_text(database, files, SPANISH)

    assert rows(database) == before


@pytest.mark.parametrize(
    ("symbol", "sentence"),
    [
        (None, "No symbol was found in the file. Enter it as printed"),
        ("twenty-one", "“twenty-one” is not a document symbol"),
    ],
    ids=["missing", "wrong"],
)
def test_a_symbol_that_is_missing_or_wrong_is_asked_for(
    database: Database, files: FileStore, symbol: str | None, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        import_text(database, files, WITHOUT_NUMBER, details=Details(symbol=symbol))

    assert refused.value.field == "symbol"
    assert rows(database) == 0


def test_one_symbol_is_not_given_to_several_resolutions(
    database: Database, files: FileStore
) -> None:
    with pytest.raises(Invalid, match="The file holds 2 resolutions"):
        import_text(database, files, EARLIER + "\n\n" + ADOPTED, details=Details(symbol="22(V)"))


def test_a_session_that_is_none_is_asked_for(database: Database, files: FileStore) -> None:
    with pytest.raises(Invalid, match="“spring” is not a session") as refused:
        import_text(database, files, details=Details(session="spring"))

    assert refused.value.field == "session"


def test_what_a_person_says_wins_over_what_was_read(database: Database, files: FileStore) -> None:
    given = Details(title="Registers", session="the sixth session", adopted_on=date(2025, 5, 16))

    import_text(database, files, details=given)

    with database.reading() as session:
        assert session.scalars(select(InstrumentText.title)).one() == "Registers"
        assert session.scalars(select(BodySession.number)).one() == 6
        assert session.scalars(select(Instrument.adopted_on)).one() == date(2025, 5, 16)


def test_a_file_without_a_resolution_leaves_nothing(database: Database, files: FileStore) -> None:
    with pytest.raises(UnreadableDocument):
        import_text(database, files, "A letter to the editor.")

    assert rows(database) == 0
    assert not files.folder.exists()


def test_a_preview_shows_what_an_import_would_make() -> None:
    (preview,) = preview_resolutions(as_file(ADOPTED), file_name="a.txt", entity=ENTITY)

    assert list(preview.proposals) == ["1", "2.a", "2.b", "3"]
    assert preview.asking_count == 2
    assert preview.doubtful_blocks == ()


def test_a_focal_point_imports_nothing(database: Database, files: FileStore, house: House) -> None:
    with database.transaction() as session, pytest.raises(NotAllowed):
        import_resolutions(
            session,
            content=as_file(ADOPTED),
            file_name="a.txt",
            actor=house.focal_point,
            at=clock.now(),
            files=files,
            entity=ENTITY,
        )


def test_the_import_is_in_the_audit_trail(
    database: Database, files: FileStore, house: House
) -> None:
    import_text(database, files, actor=house.coordinator)

    with database.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "import_resolution")
        ).one()
    assert entry.actor_id == house.coordinator.person_id
    assert entry.after is not None
    assert entry.after["mandate_count"] == 4


@pytest.mark.postgres
def test_two_imports_at_one_moment_make_one_resolution(postgres_url: str, files: FileStore) -> None:
    database = Database(postgres_url)
    with ThreadPoolExecutor(1) as pool, database.transaction() as session:
        _import_within(session, files)
        # The other one waits at the unique key until this one commits.
        other = pool.submit(import_text, database, files)
        _wait_until_blocked(database)
        session.commit()
        with pytest.raises(Duplicate, match="Somebody else imported the same text"):
            other.result()

    with database.reading() as reading:
        assert reading.scalar(select(func.count(Instrument.id))) == 1
    database.close()


@pytest.mark.shared
def test_the_real_resolution_of_1992_makes_seventeen_mandates(
    database: Database, files: FileStore, shared: Path
) -> None:
    text = (shared / "seeds" / "resolution_530_xxiv.txt").read_text(encoding="utf-8")

    (outcome,) = import_text(database, files, text)

    assert (outcome.symbol, outcome.body_key, outcome.slug) == ("530(XXIV)", "eclac", "530-xxiv")
    assert (outcome.mandate_count, outcome.proposed_for_action_count) == (17, 13)
