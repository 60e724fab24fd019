"""The editor's wording of the report: written, taken from an edited copy, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.domain.biennial_report.editing import LONGEST_WORDING, tidy_wording
from tracker.domain.conversation import MessageKind, check_message
from tracker.domain.errors import N_, Invalid, NotFound, Stale, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.models.biennial_reports import ReportWording
from tracker.models.conversations import ReportMessage
from tracker.models.progress import ReportingPeriod
from tracker.queries.editions import period_with_editions
from tracker.queries.report_wordings import Wording, newest_wordings
from tracker.services import audit
from tracker.services.conversations import append_message
from tracker.services.report_rows import take_report

QUESTION = N_(
    "In the draft of the report, “%(before)s” was changed to “%(after)s”. Is this a correction of "
    "fact? If so, please return the report so that the record says it, too."
)
_MOST_QUOTED = 800  # characters
LONGEST_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class NewWording:
    """A wording to keep: of which passage, over which composed text, and what was seen before.

    ``text`` is None to let what is composed stand again; ``seen_id`` is the id of the passage's
    newest wording as the person saw it, 0 where it had none. ``source`` is the text of the original
    that it translates; without it a translation stays one of what it was made from. ``reason`` says
    why a wording is dropped whose passage the report no longer has.
    """

    passage: str
    composed: str
    text: str | None
    seen_id: int
    source: str | None = None
    reason: str = ""


def keep_wordings(
    session: Session,
    *,
    period_id: int,
    language: str,
    wordings: Sequence[NewWording],
    is_from_copy: bool = False,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep wordings, all or none; return how many changed something.

    Raises Stale where somebody worded one of the passages meanwhile, WrongState where the final
    edition in this language is made, Invalid for a wording that is too long.
    """
    require(actor, Action.GENERATE_REPORT)
    period = _open_period(session, period_id, language)
    newest = newest_wordings(session, period_id, language)
    kept = []
    for wording in wordings:
        held = newest.get(wording.passage)
        if (held.id if held else 0) != wording.seen_id:
            raise Stale(
                "Somebody else edited this passage since you opened the page. Their wording is "
                "shown beside yours: put both together and save again."
            )
        text = _checked(wording)
        if _is_there(held, wording, text):
            continue
        kept.append(
            ReportWording(
                period_id=period.id,
                language=language,
                passage=wording.passage,
                composed=wording.composed,
                text=text,
                source=_source(held, wording) if text is not None else None,
                reason=wording.reason,
                is_from_copy=is_from_copy,
                written_at=at,
                written_by_id=actor.person_id,
            )
        )
    session.add_all(kept)
    if kept:
        audit.record(
            session,
            actor=actor,
            at=at,
            action="word_report",
            subject=period,
            after={
                "language": language,
                "passages": [row.passage for row in kept],
                "is_from_copy": is_from_copy,
            },
        )
    return len(kept)


def drop_wording(
    session: Session,
    *,
    period_id: int,
    language: str,
    passage: str,
    seen_id: int,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Let go of a wording whose passage the report no longer has; the history keeps both.

    Raises Invalid without a reason, else as ``keep_wordings``.
    """
    words = " ".join(reason.split())
    if not words:
        raise Invalid("Say why this wording is dropped, in a few words.", field="reason")
    if len(words) > LONGEST_REASON:
        raise Invalid(
            "The reason has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field="reason",
            length=len(words),
            limit=LONGEST_REASON,
        )
    held = newest_wordings(session, period_id, language).get(passage)
    # Nothing is composed any more where it stood: what is kept beside the reason is the wording.
    was = held.text if held is not None and held.text is not None else ""
    dropped = NewWording(passage, was, None, seen_id, reason=words)
    keep_wordings(
        session, period_id=period_id, language=language, wordings=[dropped], actor=actor, at=at
    )


def accept_composed(
    session: Session,
    *,
    period_id: int,
    language: str,
    composed: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> None:
    """Note that somebody saw what the records say now, after a draft, and lets it stand.

    ``composed`` are the texts by the keys of passages, or of rows of tables.
    """
    require(actor, Action.GENERATE_REPORT)
    period = _open_period(session, period_id, language)
    for passage, text in composed.items():
        row = ReportWording(
            period_id=period.id,
            language=language,
            passage=passage,
            composed=text,
            text=None,
            written_at=at,
            written_by_id=actor.person_id,
        )
        session.add(row)
        audit.record(
            session,
            actor=actor,
            at=at,
            action="accept_late_change",
            subject=period,
            after={"language": language, "passage": passage, "text": text},
        )


def ask_about_wording(
    session: Session,
    *,
    report_id: int,
    before: str,
    after: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> ReportMessage:
    """Ask whoever cleared a text whether a change to the document is a correction of fact.

    The question stands with the report and waits for its manager, who answers it or returns the
    report to the focal point.
    """
    require(actor, Action.GENERATE_REPORT)
    report = take_report(session, report_id)
    translate = translate_into(language)
    text = translate(QUESTION) % {"before": _quoted(before), "after": _quoted(after)}
    return append_message(
        session, report, MessageKind.QUESTION, check_message(text), actor=actor, at=at
    )


def _quoted(text: str) -> str:
    """Return a text for a question: whole where it is short, else its beginning."""
    words = " ".join(text.split())
    return words if len(words) <= _MOST_QUOTED else f"{words[:_MOST_QUOTED].rsplit(' ', 1)[0]} …"


def _is_there(held: Wording | None, wording: NewWording, text: str | None) -> bool:
    """Tell whether a passage reads so already."""
    if held is None or held.text is None or text is None:
        return (held.text if held else None) == text
    return (held.text, held.composed, held.source) == (
        text,
        wording.composed,
        _source(held, wording),
    )


def _source(held: Wording | None, wording: NewWording) -> str | None:
    if wording.source is not None or held is None or held.text is None:
        return wording.source
    return held.source


def _checked(wording: NewWording) -> str | None:
    if wording.text is None:
        return None
    text = tidy_wording(wording.text)
    if len(text) > LONGEST_WORDING:
        raise Invalid(
            "This passage has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field="text",
            length=len(text),
            limit=LONGEST_WORDING,
        )
    return None if text == wording.composed and wording.source is None else text


def _open_period(session: Session, period_id: int, language: str) -> ReportingPeriod:
    """Return the period, locked; refuse where its report in this language is final."""
    period = session.get(ReportingPeriod, period_id, with_for_update=True)
    if period is None:
        raise NotFound("There is no such reporting period. Choose one on the page Reports.")
    if period_with_editions(session, period_id).is_final_in(language):
        raise WrongState(
            "The final edition in this language is made, so its words stay as they are. If they "
            "must change, ask the coordinator to open the period again."
        )
    return period
