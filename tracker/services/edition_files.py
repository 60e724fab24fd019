"""Corrected editions from files, as the command line takes them: compared first, then taken."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.clauses import Entity, ReadResolution
from tracker.domain.errors import Invalid, NotFound
from tracker.queries.corrected_editions import EditionComparison, compare_edition
from tracker.queries.known_texts import AskedText, KnownText, known_texts
from tracker.reading.readers import Reading
from tracker.services.corrected_editions import NewEdition, TakenEdition, take_edition
from tracker.services.resolutions import Details, Preview, preview_of
from tracker.services.source_files import source_of
from tracker.storage import FileStore


@dataclass(frozen=True, slots=True)
class EditionFile:
    """A file with a corrected edition: its content, its name, and what was read from it.

    ``details`` win over what the file says of itself.
    """

    content: bytes
    name: str
    reading: Reading
    details: Details


def compare_file(
    session: Session, file: EditionFile, *, entity: Entity
) -> tuple[EditionComparison, ...]:
    """Return each text of a file beside the one that is there; change nothing.

    Raises NotFound where one is not there, Invalid where it is there in another language.
    """
    return tuple(
        compare_edition(
            session,
            instrument_id=known.instrument_id,
            reading=preview.reading,
            title=_title(preview.reading, file.details),
            proposals=preview.proposals,
        )
        for preview, known in _known(session, file, entity)
    )


def take_file(
    session: Session,
    file: EditionFile,
    *,
    label: str,
    entity: Entity,
    at: datetime,
    files: FileStore,
) -> tuple[TakenEdition, ...]:
    """Let each text of a file take the place of the one that is there, all or none.

    Raises as ``compare_file`` and ``take_edition`` do.
    """
    source = source_of(session, file.content, file.name, actor=None, at=at)
    taken = []
    for preview, known in _known(session, file, entity):
        edition = NewEdition(
            reading=preview.reading,
            title=_title(preview.reading, file.details),
            label=label,
            source=source,
        )
        taken.append(
            take_edition(
                session,
                instrument_id=known.instrument_id,
                version=None,
                edition=edition,
                entity=entity,
                actor=None,
                at=at,
            )
        )
    files.keep(file.content)  # last, so that a refused edition leaves no file behind
    return tuple(taken)


def _known(
    session: Session, file: EditionFile, entity: Entity
) -> Iterator[tuple[Preview, KnownText]]:
    readings = [_told(reading, file.details) for reading in file.reading.resolutions]
    if len(readings) > 1 and (file.details.symbol or file.details.title):
        raise Invalid(
            "The file holds %(count)s resolutions, so one symbol or title cannot be given for all. "
            "Leave it out, or import each resolution from a file of its own.",
            field="symbol",
            count=len(readings),
        )
    asked = [AskedText(each.number or each.symbol, each.body, each.language) for each in readings]
    for reading, known in zip(readings, known_texts(session, asked), strict=True):
        if known is None:
            raise NotFound(
                "%(symbol)s is not there yet, so there is nothing to correct. Import it instead.",
                symbol=reading.number or reading.symbol or file.name,
            )
        if not known.is_same_language:
            raise Invalid(
                "%(symbol)s was adopted in another language than this file is in. Add the file as "
                "the text in its language.",
                symbol=known.symbol,
            )
        yield preview_of(reading, entity), known


def _told(reading: ReadResolution, details: Details) -> ReadResolution:
    return replace(
        reading,
        number=details.symbol or reading.number,
        body=details.body or reading.body,
    )


def _title(reading: ReadResolution, details: Details) -> str:
    return " ".join((details.title or reading.title or "").split())
