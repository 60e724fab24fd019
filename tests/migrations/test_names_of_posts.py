"""Migration 0061: a post that was there is called in the language of its body."""

from sqlalchemy import text

from tests.audit import arranging
from tests.furniture import put
from tests.signing import make_chain
from tracker import schema
from tracker.database import Database


def test_a_post_is_called_in_the_language_of_its_body(database: Database) -> None:
    put(database, make_chain)
    with arranging(), database.transaction() as session:
        session.execute(text("UPDATE bodies SET language = 'fr'"))

    schema.downgrade(database.url, "0060")
    schema.upgrade(database.url)

    with database.engine.connect() as connection:
        languages = connection.execute(text("SELECT DISTINCT language FROM signing_posts"))
        assert [row[0] for row in languages] == ["fr"]
