"""Reviews for tests: a damaged text received, and steps taken on it."""

from pathlib import Path

import pytest

from tests.importing import ENTITY
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Actor
from tracker.domain.review_history import Step
from tracker.queries.import_files import file_under_way
from tracker.queries.import_reviews import ReviewUnderWay, review_under_way
from tracker.services.import_reviews import import_reviews, receive_import, take_step
from tracker.services.resolutions import ImportOutcome
from tracker.storage import FileStore

DAMAGED = """21(V) REGISTERS OF THE ISLANDS

The Commission for the Ostral Islands,

Recalling its resolution 20(V) on the census of the islands,

1. Takes note of the report of the secretariat on the registers of the islands;

2. Requests the Executive Secretary to help them; 3. Invites member States to share

their registers with one another;

5. Thanks the islands;

6. Decides to meet again.
"""
# It is read as p0 title, p1 opener, p2 preambular, p3 "1", p4 "2" with 3 in it, p5 "5", p6 "6".


class Desk:
    """Where a person reviews: the database, the two folders of files, and who it is."""

    def __init__(self, database: Database, folder: Path, actor: Actor) -> None:
        self.database = database
        self.uploads = FileStore(folder / "uploads")
        self.files = FileStore(folder / "files")
        self.actor = actor

    def receive(self, text: str = DAMAGED, *, actor: Actor | None = None) -> int:
        """Upload a text and return the id of the file."""
        with self.database.transaction() as session:
            return receive_import(
                session,
                content=text.encode(),
                file_name="damaged.txt",
                actor=actor or self.actor,
                at=clock.now(),
                uploads=self.uploads,
            ).id

    def open(self, text: str = DAMAGED) -> ReviewUnderWay:
        """Upload a text and return its only review."""
        file_id = self.receive(text)
        with self.database.reading() as session:
            listed = file_under_way(session, file_id, self.actor).reviews
            return review_under_way(session, listed[0].id, self.actor)

    def take(
        self, review: ReviewUnderWay, *steps: Step, actor: Actor | None = None
    ) -> ReviewUnderWay:
        """Take steps one after another and return the review as it stands."""
        for step in steps:
            with self.database.transaction() as session:
                review = take_step(
                    session,
                    review_id=review.id,
                    version=review.version,
                    step=step,
                    actor=actor or self.actor,
                    at=clock.now(),
                )
        return review

    def look(self, review: ReviewUnderWay, *, actor: Actor | None = None) -> ReviewUnderWay:
        """Open the review again."""
        with self.database.reading() as session:
            return review_under_way(session, review.id, actor or self.actor)

    def confirm(self, *reviews: ReviewUnderWay) -> tuple[ImportOutcome, ...]:
        """Import the texts of these reviews."""
        with self.database.transaction() as session:
            return import_reviews(
                session,
                versions={review.id: review.version for review in reviews},
                actor=self.actor,
                at=clock.now(),
                files=self.files,
                uploads=self.uploads,
                entity=ENTITY,
            )


@pytest.fixture
def desk(database: Database, tmp_path: Path, house: House) -> Desk:
    """Return the desk of the coordinator."""
    return Desk(database, tmp_path, house.coordinator)
