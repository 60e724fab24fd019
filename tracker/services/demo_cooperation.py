"""What Governments ask for and institutions offer in the demo body, and its networks."""

from datetime import timedelta

from tracker.demo.cooperation import NETWORKS, NOTICES
from tracker.domain.activities import PartnerKind
from tracker.domain.cooperation import Member, NoticeDetails, NoticeKind
from tracker.services.cooperation import enter_notice, keep_network
from tracker.services.demo_body import DemoBody


def enter_cooperation(body: DemoBody) -> str:
    """Enter requests, offers and networks."""
    today = body.now.date()
    with body.database.transaction() as session:
        for notice in NOTICES:
            enter_notice(
                session,
                details=NoticeDetails(
                    NoticeKind(notice.kind),
                    notice.party,
                    PartnerKind(notice.party_kind),
                    notice.country or None,
                    notice.title,
                    notice.sector,
                    today - timedelta(days=notice.days_ago),
                    words=notice.words,
                    agreement=notice.agreement,
                ),
                actor=body.coordinator,
                at=body.now,
            )
        for name, purpose, members in NETWORKS:
            keep_network(
                session,
                network_id=None,
                version=0,
                name=name,
                purpose=purpose,
                members=[Member(member, country or None) for member, country in members],
                actor=body.coordinator,
                at=body.now,
            )
    return f"{len(NOTICES)} requests and offers, {len(NETWORKS)} networks"
