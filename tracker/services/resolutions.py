"""Import of resolutions: rehearse, keep the source, make clauses, citations and mandates."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block, Entity, Proposal, ReadResolution
from tracker.domain.errors import Duplicate, Invalid
from tracker.domain.permissions import Action, Actor
from tracker.domain.reviewed_text import Correction
from tracker.models.instruments import (
    Body,
    BodySession,
    Instrument,
    SourceFile,
)
from tracker.queries.known_texts import AskedText
from tracker.reading.readers import Reading, read_here
from tracker.services import audit
from tracker.services.bodies import body_named, find_body, session_of
from tracker.services.citations import add_citations, connect_earlier_citations
from tracker.services.clauses import add_clauses
from tracker.services.corrections import add_corrections
from tracker.services.instrument_names import kind_of, sort_text, symbol_of, title_of
from tracker.services.listed_instruments import attach_text, find_listed, give_title
from tracker.services.proposals import add_mandates, propose_mandates
from tracker.services.read_findings import add_findings
from tracker.services.source_files import note_source, refuse_other_language
from tracker.storage import FileStore

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says about a resolution; it wins over what the file says."""

    symbol: str | None = None
    title: str | None = None
    body: str | None = None
    session: str | None = None
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A resolution as it would be imported: its reading, and the mandate each clause proposes."""

    reading: ReadResolution
    proposals: Mapping[str, Proposal]

    @property
    def asking_count(self) -> int:
        """Return how many mandates are proposed as requiring our action."""
        return sum(proposal.requires_action for proposal in self.proposals.values())

    @property
    def doubtful_blocks(self) -> tuple[Block, ...]:
        """Return the blocks that a person should look at before the import, in their order."""
        return tuple(block for block in self.reading.blocks if block.doubts)


@dataclass(frozen=True, slots=True)
class Changes:
    """What people made of a reading before its import: corrections, and paragraphs left out.

    ``authors`` tells for the number of an edit who made it and when.
    """

    corrections: tuple[Correction, ...] = ()
    left_out: tuple[str, ...] = ()
    authors: Mapping[int, tuple[int, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What one resolution became: its page is at ``/<body_key>/<slug>``.

    ``new_body`` is the name of its body where that was made with it, else "".
    """

    instrument_id: int
    symbol: str
    body_key: str
    slug: str
    title: str
    clause_count: int
    mandate_count: int
    proposed_for_action_count: int
    new_body: str = ""


def preview_resolutions(
    content: bytes, *, file_name: str, entity: Entity, reading: Reading | None = None
) -> tuple[Preview, ...]:
    """Return what an import of the file would make, in the order of the file; change nothing.

    Raises UnreadableDocument when no resolution can be read from it.
    """
    found = reading or read_here(content, file_name)
    return tuple(preview_of(resolution, entity) for resolution in found.resolutions)


def preview_of(reading: ReadResolution, entity: Entity) -> Preview:
    """Return what a reading would become, with a path of its own for each clause."""
    distinct = replace(reading, blocks=with_distinct_paths(reading.blocks))
    return Preview(distinct, propose_mandates(distinct, entity))


def import_resolutions(
    session: Session,
    *,
    content: bytes,
    file_name: str,
    actor: Actor | None,
    at: datetime,
    files: FileStore,
    entity: Entity,
    details: Details | None = None,
    reading: Reading | None = None,
) -> tuple[ImportOutcome, ...]:
    """Import every resolution of a file and return what was made, in the order of the file.

    No actor means the command line. ``reading`` is what was read from the file before the
    transaction began, as it is from files from outside, in a process of their own. Raises
    UnreadableDocument, Duplicate (the file or a resolution of it is there already) or Invalid
    (symbol, title or body is missing or wrong).
    """
    if actor is not None:
        permissions.require(actor, Action.IMPORT_RESOLUTION)
    previews = preview_resolutions(content, file_name=file_name, entity=entity, reading=reading)
    given = details or Details()
    if len(previews) > 1 and (given.symbol or given.title):
        raise Invalid(
            "The file holds %(count)s resolutions, so one symbol or title cannot be given for all. "
            "Leave it out, or import each resolution from a file of its own.",
            field="symbol",
            count=len(previews),
        )
    if given.body is None:
        refuse_other_language(
            session,
            [
                AskedText(given.symbol or each.number or each.symbol, each.body, each.language)
                for each in (preview.reading for preview in previews)
            ],
        )
    try:
        source = note_source(session, content, file_name, actor=actor, at=at)
        made = tuple(
            import_preview(session, preview, given, source, actor=actor, at=at)
            for preview in previews
        )
    except IntegrityError as error:  # another session made the same rows since we looked
        raise Duplicate(
            "Somebody else imported the same text or body at this moment, so nothing of this "
            "import was kept. Look at the list of resolutions, then try again if it is missing."
        ) from error
    files.keep(content)  # last, so that a refused import leaves no file behind
    return made


