"""The demo body, loaded through the same services that people use, act by act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.demo.people import COORDINATOR, MAIL_DOMAIN
from tracker.models.biennial_reports import EditionFile, EditionState, ReportEdition
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.services.demo_absences import go_on_leave
from tracker.services.demo_activities import add_new, plan_biennium, record_results
from tracker.services.demo_biennium import make_report, open_biennium, remind, report
from tracker.services.demo_body import ENTITY, DemoBody
from tracker.services.demo_focal_points import list_focal_points
from tracker.services.demo_house import found_house
from tracker.services.demo_later_texts import (
    make_instrument_of_annex,
    receive_scan,
    take_corrigendum,
)
from tracker.services.demo_resolutions import add_other_languages, adopt, receive_late_text
from tracker.services.demo_round import begin_round, remind_now

__all__ = ["ENTITY", "DemoBody", "Loaded", "Step", "final_files", "how_far_loaded", "steps_of"]

_PERIOD_COUNT = 2  # the biennium that is over and the round under way


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the demo: what it is, and the function that does it and says what it did."""

    title: str
    act: Callable[[], str]


def steps_of(body: DemoBody) -> Sequence[Step]:
    """Return the acts in their order; each is done with all its changes or not at all."""
    return [
        Step(title, partial(act, body))
        for title, act in (
            ("The house: units, subprogrammes and people", found_house),
            ("The eighth session adopts resolutions", partial(adopt, number=8)),
            ("The General Assembly asks something, too", partial(adopt, number=None)),
            ("The ninth session adopts resolutions", partial(adopt, number=9)),
            ("They come in Spanish and French", partial(add_other_languages, number=9)),
            ("Activities carry mandates out", plan_biennium),
            ("The biennium is opened for reporting", open_biennium),
            ("Reminders go out", remind),
            ("Units write down what was done", record_results),
            ("Focal points report, managers return and clear", report),
            ("The editor makes the final biennial report", make_report),
            ("The tenth session adopts resolutions", partial(adopt, number=10)),
            ("The annex of one is an instrument, too", make_instrument_of_annex),
            ("New activities begin", add_new),
            ("A corrigendum changes a paragraph", take_corrigendum),
            ("A text that came late waits to be confirmed", receive_late_text),
            ("A scan is recognised and waits for its review", receive_scan),
            ("Somebody is on leave, and a colleague stands in", go_on_leave),
            ("Governments have designated focal points", list_focal_points),
            ("This year's round is under way", begin_round),
            ("Reminders of this year's round go out", remind_now),
        )
    ]


class Loaded(Enum):
    """How much of the demo body is in a database."""

    NOT_AT_ALL = auto()
    IN_PART = auto()
    WHOLLY = auto()


def how_far_loaded(session: Session) -> Loaded:
    """Return how much of the demo body is in the database: its last act opens this year's round."""
    email = f"{COORDINATOR}@{MAIL_DOMAIN}"
    if session.scalar(select(Person.id).where(Person.email == email)) is None:
        return Loaded.NOT_AT_ALL
    count = session.scalar(select(func.count()).select_from(ReportingPeriod)) or 0
    return Loaded.WHOLLY if count >= _PERIOD_COUNT else Loaded.IN_PART


def final_files(session: Session) -> Sequence[EditionFile]:
    """Return the files of the final edition in its languages, by form."""
    return session.scalars(
        select(EditionFile)
        .join(ReportEdition, ReportEdition.id == EditionFile.edition_id)
        .where(ReportEdition.state == EditionState.FINAL)
        .order_by(EditionFile.edition_id, EditionFile.form)
    ).all()
