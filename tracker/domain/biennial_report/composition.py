"""Composition: the content of an edition becomes a document, by fixed texts and editorial rules."""

from collections.abc import Mapping

from tracker.domain.biennial_report.activities import add_activities
from tracker.domain.biennial_report.annexes import add_annexes
from tracker.domain.biennial_report.blocks import (
    Block,
    Contents,
    ContentsEntry,
    Cover,
    DocumentWords,
    Heading,
    ReportDocument,
)
from tracker.domain.biennial_report.content import ReportContent
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.editing import CopyMark
from tracker.domain.biennial_report.implementation import add_implementation
from tracker.domain.biennial_report.overview import add_overview
from tracker.domain.biennial_report.wording import Wording, joined, period, plain, unbroken

# Single paragraphs of resolutions stand in the contents while these fit on two pages.
PARAGRAPHS_IN_CONTENTS = 60


def compose(
    content: ReportContent, texts: Mapping[str, str], *, names_missing: bool = False
) -> ReportDocument:
    """Compose the document from cleared content alone.

    ``texts`` are the fixed texts of ``FIXED_TEXTS`` in ``content.language`` (a missing one is
    printed in English); ``names_missing`` adds a neutral sentence on how many mandates have no
    information, which the document otherwise passes over.
    """
    wording = Wording(texts, content.language)
    draft = Draft(wording, content.language, content.editorial)
    _add_introduction(draft, content)
    add_overview(draft, content, names_missing=names_missing)
    spans = add_implementation(draft, content)
    add_activities(draft, content)
    add_annexes(draft, content, spans)
    title = wording.say("cover.title", period=period(content.period_name))
    return ReportDocument(
        title=title,
        language=content.language,
        running_head=_running_head(wording, content),
        entity_name=plain(content.entity_name),
        issued_on=content.issued_on,
        period_name=plain(content.period_name),
        edition_number=content.edition_number,
        words=_words(wording),
        blocks=(
            _cover(wording, content, title),
            Contents(wording.say("words.contents"), _contents(draft.blocks)),
            *draft.blocks,
        ),
        passages=tuple(draft.passages),
        copy_mark=_copy_mark(content),
    )


def _copy_mark(content: ReportContent) -> str:
    """Return the mark of a working copy; what is final is handed over without one."""
    if not content.is_draft or not content.period_id:
        return ""
    return str(CopyMark(content.period_id, content.edition_number, content.language))


def _add_introduction(draft: Draft, content: ReportContent) -> None:
    wording = draft.wording
    draft.heading(1, wording.say("introduction.title"), label="I.")
    draft.scope = "introduction"
    start, end = wording.day_in_words(content.starts_on), wording.day_in_words(content.ends_on)
    draft.paragraph(wording.say("introduction.purpose", start=start, end=end), name="purpose")
    draft.paragraph(wording.say("introduction.order"), name="order")
    draft.paragraph(wording.say("introduction.basis"), name="basis")


def _cover(wording: Wording, content: ReportContent, title: str) -> Cover:
    original = wording.say(f"language.{content.original_language}")
    notices = []
    if content.is_draft:
        notices.append(wording.say("cover.draft"))
    if content.language != content.original_language:
        notices.append(wording.say("cover.unofficial", language=original))
    return Cover(
        symbol=_symbol(content),
        distribution=wording.say("cover.distribution"),
        issued=wording.day_in_words(content.issued_on),
        original=wording.say("cover.original", language=original.upper()),
        entity=plain(content.entity_name),
        session=_session(content),
        place_and_dates=_place_and_dates(wording, content),
        title=joined(title),
        subtitle=wording.say("cover.subtitle"),
        edition=(
            wording.say("cover.edition", number=content.edition_number)
            if content.edition_number > 1
            else None
        ),
        notices=tuple(notices),
    )


def _session(content: ReportContent) -> str | None:
    names = (plain(content.body_name), plain(content.session_name))
    # Where a commission reports to itself, its name is not printed twice.
    shown = [name for name in names if name and name != plain(content.entity_name)]
    return ", ".join(shown) or None


def _place_and_dates(wording: Wording, content: ReportContent) -> str | None:
    place = plain(content.session_place)
    dates = wording.days_in_words(content.session_opens_on, content.session_closes_on)
    if place and dates:
        return wording.say("cover.place_and_dates", place=place, dates=dates)
    return place or dates or None


def _symbol(content: ReportContent) -> str | None:
    return unbroken(plain(content.document_symbol)) or None


def _running_head(wording: Wording, content: ReportContent) -> str:
    symbol = _symbol(content) or plain(content.entity_name)
    return f"{wording.say('words.draft')} – {symbol}" if content.is_draft else symbol


def _words(wording: Wording) -> DocumentWords:
    return DocumentWords(
        contents=wording.say("words.contents"),
        page=wording.say("words.page"),
        notes=wording.say("words.notes"),
        skip_link=wording.say("words.skip_link"),
        back_to_text=wording.say("words.back_to_text"),
    )


def _contents(blocks: list[Block]) -> tuple[ContentsEntry, ...]:
    headings = [block for block in blocks if isinstance(block, Heading)]
    single = sum(heading.level == 3 for heading in headings)
    deepest = 3 if single <= PARAGRAPHS_IN_CONTENTS else 2
    return tuple(
        ContentsEntry(heading.level, heading.label, heading.text, heading.anchor)
        for heading in headings
        if heading.level <= deepest
    )
