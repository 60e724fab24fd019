"""The report on its way to the session: its sheet, its submission, the files that are issued."""

import logging
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.evidence import checked_name
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.submissions import (
    LONGEST_LINE,
    IssuedEntry,
    Sheet,
    check_complete,
    check_issued,
    check_open,
    check_sheet,
    slug_of,
)
from tracker.models.biennial_reports import EditionState, ReportEdition
from tracker.models.progress import ReportingPeriod
from tracker.models.submissions import EditionSubmission, IssuedDocument
from tracker.queries.editions import edition_file, find_final
from tracker.queries.submissions import clauses_of_session
from tracker.reading.edition_pages import title_of_page, words_of_page
from tracker.reading.kept_files import kind_of_file
from tracker.services import audit
from tracker.services.versions import check_version
from tracker.storage import FileStore, digest_of
from tracker.writing.biennial_report import ReportForm

logger = logging.getLogger(__name__)


def save_sheet(
    session: Session,
    *,
    edition_id: int,
    version: int,
    sheet: Sheet,
    languages: Collection[str],
    word_limit: int,
    files: FileStore,
    actor: Actor,
    at: datetime,
) -> EditionSubmission:
    """Keep what the submission sheet says; ``version`` is 0 where there was none yet.

    Raises Invalid at the field that cannot be, Stale, and WrongState once it is submitted.
    """
    require(actor, Action.SUBMIT_EDITION)
    edition = _final(session, edition_id)
    checked = check_sheet(sheet, languages)
    period = session.get_one(ReportingPeriod, edition.period_id, with_for_update=True)
    row = session.get(EditionSubmission, edition_id)
    before = _told(row) if row is not None else None
    if row is None:
        row = EditionSubmission(
            edition_id=edition_id,
            slug=_free_slug(session, edition.document_symbol or period.name),
            word_count=_words(session, edition_id, files),
            word_limit=word_limit,
            slot_on=period.slot_on,
        )
        session.add(row)
    else:
        check_open(is_submitted=row.submitted_at is not None)
        check_version(row, version)
    row.title, row.mandate, row.agenda_item = checked.title, checked.mandate, checked.agenda_item
    row.distribution, row.targets = checked.distribution, " ".join(checked.targets)
    session.flush()
    audit.record(
        session,
        actor=actor,
        at=at,
        action="submission.sheet",
        subject=row,
        before=before,
        after=_told(row),
    )
    return row


def title_to_begin_with(session: Session, *, edition_id: int, files: FileStore) -> str:
    """Return the title that a new sheet proposes: that of the edition, as its file prints it."""
    kept = edition_file(session, edition_id, ReportForm.HTML)
    return title_of_page(files.content_of(kept.digest))[:LONGEST_LINE]


def submit_edition(
    session: Session, *, edition_id: int, version: int, actor: Actor, at: datetime
) -> EditionSubmission:
    """Take down that the report went to the conference service; from now on its sheet stays.

    Raises Invalid where the sheet lacks something.
    """
    row = _take(session, edition_id, actor)
    check_open(is_submitted=row.submitted_at is not None)
    check_version(row, version)
    check_complete(
        Sheet(row.title, row.mandate, row.agenda_item, row.distribution, tuple(row.targets.split()))
    )
    row.submitted_at, row.submitted_by_id = at, actor.person_id
    audit.record(
        session,
        actor=actor,
        at=at,
        action="submission.submitted",
        subject=row,
        after={"slug": row.slug, "words": row.word_count},
    )
    logger.info("edition %s submitted by person %s", edition_id, actor.person_id)
    return row


