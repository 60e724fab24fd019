"""What a manager should look at before clearing a text; a warning never stops anybody."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.mandates import Implementation, Periodicity
from tracker.domain.progress import ReportText


class WarningKind(StrEnum):
    """One thing that often turns out to be a mistake."""

    COMPLETED_BUT_GOES_ON = "completed_but_goes_on"
    RECURRING_CLOSED = "recurring_closed"
    ACTIVITY_BEFORE_ADOPTION = "activity_before_adoption"
    NO_ACTIVITY = "no_activity"
    DEAD_LINK = "dead_link"
    NO_EVIDENCE = "no_evidence"
    SAME_TEXT = "same_text"
    SAME_FIGURES = "same_figures"


@dataclass(frozen=True, slots=True)
class ReviewWarning:
    """A warning and the words that it rests on: those of the text, or the name of an activity."""

    kind: WarningKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class LinkedActivity:
    """An activity of the period that is linked to the mandate."""

    title: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What is known about the mandate of a text that waits for clearance, and about its evidence.

    ``dead_link`` names a link that leads nowhere any more, empty where none does.
    """

    periodicity: Periodicity | None
    adopted_on: date | None
    activities: Sequence[LinkedActivity]
    evidence_count: int = 0
    dead_link: str = ""


_WORK_IS_DONE = frozenset(
    {Implementation.IN_PROGRESS, Implementation.ONGOING, Implementation.COMPLETED}
)
_GOES_ON = frozenset({Periodicity.RECURRING, Periodicity.CONTINUING})
# Words by which a text speaks of what is still to come. Verbs in the future tense have endings of
# their own in Spanish, French and Portuguese, English has "will" and "shall".
_FUTURE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:will|shall|(?:is|are) (?:planned|scheduled|expected|foreseen|to be)|plans to|"
        r"is being|are being|remains? to be|not yet)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:está[n]? previst[oa]s?|se prevén?|queda[n]? por|todavía no|aún no|"
        r"\w*(?:ará|erá|irá|drá)n?)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:(?:est|sont) prévue?s?|reste(?:nt)? à|pas encore|ser(?:a|ont)|aur(?:a|ont)|"
        r"\w{3,}(?:era|eront|ira|iront|dra|dront))\b",
        re.IGNORECASE,
    ),
    "pt": re.compile(
        r"\b(?:está previst[oa]|estão previst[oa]s|falta[m]? |ainda não|"
        r"\w*(?:ará|erá|irá|arão|erão|irão))\b",
        re.IGNORECASE,
    ),
}
_FIGURE = re.compile(r"\d+(?:[.,\s\N{NO-BREAK SPACE}]\d{3})*(?:[.,]\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def review_warnings(
    text: ReportText, last: ReportText | None, facts: ReviewFacts
) -> tuple[ReviewWarning, ...]:
    """Return what looks odd about a submitted text, the gravest first.

    ``last`` is the text of the period before, None when nothing was said then.
    """
    return (
        *_about_completion(text, facts),
        *_about_activities(text, facts),
        *_about_evidence(text, facts),
        *(_about_last_period(text, last) if last else ()),
    )


def _about_completion(text: ReportText, facts: ReviewFacts) -> Iterator[ReviewWarning]:
    if text.status is not Implementation.COMPLETED:
        return
    if (words := _words_of_future(text)) is not None:
        yield ReviewWarning(WarningKind.COMPLETED_BUT_GOES_ON, words)
    if facts.periodicity in _GOES_ON:
        yield ReviewWarning(WarningKind.RECURRING_CLOSED)


def _words_of_future(text: ReportText) -> str | None:
    """Return the sentence that speaks of what is still to come, the next steps if there are any."""
    if text.next_steps.strip():
        return _first_sentence(text.next_steps)
    future = _FUTURE.get(text.language)
    if future is None:
        return None
    for said in (text.done, text.results, text.difficulties):
        for sentence in _sentences(said):
            if future.search(sentence):
                return sentence
    return None


def _about_activities(text: ReportText, facts: ReviewFacts) -> Iterator[ReviewWarning]:
    adopted_on = facts.adopted_on
    for activity in facts.activities:
        if adopted_on is not None and activity.ended_on < adopted_on:
            yield ReviewWarning(WarningKind.ACTIVITY_BEFORE_ADOPTION, activity.title)
    if text.status in _WORK_IS_DONE and not facts.activities:
        yield ReviewWarning(WarningKind.NO_ACTIVITY)


def _about_evidence(text: ReportText, facts: ReviewFacts) -> Iterator[ReviewWarning]:
    if facts.dead_link:
        yield ReviewWarning(WarningKind.DEAD_LINK, facts.dead_link)
    if text.status is Implementation.COMPLETED and not facts.evidence_count:
        yield ReviewWarning(WarningKind.NO_EVIDENCE)


def _about_last_period(text: ReportText, last: ReportText) -> Iterator[ReviewWarning]:
    if [_folded(said) for said in text.texts] == [_folded(said) for said in last.texts]:
        yield ReviewWarning(WarningKind.SAME_TEXT)
    elif (figures := _figures(text)) and figures == _figures(last):
        yield ReviewWarning(WarningKind.SAME_FIGURES, ", ".join(figures))


def _figures(text: ReportText) -> list[str]:
    """Return the figures of what was done and what came of it, but for years and single digits."""
    found = _FIGURE.findall(f"{text.done}\n{text.results}")
    return [figure for figure in found if len(figure) > 1 and not _YEAR.fullmatch(figure)]


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?;])\s+|\n", text) if part.strip()]


def _first_sentence(text: str) -> str:
    return _sentences(text)[0]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
