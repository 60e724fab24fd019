"""The check of a draft as a Word document for the meeting."""

from collections.abc import Iterator
from datetime import date

from tracker.domain import draft_texts
from tracker.domain.biennial_report.blocks import (
    Block,
    DocumentWords,
    Paragraph,
    Quote,
    ReportDocument,
)
from tracker.domain.biennial_report.wording import plain
from tracker.domain.clauses import CitedParagraph, paragraph_label
from tracker.domain.errors import Phrase
from tracker.queries.drafts import AlikeMandate, CheckedDraft, DraftClause
from tracker.sentences import words_of
from tracker.writing.biennial_report import ReportForm
from tracker.writing.brief import write_brief


def draft_document(
    draft: CheckedDraft, *, language: str, entity_name: str, written_on: date
) -> bytes:
    """Return the check as a Word file in ``language``; the clauses stay in their own."""
    title = words_of(Phrase(draft_texts.TITLE), language)
    blocks: list[Block] = [
        Paragraph(words_of(Phrase(draft_texts.PRIVATE, {"day": draft.line.purged_on}), language)),
        Paragraph(plain(draft.line.title), language=draft.line.language),
    ]
    for clause in draft.clauses:
        blocks += _clause(clause, draft.line.language, language)
    document = ReportDocument(
        title=title,
        language=language,
        running_head=plain(entity_name),
        entity_name=plain(entity_name),
        issued_on=written_on,
        period_name=str(written_on.year),
        edition_number=1,
        words=DocumentWords(contents="", page="", notes="", skip_link="", back_to_text="", part=""),
        blocks=tuple(blocks),
    )
    return write_brief(document, ReportForm.DOCX)


def _clause(clause: DraftClause, written_in: str, language: str) -> Iterator[Block]:
    label = paragraph_label(clause.path)
    yield Quote(label, None, (plain(clause.text),), language=written_in)
    for phrase in _told(clause):
        yield Paragraph(plain(words_of(phrase, language)))


def _told(clause: DraftClause) -> Iterator[Phrase]:
    for alike in clause.alike:
        yield _alike(alike)
    if not clause.alike:
        yield Phrase(draft_texts.NOTHING_ALIKE)
    if clause.due_on is not None:
        yield Phrase(draft_texts.FIRST_REPORT, {"day": clause.due_on})
    for gap in clause.gaps:
        yield Phrase(draft_texts.GAPS[gap])


def _alike(alike: AlikeMandate) -> Phrase:
    mandate = alike.mandate
    message = draft_texts.REPLACES if alike.is_replaced else draft_texts.LIKE
    return Phrase(
        message,
        {
            "mandate": CitedParagraph(mandate.reference.symbol, mandate.reference.path),
            "percent": alike.score,
            "owner": mandate.unit_name or Phrase(draft_texts.NOBODY),
            "lifecycle": mandate.lifecycle,
        },
    )
