"""Views of what a number or a paragraph of the report stands on: exactly the rows it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Response, render_template, request, url_for

from tracker.database import Session
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.records import EditionRecord, PlacedTally, read_record
from tracker.domain.biennial_report.tallies import Counted
from tracker.domain.errors import NotFound, WrongState
from tracker.domain.permissions import Action, may_ever
from tracker.queries.editions import (
    Edition,
    PeriodWithEditions,
    edition_with_period,
    period_with_editions,
)
from tracker.queries.kept_compositions import is_composed_apart
from tracker.queries.report_sources import (
    AskedReport,
    SourceActivity,
    SourceFund,
    SourceMandate,
    SourceReport,
    SourceResolution,
    asked_reports,
    source_activities,
    source_funds,
    source_mandates,
    source_reports,
    source_resolutions,
)
from tracker.web.addresses import whole_number
from tracker.web.biennial_reports.source_files import source_file
from tracker.web.biennial_reports.views import asked_scope, blueprint, edition_wanted
from tracker.web.exports import FORMS
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading

ROWS_A_PAGE = 100
COUNTED = f"<any({', '.join(Counted)}):counted>"
Rows = Sequence[
    SourceReport | SourceActivity | SourceFund | SourceResolution | SourceMandate | AskedReport
]


@dataclass(frozen=True, slots=True)
class Traced:
    """A number or a passage of a report of today (no edition) or of an edition, with its record."""

    key: str
    period: PeriodWithEditions
    edition: Edition | None
    record: EditionRecord
    placed: PlacedTally | None
    passage: Passage | None

    @property
    def groups(self) -> list[tuple[Counted, tuple[int, ...]]]:
        """Return the rows that it stands on by what they are, each by its id."""
        if self.placed is not None:
            return [(self.placed.tally.counted, self.placed.tally.rows)]
        passage = self.passage
        groups = (
            (Counted.REPORTS, passage.sources if passage else ()),
            (Counted.ACTIVITIES, passage.activity_ids if passage else ()),
        )
        return [group for group in groups if group[1]]

    @property
    def value(self) -> Decimal | None:
        """Return what the rows come to, counted anew."""
        return self.record.value_of(self.placed.tally) if self.placed else None

    def list_address(self, counted: Counted, form: str) -> str:
        """Return the address of these rows as a file."""
        if self.edition is not None:
            return url_for(
                "biennial_reports.source_list_of_edition",
                edition_id=self.edition.id,
                key=self.key,
                counted=counted.value,
                form=form,
            )
        return url_for(
            "biennial_reports.source_list_today",
            period_id=self.period.id,
            key=self.key,
            counted=counted.value,
            form=form,
            language=self.record.language,
            type=request.args.get("type"),
            scope=request.args.get("scope"),
        )


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The rows of one page of one kind; ``hidden`` of them are kept from the reader."""

    counted: Counted
    total: int
    rows: Rows
    hidden: int


@blueprint.get("/<int:period_id>/sources/<key>")
@requires(Action.SEE_COMPLIANCE)
def sources_today(period_id: int, key: str) -> str:
    with reading() as session:
        return _page(session, _of_today(session, period_id, key))


@blueprint.get("/editions/<int:edition_id>/sources/<key>")
@requires(Action.READ)
def sources_of_edition(edition_id: int, key: str) -> str:
    with reading() as session:
        return _page(session, _of_edition(session, edition_id, key))


@blueprint.get(f"/<int:period_id>/sources/<key>/{COUNTED}.{FORMS}")
@requires(Action.SEE_COMPLIANCE)
def source_list_today(period_id: int, key: str, counted: str, form: str) -> Response:
    with reading() as session:
        return _file(session, _of_today(session, period_id, key), Counted(counted), form)


@blueprint.get(f"/editions/<int:edition_id>/sources/<key>/{COUNTED}.{FORMS}")
@requires(Action.READ)
def source_list_of_edition(edition_id: int, key: str, counted: str, form: str) -> Response:
    with reading() as session:
        return _file(session, _of_edition(session, edition_id, key), Counted(counted), form)


def record_of_edition(edition: Edition) -> EditionRecord | None:
    """Return what was recorded of an edition; None for one that was made before that was kept."""
    if edition.record_digest is None:
        return None
    return read_record(installation().files.content_of(edition.record_digest))


def _of_today(session: Session, period_id: int, key: str) -> Traced:
    found = period_with_editions(session, period_id)
    if is_composed_apart(session, period_id, asked_scope()):
        raise WrongState(
            "The report is so long that no page composes it. Generate a draft: its numbers and "
            "paragraphs lead to what they stand on."
        )
    record = edition_wanted(session, found).record
    return _traced(key, found, None, record)


def _of_edition(session: Session, edition_id: int, key: str) -> Traced:
    found, edition = edition_with_period(session, edition_id)
    record = record_of_edition(edition)
    if record is None:
        raise NotFound(
            "This edition was made before it was kept what its numbers count. Its files and the "
            "texts that it stands on are kept; make a draft to see the rows behind the numbers of "
            "today."
        )
    return _traced(key, found, edition, record)


def _traced(
    key: str, found: PeriodWithEditions, edition: Edition | None, record: EditionRecord
) -> Traced:
    placed, passage = record.find_tally(key), record.find_passage(key)
    if placed is None and passage is None:
        raise NotFound(
            "The report no longer has this number or paragraph: what it stood on has changed. Open "
            "the report again and choose it there."
        )
    return Traced(key, found, edition, record, placed, passage)


def _page(session: Session, traced: Traced) -> str:
    page = max(1, whole_number(request.args.get("page", "1")) or 1)
    first = (page - 1) * ROWS_A_PAGE
    groups = []
    for counted, ids in traced.groups:
        shown = ids[first : first + ROWS_A_PAGE]
        rows = _rows(session, traced, counted, shown)
        groups.append(RowGroup(counted, len(ids), rows, len(shown) - len(rows)))
    total = max((group.total for group in groups), default=0)
    return render_template(
        "biennial_reports/sources.html",
        traced=traced,
        period=traced.period,
        edition=traced.edition,
        placed=traced.placed,
        passage=traced.passage,
        groups=groups,
        sees_asked=may_ever(actor(), Action.SEE_COMPLIANCE),
        page=page,
        first=first,
        last=min(first + ROWS_A_PAGE, total),
        total=total,
        has_more=total > first + ROWS_A_PAGE,
    )


def _file(session: Session, traced: Traced, counted: Counted, form: str) -> Response:
    ids = dict(traced.groups).get(counted, ())
    name = f"sources_{traced.period.id}_{traced.key.replace('.', '_')}"
    return source_file(counted, form, name=name, rows=_rows(session, traced, counted, ids))


def _rows(session: Session, traced: Traced, counted: Counted, ids: Sequence[int]) -> Rows:
    match counted:
        case Counted.REPORTS:
            return source_reports(session, ids, actor=actor())
        case Counted.ACTIVITIES:
            return source_activities(session, ids, traced.record.activities, actor=actor())
        case Counted.FUNDS:
            return source_funds(session, ids, traced.record.funds, actor=actor())
        case Counted.RESOLUTIONS:
            return source_resolutions(session, ids)
        case Counted.SET_ASIDE:
            return source_mandates(session, ids, actor=actor())
        case Counted.ASKED:
            # Whose text is missing is for those who follow compliance, whoever reads the report.
            is_for_reader = may_ever(actor(), Action.SEE_COMPLIANCE)
            return asked_reports(session, ids, actor=actor()) if is_for_reader else ()