def attach_issued(
    session: Session,
    *,
    edition_id: int,
    entry: IssuedEntry,
    file_name: str,
    content: bytes,
    files: FileStore,
    actor: Actor,
    at: datetime,
) -> IssuedDocument:
    """Keep an official file with a submitted report.

    Raises Invalid for what cannot be, and Duplicate for a file that is there already.
    """
    row = _take(session, edition_id, actor)
    if row.submitted_at is None:
        raise WrongState("Submit the report first; what is issued is kept with it then.")
    zone = ZoneInfo(actor.time_zone)
    checked = check_issued(
        entry,
        submitted_on=row.submitted_at.astimezone(zone).date(),
        today=at.astimezone(zone).date(),
    )
    kind = kind_of_file(content)
    if session.scalar(
        select(IssuedDocument.id).where(
            IssuedDocument.edition_id == edition_id,
            IssuedDocument.digest == digest_of(content),
            IssuedDocument.withdrawn_at.is_(None),
        )
    ):
        raise Duplicate("This very file is kept here already.")
    made = IssuedDocument(
        edition_id=edition_id,
        kind=checked.kind,
        language=checked.language,
        symbol=checked.symbol,
        issued_on=checked.issued_on,
        file_name=checked_name(file_name),
        media_type=kind,
        digest=files.keep(content),
        size_bytes=len(content),
        attached_at=at,
        attached_by_id=actor.person_id,
    )
    session.add(made)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="submission.attached",
        subject=made,
        after={"edition_id": edition_id, "symbol": made.symbol, "digest": made.digest},
    )
    return made


def withdraw_issued(session: Session, *, document_id: int, actor: Actor, at: datetime) -> int:
    """Take an official file away that was attached by mistake; return its edition."""
    require(actor, Action.SUBMIT_EDITION)
    found = session.get(IssuedDocument, document_id, with_for_update=True)
    if found is None or found.withdrawn_at is not None:
        raise NotFound("This file is no longer here. Open the report to see which are.")
    found.withdrawn_at = at
    audit.record(
        session,
        actor=actor,
        at=at,
        action="submission.withdrawn",
        subject=found,
        before={"symbol": found.symbol, "digest": found.digest},
    )
    return found.edition_id


def link_noting_clause(
    session: Session, *, edition_id: int, clause_id: int | None, actor: Actor, at: datetime
) -> None:
    """Say by which clause the session took note of the report; None for by none.

    Raises Invalid for a clause that the session did not adopt.
    """
    row = _take(session, edition_id, actor)
    known = {each.clause_id for each in clauses_of_session(session, edition_id)}
    if clause_id is not None and clause_id not in known:
        raise Invalid(
            "This paragraph was not adopted by the session that received the report. Choose one "
            "from the list.",
            field="clause_id",
        )
    before = row.noted_clause_id
    row.noted_clause_id = clause_id
    audit.record(
        session,
        actor=actor,
        at=at,
        action="submission.noted",
        subject=row,
        before={"clause_id": before},
        after={"clause_id": clause_id},
    )


def _final(session: Session, edition_id: int) -> ReportEdition:
    """Return a final edition in the language that it was made in first; refuse any other."""
    edition = session.get(ReportEdition, edition_id)
    if edition is None:
        raise NotFound("There is no such edition of a report. Choose one on the page Reports.")
    final = find_final(session, edition.period_id)
    if edition.state is not EditionState.FINAL or final is None or final.id != edition_id:
        raise WrongState(
            "Only the newest final edition is submitted, in the language that it was made in "
            "first. Open that one."
        )
    return edition


def _take(session: Session, edition_id: int, actor: Actor) -> EditionSubmission:
    require(actor, Action.SUBMIT_EDITION)
    row = session.get(EditionSubmission, edition_id, with_for_update=True)
    if row is None:
        raise NotFound("Fill in the submission sheet of the report first.")
    return row


def _words(session: Session, edition_id: int, files: FileStore) -> int:
    kept = edition_file(session, edition_id, ReportForm.HTML)
    return words_of_page(files.content_of(kept.digest))


def _free_slug(session: Session, words: str) -> str:
    wanted = slug_of(words)
    taken = set(
        session.scalars(
            select(EditionSubmission.slug).where(EditionSubmission.slug.startswith(wanted))
        )
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def _told(row: EditionSubmission) -> dict[str, object]:
    names = ("title", "mandate", "agenda_item", "distribution", "targets")
    return {name: getattr(row, name) for name in names}
