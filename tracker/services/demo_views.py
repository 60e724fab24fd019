"""The views of lists that the coordinator of the demo body keeps for all."""

from tracker.domain.saved_views import ListKey, SharedWith, Sharing
from tracker.services.demo_body import DemoBody
from tracker.services.saved_views import keep_view

VIEWS = (
    (ListKey.MANDATES, "Mandates that nobody answers for yet", "owner=none&sort=due"),
    (ListKey.SEARCH, "What was said about ports", "q=port&kind=progress"),
)


def keep_views(body: DemoBody) -> str:
    """Keep the views, shared with everybody."""
    with body.database.transaction() as session:
        for list_key, name, query in VIEWS:
            keep_view(
                session,
                list_key=list_key,
                name=name,
                query=query,
                shared_with=SharedWith(Sharing.EVERYBODY),
                actor=body.coordinator,
                at=body.now,
            )
    return f"{len(VIEWS)} views of lists are shared with everybody"
