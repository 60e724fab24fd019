"""The templates of bodies for their reports: tried, kept as versions, brought back, filled."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from jinja2 import TemplateError
from sqlalchemy.orm import Session

from tracker.domain.biennial_report import FIXED_TEXTS, ReportContent
from tracker.domain.biennial_report.composition import vocabulary
from tracker.domain.biennial_report.house_templates import (
    LONGEST_TEXT,
    NAMES,
    FrontText,
    HouseTemplate,
    delivered,
    front_texts,
)
from tracker.domain.biennial_report.layouts import DocumentType, Section
from tracker.domain.biennial_report.wording import plain
from tracker.domain.errors import Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.models.report_templates import ReportTemplate
from tracker.queries.report_templates import template_of
from tracker.sandbox import as_source, compiled
from tracker.services.template_versions import (
    append_version,
    held_template,
    newest_version,
    rows_of,
)
from tracker.storage import FileStore
from tracker.writing.biennial_report.house_files import NO_FILES, HouseFiles

logger = logging.getLogger(__name__)


def delivered_source(text: FrontText, language: str) -> str:
    """Return what stands there as delivered, written as a body would: ``{{ name }}`` for names."""
    return as_source(translate_into(language)(FIXED_TEXTS[text.fixed])) if text.fixed else ""


def own_sources(
    document_type: DocumentType, language: str, sources: Mapping[str, str]
) -> Mapping[str, str]:
    """Return those of the sources that differ from what is delivered, tidied."""
    tidied = {
        text.key: sources[text.key].replace("\r\n", "\n").strip()
        for text in front_texts(document_type)
        if text.key in sources
    }
    return {
        text.key: tidied[text.key]
        for text in front_texts(document_type)
        if text.key in tidied and tidied[text.key] != delivered_source(text, language)
    }


def with_front(
    template: HouseTemplate,
    document_type: DocumentType,
    language: str,
    sources: Mapping[str, str],
    sections: tuple[Section, ...],
) -> HouseTemplate:
    """Return a template with another front matter in a language and other sections."""
    own = own_sources(document_type, language, sources)
    keys = [text.key for text in front_texts(document_type)]
    return replace(template.worded(language, own, keys), sections=sections)


def refusals_of(document_type: DocumentType, sources: Mapping[str, str]) -> Sequence[Invalid]:
    """Return what is wrong with the sources: at ``text_<key>``, with the line. Empty if nothing."""
    refusals = []
    for text in front_texts(document_type):
        if text.key in sources:
            try:
                _check(text, sources[text.key])
            except Invalid as refusal:
                refusals.append(refusal)
    return refusals


def filled_front(content: ReportContent, texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return the texts of the front matter that the body words itself, filled in, by their keys.

    ``texts`` are the fixed texts in the language of the content. A text of which nothing is left,
    or that cannot be filled, is not among them, so that what is delivered stands there.
    """
    if content.template is None:
        return {}
    sources = content.template.texts.get(content.language, {})
    values = vocabulary(content, texts)
    filled = {}
    for text in front_texts(content.document_type):
        if text.key not in sources:
            continue
        try:
            said = plain(compiled(sources[text.key], NAMES).render(values))
        except (Invalid, TemplateError):
            logger.exception("the text %s in %s cannot be filled", text.key, content.language)
            continue
        if said or text.may_be_empty:
            filled[text.key] = said
    return filled


def keep_template(
    session: Session,
    *,
    body_id: int,
    document_type: DocumentType,
    language: str,
    sections: tuple[Section, ...],
    sources: Mapping[str, str],
    seen_number: int,
    actor: Actor,
    at: datetime,
) -> ReportTemplate | None:
    """Let a template hold from now on; return None where it does already.

    ``sources`` are the texts in ``language``; those in other languages stay as they are. Raises
    Invalid, with the line, for a text that cannot be filled, and Stale where somebody else changed
    the template meanwhile.
    """
    require(actor, Action.SET_TEMPLATES)
    newest = newest_version(session, body_id, document_type, seen_number)
    for refusal in refusals_of(document_type, sources):
        raise refusal
    before = held_template(newest, document_type)
    after = with_front(before, document_type, language, sources, sections)
    if after.says_the_same(before) and not before.new:
        return None
    return append_version(session, body_id, document_type, newest, after, None, actor=actor, at=at)


def house_files(template: HouseTemplate | None, store: FileStore) -> HouseFiles:
    """Return the files that documents made with a template need, by their digests.

    Raises NotFound when one is gone from the store.
    """
    if template is None:
        return NO_FILES
    held = (each.digest for each in (template.logo, template.styles) if each is not None)
    return {digest: store.content_of(digest) for digest in held}


def restore_template(
    session: Session,
    *,
    body_id: int,
    document_type: DocumentType,
    number: int,
    seen_number: int,
    actor: Actor,
    at: datetime,
) -> ReportTemplate:
    """Let an earlier version hold again, 0 for what is delivered; the versions between stay."""
    require(actor, Action.SET_TEMPLATES)
    newest = newest_version(session, body_id, document_type, seen_number)
    if newest is None or number == newest.number or (number == 0 and newest.restores == 0):
        raise WrongState("That version holds now already.")
    wanted = delivered(document_type)
    if number:
        row = session.scalar(rows_of(body_id, document_type).where(ReportTemplate.number == number))
        if row is None:
            raise NotFound("There is no such version. Choose one from the list.")
        wanted = template_of(row)
    return append_version(
        session, body_id, document_type, newest, wanted, number, actor=actor, at=at
    )


def _check(text: FrontText, source: str) -> None:
    field = f"text_{text.key}"
    if not source.strip() and not text.may_be_empty:
        raise Invalid("Enter a text, or restore the words that stood there at first.", field=field)
    if len(source) > LONGEST_TEXT:
        raise Invalid(
            "The text has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field=field,
            length=len(source),
            limit=LONGEST_TEXT,
        )
    said = compiled(source, NAMES, field).render(dict.fromkeys(NAMES, "x"))
    if not plain(said) and not text.may_be_empty:
        raise Invalid(
            "With some values nothing is left of the text. Give each condition words.", field=field
        )
