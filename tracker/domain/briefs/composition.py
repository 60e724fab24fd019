"""Composition of a brief: as many of its activities and reports as are to be shown."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.biennial_report.blocks import DocumentWords, ReportDocument, Table
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.quantities import total
from tracker.domain.biennial_report.texts import status_key
from tracker.domain.biennial_report.wording import (
    Wording,
    capitalised,
    lowered,
    period,
    plain,
    shortened,
    unbroken,
)
from tracker.domain.briefs.content import BriefActivity, BriefContent, BriefReport

DESCRIBED = 3  # activities that are told in a paragraph of their own
WORDS_TOLD = 60
WORDS_IN_CELL = 25
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z])")


@dataclass(frozen=True, slots=True)
class Shown:
    """How many activities and reports a brief shows; those that remain are counted in it."""

    activities: int
    reports: int


def most_shown(content: BriefContent) -> Shown:
    """Return how much there is to show."""
    return Shown(len(content.activities), len(content.reports))


def compose_brief(content: BriefContent, texts: Mapping[str, str], shown: Shown) -> ReportDocument:
    """Return the brief as a document without a cover, with so many activities and reports.

    ``texts`` are the fixed texts of report and brief in the language of the brief.
    """
    wording = Wording(texts, content.language)
    draft = Draft(wording, content.language)
    _add_opening(draft, content)
    if not content.is_empty:
        _add_figures(draft, content)
        _add_activities(draft, content, content.activities[: shown.activities])
        numbers = _add_reports(draft, content, content.reports[: shown.reports])
        _add_sources(draft, content, numbers)
    return ReportDocument(
        title=wording.say("brief.title", subject=_name(content)),
        language=content.language,
        running_head=f"{plain(content.entity_name)}, {wording.day_in_words(content.written_on)}",
        entity_name=plain(content.entity_name),
        issued_on=content.written_on,
        period_name=f"{content.since.year}-{content.written_on.year}",
        edition_number=1,
        words=DocumentWords(
            contents="",
            page=wording.say("words.page"),
            notes=wording.say("words.notes"),
            skip_link=wording.say("words.skip_link"),
            back_to_text=wording.say("words.back_to_text"),
            part=wording.say("words.part"),
        ),
        blocks=tuple(draft.blocks),
        passages=tuple(draft.passages),
    )


def _name(content: BriefContent) -> str:
    return plain(content.subject.name)


def _add_opening(draft: Draft, content: BriefContent) -> None:
    wording = draft.wording
    draft.scope = "brief"
    about = wording.say(
        f"brief.about.{content.subject.kind.value}",
        start=wording.day_in_words(content.since),
        end=wording.day_in_words(content.written_on),
        subject=_name(content),
    )
    if content.is_empty:
        draft.paragraph(f"{about} {wording.say('brief.empty')}")
        return
    counted = [
        wording.count(f"brief.{what}", count) if count else wording.say(f"brief.{what}.none")
        for what, count in (
            ("activities", len(content.activities)),
            ("reports", len(content.reports)),
        )
    ]
    draft.paragraph(" ".join([about, *counted, wording.say("brief.basis")]))


def _add_figures(draft: Draft, content: BriefContent) -> None:
    wording = draft.wording
    draft.heading(1, wording.say("brief.figures.title"))
    sentences = []
    if content.activities:
        today = content.written_on
        later = sum(activity.starts_on > today for activity in content.activities)
        ended = sum(activity.last_day < today for activity in content.activities)
        standing = {
            "ended": ended,
            "running": len(content.activities) - later - ended,
            "later": later,
            "practices": sum(activity.is_good_practice for activity in content.activities),
        }
        sentences += [
            wording.say(f"brief.figures.{name}", number=wording.number(count))
            for name, count in standing.items()
            if count
        ]
    if content.reports:
        counts = Counter(report.status for report in content.reports)
        values = "; ".join(
            f"{wording.say(status_key(status))} ({wording.number(count)})"
            for status, count in counts.most_common()
        )
        sentences.append(wording.say("brief.figures.statuses", values=values))
    draft.paragraph(" ".join(sentences))
    if content.activities:
        draft.table(_figures(draft, content.activities))


def _figures(draft: Draft, activities: Sequence[BriefActivity]) -> Table:
    wording = draft.wording
    groups: dict[tuple[str, str, str], list[BriefActivity]] = {}
    for activity in sorted(activities, key=lambda each: (each.category, each.subcategory)):
        key = (activity.category.value, activity.subcategory, activity.measure)
        groups.setdefault(key, []).append(activity)
    rows = [
        (
            capitalised(subcategory),
            measure,
            wording.number(len(group)),
            wording.number(total(activity.planned for activity in group)),
            wording.number(total(activity.actual for activity in group)),
        )
        for (_, subcategory, measure), group in groups.items()
    ]
    return Table(
        label=draft.table_label(),
        caption=wording.say("brief.figures.caption"),
        columns=(
            draft.column("deliverable", 36),
            draft.column("measure", 22),
            draft.column("activities", 14, is_number=True),
            draft.column("planned", 14, is_number=True),
            draft.column("actual", 14, is_number=True),
        ),
        # Quantities of different measures are not added up.
        rows=(*rows, (wording.say("words.total"), "", wording.number(len(activities)), "", "")),
        total_count=1,
    )


def _add_activities(draft: Draft, content: BriefContent, shown: Sequence[BriefActivity]) -> None:
    if not content.activities:
        return
    wording = draft.wording
    draft.heading(1, wording.say("brief.list.title"))
    for activity in [each for each in shown if each.description][:DESCRIBED]:
        draft.paragraph(
            first_sentences(activity.description, WORDS_TOLD),
            lead=plain(activity.title).rstrip("."),
            language=activity.language,
        )
    if shown:
        draft.table(_listed(draft, shown))
    rest = len(content.activities) - len(shown)
    if rest:
        more = wording.count("brief.list.more", rest, address=content.list_address)
        draft.paragraph(more)


def _listed(draft: Draft, activities: Sequence[BriefActivity]) -> Table:
    wording = draft.wording

    def amounts(activity: BriefActivity) -> str:
        if activity.planned is None and activity.actual is None:
            return wording.say("words.none")
        figures = f"{wording.number(activity.planned)} / {wording.number(activity.actual)}"
        return f"{unbroken(figures)} {activity.measure}".strip()

    return Table(
        label=draft.table_label(),
        caption=wording.say("brief.list.caption"),
        columns=(
            draft.column("activity", 35),
            draft.column("dates", 26),
            draft.column("amounts", 17),
            draft.column("partners", 22),
        ),
        rows=tuple(
            (
                shortened(plain(activity.title), WORDS_IN_CELL),
                wording.days_in_words(activity.starts_on, activity.ends_on),
                amounts(activity),
                shortened("; ".join(map(plain, activity.partners)), WORDS_IN_CELL)
                or wording.say("words.none"),
            )
            for activity in activities
        ),
        may_be_parted=True,
    )


def _add_reports(
    draft: Draft, content: BriefContent, shown: Sequence[BriefReport]
) -> list[tuple[int, BriefReport]]:
    """Add a paragraph for each report; return the number of its paragraph with each."""
    if not content.reports:
        return []
    wording = draft.wording
    draft.heading(1, wording.say("brief.mandates.title"))
    numbers = []
    for report in shown:
        told = " ".join(filter(None, (plain(report.done), plain(report.results))))
        asked = wording.say("brief.mandates.asked", text=shortened(plain(report.asked), WORDS_TOLD))
        draft.paragraph(
            first_sentences(told, WORDS_TOLD) if told else asked,
            lead=_lead(wording, report),
            sources=(report.revision_id,),
            language=report.language if told else "",
        )
        numbers.append((draft.paragraph_count, report))
    rest = len(content.reports) - len(shown)
    if rest:
        more = wording.count("brief.mandates.more", rest, address=content.list_address)
        draft.paragraph(more)
    return numbers


def _lead(wording: Wording, report: BriefReport) -> str:
    return wording.say(
        "brief.mandates.lead",
        reference=unbroken(plain(report.reference)),
        status=lowered(wording.say(status_key(report.status))),
        period=unbroken(period(report.period_name)),
    )


def _add_sources(
    draft: Draft, content: BriefContent, numbers: Sequence[tuple[int, BriefReport]]
) -> None:
    wording = draft.wording
    draft.heading(1, wording.say("brief.sources.title"))
    sources = []
    if content.activities:
        day = wording.day_in_words(content.written_on)
        sources.append(wording.say("brief.sources.activities", date=day))
    if numbers:
        told = "; ".join(_source(wording, number, report) for number, report in numbers)
        sources.append(wording.say("brief.sources.reports", reports=told))
    draft.paragraph(" ".join(sources), sources=tuple(report.revision_id for _, report in numbers))


def _source(wording: Wording, number: int, report: BriefReport) -> str:
    source = wording.say(
        "brief.sources.report",
        number=wording.number(number),
        reference=unbroken(plain(report.reference)),
        period=unbroken(period(report.period_name)),
        date=wording.day_in_words(report.cleared_on),
    )
    if not report.documents:
        return source
    documents = ", ".join(unbroken(plain(symbol)) for symbol in report.documents)
    return wording.say("brief.sources.document", source=source, documents=documents)


def first_sentences(text: str, word_count: int) -> str:
    """Return the first whole sentences of a text that stay within so many words.

    Where the first one is longer, as many of its words; what is left out is shown by [...].
    """
    written = plain(text)
    if len(written.split(" ")) <= word_count:
        return written
    kept: list[str] = []
    for sentence in _SENTENCE_END.split(written):
        words = sentence.split(" ")
        if len(kept) + len(words) > word_count:
            break
        kept += words
    return " ".join([*(kept or written.split(" ")[:word_count]), "[...]"])
