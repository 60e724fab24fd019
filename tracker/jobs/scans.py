"""Recognising an uploaded scan in the background, so that its review can open."""

from collections.abc import Callable, Mapping

from tracker import clock
from tracker.domain.errors import N_, Duplicate, Refused, UnreadableDocument
from tracker.domain.permissions import Actor
from tracker.i18n import translate_into
from tracker.installation import Installation
from tracker.queries.import_files import FileUnderWay, file_under_way
from tracker.sentences import sentence_of
from tracker.services.housekeeping import waiting_digests
from tracker.services.scanned_imports import fail_scan, finish_scan


def recognise_scan(
    installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Recognise the pages of a received file and open its reviews, or note why that cannot be.

    A text in another language has no review of its own: its pages are recognised and kept.
    """
    translate = translate_into(actor.language)

    def show(place: int, count: int) -> None:
        doing = translate(N_("Recognising page %(page)s of %(count)s"))
        progress((place - 1) * 100 // count, doing % {"page": place, "count": count})

    if "file_id" not in arguments:
        content = installation.uploads.content_of(str(arguments["digest"]))
        installation.recognise(content, str(arguments["file_name"]), progress=show)
        return {}
    file_id = int(str(arguments["file_id"]))
    with installation.database.reading() as session:
        file = file_under_way(session, file_id, actor)
    content = installation.uploads.content_of(file.digest)
    try:
        reading = installation.recognise(content, file.file_name, progress=show)
        with installation.database.transaction() as session:
            finish_scan(session, file_id=file_id, reading=reading, actor=actor, at=clock.now())
    except (UnreadableDocument, Duplicate) as refusal:
        _keep_nothing(installation, file, actor, refusal)
        raise
    return {"file_id": file_id}


def _keep_nothing(
    installation: Installation, file: FileUnderWay, actor: Actor, refusal: Refused
) -> None:
    """Note why a file was refused; leave neither the file nor what was recognised of it."""
    with installation.database.transaction() as session:
        fail_scan(session, file_id=file.id, problem=sentence_of(refusal, actor.language))
        is_needed = file.digest in waiting_digests(session)
    if not is_needed:
        installation.uploads.drop(file.digest)
        if isinstance(refusal, UnreadableDocument):
            installation.pages.drop(file.digest)
