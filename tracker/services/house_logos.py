"""The logos of bodies on their reports: put on the cover, described, removed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.biennial_report.house_templates import LONGEST_ALTERNATIVE
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.biennial_report.logos import Logo
from tracker.domain.biennial_report.wording import plain
from tracker.domain.errors import Invalid, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.models.report_templates import ReportTemplate
from tracker.reading.logo import read_logo
from tracker.services.template_versions import append_version, held_template, newest_version
from tracker.storage import FileStore
from tracker.writing.biennial_report.typesetter import try_picture


def keep_logo(
    session: Session,
    *,
    body_id: int,
    document_type: DocumentType,
    content: bytes,
    alternatives: Mapping[str, str],
    seen_number: int,
    store: FileStore,
    actor: Actor,
    at: datetime,
) -> ReportTemplate | None:
    """Put a logo on the cover from now on; return None where it stands there already.

    ``content`` is the picture as somebody chose it, nothing to keep the one that is there;
    ``alternatives`` says by language what it shows. Raises Invalid for what is no logo, at
    ``picture``, and for a missing alternative, at ``alternative_<language>``.
    """
    require(actor, Action.SET_TEMPLATES)
    newest = newest_version(session, body_id, document_type, seen_number)
    before = held_template(newest, document_type)
    said = {language: plain(words) for language, words in alternatives.items()}
    for language, words in said.items():
        _check_alternative(language, words)
    logo = _taken_logo(content, said, store) if content else before.logo
    if logo is None:
        raise Invalid("Choose the picture that is the logo.", field="picture")
    after = replace(before, logo=replace(logo, alternatives=said))
    if after.says_the_same(before):
        return None
    return append_version(session, body_id, document_type, newest, after, None, actor=actor, at=at)


def remove_logo(
    session: Session,
    *,
    body_id: int,
    document_type: DocumentType,
    seen_number: int,
    actor: Actor,
    at: datetime,
) -> ReportTemplate:
    """Leave the cover without a logo from now on; editions that have it keep it."""
    require(actor, Action.SET_TEMPLATES)
    newest = newest_version(session, body_id, document_type, seen_number)
    before = held_template(newest, document_type)
    if before.logo is None:
        raise WrongState("There is no logo to be removed.")
    after = replace(before, logo=None)
    return append_version(session, body_id, document_type, newest, after, None, actor=actor, at=at)


def _check_alternative(language: str, words: str) -> None:
    field = f"alternative_{language}"
    if not words:
        raise Invalid("Say what the logo shows, for who hears the document read.", field=field)
    if len(words) > LONGEST_ALTERNATIVE:
        raise Invalid(
            "The text has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field=field,
            length=len(words),
            limit=LONGEST_ALTERNATIVE,
        )


def _taken_logo(content: bytes, alternatives: Mapping[str, str], store: FileStore) -> Logo:
    """Return a logo as it was read and tried, kept in the store."""
    try:
        store.look_at(content)
        read = read_logo(content)
        try_picture(read.content, read.media_type)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field="picture", **refusal.values) from refusal
    digest = store.keep(read.content)
    return Logo(digest, read.media_type, read.width, read.height, alternatives)
