"""When, how often and whether a report, in Spanish, French and Portuguese clauses."""

import re

from tracker.domain.mandates import Periodicity
from tracker.reading.romance_times import MONTH, TIMES, Times

# What leads to the task: "a que, en consulta con los Gobiernos, establezca", "de", "qu’elles"
_LEADING = re.compile(
    r"^(?:le soin\s?)?(?:(?:a|para|pour|à|de|d’|en)\s?)?"
    r"(?:que\b|qu’(?:elles?|ils?|il soit|on)?\s?|de\s|d’|a\s)?:?\s?(?:se\s)?(?:,[^,]*,\s)?"
    r"(?:de\s|d’|a\s)?",
)
# A day or a month dates what is arranged only where something is to be held then.
_OF_A_DAY = re.compile(
    rf"^(?:(?:los\sdías|nos\sdias|del?|el|du|les?|em)\s\d{{1,2}}\b|(?:en|em)\s(?:el\smes\sde\s)?{MONTH}\b)"
)
_IS_HELD = re.compile(
    r"(?:celebr|tendrá\slugar|tendrán\slugar|convoca|reunir|organiz|tenir|tiendr|aura\slieu|auront\slieu"
    r"|convoqu|réuni|realiz|terá\slugar|terão\slugar)\w*\b[^;]{0,160}$"
)


def occasion_in(texts: list[str], language: str) -> str | None:
    """Return the words that say when, of several those of the report, else the first."""
    times = TIMES[language]
    found = [
        (match[0].strip(" ,"), asks_for_report_in(text[max(0, match.start() - 160) :], language))
        for text in texts
        for match in times.dated.finditer(text)
        if _is_to_come(text, match, times)
    ]
    reported = [words for words, is_report in found if is_report]
    chosen = reported or [words for words, _ in found]
    return chosen[0] if chosen else None


def _is_to_come(text: str, found: re.Match[str], times: Times) -> bool:
    """Tell whether words date what is to be done, not a document or an event of the past."""
    before = text[: found.start()]
    if _OF_A_DAY.match(found[0]) and not found[0].endswith("au plus tard"):
        return _IS_HELD.search(before) is not None and not times.past.search(before[-20:])
    return times.past.search(before[-70:]) is None


def asks_for_report_in(text: str, language: str) -> bool:
    """Tell whether a report, study, review or the like is asked for."""
    return TIMES[language].report.search(text) is not None


def periodicity_in(
    asked: str, tasks: list[str], occasion: str | None, language: str
) -> tuple[Periodicity, str]:
    """Return how often what is asked has to be done, with the words that show it.

    ``tasks`` are the words that follow upon who is asked: "que presente un informe".
    """
    times = TIMES[language]
    recurring = times.recurring.search(occasion or "") or times.recurring.search(asked)
    if recurring:
        return Periodicity.RECURRING, recurring[0]
    if occasion and not times.lasting.match(occasion):
        return Periodicity.ONE_OFF, occasion
    for task in tasks:
        finished = times.finished.match(_LEADING.sub("", task))
        if finished:
            return Periodicity.ONE_OFF, finished[0].strip(" ,")
    return Periodicity.CONTINUING, ""
