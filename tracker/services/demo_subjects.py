"""The subject words of the demo body, and what its mandates and activities are said to be about."""

from sqlalchemy import select

from tracker.demo.subject_words import WORDS, DemoWord
from tracker.domain.subject_words import WordDetails, check_wordings
from tracker.domain.subjects import AboutKind, Choice, Verdict
from tracker.models.instruments import Body
from tracker.queries.paging import Place
from tracker.queries.subjects import described_page
from tracker.services.demo_body import DemoBody
from tracker.services.subject_words import add_word
from tracker.services.subjects import decide_subjects


def list_words(body: DemoBody) -> str:
    """Put the subject words of the commission and of all bodies on the list."""
    with body.database.transaction() as session:
        commission = session.scalars(select(Body.id).where(Body.key == "ecaic")).one()
        added: dict[str, int] = {}
        for word in WORDS:
            wordings = check_wordings(_written(word))
            made = add_word(
                session,
                details=WordDetails(
                    None if word.is_of_all else commission, wordings, added.get(word.above)
                ),
                actor=body.coordinator,
                at=body.now,
            )
            session.flush()
            added[wordings["en"].name] = made.id
    return f"{len(WORDS)} subject words"


def _written(word: DemoWord) -> dict[str, tuple[str, str]]:
    parts = {code: getattr(word, code).partition(": ") for code in ("en", "es", "fr", "pt")}
    return {code: (name, terms) for code, (name, _mark, terms) in parts.items()}


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
