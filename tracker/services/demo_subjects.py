"""What the coordinator of the demo body confirmed that its mandates and activities are about."""

from tracker.domain.subjects import AboutKind, Choice, Verdict
from tracker.queries.paging import Place
from tracker.queries.subjects import described_page
from tracker.services.demo_body import DemoBody
from tracker.services.subjects import decide_subjects


def confirm_subjects(body: DemoBody) -> str:
    """Confirm what is proposed of all but the newest records, which stay to be decided."""
    count = 0
    with body.database.transaction() as session:
        for about in AboutKind:
            rows = described_page(session, about, body.coordinator, Place()).rows[5:]
            words = {
                Choice(about, row.id, proposal.subject): proposal.words
                for row in rows
                for proposal in row.proposals
            }
            count += decide_subjects(
                session,
                choices=list(words),
                verdict=Verdict.CONFIRMED,
                words=words,
                actor=body.coordinator,
                at=body.now,
            )
    return f"{count} subjects of mandates and activities are confirmed"