def import_preview(
    session: Session,
    preview: Preview,
    details: Details,
    source: SourceFile,
    *,
    actor: Actor | None,
    at: datetime,
    changes: Changes | None = None,
) -> ImportOutcome:
    """Make the rows of one resolution; ``changes`` are what people made of its reading.

    Raises Duplicate or Invalid as ``import_resolutions`` does; the caller stores the file.
    """
    made = changes or Changes()
    reading = preview.reading
    symbol = symbol_of(details.symbol or reading.number or reading.symbol)
    title = title_of(details.title or reading.title, symbol)
    body_name = details.body or reading.body
    if not body_name:
        raise Invalid(
            "The file does not say which body adopted %(symbol)s. Enter the body's name.",
            field="body",
            symbol=symbol.printed,
        )
    is_known = find_body(session, body_name) is not None
    body = body_named(session, body_name, language=reading.language, actor=actor, at=at)
    held = _session(session, body, details, reading, actor=actor, at=at)
    instrument = _add_instrument(
        session,
        body,
        Instrument(
            kind=kind_of(symbol),
            body_id=body.id,
            session_id=held.id if held else None,
            symbol=symbol.printed,
            slug=symbol.slug,
            sort_key=sort_text(symbol),
            adopted_on=details.adopted_on or reading.adopted_on,
            imported_at=at,
            imported_by_id=actor.person_id if actor else None,
        ),
        actor=actor,
        at=at,
    )
    give_title(
        session, instrument, language=reading.language, title=title, source_file_id=source.id
    )
    clauses = add_clauses(session, instrument, reading)
    add_corrections(session, clauses, made.corrections, made.authors)
    add_citations(session, instrument, body, reading, clauses)
    connect_earlier_citations(session, [instrument])
    mandates = add_mandates(session, instrument, clauses, preview.proposals)
    blocks = dict(zip((clause.id for clause in clauses), reading.blocks, strict=True))
    add_findings(session, mandates, blocks, preview.proposals, title)
    outcome = ImportOutcome(
        instrument_id=instrument.id,
        symbol=symbol.printed,
        body_key=body.key,
        slug=instrument.slug,
        title=title,
        clause_count=len(reading.operative_clauses),
        mandate_count=len(mandates),
        proposed_for_action_count=sum(mandate.is_proposed_for_action for mandate in mandates),
        new_body="" if is_known else body.name,
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action="import_resolution",
        subject=instrument,
        after={
            "symbol": outcome.symbol,
            "file_name": source.file_name,
            "digest": source.digest,
            "clause_count": outcome.clause_count,
            "mandate_count": outcome.mandate_count,
            "correction_count": len(made.corrections),
            "left_out": list(made.left_out),
        },
    )
    logger.info("resolution %s imported with %s mandates", instrument.id, outcome.mandate_count)
    return outcome


def _session(
    session: Session,
    body: Body,
    details: Details,
    reading: ReadResolution,
    *,
    actor: Actor | None,
    at: datetime,
) -> BodySession | None:
    """Return the session that a person named, else the one that the file names, if any."""
    if details.session:
        named = session_of(session, body, details.session, actor=actor, at=at)
        if named is None:
            raise Invalid(
                "“%(text)s” is not a session. Give its number, for example 24 or XXIV.",
                field="session",
                text=details.session[:80],
            )
        return named
    return session_of(session, body, reading.session or "", actor=actor, at=at)


def _add_instrument(
    session: Session, body: Body, instrument: Instrument, *, actor: Actor | None, at: datetime
) -> Instrument:
    """Add the instrument, or give one that is listed without a text what is said of it here."""
    listed = find_listed(session, instrument.body_id, instrument.slug)
    if listed is not None:
        return attach_text(session, listed, instrument, actor=actor, at=at)
    there = session.execute(
        select(Instrument.symbol, Instrument.imported_at).where(
            Instrument.body_id == instrument.body_id, Instrument.slug == instrument.slug
        )
    ).first()
    if there:
        raise Duplicate(
            "%(symbol)s is there already, imported on %(day)s: open it instead.",
            symbol=there.symbol,
            day=there.imported_at.date(),
            body_key=body.key,
            slug=instrument.slug,
            is_other_text=True,
        )
    session.add(instrument)
    session.flush()
    return instrument
