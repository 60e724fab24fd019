"""Corrected editions: each takes the place of the text that is there, which stays as history."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain import permissions
from tracker.domain.changed_words import is_material
from tracker.domain.clauses import BlockKind, Entity, ReadResolution
from tracker.domain.corrected_editions import Aligned, Fate, align
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, Actor
from tracker.models.instruments import Citation, Clause, Instrument, InstrumentText, SourceFile
from tracker.models.mandates import Mandate
from tracker.models.text_editions import EditionClause, TextEdition
from tracker.queries.corrected_editions import held_paragraphs
from tracker.services import audit
from tracker.services.citations import add_citations
from tracker.services.edition_clauses import drop_clauses, move_clauses
from tracker.services.proposals import add_mandates, propose_mandates
from tracker.services.read_findings import read_again
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)

_LONGEST_LABEL = 200  # characters


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What takes the place of a text: its reading, what it is called, and the file it is from.

    ``said`` is a person's word on which paragraph is which, as ``align`` takes it.
    """

    reading: ReadResolution
    title: str
    label: str
    source: SourceFile
    said: Mapping[int, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenEdition:
    """What taking an edition did to the clauses; ``clauses`` are those of its paragraphs."""

    edition_id: int
    instrument_id: int
    changed_count: int
    added_count: int
    dropped_count: int
    renumbered_count: int
    clauses: tuple[Clause, ...]


def take_edition(
    session: Session,
    *,
    instrument_id: int,
    version: int | None,
    edition: NewEdition,
    entity: Entity,
    actor: Actor | None,
    at: datetime,
) -> TakenEdition:
    """Let an edition take the place of the text of an instrument in its original language.

    A clause keeps its mandate whatever its words and number become; one that is not in the edition
    leaves the text and its mandate ends; a new one gets a proposed mandate. ``version`` is that of
    the instrument as the person saw it, None where nobody looked. No actor means the command line.
    Raises Stale, or Invalid where the edition says what is there already, has no clause, or has no
    name.
    """
    if actor is not None:
        permissions.require(actor, Action.CORRECT_CLAUSE)
    instrument = _locked_instrument(session, instrument_id)
    if version is not None:
        check_version(instrument, version)
    original = next(text for text in instrument.texts if text.is_original)
    _check(edition, original)
    rows = align(held_paragraphs(session, instrument_id), edition.reading.blocks, edition.said)
    if all(row.is_untouched for row in rows) and original.title == edition.title:
        raise Invalid("This file says word for word what is there, so there is nothing to take.")
    taken = _row(session, instrument, original, edition, actor=actor, at=at)
    held = _clauses(session, instrument_id)
    before = {clause.id: (clause.position, clause.number) for clause in held.values()}
    drop_clauses(session, instrument, held, rows, taken, actor=actor, at=at)
    clauses = move_clauses(session, instrument, held, rows, edition.reading.language, at=at)
    session.add_all(_history(taken, rows, clauses, before))
    _follow(session, instrument, original, edition, clauses, entity)
    read_again(session, instrument_id=instrument_id, entity=entity, actor=actor, at=at)
    outcome = _outcome(taken, rows, clauses)
    _record(session, instrument, edition, outcome, actor=actor, at=at)
    logger.info("instrument %s: edition %s taken", instrument_id, taken.id)
    return outcome


def _locked_instrument(session: Session, instrument_id: int) -> Instrument:
    instrument = session.scalar(
        select(Instrument)
        .where(Instrument.id == instrument_id)
        .options(selectinload(Instrument.texts), joinedload(Instrument.body))
        .with_for_update(of=Instrument)
        .execution_options(populate_existing=True)
    )
    if instrument is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    return instrument


def _check(edition: NewEdition, original: InstrumentText) -> None:
    label = " ".join(edition.label.split())
    if not label:
        raise Invalid(
            "Say what this edition is, for example the symbol of the correction or “the signed "
            "text”: ended mandates will cite it.",
            field="label",
        )
    if len(label) > _LONGEST_LABEL:
        raise Invalid(
            "This is longer than %(longest)s characters. Enter the symbol alone, or a few words.",
            field="label",
            longest=_LONGEST_LABEL,
        )
    if not edition.reading.operative_clauses:
        raise Invalid("No operative clause was read, so this cannot take the place of a text.")
    if edition.reading.language != original.language:
        raise Invalid(
            "The text was adopted in another language than this file is in. Add the file as the "
            "text in its language.",
            language=edition.reading.language,
        )


def _row(
    session: Session,
    instrument: Instrument,
    original: InstrumentText,
    edition: NewEdition,
    *,
    actor: Actor | None,
    at: datetime,
) -> TextEdition:
    row = TextEdition(
        instrument_id=instrument.id,
        language=original.language,
        label=" ".join(edition.label.split()),
        before_title=original.title,
        after_title=edition.title,
        before_file_id=original.source_file_id,
        after_file_id=edition.source.id,
        taken_at=at,
        taken_by_id=actor.person_id if actor else None,
    )
    session.add(row)
    session.flush()
    return row


def _clauses(session: Session, instrument_id: int) -> dict[int, Clause]:
    """Return every clause of an instrument with its texts, by id, also those dropped earlier."""
    clauses = session.scalars(
        select(Clause)
        .where(Clause.instrument_id == instrument_id)
        .options(selectinload(Clause.texts), joinedload(Clause.parent))
        .order_by(Clause.position)
        .execution_options(populate_existing=True)
    )
    return {clause.id: clause for clause in clauses}


def _history(
    taken: TextEdition,
    rows: Sequence[Aligned],
    clauses: Sequence[Clause],
    before: Mapping[int, tuple[int, str | None]],
) -> list[EditionClause]:
    """Return both texts paragraph by paragraph; ``before`` holds places and numbers by clause."""
    made = []
    for row in rows:
        clause_id = row.held.clause_id if row.held else clauses[row.index or 0].id
        position, number = before.get(clause_id, (None, None))
        made.append(
            EditionClause(
                edition_id=taken.id,
                clause_id=clause_id,
                fate=row.fate,
                kind=row.kind,
                before_position=position,
                before_number=number,
                before_path=row.held.path if row.held else None,
                before_text=row.held.text if row.held else None,
                after_position=None if row.index is None else row.index + 1,
                after_path=row.block.path if row.block else None,
                after_text=row.block.text if row.block else None,
            )
        )
    return made


def _follow(
    session: Session,
    instrument: Instrument,
    original: InstrumentText,
    edition: NewEdition,
    clauses: Sequence[Clause],
    entity: Entity,
) -> None:
    """Let title, file, citations and proposed mandates follow the new text."""
    if is_material(original.title, edition.title):
        for text in instrument.texts:
            text.is_out_of_date = not text.is_original
    original.title, original.source_file_id = edition.title, edition.source.id
    session.execute(delete(Citation).where(Citation.instrument_id == instrument.id))
    add_citations(session, instrument, instrument.body, edition.reading, clauses)
    ids = [clause.id for clause in clauses]
    held = session.scalars(select(Mandate).where(Mandate.clause_id.in_(ids))).all()
    taken = {mandate.clause_id for mandate in held}
    proposals = propose_mandates(edition.reading, entity)
    add_mandates(session, instrument, [each for each in clauses if each.id not in taken], proposals)
    introducing = {clause.id for clause in clauses if clause.path not in proposals}
    for mandate in held:  # a clause with sub-clauses of its own now is no mandate by itself
        if mandate.clause_id in introducing and mandate.requires_action is not None:
            mandate.needs_look = True
    flag_modified(instrument, "sort_key")  # another version: nobody else writes over this


def _outcome(
    taken: TextEdition, rows: Sequence[Aligned], clauses: Sequence[Clause]
) -> TakenEdition:
    operative = [row for row in rows if row.kind is BlockKind.OPERATIVE]
    return TakenEdition(
        edition_id=taken.id,
        instrument_id=taken.instrument_id,
        changed_count=sum(row.fate is Fate.CHANGED for row in operative),
        added_count=sum(row.fate is Fate.ADDED for row in operative),
        dropped_count=sum(row.fate is Fate.DROPPED for row in operative),
        renumbered_count=sum(row.is_renumbered for row in operative),
        clauses=tuple(clauses),
    )


def _record(
    session: Session,
    instrument: Instrument,
    edition: NewEdition,
    outcome: TakenEdition,
    *,
    actor: Actor | None,
    at: datetime,
) -> None:
    audit.record(
        session,
        actor=actor,
        at=at,
        action="take_edition",
        subject=instrument,
        after={
            "label": edition.label,
            "file_name": edition.source.file_name,
            "digest": edition.source.digest,
            "changed_count": outcome.changed_count,
            "added_count": outcome.added_count,
            "dropped_count": outcome.dropped_count,
            "renumbered_count": outcome.renumbered_count,
        },
    )
