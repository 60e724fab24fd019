"""What the demo body shows beyond its reporting: public pages, a draft to come, likely doubles."""

from pathlib import Path

from sqlalchemy import select

from tracker.demo.cooperation import FOLLOWED
from tracker.demo.people import ADMINISTRATOR
from tracker.models.activities import Activity
from tracker.models.cooperation import CooperationNotice
from tracker.models.instruments import Body, BodySession
from tracker.reading.readers import read_here
from tracker.services.alike_mandates import AT_ONCE, alike_pairs, keep_pairs, mandates_to_compare
from tracker.services.cooperation import follow_notice
from tracker.services.demo_body import DemoBody
from tracker.services.drafts import check_drafts
from tracker.services.public_pages import set_publication

DRAFT = Path(__file__).resolve().parents[1] / "demo" / "drafts" / "48_xi.txt"
_COMMISSION = "ecaic"


def follow_cooperation(body: DemoBody) -> str:
    """Follow requests and offers to the activities that answer them."""
    with body.database.transaction() as session:
        for title, activity in FOLLOWED:
            notice = session.scalars(
                select(CooperationNotice).where(CooperationNotice.title == title)
            ).one()
            follow_notice(
                session,
                notice_id=notice.id,
                version=notice.version,
                activity_id=session.scalars(
                    select(Activity.id).where(Activity.title == activity)
                ).one(),
                actor=body.coordinator,
                at=body.now,
            )
    return f"{len(FOLLOWED)} of them are followed to activities"


def publish(body: DemoBody) -> str:
    """Switch on the public pages of the Commission, which search engines leave out."""
    with body.database.transaction() as session:
        set_publication(
            session,
            body_id=session.scalars(select(Body.id).where(Body.key == _COMMISSION)).one(),
            version=0,
            is_on=True,
            is_indexed=False,
            actor=body.people[ADMINISTRATOR],
            at=body.now,
        )
    return f"/public/{_COMMISSION} tells what was issued"


def check_draft(body: DemoBody) -> str:
    """Check a draft that the next session will examine."""
    with body.database.transaction() as session:
        next_session = session.scalars(
            select(BodySession.id).where(BodySession.number == 11)
        ).first()
        (draft,) = check_drafts(
            session,
            read_here(DRAFT.read_bytes(), DRAFT.name).resolutions,
            session_id=next_session,
            actor=body.coordinator,
            at=body.now,
        )
        return f"{draft.title}: only coordinators and editors see it"


def find_doubles(body: DemoBody) -> str:
    """Look which mandates ask much the same, as the nightly job does."""
    with body.database.transaction() as session:
        ids = mandates_to_compare(session, at=body.now, most=AT_ONCE)
        pairs = alike_pairs(session, ids)
        keep_pairs(session, ids, pairs, at=body.now)
    return f"{len(ids)} mandates compared, {len(pairs)} pairs ask much the same"
