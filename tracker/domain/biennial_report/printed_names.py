"""Names that people wrote and the report prints outside its passages: in lists, tables, boxes.

They are those of partners, donors and other institutions, the titles of documents, and the results
of modules. Each is translated once, whatever places it stands in.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tracker.domain.biennial_report.content import (
    ReportActivity,
    ReportContent,
    ReportMandate,
    ReportPaper,
)
from tracker.domain.biennial_report.wording import plain

_KEY = re.compile(r"name[0-9a-f]{16}\.text")


def name_digest(name: str) -> str:
    """Return by what a name is found again, however its spaces were typed."""
    return hashlib.sha256(plain(name).encode()).hexdigest()


def name_key(name: str) -> str:
    """Return the key of a name in a translation file."""
    return f"name{name_digest(name)[:16]}.text"


def is_name_key(key: str) -> bool:
    """Tell whether a key is that of a name."""
    return _KEY.fullmatch(key) is not None


def printed_names(content: ReportContent, language: str) -> tuple[str, ...]:
    """Return the names in a language, each once, in the order in which they come up."""
    found = (name for activity in content.activities for name in _of_activity(activity, language))
    leads = (each.joint_lead for each in content.mandates if each.language == language)
    return tuple(dict.fromkeys(name for name in map(plain, (*leads, *found)) if name))


def with_names(content: ReportContent, known: Mapping[str, str]) -> ReportContent:
    """Return the content with the names that ``known`` translates, by their digests.

    The results of an activity stand in the document once all of them are translated.
    """
    return replace(
        content,
        original_names=printed_names(content, content.original_language),
        resolutions=tuple(
            replace(each, mandates=tuple(_mandate(mandate, known) for mandate in each.mandates))
            for each in content.resolutions
        ),
        activities=tuple(
            _activity(activity, known, content.language) for activity in content.activities
        ),
    )


def are_known(names: Iterable[str], known: Mapping[str, str]) -> bool:
    """Tell whether all names are translated."""
    return all(name_digest(name) in known for name in names)


def _of_activity(activity: ReportActivity, language: str) -> Iterator[str]:
    if activity.language != language:
        return
    yield from activity.partners
    yield from activity.donors
    yield from (fund.donor for fund in activity.funds)
    yield from (paper.title for paper in activity.papers)
    if activity.is_good_practice:
        yield from activity.adopters
        yield from activity.results


def _mandate(mandate: ReportMandate, known: Mapping[str, str]) -> ReportMandate:
    return replace(mandate, joint_lead=_said(mandate.joint_lead, known))


def _activity(activity: ReportActivity, known: Mapping[str, str], language: str) -> ReportActivity:
    if activity.language == language:
        return activity
    are_results_known = are_known(activity.results, known)
    return replace(
        activity,
        partners=_all(activity.partners, known),
        donors=_all(activity.donors, known),
        adopters=_all(activity.adopters, known),
        funds=tuple(replace(fund, donor=_said(fund.donor, known)) for fund in activity.funds),
        papers=tuple(
            ReportPaper(_said(paper.title, known), paper.symbol) for paper in activity.papers
        ),
        results=_all(activity.results, known),
        results_language=language if are_results_known else "",
    )


def _all(names: tuple[str, ...], known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_said(name, known) for name in names)


def _said(name: str, known: Mapping[str, str]) -> str:
    return known.get(name_digest(name), name) if name else name
