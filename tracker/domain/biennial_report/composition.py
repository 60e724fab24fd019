"""Composition: the content of an edition becomes a document, by fixed texts and editorial rules."""

from collections.abc import Mapping

from tracker.domain.biennial_report.activities import add_activities
from tracker.domain.biennial_report.annexes import add_decisions, add_list
from tracker.domain.biennial_report.blocks import (
    Block,
    Contents,
    ContentsEntry,
    Cover,
    CoverLogo,
    DocumentWords,
    Heading,
    ReportDocument,
)
from tracker.domain.biennial_report.content import ReportContent
from tracker.domain.biennial_report.cooperation import add_cooperation
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.editing import CopyMark
from tracker.domain.biennial_report.house_templates import PURPOSES
from tracker.domain.biennial_report.implementation import Span, add_implementation
from tracker.domain.biennial_report.layouts import DocumentType, ScopeKind, Section
from tracker.domain.biennial_report.overview import add_overview
from tracker.domain.biennial_report.sources import add_sources
from tracker.domain.biennial_report.wording import Wording, joined, period, plain, roman, unbroken

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
    draft = Draft(
        wording,
        content.language,
        content.editorial,
        content.editorial_languages,
        content.originals,
        content.editorial_over if content.is_variant else {},
    )
    _add_sections(draft, content, names_missing=names_missing)
    if content.clearances is not None:
        own = sum(section.is_annex for section in content.sections) + 1
        add_sources(draft, content, content.clearances, number=roman(own) if own > 1 else "")
    title = _title(wording, content)
    return ReportDocument(
        title=title,
        language=content.language,
        running_head=_running_head(wording, content),
        entity_name=plain(content.entity_name),
        issued_on=content.issued_on,
        period_name=plain(content.period_name),
        edition_number=content.printed_number,
        words=_words(wording),
        blocks=(
            _cover(wording, content, title),
            Contents(wording.say("words.contents"), _contents(draft.blocks)),
            *draft.blocks,
        ),
        passages=tuple(draft.passages),
        original_language=content.original_language,
        copy_mark=_copy_mark(content),
        word_styles=_word_styles(content),
        has_sources=content.clearances is not None,
    )


def _add_sections(draft: Draft, content: ReportContent, *, names_missing: bool) -> None:
    numbers = _numbers(content)
    spans: list[Span] = []
    for section in content.sections:
        label = f"{numbers[section]}."
        match section:
            case Section.INTRODUCTION:
                _add_introduction(draft, content, numbers, label=label)
            case Section.OVERVIEW:
                add_overview(draft, content, label=label, names_missing=names_missing)
            case Section.IMPLEMENTATION:
                spans = add_implementation(draft, content, label=label)
            case Section.ACTIVITIES:
                add_activities(draft, content, label=label)
            case Section.COOPERATION:
                add_cooperation(draft, content, label=label)
            case Section.DECISIONS:
                add_decisions(draft, content, spans, number=numbers[section])
            case Section.LIST:
                add_list(draft, content, number=numbers[section])


def _numbers(content: ReportContent) -> Mapping[Section, str]:
    """Return the Roman numbers of chapters and annexes, each counted on its own.

    An annex that is the only one has none.
    """
    chapters = [section for section in content.sections if not section.is_annex]
    annexes = [section for section in content.sections if section.is_annex]
    is_single = len(annexes) == 1 and content.clearances is None
    numbers = {
        section: roman(number)
        for kind in (chapters, annexes)
        for number, section in enumerate(kind, start=1)
    }
    return numbers | dict.fromkeys(annexes, "") if is_single else numbers


def _title(wording: Wording, content: ReportContent) -> str:
    key = "cover.title"
    if content.document_type is not DocumentType.SESSION:
        key = f"{key}.{content.document_type.value}"
    title = content.front.get("title") or wording.say(key, period=_period(wording, content))
    if not content.scope_name:
        return title
    return wording.say("cover.title.scoped", title=title, scope=plain(content.scope_name))


def _period(wording: Wording, content: ReportContent) -> str:
    """Return the period as the title names it: years by their name, another span by its days."""
    start, end = content.starts_on, content.ends_on
    if ((start.month, start.day), (end.month, end.day)) == ((1, 1), (12, 31)):
        return period(content.period_name)
    return wording.days_in_words(start, end)


def _copy_mark(content: ReportContent) -> str:
    """Return the mark of a working copy; what is final, or a part, is handed over without one."""
    if not content.is_draft or not content.period_id or content.is_variant:
        return ""
    return str(CopyMark(content.period_id, content.edition_number, content.language))


