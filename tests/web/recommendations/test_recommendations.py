"""The review before a renewal: off unless switched on, kept in the house unless asked for."""

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.audit import arranging
from tests.conftest import ROOT
from tests.reporting import House, counted_statements, make_person
from tests.visitors import sign_in, submit, text_of
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Actor, Role
from tracker.domain.recommendations import Recommendation
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate
from tracker.models.recommendations import MandateRecommendation
from tracker.services.recommendations import recommend, set_review

__all__ = ["coordinator", "database", "house", "installation"]

ADMINISTRATOR = Actor(1, "Adam", "en", "UTC", frozenset({(Role.ADMINISTRATOR, None)}))
TABLE = "/resolutions/1/review"


def switch(
    database: Database,
    *,
    is_on: bool = True,
    request: str = "",
    day: date | None = None,
    version: int = 0,
    actor: Actor = ADMINISTRATOR,
) -> None:
    with database.transaction() as session:
        set_review(
            session,
            body_id=1,
            version=version,
            is_on=is_on,
            request=request,
            requested_on=day,
            actor=actor,
            at=clock.now(),
        )


def say(database: Database, house: House, *, actor: Actor | None = None, seen_id: int = 0) -> int:
    with database.transaction() as session:
        return recommend(
            session,
            mandate_id=house.mandates[0],
            recommendation=Recommendation.REVISE,
            reason="The islands are counted by satellite now.",
            seen_id=seen_id,
            actor=actor or house.coordinator,
            at=clock.now(),
        ).id


def test_it_is_off_until_an_administrator_switches_it_on(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    assert coordinator.get(TABLE).status_code == 409
    assert "Review before a renewal" not in text_of(coordinator.get("/resolutions/1/lineage"))
    with pytest.raises(WrongState):
        say(database, house)

    switch(database)

    assert coordinator.get(TABLE).status_code == 200
    assert "Review before a renewal" in text_of(coordinator.get("/resolutions/1/lineage"))


def test_it_is_switched_on_its_page_and_back(
    client: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        person = make_person(session, "Adam", (Role.ADMINISTRATOR, None)).id
    sign_in(client, person)

    submit(client, client.get("/admin/reviews/1"), {"is_on": "y"})
    switched = text_of(client.get("/admin/reviews"))
    refused = submit(client, client.get("/admin/reviews/1"), {"request": "45(X)"})
    submit(client, client.get("/admin/reviews/1"), {"is_on": None})

    assert "On" in switched
    assert refused.status_code == 400
    assert "Name the paragraph" in text_of(refused)
    sign_in(client, house.coordinator.person_id)
    assert client.get(TABLE).status_code == 409


def test_a_recommendation_is_made_on_its_page_and_stands_in_the_table(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    switch(database)
    page = coordinator.get(f"/mandates/{house.mandates[0]}/review")

    kept = submit(coordinator, page, {"recommendation": "retire", "reason": "It is done."})

    text = text_of(coordinator.get(kept.location))
    assert "Retire: 1" in text
    assert "It is done." in text
    assert "Carla Coordinator" in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"recommendation": "retain", "reason": " "}, "Say why"),
        ({"recommendation": "", "reason": "Because."}, "Choose what is recommended."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    coordinator: FlaskClient,
    database: Database,
    house: House,
    fields: dict[str, str],
    sentence: str,
) -> None:
    switch(database)
    page = coordinator.get(f"/mandates/{house.mandates[0]}/review")

    answer = submit(coordinator, page, dict(fields))

    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_what_somebody_else_recommended_is_not_written_over(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    switch(database)
    page = coordinator.get(f"/mandates/{house.mandates[0]}/review")
    say(database, house)

    answer = submit(coordinator, page, {"recommendation": "retain", "reason": "It is needed."})

    assert answer.status_code == 409
    assert "The islands are counted by satellite now." in text_of(answer)
    with pytest.raises(Stale):
        say(database, house)


def test_every_recommendation_stays_and_the_newest_holds(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    switch(database)
    first = say(database, house)
    second = say(database, house, seen_id=first)

    with database.reading() as session:
        rows = session.scalars(select(MandateRecommendation.id)).all()
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.action == "review.recommend")
        ).all()
    assert sorted(rows) == [first, second]
    assert len(actions) == 2
    assert "Revise: 1" in text_of(coordinator.get(TABLE))


def test_managers_recommend_in_their_unit_alone_and_others_not_at_all(
    client: FlaskClient, database: Database, house: House
) -> None:
    switch(database)
    say(database, house, actor=house.manager)
    for actor in (house.other_manager, house.focal_point, house.editor, house.viewer):
        with pytest.raises(NotAllowed):
            say(database, house, actor=actor)
    with pytest.raises(NotAllowed):
        switch(database, version=1, actor=house.coordinator)

    for actor in (house.focal_point, house.editor, house.viewer):
        sign_in(client, actor.person_id)
        assert client.get(TABLE).status_code == 403


def test_what_is_no_longer_in_force_is_reviewed_no_more(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    switch(database)
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, house.mandates[0])
        mandate.lifecycle, mandate.lifecycle_source = Lifecycle.TERMINATED, "14(V), para. 2"

    with pytest.raises(WrongState):
        say(database, house)
    assert "5(a)" not in text_of(coordinator.get(TABLE))
    assert coordinator.get(f"/mandates/{house.mandates[0]}/review").status_code == 404


def test_it_leaves_the_house_only_by_a_recorded_request_of_the_body(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    switch(database)
    say(database, house)
    kept_in = coordinator.get(f"{TABLE}.csv")
    with pytest.raises(Invalid):
        switch(database, version=1, request="45(X), paragraph 9")

    switch(database, version=1, request="45(X), paragraph 9", day=date(2026, 1, 5))

    assert kept_in.status_code == 409
    assert "has not asked for this review" in text_of(kept_in)
    assert "The islands are counted by satellite now." in coordinator.get(f"{TABLE}.csv").text
    assert "45(X), paragraph 9" in text_of(coordinator.get(TABLE))


def test_nothing_that_writes_documents_searches_or_mails_knows_of_it() -> None:
    written = [*(ROOT / "tracker/writing").rglob("*.py"), *(ROOT / "tracker/mail").rglob("*.py")]
    written += (ROOT / "tracker/queries").glob("*report*.py")
    written += (ROOT / "tracker/queries").glob("search*.py")
    written += [ROOT / "tracker/queries/briefs.py", ROOT / "tracker/services/digests.py"]

    knowing = [path.name for path in written if _knows(path)]

    assert len(written) > 40
    assert knowing == []


def _knows(path: Path) -> bool:
    return "recommendations" in path.read_text(encoding="utf-8")


def test_the_table_takes_as_many_statements_for_one_recommendation_as_for_none(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    switch(database)
    counts = []
    for _ in range(2):
        with counted_statements(database) as statements:
            coordinator.get(TABLE)
        counts.append(len(statements))
        if len(counts) == 1:
            say(database, house)

    assert counts[0] == counts[1]
