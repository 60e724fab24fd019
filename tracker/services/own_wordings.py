"""Fixed texts of the report as bodies word them: checked in the sandbox, kept, put into reports."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.biennial_report.house_templates import LONGEST_TEXT, HouseTemplate
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.biennial_report.own_wordings import WORDABLE, placeholders, takes_values
from tracker.domain.biennial_report.texts import FIXED_TEXTS
from tracker.domain.biennial_report.wording import plain
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.models.report_templates import ReportTemplate
from tracker.sandbox import as_message, as_source
from tracker.services.template_versions import append_version, held_template, newest_version

logger = logging.getLogger(__name__)


def standing_source(key: str, language: str) -> str:
    """Return the words as delivered, written as a body would: ``{{ name }}`` for names."""
    return as_source(translate_into(language)(FIXED_TEXTS[key]))


def field_of(key: str) -> str:
    """Return the name of the field in which a text is worded."""
    return f"text_{key.replace('.', '-')}"


def refusals_of_wordings(sources: Mapping[str, str]) -> Sequence[Invalid]:
    """Return what is wrong with the sources by key, each at its field. Empty if nothing."""
    refusals = []
    for key, source in sources.items():
        try:
            _message(key, source)
        except Invalid as refusal:
            refusals.append(refusal)
    return refusals


def with_wordings(
    template: HouseTemplate, language: str, sources: Mapping[str, str]
) -> HouseTemplate:
    """Return a template with other words for these texts; those as delivered are not kept."""
    own = {
        key: tidied
        for key, source in sources.items()
        if (tidied := plain(source)) != standing_source(key, language)
    }
    return template.worded(language, own, sources.keys())


def keep_fixed_texts(
    session: Session,
    *,
    body_id: int,
    document_type: DocumentType,
    language: str,
    sources: Mapping[str, str],
    seen_number: int,
    actor: Actor,
    at: datetime,
) -> ReportTemplate | None:
    """Let reports say these texts so from now on; return None where they do already.

    ``sources`` are those of ``WORDABLE`` that were worded, by key; the others stay. Raises Invalid,
    with the line, for a text that cannot be filled or has lost a name, and Stale where somebody
    else changed the template meanwhile.
    """
    require(actor, Action.SET_TEMPLATES)
    newest = newest_version(session, body_id, document_type, seen_number)
    for refusal in refusals_of_wordings(sources):
        raise refusal
    before = held_template(newest, document_type)
    after = with_wordings(before, language, sources)
    if after.says_the_same(before):
        return None
    return append_version(session, body_id, document_type, newest, after, None, actor=actor, at=at)


def own_messages(template: HouseTemplate | None, language: str) -> Mapping[str, str]:
    """Return the fixed texts that a template words in a language, ready for the report.

    One that cannot be filled any more is not among them, so that what is delivered stands there.
    """
    if template is None:
        return {}
    messages = {}
    for key, source in _among(template.texts.get(language, {}), WORDABLE).items():
        try:
            messages[key] = _message(key, source)
        except Invalid:
            logger.exception("the text %s in %s cannot be filled", key, language)
    return messages


def _among(texts: Mapping[str, str], keys: Collection[str]) -> Mapping[str, str]:
    return {key: text for key, text in texts.items() if key in keys}


def _message(key: str, source: str) -> str:
    """Return a text as the report fills it."""
    field = field_of(key)
    if key not in WORDABLE:
        raise Invalid("There is no such text. Open the page again.", field=field)
    if not plain(source):
        raise Invalid("Enter a text, or restore the words that stood there at first.", field=field)
    if len(source) > LONGEST_TEXT:
        raise Invalid(
            "The text has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field=field,
            length=len(source),
            limit=LONGEST_TEXT,
        )
    message = as_message(plain(source), placeholders(key), field)
    return message if takes_values(key) else message.replace("%%", "%")
