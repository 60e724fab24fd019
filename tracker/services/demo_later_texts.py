"""Texts of the demo body that come after the adopted ones: an annex, a corrigendum, a scan."""

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo.adopted_texts import FOLDER, RESOLUTIONS
from tracker.models.imports import ImportReview
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.reading.readers import read_here
from tracker.reading.recognised import page_from_stored
from tracker.services.annexes import add_annexes
from tracker.services.assignments import assign_mandate
from tracker.services.demo_body import ENTITY, DemoBody, mandates_by_place
from tracker.services.edition_reviews import SaidOfEdition, take_reviewed_edition
from tracker.services.import_reviews import note_file, open_reviews, receive_import
from tracker.services.mandates import confirm_mandates, set_aside_rest
from tracker.storage import digest_of

SCAN = FOLDER.parent / "scans" / "47_x.jpg"
_CORRECTED = "45(X)"
_WITH_ANNEX = "43(IX)"
_ASKED_OF_US = "4"  # the paragraph of the annex that the secretariat carries out


def make_instrument_of_annex(body: DemoBody) -> str:
    """Make an instrument of the annexed programme of action, and give away what it asks of us."""
    at = body.calendar.after_session(10, days=20)
    with body.database.transaction() as session:
        (annex,) = add_annexes(
            session,
            instrument_id=_instrument(session, _WITH_ANNEX).id,
            positions=[0],
            entity=ENTITY,
            actor=body.coordinator,
            at=at,
        )
        mandate = mandates_by_place(session, [annex.symbol])[annex.symbol, _ASKED_OF_US]
        confirm_mandates(session, decisions={mandate.id: True}, actor=body.coordinator, at=at)
        count = set_aside_rest(session, instrument_id=annex.id, actor=body.coordinator, at=at)
        _give_to_transport(session, body, mandate)
    return f"{annex.symbol}: 1 mandate requires our action, {count} set aside"


def _give_to_transport(session: Session, body: DemoBody, mandate: Mandate) -> None:
    assign_mandate(
        session,
        mandate_id=mandate.id,
        version=mandate.version,
        unit_id=body.units["transport"],
        focal_point_id=body.focal_point("transport").person_id,
        actor=body.coordinator,
        at=body.calendar.after_session(10, days=21),
    )


def take_corrigendum(body: DemoBody) -> str:
    """Take the corrected edition of a resolution; what was confirmed asks for another look."""
    at = body.calendar.days_ago(6)
    adopted = next(each for each in RESOLUTIONS if each.stem == "45_x")
    words = body.calendar.words(adopted.session)
    with body.database.transaction() as session:
        file = receive_import(
            session,
            content=adopted.content(words).replace(
                b"with their cost;", b"with their cost and who paid for them;"
            ),
            file_name="45_x_corr_1.txt",
            actor=body.coordinator,
            at=at,
            uploads=body.uploads,
        )
        review = session.scalars(select(ImportReview).where(ImportReview.file_id == file.id)).one()
        take_reviewed_edition(
            session,
            review_id=review.id,
            said=SaidOfEdition(
                label="Corr.1",
                review_version=review.version,
                instrument_version=_instrument(session, _CORRECTED).version,
            ),
            entity=ENTITY,
            actor=body.coordinator,
            at=at,
            files=body.files,
            uploads=body.uploads,
        )
    return f"{_CORRECTED}/Corr.1: one paragraph changed"


def receive_scan(body: DemoBody) -> str:
    """Open the review of a scanned resolution, as it stands once its page is recognised.

    What was recognised comes with the demo, so that the demo needs no program for it.
    """
    content, stored = SCAN.read_bytes(), _recognised(SCAN)
    reading = read_here(content, SCAN.name, recognised={0: page_from_stored(json.loads(stored))})
    digest = digest_of(content)
    at = body.calendar.days_ago(1)
    with body.database.transaction() as session:
        file = note_file(session, digest, SCAN.name, actor=body.coordinator, at=at)
        open_reviews(session, file, reading, at=at)
        body.uploads.keep(content)
        body.pages.keep(digest, 1, stored, content)
    return f"{reading.resolutions[0].number}: one page, waiting to be looked at"


def _recognised(scan: Path) -> bytes:
    return scan.with_suffix(".json").read_bytes()


def _instrument(session: Session, symbol: str) -> Instrument:
    return session.scalars(select(Instrument).where(Instrument.symbol == symbol)).one()
