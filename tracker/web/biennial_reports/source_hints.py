"""What a paragraph of the report stands on, in a few words for whoever points at its number."""

from collections.abc import Callable

from flask_babel import gettext, ngettext

from tracker.database import Session
from tracker.domain.biennial_report.records import EditionRecord
from tracker.queries.report_wordings import reports_behind
from tracker.web import filters

# So many progress reports are named; more are counted.
_NAMED = 3


def source_hints(session: Session, record: EditionRecord) -> Callable[[tuple[int, ...]], str]:
    """Return a function that says what revisions are those of. At most one statement."""
    named = {
        revision_id
        for passage in record.passages
        if len(passage.sources) <= _NAMED
        for revision_id in passage.sources
    }
    in_order = sorted(named)
    found = reports_behind(session, in_order)
    cited = {
        revision_id: gettext(
            "%(mandate)s, text No. %(number)s",
            mandate=filters.cited(report),
            number=report.revision_number,
        )
        for revision_id, report in zip(in_order, found, strict=True)
    }

    def hint(revision_ids: tuple[int, ...]) -> str:
        if not revision_ids:
            return ""
        if len(revision_ids) > _NAMED:
            return ngettext(
                "Stands on %(num)s progress report",
                "Stands on %(num)s progress reports",
                len(revision_ids),
            )
        reports = "; ".join(cited[each] for each in revision_ids)
        return gettext("Stands on %(reports)s", reports=reports)

    return hint
