"""A report whose drafts are signed by three posts, for tests of the sign-off."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tests.reporting import House, make_actor, make_house, open_biennium
from tracker import clock
from tracker.domain.permissions import Actor, Role
from tracker.domain.sign_offs import PostEntry, SigningStep
from tracker.models.biennial_reports import ReportEdition
from tracker.models.instruments import Body, BodySession
from tracker.models.progress import ReportingPeriod
from tracker.services.signing_posts import set_posts

DIVISION, PLANNING, FRONT_OFFICE = "Chief of Division", "Chief of Planning", "Director"


@dataclass(frozen=True)
class Chain:
    """The house, who administers it and directs it, its report and a draft of it."""

    house: House
    administrator: Actor
    director: Actor
    body_id: int
    period_id: int
    edition_id: int

    @property
    def posts(self) -> list[PostEntry]:
        """Return the posts that sign, in their order."""
        house = self.house
        return [
            PostEntry(SigningStep.DIVISION, DIVISION, house.manager.person_id),
            PostEntry(SigningStep.PLANNING, PLANNING, house.coordinator.person_id),
            PostEntry(SigningStep.FRONT_OFFICE, FRONT_OFFICE, self.director.person_id),
        ]


def make_chain(session: Session) -> Chain:
    """Add the commission, its biennium that reports to a session, the chain and a draft."""
    house = make_house(session)
    body_id, period_id = open_for_session(session, house)
    chain = Chain(
        house=house,
        administrator=make_actor(session, "Ada Admin", (Role.ADMINISTRATOR, None)),
        director=make_actor(session, "Dora Director", (Role.VIEWER, None)),
        body_id=body_id,
        period_id=period_id,
        edition_id=make_draft(session, period_id, house.editor),
    )
    set_posts(
        session,
        body_id=body_id,
        posts=chain.posts,
        seen=(),
        actor=chain.administrator,
        at=clock.now(),
    )
    return chain


def open_for_session(session: Session, house: House) -> tuple[int, int]:
    """Open the biennium for a session of the body; return the ids of the body and the period."""
    period = open_biennium(session, house)
    body = session.get_one(Body, 1)
    held = BodySession(body_id=body.id, number=5, name="Fifth session", language="en")
    session.add(held)
    session.flush()
    session.get_one(ReportingPeriod, period.id).session_id = held.id
    return body.id, period.id


def make_draft(session: Session, period_id: int, editor: Actor, number: int = 1) -> int:
    """Add a draft that the editor made, without its files."""
    edition = ReportEdition(
        period_id=period_id,
        number=number,
        language="en",
        created_at=clock.now(),
        created_by_id=editor.person_id,
    )
    session.add(edition)
    session.flush()
    return edition.id
