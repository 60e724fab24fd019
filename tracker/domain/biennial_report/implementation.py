"""The chapter on resolutions: what each paragraph asked, what was done, and the status in words."""

from tracker.domain.biennial_report.blocks import Quote
from tracker.domain.biennial_report.content import ReportContent, ReportMandate, ReportResolution
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.tallies import (
    Counted,
    Tally,
    activities_tally,
    reports_tally,
)
from tracker.domain.biennial_report.texts import status_key
from tracker.domain.biennial_report.wording import letters, lines_of, plain, unbroken
from tracker.domain.mandates import Implementation

Span = tuple[int, int]


def add_implementation(draft: Draft, content: ReportContent, *, label: str) -> list[Span]:
    """Add the chapter; return for each mandate the first and last number of its paragraphs."""
    say = draft.wording.say
    draft.heading(1, say("implementation.title"), label=label)
    draft.scope = "implementation"
    if not content.resolutions:
        draft.paragraph(say("implementation.none"), name="none")
    spans = []
    for position, resolution in enumerate(content.resolutions, start=1):
        _add_resolution(draft, resolution, label=f"{letters(position)}.")
        for mandate in resolution.mandates:
            first = draft.paragraph_count + 1
            _add_mandate(draft, mandate)
            spans.append((first, draft.paragraph_count))
    return spans


def _add_resolution(draft: Draft, resolution: ReportResolution, *, label: str) -> None:
    wording = draft.wording
    symbol = unbroken(plain(resolution.symbol))
    title = plain(resolution.title)
    key = "implementation.resolution" if title else "implementation.resolution.untitled"
    draft.heading(2, wording.say(key, symbol=symbol, title=title), label=label)
    if resolution.adopted_on is None:
        opening = wording.say("implementation.undated", symbol=symbol)
    else:
        adopted_on = wording.day_in_words(resolution.adopted_on)
        opening = wording.say("implementation.adopted", symbol=symbol, date=adopted_on)
    sentences = [opening]
    if resolution.mandates:
        sentences.append(wording.count("implementation.count", len(resolution.mandates)))
    else:
        sentences.append(wording.say("implementation.count.none"))
    if resolution.set_aside:
        sentences.append(wording.count("implementation.informational", len(resolution.set_aside)))
    source = wording.say("implementation.source", body=plain(resolution.body), symbol=symbol)
    draft.scope = f"resolution{resolution.instrument_id}"
    draft.paragraph(
        " ".join(sentences),
        name="opening",
        footnote=source if plain(resolution.body) else None,
        tallies=_opening_tallies(draft, resolution),
    )


def _opening_tallies(draft: Draft, resolution: ReportResolution) -> tuple[Tally, ...]:
    printed = draft.wording.number_in_text
    tallies = []
    if resolution.mandates:
        revisions = [mandate.revision_id for mandate in resolution.mandates]
        count = printed(len(revisions))
        tallies.append(reports_tally(f"{draft.scope}.mandates", count, revisions))
    if resolution.set_aside:
        count = printed(len(resolution.set_aside))
        key = f"{draft.scope}.set_aside"
        tallies.append(Tally(key, count, Counted.SET_ASIDE, resolution.set_aside))
    return tuple(tallies)


def _add_mandate(draft: Draft, mandate: ReportMandate) -> None:
    wording = draft.wording
    paragraph = unbroken(plain(mandate.paragraph))
    draft.heading(3, unbroken(wording.say("implementation.paragraph", paragraph=paragraph)))
    draft.blocks.append(
        Quote(
            label=paragraph,
            introduction=plain(mandate.chapeau) or None,
            paragraphs=lines_of(mandate.text),
            language=(
                None if mandate.language_of_text == draft.language else mandate.language_of_text
            ),
        )
    )
    draft.scope = f"mandate{mandate.mandate_id}"
    before = len(draft.passages)
    for field in ("done", "results", "difficulties", "next_steps"):
        draft.own_words(
            getattr(mandate, field),
            name=field,
            lead=wording.say(f"implementation.{field}"),
            sources=(mandate.revision_id,),
            language=mandate.language,
        )
    _add_activities(draft, mandate)
    if mandate.status is not None:
        draft.paragraph(
            _status_in_words(draft, mandate, mandate.status),
            name="status",
            lead=wording.say("implementation.status"),
            sources=(mandate.revision_id,),
            is_written=bool(plain(mandate.status_reason)),
        )
    if len(draft.passages) == before:
        draft.paragraph(
            wording.say("implementation.nothing"), name="nothing", sources=(mandate.revision_id,)
        )


def _add_activities(draft: Draft, mandate: ReportMandate) -> None:
    titles = [plain(title) for title in mandate.activities if plain(title)]
    if not titles:
        return
    draft.paragraph(
        draft.wording.count("implementation.activities", len(titles)),
        name="activities",
        lead=draft.wording.say("implementation.activities"),
        sources=(mandate.revision_id,),
        tallies=(
            activities_tally(
                f"{draft.scope}.activities",
                draft.wording.number_in_text(len(titles)),
                mandate.activity_ids,
            ),
        ),
        activity_ids=mandate.activity_ids,
    )
    draft.bullets(titles, name="activities")


def _status_in_words(draft: Draft, mandate: ReportMandate, status: Implementation) -> str:
    wording = draft.wording
    if status is Implementation.POSTPONED and mandate.postponed_to is not None:
        postponed_to = wording.day_in_words(mandate.postponed_to)
        sentence = wording.say("implementation.postponed_to", date=postponed_to)
    else:
        sentence = wording.say("implementation.sentence", status=wording.say(status_key(status)))
    reason = plain(mandate.status_reason)
    if not reason:
        return sentence
    return f"{sentence} {wording.say('implementation.reason', reason=reason)}"
