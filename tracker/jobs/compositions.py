"""Composing the texts of a report that is too long for a page to do so."""

from collections.abc import Callable, Mapping
from functools import partial

from tracker import clock
from tracker.database import Session
from tracker.domain.biennial_report.editing import CopyText
from tracker.domain.biennial_report.late_changes import changes_since
from tracker.domain.biennial_report.passages import ComposedPassages
from tracker.domain.errors import N_, Invalid
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.installation import Installation
from tracker.queries.editions import Edition, edition_file, period_with_editions
from tracker.queries.kept_compositions import find_composition
from tracker.reading.edited_report import read_edited_report
from tracker.services.biennial_reports import compose_edition
from tracker.services.kept_compositions import request_of_today
from tracker.services.kept_results import keep_written
from tracker.storage import FileStore
from tracker.writing.biennial_report.change_file import write_changes
from tracker.writing.biennial_report.passage_file import write_passages


def compose_texts(
    installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Compose the report of today, keep its texts and what changed since the newest draft.

    What was kept before gives way.
    """
    require(actor, Action.GENERATE_REPORT)
    progress(0, translate_into(actor.language)(N_("Composing the texts of the report")))
    period_id, language = int(str(arguments["period_id"])), str(arguments["language"])
    time_zone = installation.settings.time_zone
    # What we wrote ourselves is not looked at by the scanner of uploads.
    store, composed_at = FileStore(installation.uploads.folder), clock.now()
    with installation.database.reading() as session:
        former, _task = find_composition(session, period_id, language)
        found = period_with_editions(session, period_id)
        draft = found.newest_draft_in(language)
        # Before the report is composed, so that the two trees are not in memory together.
        copy = _read_draft(session, draft, installation.files) if draft else None
        request = request_of_today(
            found,
            language,
            entity_name=installation.house().entity.name_in(language),
            time_zone=time_zone,
            today=clock.today(time_zone),
        )
        document = compose_edition(session, request).document
    digest = keep_written(partial(write_passages, ComposedPassages(document)), store=store)
    changes = ""
    if copy is not None:
        since = changes_since(copy, document)
        changes = keep_written(partial(write_changes, since), store=store)
    for gone in {former.digest, former.changes} - {digest, changes, ""} if former else ():
        store.drop(gone)
    return {
        "digest": digest,
        "composed_at": composed_at.isoformat(),
        "draft_id": draft.id if draft else None,
        "changes": changes,
    }


def _read_draft(session: Session, draft: Edition, files: FileStore) -> CopyText | None:
    """Return what a draft says; None where its file is too large to be read."""
    try:
        kept = edition_file(session, draft.id, "docx")
        return read_edited_report(files.content_of(kept.digest))
    except Invalid:
        return None
