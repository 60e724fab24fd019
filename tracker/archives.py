"""Backup files: one archive that holds a database and stored files, each under its digest."""

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from tracker.domain.errors import Invalid

FORMAT = 1
DATABASE = "database"
_MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024  # bytes
# Nothing else is taken out of an archive, so that none can write outside the folders it is for.
_STORED = re.compile(r"(?P<folder>[a-z]+)/(?P<start>[0-9a-f]{2})/(?P<digest>[0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was made, of which engine and migration, digests by name."""

    made_at: datetime
    engine: str
    revision: str
    digests: Mapping[str, str]
    format: int = FORMAT

    @property
    def file_count(self) -> int:
        """Return how many stored files there are beside the database."""
        return len(self.digests) - 1


def write_archive(
    target: Path,
    *,
    database: Path,
    folders: Mapping[str, Path],
    made_at: datetime,
    engine: str,
    revision: str,
) -> Manifest:
    """Write a backup, whole or not at all, readable by its owner alone; ``folders`` by name.

    The database must have been copied before: what it names was stored earlier, and is found.
    """
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part, ExitStack() as undo:
        undo.callback(Path(part.name).unlink, missing_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            digests = {DATABASE: _add(archive, DATABASE, database)}
            for name, folder in folders.items():
                for path in sorted(folder.glob("??/*")):
                    stored = f"{name}/{path.parent.name}/{path.name}"
                    if _STORED.fullmatch(stored) and path.is_file():
                        digests[stored] = _add(archive, stored, path)
            manifest = Manifest(made_at, engine, revision, digests)
            told = asdict(manifest) | {"made_at": made_at.isoformat()}
            archive.writestr(_MANIFEST, json.dumps(told, indent=1))
        undo.pop_all()  # whole now, so it stays
    Path(part.name).replace(target)
    return manifest


def checked_manifest(source: Path) -> Manifest:
    """Return what a backup holds, once everything in it was read and agrees with its digest.

    Raises Invalid for what is no backup of ours, is damaged, or is of a later format.
    """
    with _opened(source) as archive:
        manifest = _manifest(archive, source)
        names = set(archive.namelist()) - {_MANIFEST}
        if names != set(manifest.digests) or DATABASE not in names:
            raise _damaged(source)
        for name in names:
            with archive.open(name) as member:
                digest = _digest(member)
            stored = _STORED.fullmatch(name)
            is_named_so = name == DATABASE or (stored is not None and stored["digest"] == digest)
            if digest != manifest.digests[name] or not is_named_so:
                raise _damaged(source)
    return manifest


def take_database(source: Path, target: Path) -> None:
    """Write the database of a checked backup to a file."""
    with _opened(source) as archive, archive.open(DATABASE) as member, target.open("wb") as file:
        shutil.copyfileobj(member, file, _CHUNK)


def stored_files(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the stored files of a checked backup: the name of the folder, and the content."""
    with _opened(source) as archive:
        for name in archive.namelist():
            stored = _STORED.fullmatch(name)
            if stored is not None:
                yield stored["folder"], archive.read(name)


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError as error:
        raise Invalid("There is no file %(path)s.", path=str(source)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged(source) from error


def _manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        told = json.loads(archive.read(_MANIFEST))
        made_at = datetime.fromisoformat(told.pop("made_at"))
        manifest = Manifest(made_at=made_at, **told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(source) from error
    if manifest.format != FORMAT:
        raise Invalid(
            "The backup %(path)s was made by another version of the program. Restore it with that "
            "version, then update.",
            path=str(source),
        )
    return manifest


def _damaged(source: Path) -> Invalid:
    return Invalid(
        "%(path)s is no backup of the tracker, or it is damaged. Nothing was restored: take "
        "another backup.",
        path=str(source),
    )


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Add a file and return the digest of exactly what was added."""
    digest = hashlib.sha256()
    with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as member:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()


def _digest(member: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := member.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
