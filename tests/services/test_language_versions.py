"""An adopted text in a further language: lined up by path, or refused with a sentence."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.importing import import_text
from tests.reporting import House
from tests.resolution_texts import ADOPTED, EARLIER, as_file
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, UnreadableDocument
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Clause, ClauseText, InstrumentText, SourceFile
from tracker.services.language_versions import add_language_version
from tracker.storage import FileStore

SPANISH = """21(V) REGISTROS DE LAS ISLAS

La Comisión para las Islas Ostrales,

Recordando su resolución 20(V) sobre el censo de las islas,

1. Toma nota del informe de la Secretaría sobre los registros de las islas;

2. Solicita a la Secretaría Ejecutiva que:

a) Preste asistencia a los Estados miembros en el mantenimiento de sus registros;

b) Informe a la Comisión en su sexto período de sesiones sobre los registros de las islas;

3. Invita a los Estados miembros a que compartan sus registros.
"""
PREAMBLE = "Recordando su resolución 20(V) sobre el censo de las islas,\n\n"
PART_B = SPANISH[SPANISH.index("b) Informe") : SPANISH.index("3. Invita")]
WITHOUT_2B = SPANISH.replace(PART_B, "")
WITH_4 = SPANISH.replace("sus registros.\n", "sus registros;\n\n4. Insta a los Estados a actuar.\n")
OTHER_NUMBER = SPANISH.replace("21(V)", "22(V)")
TWO = f"{SPANISH}\n{SPANISH.replace('21(V)', '22(V)')}"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def instrument_id(database: Database, files: FileStore) -> int:
    """Import the English original and return its instrument."""
    return import_text(database, files)[0].instrument_id


def add(
    database: Database,
    files: FileStore,
    instrument_id: int,
    text: str = SPANISH,
    language: str = "es",
    actor: Actor | None = None,
) -> None:
    """Add a version in a transaction of its own."""
    with database.transaction() as session:
        add_language_version(
            session,
            instrument_id=instrument_id,
            content=as_file(text),
            file_name="resolucion.txt",
            language=language,
            actor=actor,
            at=clock.now(),
            files=files,
        )


def counts(database: Database) -> tuple[int, ...]:
    """Return how many texts, clause texts, files and audit entries there are."""
    tables = (InstrumentText, ClauseText, SourceFile, AuditEntry)
    with database.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        )


def test_each_clause_gets_the_text_of_the_same_path(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    add(database, files, instrument_id)

    with database.reading() as session:
        texts = session.execute(
            select(Clause.path, ClauseText.verb, ClauseText.text)
            .join(ClauseText)
            .where(ClauseText.language == "es", Clause.path.in_(["1", "2.b"]))
            .order_by(Clause.position)
        ).all()
    assert [(row.path, row.verb) for row in texts] == [("1", "Toma nota"), ("2.b", "Informe")]
    assert texts[1].text.startswith("Informe a la Comisión")


def test_title_and_preamble_come_along_and_the_original_stays_the_original(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    add(database, files, instrument_id)

    with database.reading() as session:
        titles = session.execute(
            select(InstrumentText.title, InstrumentText.is_original).order_by(InstrumentText.id)
        ).all()
        preamble = session.scalars(
            select(ClauseText.text)
            .join(Clause)
            .where(Clause.kind == BlockKind.PREAMBULAR, ClauseText.language == "es")
        ).one()
    assert [tuple(row) for row in titles] == [
        ("REGISTERS OF THE ISLANDS", True),
        ("REGISTROS DE LAS ISLAS", False),
    ]
    assert preamble.startswith("Recordando su resolución")


def test_a_language_version_is_told_to_the_audit_trail(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    add(database, files, instrument_id)

    with database.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "add_language_version")
        ).one()
    assert (entry.subject_id, (entry.after or {})["language"]) == (instrument_id, "es")


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        pytest.param(WITHOUT_2B, "es", r"differ .* at paragraph 2\(b\)", id="a clause is missing"),
        pytest.param(WITH_4, "es", "differ .* at paragraph 4", id="a clause too many"),
        pytest.param(SPANISH.replace(PREAMBLE, ""), "es", "1 paragraphs .* has 0", id="preamble"),
        pytest.param(OTHER_NUMBER, "es", r"holds 22\(V\), not 21\(V\)", id="other resolution"),
        pytest.param(TWO, "es", "holds 2 resolutions", id="two resolutions"),
        pytest.param(SPANISH, "fr", "language that was chosen", id="not the language chosen"),
    ],
)
def test_a_text_that_does_not_fit_the_original_is_refused_and_nothing_kept(
    database: Database, files: FileStore, instrument_id: int, text: str, language: str, words: str
) -> None:
    before = counts(database)

    with pytest.raises(Invalid, match=words):
        add(database, files, instrument_id, text, language)

    assert counts(database) == before


def test_a_language_is_added_once(database: Database, files: FileStore, instrument_id: int) -> None:
    add(database, files, instrument_id)

    with pytest.raises(Duplicate, match=r"21\(V\) is there in this language already"):
        add(database, files, instrument_id, SPANISH + "\n")


def test_the_original_language_cannot_be_added_again(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    with pytest.raises(Duplicate):
        add(database, files, instrument_id, EARLIER, "en")


def test_a_file_that_was_imported_is_no_version_of_another_language(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    with pytest.raises(Duplicate, match="imported already"):
        add(database, files, instrument_id, ADOPTED, "pt")


def test_a_version_of_an_unknown_resolution_is_refused(
    database: Database, files: FileStore
) -> None:
    with pytest.raises(NotFound):
        add(database, files, 404)


def test_a_file_without_a_resolution_is_refused(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    with pytest.raises(UnreadableDocument):
        add(database, files, instrument_id, "Hola.")


def test_who_may_not_import_may_not_add_a_language(
    database: Database, files: FileStore, house: House, instrument_id: int
) -> None:
    with pytest.raises(NotAllowed):
        add(database, files, instrument_id, actor=house.viewer)
