"""Backups: a round trip on both engines, and what is refused before anything is changed."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House
from tracker import schema
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, Refused, Unavailable, WrongState
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate
from tracker.queries.setup import find_house
from tracker.services.backups import is_in_use, make_backup, restore_backup
from tracker.storage import FileStore

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 9, tzinfo=UTC)
DOCUMENT = b"what the commission adopted"


class Place:
    """A data folder: its stored files and uploads, and where its backup goes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.files, self.uploads = FileStore(folder / "files"), FileStore(folder / "uploads")

    @property
    def stores(self) -> dict[str, FileStore]:
        return {"files": self.files, "uploads": self.uploads}


@pytest.fixture
def here(tmp_path: Path) -> Place:
    """Return a data folder with one stored file."""
    place = Place(tmp_path / "here")
    place.files.keep(DOCUMENT)
    return place


@pytest.fixture
def saved(database: Database, house: House, here: Place, tmp_path: Path) -> Path:
    """Return the backup of a house."""
    target = tmp_path / "state.backup"
    make_backup(database, target, **here.stores, at=AT)
    return target


def restore(database: Database, source: Path, place: Place, *, replaces: bool = False) -> None:
    restore_backup(database, source, **place.stores, replaces=replaces, at=LATER)


def spoilt(source: Path, name: str, content: bytes) -> Path:
    """Return a copy of a backup in which one of its members holds something else."""
    target = source.with_name("spoilt.backup")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return target


def test_a_backup_put_back_elsewhere_is_the_same_state_with_its_guards(
    saved: Path, house: House, bare_database_url: str, tmp_path: Path
) -> None:
    elsewhere, place = Database(bare_database_url), Place(tmp_path / "there")

    restore(elsewhere, saved, place)

    with elsewhere.reading() as session:
        assert session.get_one(Mandate, house.mandates[0]).lead_unit_id == house.statistics
        assert schema.missing_guards(session.connection()) == []
        assert find_house(session).backed_up_at == AT
    assert schema.problems(bare_database_url) == []
    assert [place.files.content_of(each) for each in place.files.digests()] == [DOCUMENT]
    elsewhere.close()


def test_a_tracker_in_use_is_overwritten_only_when_it_is_meant(
    saved: Path, database: Database, house: House, here: Place
) -> None:
    later = here.files.keep(b"stored after the backup")
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).lead_unit_id = house.trade

    with pytest.raises(WrongState, match="--replace"):
        restore(database, saved, here)
    restore(database, saved, here, replaces=True)

    with database.reading() as session:
        assert session.get_one(Mandate, house.mandates[0]).lead_unit_id == house.statistics
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-1] == "house.restored"
    assert later not in here.files.digests()


def test_the_moment_of_the_last_backup_is_kept_without_making_open_forms_stale(
    saved: Path, database: Database
) -> None:
    with database.reading() as session:
        before = find_house(session)
    make_backup(
        database,
        saved.with_name("second.backup"),
        files=FileStore(saved.parent / "none"),
        uploads=FileStore(saved.parent / "none"),
        at=LATER,
    )

    with database.reading() as session:
        after = find_house(session)
    assert (before.backed_up_at, after.backed_up_at) == (AT, LATER)
    assert before.version == after.version


def test_a_backup_is_not_written_over_another_one(
    saved: Path, database: Database, here: Place
) -> None:
    with pytest.raises(Duplicate, match="is there already"):
        make_backup(database, saved, **here.stores, at=LATER)


def test_a_backup_is_readable_by_its_owner_alone(saved: Path) -> None:
    assert saved.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there_is_told(
    database: Database, here: Place, tmp_path: Path
) -> None:
    with pytest.raises(Unavailable, match="could not be written"):
        make_backup(database, tmp_path / "none" / "state.backup", **here.stores, at=AT)


def test_a_new_database_is_not_in_use(database: Database) -> None:
    assert not is_in_use(database)


@pytest.mark.parametrize("spoils", ["database", "manifest.json", "stored"])
def test_a_damaged_backup_changes_nothing(
    saved: Path, database: Database, house: House, here: Place, spoils: str
) -> None:
    with zipfile.ZipFile(saved) as archive:
        [stored] = [name for name in archive.namelist() if name.startswith("files/")]
    damaged = spoilt(saved, stored if spoils == "stored" else spoils, b"something else")

    with pytest.raises(Invalid, match="damaged"):
        restore(database, damaged, here, replaces=True)

    with database.reading() as session:
        assert session.get_one(Mandate, house.mandates[0]).lead_unit_id == house.statistics


def test_a_file_that_is_no_backup_is_told(database: Database, here: Place, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear colleagues")

    with pytest.raises(Invalid, match="is no backup of the tracker"):
        restore(database, letter, here)
    with pytest.raises(Invalid, match="There is no file"):
        restore(database, tmp_path / "none", here)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"revision": "9999"}, "Update the program first"),
        ({"format": 2}, "made by another version of the program"),
        ({"engine": "oracle"}, "Restore it to the same kind"),
    ],
    ids=["later", "format", "engine"],
)
def test_a_backup_that_does_not_fit_is_refused(
    saved: Path, database: Database, here: Place, change: dict[str, object], sentence: str
) -> None:
    with zipfile.ZipFile(saved) as archive:
        manifest = json.loads(archive.read("manifest.json")) | change
    other = spoilt(saved, "manifest.json", json.dumps(manifest).encode())

    with pytest.raises(Refused, match=sentence):
        restore(database, other, here, replaces=True)


@pytest.mark.postgres
def test_without_the_programs_of_postgresql_a_sentence_says_what_to_install(
    postgres_url: str, here: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    database = Database(postgres_url)

    with pytest.raises(Unavailable, match="apt-get install postgresql-client"):
        make_backup(database, tmp_path / "state.backup", **here.stores, at=AT)

    assert not (tmp_path / "state.backup").exists()
    database.close()
