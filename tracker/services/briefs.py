"""Briefs: what is known of a subject, cut to two pages with what was left out counted."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy.orm import Session

from tracker.domain.biennial_report import ReportDocument
from tracker.domain.briefs import BRIEF_TEXTS, BriefContent, Shown, compose_brief, most_shown
from tracker.i18n import translate_into
from tracker.queries.briefs import BriefRequest, brief_content
from tracker.services.biennial_reports import fixed_texts
from tracker.writing.biennial_report import ReportFile, ReportForm
from tracker.writing.brief import fits, write_brief


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief as it would be handed out, all that it draws on, and how much of it is shown."""

    content: BriefContent
    document: ReportDocument
    shown: Shown

    @property
    def is_cut(self) -> bool:
        """Tell whether not everything stands on its two pages."""
        return self.shown != most_shown(self.content)


def make_brief(session: Session, request: BriefRequest) -> Brief:
    """Return the brief that is asked for, at most two pages long; reads alone."""
    content = brief_content(session, request)
    translate = translate_into(request.language)
    texts = fixed_texts(request.language)
    texts |= {key: translate(message) for key, message in BRIEF_TEXTS.items()}
    shown, document = as_much_as_fits(content, texts)
    return Brief(content, document, shown)


def brief_file(brief: Brief, form: ReportForm) -> ReportFile:
    """Return the brief as a file, named after its subject and language."""
    subject = re.sub(r"[^\w-]+", "-", brief.content.subject.written, flags=re.ASCII).strip("-")
    name = "_".join(filter(None, ("brief", subject[:60].strip("-"), brief.content.language)))
    return ReportFile(f"{name}.{form.value}", form.media_type, write_brief(brief.document, form))


def as_much_as_fits(content: BriefContent, texts: dict[str, str]) -> tuple[Shown, ReportDocument]:
    """Return how much can be shown, and the brief: activities and reports grow in turn."""
    whole = most_shown(content)
    document = compose_brief(content, texts, whole)
    if fits(document):
        return whole, document
    shown = Shown(0, 0)
    document = compose_brief(content, texts, shown)
    closed: set[str] = set()
    for activities, reports in zip_longest(range(whole.activities), range(whole.reports)):
        for kind, number in (("reports", reports), ("activities", activities)):
            if number is None or kind in closed:
                continue
            wider = Shown(
                shown.activities + (kind == "activities"), shown.reports + (kind == "reports")
            )
            tried = compose_brief(content, texts, wider)
            if fits(tried):
                shown, document = wider, tried
            else:
                closed.add(kind)
        if len(closed) == 2:
            break
    return shown, document
