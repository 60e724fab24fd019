"""Backups: the whole state in one file, and put back from it; when it was done last is kept."""

import logging
import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from tracker import schema
from tracker.archives import (
    Manifest,
    checked_manifest,
    stored_files,
    take_database,
    write_archive,
)
from tracker.database import Database
from tracker.database_copies import copy_database, engine_of, put_back
from tracker.domain.errors import Duplicate, Invalid, Unavailable, WrongState
from tracker.models.audit import AuditEntry
from tracker.models.house import House
from tracker.models.people import Person
from tracker.services import audit
from tracker.services.setup import the_house
from tracker.storage import FileStore

logger = logging.getLogger(__name__)

FILES, UPLOADS = "files", "uploads"
_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def make_backup(
    database: Database, target: Path, *, files: FileStore, uploads: FileStore, at: datetime
) -> Manifest:
    """Write database and files to ``target`` while people work, and keep the moment.

    Raises Duplicate when the file is there already, and Unavailable when it cannot be written.
    """
    if target.exists():
        raise Duplicate(
            "%(path)s is there already. Give the backup a name of its own, such as its day.",
            path=str(target),
        )
    with database.reading() as session:
        revision = schema.current_revision(session.connection()) or ""
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            copy = Path(folder) / "copy"
            copy_database(database, copy)
            manifest = write_archive(
                target,
                database=copy,
                folders={FILES: files.folder, UPLOADS: uploads.folder},
                made_at=at,
                engine=engine_of(database.url),
                revision=revision,
            )
    except OSError as error:
        raise Unavailable(
            "The backup could not be written (%(reason)s). See that the folder of %(path)s is "
            "there, can be written and has room.",
            reason=error.strerror or str(error),
            path=str(target),
        ) from error
    with database.transaction() as session:
        _note(session, "house.backed_up", manifest, at=at)
    logger.info("backup made with %s files", manifest.file_count)
    return manifest


def restore_backup(
    database: Database,
    source: Path,
    *,
    files: FileStore,
    uploads: FileStore,
    replaces: bool,
    at: datetime,
) -> Manifest:
    """Put database and files back from ``source`` once all of it was checked.

    ``replaces`` allows to overwrite a tracker that is in use. Raises WrongState when it is and
    nobody said so, and Invalid for a backup that is damaged or of another engine or version.
    """
    manifest = checked_manifest(source)
    _check_fits(manifest, database.url)
    schema.make_folder(database.url)
    if not replaces and is_in_use(database):
        raise WrongState(
            "There is a tracker in use here already, and a restore would replace everything in it. "
            "Restore to an empty database and data folder, or say that you mean it: --replace"
        )
    stores = {FILES: files, UPLOADS: uploads}
    kept: dict[str, set[str]] = {name: set() for name in stores}
    for name, content in stored_files(source):  # first: files nobody names yet do no harm
        if name in stores:
            kept[name].add(stores[name].keep(content))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        take_database(source, copy)
        put_back(database, copy)
    for name, store in stores.items():
        for digest in set(store.digests()) - kept[name]:
            store.drop(digest)
    if manifest.revision == schema.newest_revision():
        with database.transaction() as session:
            _note(session, "house.restored", manifest, at=at)
    logger.info("restored from the backup of %s", manifest.made_at.isoformat())
    return manifest


def is_in_use(database: Database) -> bool:
    """Tell whether anything was ever done here: every act leaves a row in the audit trail."""
    if schema.missing_file(database.url) is not None:
        return False
    with database.reading() as session:
        tables = set(inspect(session.connection()).get_table_names())
        return any(
            session.execute(select(model.id).limit(1)).first() is not None
            for model in (AuditEntry, Person)
            if model.__tablename__ in tables
        )


def _check_fits(manifest: Manifest, url: str) -> None:
    engine = engine_of(url)
    if manifest.engine != engine:
        raise Invalid(
            "The backup is of a %(there)s database, and TRACKER_DATABASE_URL names one of "
            "%(here)s. Restore it to the same kind.",
            there=_ENGINES.get(manifest.engine, manifest.engine),
            here=_ENGINES[engine],
        )
    if manifest.revision not in schema.revisions():
        raise Invalid(
            "The backup was made by a later version of the program (migration %(revision)s). "
            "Update the program first, then restore it.",
            revision=manifest.revision,
        )


def _note(session: Session, action: str, manifest: Manifest, *, at: datetime) -> None:
    """Keep when the state was saved; the version of the house stays, since no form holds it."""
    house = the_house(session)
    session.execute(
        update(House)
        .where(House.id == house.id)
        .values(backed_up_at=manifest.made_at)
        .execution_options(synchronize_session=False)
    )
    audit.record(
        session,
        actor=None,
        at=at,
        action=action,
        subject=house,
        after={"made_at": manifest.made_at.isoformat(), "file_count": manifest.file_count},
    )
