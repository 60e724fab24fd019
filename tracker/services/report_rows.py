"""The row of a progress report taken for one act: locked, checked, and its revisions appended."""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session, contains_eager

from tracker.domain.errors import NotFound, Stale, WrongState
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Actor
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Move
from tracker.models.progress import ProgressReport, ProgressRevision, ReportingPeriod
from tracker.queries.plain_rows import KeptStatement
from tracker.services import audit

logger = logging.getLogger(__name__)


def take_report(session: Session, report_id: int, *, version: int | None = None) -> ProgressReport:
    """Return the report with its period and unit, kept from others until this transaction ends.

    Raises NotFound when there is none, Stale when ``version`` (if given) is not the row's.
    """
    report = session.scalar(_TAKEN, {"report_id": report_id})
    if report is None:
        raise NotFound("There is no such progress report. Choose one from the list of your work.")
    if version is not None and report.version != version:
        raise Stale(
            "Somebody else changed this report since you opened it. Nothing of theirs was "
            "overwritten, and your text is still here: compare both, then send yours again."
        )
    return report


# The period first, shared: whoever locks or freezes it waits for us, or we for them, and then see
# what they did. Always before the report, so that nobody waits in a ring: PostgreSQL locks in the
# order in which it is told to. Two people who send the same version at once wait for each other at
# the report: the second one finds a newer version and is refused. SQLite has one writer at a time
# and knows no such words.
_TAKEN = (
    select(ProgressReport)
    .join(ProgressReport.period)
    .join(ProgressReport.unit)
    .where(ProgressReport.id == bindparam("report_id"))
    .options(contains_eager(ProgressReport.period), contains_eager(ProgressReport.unit))
    .with_for_update(read=True, of=ReportingPeriod)
    .suffix_with(text("FOR UPDATE OF progress_reports"), dialect="postgresql")
    .execution_options(populate_existing=True)
)


def check_takes_answers(report: ProgressReport) -> None:
    """Refuse a change of the text where none is asked for any more."""
    if report.is_waived:
        raise WrongState(
            "This report was waived for the period, so nobody is asked for it. "
            "Ask the coordinator if it should be written after all."
        )
    check_not_frozen(report)
    if report.period.state is PeriodState.LOCKED:
        raise WrongState(
            "The period %(name)s is locked, so no answers are taken any more. "
            "Ask the coordinator to open it again.",
            name=report.period.name,
        )


def check_not_frozen(report: ProgressReport) -> None:
    """Refuse any step on a report whose period has its final edition."""
    if report.period.state is PeriodState.FROZEN:
        raise WrongState(
            "The final edition of the report on %(name)s is made, so nothing changes in that "
            "period any more. If something must, ask the coordinator to open the period again.",
            name=report.period.name,
        )


def append_revision(
    session: Session,
    report: ProgressReport,
    text: ReportText,
    move: Move,
    *,
    attests_id: int | None = None,
    given_by: str = "",
    in_place_of_id: int | None = None,
    actor: Actor,
    at: datetime,
) -> ProgressRevision:
    """Append what the report says at this move to its history.

    ``attests_id`` names the earlier revision that says the same and is attested again.
    """
    [(newest,)] = _NEWEST_NUMBER.rows(session, {"report_id": report.id})
    revision = ProgressRevision(
        report_id=report.id,
        number=(newest or 0) + 1,
        move=move,
        written_at=at,
        written_by_id=actor.person_id,
        attests_id=attests_id,
        given_by=given_by,
        in_place_of_id=in_place_of_id,
        **text_columns(text),
    )
    session.add(revision)
    session.flush()
    return revision


_NEWEST_NUMBER = KeptStatement(
    select(func.max(ProgressRevision.number)).where(
        ProgressRevision.report_id == bindparam("report_id")
    )
)


def submitted_revision(session: Session, report: ProgressReport) -> ProgressRevision:
    """Return the newest submitted text of a report that was submitted at least once."""
    return session.scalars(
        select(ProgressRevision)
        .where(ProgressRevision.report_id == report.id, ProgressRevision.move == Move.SUBMIT)
        .order_by(ProgressRevision.number.desc())
        .limit(1)
    ).one()


def text_columns(text: ReportText) -> dict[str, object]:
    """Return the columns that hold a text in drafts and revisions."""
    return {name: getattr(text, name) for name in ReportText.__slots__}


def record_step(
    session: Session,
    report: ProgressReport,
    action: str,
    before: Mapping[str, object],
    revision: ProgressRevision | None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Tell the audit trail what a step changed; ``before`` names the fields with what they held."""
    after = {name: getattr(report, name) for name in before}
    audit.record(
        session,
        actor=actor,
        at=at,
        action=action,
        subject=report,
        before=before,
        after=after | ({"revision": revision.number} if revision else {}),
    )
    logger.info("report %s: %s by person %s", report.id, action, actor.person_id)
