"""The pages that are used most stay below 100 kB of HTML, however much the body has."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from tests.audit import arranging
from tests.visitors import sign_in
from tests.web.commission import database, installation
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person, RoleAssignment
from tracker.models.progress import ProgressRevision
from tracker.services.search_entries import complete
from tracker.services.synthetic_body import load_synthetic_body

__all__ = ["database", "installation"]
MOST_BYTES = 100_000
LISTS = (
    "/compliance",
    "/compliance?standing=open",
    "/compliance/detail",
    "/compliance/radar",
    "/mandates",
    "/resolutions",
    "/activities",
    "/search?q=report",
)


@pytest.fixture
def pages(database: Database) -> list[str]:
    """Load a body of 1,500 mandates; return its lists and one page of each record."""
    with arranging(), database.transaction() as session:
        load_synthetic_body(
            session, mandate_count=1500, person_count=200, seed=1, today=date(2026, 6, 15)
        )
    with database.transaction() as session:
        complete(session)
    with database.reading() as session:
        longest = session.execute(
            select(Body.key, Instrument.slug, Instrument.id)
            .join(Instrument, Instrument.body_id == Body.id)
            .join(Mandate, Mandate.instrument_id == Instrument.id)
            .group_by(Body.key, Instrument.slug, Instrument.id)
            .order_by(func.count().desc(), Instrument.slug)
        ).first()
        assert longest is not None
        resolution = f"/{longest.key}/{longest.slug}"
        path = session.scalars(
            select(Clause.path)
            .join(Mandate, Mandate.clause_id == Clause.id)
            .join(Instrument, Instrument.id == Mandate.instrument_id)
            .where(Instrument.id == longest.id)
            .limit(1)
        ).one()
        report_id = session.scalars(
            select(ProgressRevision.report_id)
            .group_by(ProgressRevision.report_id)
            .order_by(func.count().desc(), ProgressRevision.report_id)
            .limit(1)
        ).one()
        busiest_id = session.scalars(
            select(Mandate.focal_point_id)
            .where(Mandate.focal_point_id.is_not(None))
            .group_by(Mandate.focal_point_id)
            .order_by(func.count().desc(), Mandate.focal_point_id)
            .limit(1)
        ).one()
    return [
        *LISTS,
        f"/resolutions/{longest.id}/lineage",
        resolution,
        f"{resolution}?correct=1",
        f"{resolution}?correct=1&part=2",
        f"{resolution}/{path}",
        f"/progress/{report_id}",
        f"/admin/people/{busiest_id}/hand-over",
        "/absences",
        f"/absences/enter?person={busiest_id}",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_that_is_used_most_is_heavy(
    client: FlaskClient, database: Database, pages: list[str], language: str
) -> None:
    with arranging(), database.transaction() as session:
        session.execute(update(Person).values(language=language))
        people = {
            role: session.scalars(
                select(RoleAssignment.person_id).where(RoleAssignment.role == role).limit(1)
            ).one()
            for role in Role
        }

    sizes = dict(sizes_of(client, people, pages))

    assert {page: size for page, size in sizes.items() if size >= MOST_BYTES} == {}
    assert len(sizes) == len(pages) + len(Role)


def sizes_of(
    client: FlaskClient, people: dict[Role, int], pages: list[str]
) -> Iterator[tuple[str, int]]:
    """Yield the pages, those of the coordinator and the start page of each role, with bytes."""
    for role, person_id in people.items():
        sign_in(client, person_id)
        yield f"start of {role}", size_of(client, "/")
    sign_in(client, people[Role.COORDINATOR])
    for page in pages:
        yield page, size_of(client, page)


def size_of(client: FlaskClient, page: str) -> int:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return len(answer.data)