def _add_introduction(
    draft: Draft, content: ReportContent, numbers: Mapping[Section, str], *, label: str
) -> None:
    wording = draft.wording
    front = content.front
    draft.heading(1, front.get("heading") or wording.say("introduction.title"), label=label)
    draft.scope = "introduction"
    if front.get("opening"):
        draft.paragraph(front["opening"], name="opening")
    purpose = front.get("purpose") or _purpose(wording, content)
    if content.scope_kind is not ScopeKind.WHOLE:
        key = f"introduction.scope.{content.scope_kind.value}"
        purpose = f"{purpose} {wording.say(key, name=plain(content.scope_name))}"
    draft.paragraph(purpose, name="purpose")
    order = [
        _whereabouts(wording, section, numbers[section])
        for section in content.sections
        if section is not Section.INTRODUCTION
    ]
    if order:
        draft.paragraph(" ".join(order), name="order")
    draft.paragraph(front.get("basis") or wording.say("introduction.basis"), name="basis")


def _whereabouts(wording: Wording, section: Section, number: str) -> str:
    """Return the sentence that says what a chapter or an annex holds."""
    key = f"introduction.order.{section.value}"
    return wording.say(key, chapter=number) if number else wording.say(f"{key}.only")


def _purpose(wording: Wording, content: ReportContent) -> str:
    key = PURPOSES.get(content.document_type, "introduction.purpose")
    start, end = wording.day_in_words(content.starts_on), wording.day_in_words(content.ends_on)
    return wording.say(key, start=start, end=end)


def vocabulary(content: ReportContent, texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return what the names stand for that texts of the front matter can hold (``NAMES``)."""
    wording = Wording(texts, content.language)
    return {
        "entity": plain(content.entity_name),
        "body": plain(content.body_name),
        "session": plain(content.session_name),
        "place": plain(content.session_place),
        "period": _period(wording, content),
        "start": wording.day_in_words(content.starts_on),
        "end": wording.day_in_words(content.ends_on),
        "symbol": _symbol(content) or "",
    }


def _cover(wording: Wording, content: ReportContent, title: str) -> Cover:
    original = wording.say(f"language.{content.original_language}")
    is_original = content.language == content.original_language
    front = content.front
    notices = [front["note"]] if front.get("note") else []
    if content.is_draft:
        notices.append(wording.say("cover.draft"))
    if content.clearances is not None:
        notices.append(wording.say("cover.sources"))
    if not is_original and not content.is_translated:
        notices.append(wording.say("cover.unofficial", language=original))
    return Cover(
        symbol=_symbol(content),
        distribution=front.get("distribution") or wording.say("cover.distribution"),
        issued=wording.day_in_words(content.issued_on),
        language=None if is_original else wording.say(f"language.{content.language}").upper(),
        original=wording.say("cover.original", language=original.upper()),
        entity=plain(_author(content)),
        session=_session(content),
        place_and_dates=_place_and_dates(wording, content),
        title=joined(title),
        subtitle=front.get("subtitle", _subtitle(wording, content)),
        edition=(
            wording.say("cover.edition", number=content.printed_number)
            if content.printed_number > 1
            else None
        ),
        notices=tuple(notices),
        logo=_logo(content),
    )


def _word_styles(content: ReportContent) -> str:
    styles = content.template.styles if content.template else None
    return styles.digest if styles else ""


def _logo(content: ReportContent) -> CoverLogo | None:
    logo = content.template.logo if content.template else None
    return logo.on_cover(content.language) if logo else None


def _subtitle(wording: Wording, content: ReportContent) -> str:
    # What a commission reports to its parent body is no note by its secretariat.
    is_own = content.document_type is DocumentType.COUNCIL
    return "" if is_own else wording.say("cover.subtitle")


def _author(content: ReportContent) -> str:
    """Return who reports: the commission itself to its parent body, else the secretariat."""
    is_own = content.document_type is DocumentType.COUNCIL
    return content.body_name if is_own and content.body_name else content.entity_name


def _session(content: ReportContent) -> str | None:
    if content.document_type is DocumentType.COUNCIL:
        return None  # it does not go to the session of the commission
    names = (plain(content.body_name), plain(content.session_name))
    # Where a commission reports to itself, its name is not printed twice.
    own = (plain(content.entity_name), plain(_author(content)))
    shown = [name for name in names if name and name not in own]
    return ", ".join(shown) or None


def _place_and_dates(wording: Wording, content: ReportContent) -> str | None:
    if content.document_type is DocumentType.COUNCIL:
        return None
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
        part=wording.say("words.part"),
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
