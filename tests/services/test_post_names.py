"""What posts that sign the report are called in other languages, wherever they move."""

import pytest
from sqlalchemy import update

from tests.audit import arranging
from tests.escalating import run_jobs
from tests.furniture import put
from tests.post import Post
from tests.signing import FRONT_OFFICE, PLANNING, Chain, make_chain
from tracker import clock
from tracker.database import Database
from tracker.domain.names import Named
from tracker.domain.sign_offs import PostEntry
from tracker.models.people import Person
from tracker.queries.names import named_rows, names_in
from tracker.queries.signing_posts import posts_of
from tracker.services.names import write_name
from tracker.services.sign_offs import hand_in
from tracker.services.signing_posts import set_posts

DIVISION = "Chief of Division"


@pytest.fixture
def chain(database: Database) -> Chain:
    """Return a report whose drafts three posts sign."""
    return put(database, make_chain)


def name(database: Database, chain: Chain, post: str, text: str) -> None:
    """Write what a post of today is called in Spanish."""
    with database.transaction() as session:
        found = next(each for each in posts_of(session, chain.body_id) if each.post == post)
        write_name(
            session,
            kind=Named.POST,
            subject_id=found.id,
            language="es",
            text=text,
            actor=chain.house.coordinator,
            at=clock.now(),
        )


def set_to(database: Database, chain: Chain, *posts: PostEntry) -> None:
    with database.transaction() as session:
        seen = [(post.id, post.person_id) for post in posts_of(session, chain.body_id)]
        set_posts(
            session,
            body_id=chain.body_id,
            posts=posts,
            seen=seen,
            actor=chain.administrator,
            at=clock.now(),
        )


def spanish(database: Database, post: str) -> str:
    with database.reading() as session:
        return names_in(session, "es").of(Named.POST, post)


def listed(database: Database) -> dict[str, set[str]]:
    """Return the posts of the list of names, with the languages that they have names in."""
    with database.reading() as session:
        rows = named_rows(session)
    return {row.name: set(row.others) for row in rows if row.kind is Named.POST}


def test_a_post_is_called_in_a_language_as_somebody_wrote_it(
    database: Database, chain: Chain
) -> None:
    name(database, chain, PLANNING, "Jefatura de Planificación")

    assert spanish(database, PLANNING) == "Jefatura de Planificación"
    assert spanish(database, FRONT_OFFICE) == FRONT_OFFICE
    assert listed(database) == {DIVISION: set(), PLANNING: {"es"}, FRONT_OFFICE: set()}


def test_a_post_that_moves_keeps_its_names_and_can_get_better_ones(
    database: Database, chain: Chain
) -> None:
    name(database, chain, PLANNING, "Jefatura de Planificación")
    _, planning, front_office = chain.posts

    set_to(database, chain, planning, front_office)
    kept = spanish(database, PLANNING)
    name(database, chain, PLANNING, "Jefatura de Planes")

    assert kept == "Jefatura de Planificación"
    assert spanish(database, PLANNING) == "Jefatura de Planes"
    assert listed(database) == {PLANNING: {"es"}, FRONT_OFFICE: set()}


def test_a_mail_calls_the_post_as_its_reader_does(database: Database, chain: Chain) -> None:
    name(database, chain, DIVISION, "Jefatura de División")
    with arranging(), database.transaction() as session:
        session.execute(
            update(Person).where(Person.id == chain.house.manager.person_id).values(language="es")
        )
    with database.transaction() as session:
        hand_in(session, edition_id=chain.edition_id, actor=chain.house.editor, at=clock.now())
    post = Post()

    run_jobs(database, post)

    words = " ".join(post.text_to("mona.manager@example.org").split())
    assert "Jefatura de División" in words
    assert DIVISION not in words
