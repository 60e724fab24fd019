"""The Word styles of bodies: a file of the house looked at, kept with the template, left again."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.biennial_report.house_styles import HouseStyles
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.biennial_report.wording import plain
from tracker.domain.errors import Invalid, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.models.report_templates import ReportTemplate
from tracker.reading.house_styles import read_house_styles
from tracker.services.template_versions import append_version, held_template, newest_version
from tracker.storage import FileStore, digest_of
from tracker.writing.biennial_report import word
from tracker.writing.biennial_report.house_styles import StylesSeen, seen_in, styles_file
from tracker.writing.biennial_report.word_packages import parts_of

_LONGEST_NAME = 200  # characters of the name of the file


def look_at_styles(content: bytes, store: FileStore) -> StylesSeen:
    """Return what a Word file would give the report; keep nothing.

    Raise Invalid at ``file`` for what is no Word file, has macros, a virus or no room for a report.
    """
    return seen_in(_ours(), _read(content, store))


def tried_styles(
    template: HouseTemplate, content: bytes, store: FileStore
) -> tuple[HouseTemplate, dict[str, bytes]]:
    """Return a template with styles that are not kept, and their file under its digest."""
    read = _read(content, store)
    styles = HouseStyles(digest_of(read), "", ())
    return replace(template, styles=styles), {styles.digest: read}


def keep_styles(
    session: Session,
    *,
    body_id: int,
    document_type: DocumentType,
    content: bytes,
    file_name: str,
    seen_number: int,
    store: FileStore,
    actor: Actor,
    at: datetime,
) -> ReportTemplate | None:
    """Let Word reports have the styles of a file from now on; return None where they have them.

    Of the file its styles, page, fonts and colours alone are kept. Raises Invalid as
    ``look_at_styles`` does.
    """
    require(actor, Action.SET_TEMPLATES)
    newest = newest_version(session, body_id, document_type, seen_number)
    before = held_template(newest, document_type)
    read = _read(content, store)
    styles = HouseStyles(
        digest=store.keep(read),
        file_name=plain(file_name)[:_LONGEST_NAME],
        missing=seen_in(_ours(), read).missing,
    )
    if before.styles is not None and before.styles.digest == styles.digest:
        return None
    after = replace(before, styles=styles)
    return append_version(session, body_id, document_type, newest, after, None, actor=actor, at=at)


def remove_styles(
    session: Session,
    *,
    body_id: int,
    document_type: DocumentType,
    seen_number: int,
    actor: Actor,
    at: datetime,
) -> ReportTemplate:
    """Let Word reports have our styles again; editions that are made keep theirs."""
    require(actor, Action.SET_TEMPLATES)
    newest = newest_version(session, body_id, document_type, seen_number)
    before = held_template(newest, document_type)
    if before.styles is None:
        raise WrongState("The Word report has the styles as delivered already.")
    after = replace(before, styles=None)
    return append_version(session, body_id, document_type, newest, after, None, actor=actor, at=at)


def present_styles_file(template: HouseTemplate, store: FileStore) -> bytes:
    """Return a Word file with a line in each style that the report has now."""
    held = template.styles
    return styles_file(_ours(), store.content_of(held.digest) if held else None)


def _read(content: bytes, store: FileStore) -> bytes:
    try:
        store.look_at(content)
        return read_house_styles(content)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field="file", **refusal.values) from refusal


def _ours() -> dict[str, bytes]:
    return parts_of(word.REPORT.read_bytes())
