"""Bodies get short names of their own, and never the address of one of our pages."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from config import read_settings
from tracker import clock
from tracker.app import create_app
from tracker.database import Database
from tracker.domain.errors import Invalid
from tracker.models.instruments import Body
from tracker.services.bodies import RESERVED_KEYS, body_named


def named(session: Session, name: str) -> Body:
    return body_named(session, name, language="en", actor=None, at=clock.now())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Economic Commission for Latin America and the Caribbean", "eclac"),
        ("the General Assembly", "ga"),
        ("Comisión Económica para América Latina y el Caribe", "cealc"),
        ("Council", "council"),
        ("Reports", "reports-2"),
        ("委员会", "body"),
    ],
)
def test_a_body_is_known_by_its_initials(database: Database, name: str, key: str) -> None:
    with database.transaction() as session:
        assert named(session, name).key == key


def test_two_bodies_with_the_same_initials_are_told_apart(database: Database) -> None:
    with database.transaction() as session:
        keys = [named(session, name).key for name in ("Green Area", "Grey Area", "Gold Area")]

    assert keys == ["ga", "ga-2", "ga-3"]


def test_a_body_is_found_whatever_its_case_and_article(database: Database) -> None:
    with database.transaction() as session:
        first = named(session, "Comisión de Estadística")

        assert named(session, "THE  COMISIÓN DE ESTADÍSTICA") is first


@pytest.mark.parametrize("name", ["", " the ", "x" * 201], ids=["empty", "article", "long"])
def test_a_name_that_is_none_is_refused(database: Database, name: str) -> None:
    with database.transaction() as session, pytest.raises(Invalid) as refused:
        named(session, name)

    assert refused.value.field == "body"


def test_no_body_takes_the_address_of_a_page(tmp_path: Path) -> None:
    settings = read_settings({"TRACKER_ENVIRONMENT": "test", "TRACKER_DATA_DIR": str(tmp_path)})

    rules = create_app(settings).url_map.iter_rules()

    firsts = {rule.rule.split("/")[1] for rule in rules}
    assert {first for first in firsts if first and "<" not in first} <= RESERVED_KEYS
