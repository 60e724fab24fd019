"""The demo body, loaded through the same services that people use, act by act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.demo.people import COORDINATOR, MAIL_DOMAIN
from tracker.domain.workflow import Review
from tracker.models.biennial_reports import EditionFile, EditionState, ReportEdition
from tracker.models.people import Person
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.services.demo_absences import go_on_leave
from tracker.services.demo_activities import add_new, plan_biennium, record_results
from tracker.services.demo_biennium import make_report, open_biennium, remind, report, sign_report
from tracker.services.demo_body import ENTITY, DemoBody
from tracker.services.demo_cooperation import enter_cooperation
from tracker.services.demo_focal_points import list_focal_points
from tracker.services.demo_house import found_house
from tracker.services.demo_later_texts import (
    make_instrument_of_annex,
    receive_scan,
    take_corrigendum,
)
from tracker.services.demo_meetings import follow_other_meeting
from tracker.services.demo_outlook import (
    check_draft,
    find_doubles,
    follow_cooperation,
    publish,
)
from tracker.services.demo_resolutions import add_other_languages, adopt, receive_late_text
from tracker.services.demo_round import begin_round, open_round, remind_early, remind_now
from tracker.services.demo_subjects import confirm_subjects, list_words
from tracker.services.demo_submission import issue, submit, take_note
from tracker.services.demo_translation import translate_report
from tracker.services.demo_views import keep_views

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
            ("They come in Spanish and French", add_other_languages),
            ("Activities carry mandates out", plan_biennium),
            ("The biennium is opened for reporting", open_biennium),
            ("Reminders go out", remind),
            ("Units write down what was done", record_results),
            ("Focal points report, managers return and clear", report),
            ("A draft of the biennial report is signed", sign_report),
            ("The editor makes the final biennial report", make_report),
            ("Translators send it back in Spanish", translate_report),
            ("The report is submitted to the conference service", submit),
            ("The official texts are issued", issue),
            ("The tenth session adopts resolutions", partial(adopt, number=10)),
            ("It took note of the report", take_note),
            ("The annex of one is an instrument, too", make_instrument_of_annex),
            ("New activities begin", add_new),
            ("A corrigendum changes a paragraph", take_corrigendum),
            ("A text that came late waits to be confirmed", receive_late_text),
            ("A scan is recognised and waits for its review", receive_scan),
            ("Somebody is on leave, and a colleague stands in", go_on_leave),
            ("Governments have designated focal points", list_focal_points),
            ("Governments ask, institutions offer, networks take part", enter_cooperation),
            ("One of the offers is taken up", follow_cooperation),
            ("A meeting of others is followed", follow_other_meeting),
            ("The coordinator keeps views of lists", keep_views),
            ("The coordinator lists the subject words of the house", list_words),
            ("It is said what mandates and activities are about", confirm_subjects),
            ("What was issued stands on public pages", publish),
            ("A draft of the next session is checked", check_draft),
            ("It is looked for what may be there twice", find_doubles),
            ("This year's round is opened", open_round),
            ("Its first reminders go out", remind_early),
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
    """Return how much of the demo body is in the database: last, texts of this year come in."""
    email = f"{COORDINATOR}@{MAIL_DOMAIN}"
    if session.scalar(select(Person.id).where(Person.email == email)) is None:
        return Loaded.NOT_AT_ALL
    waiting = select(ProgressReport.id).where(ProgressReport.review == Review.SUBMITTED).limit(1)
    count = session.scalar(select(func.count()).select_from(ReportingPeriod)) or 0
    is_whole = count >= _PERIOD_COUNT and session.scalar(waiting) is not None
    return Loaded.WHOLLY if is_whole else Loaded.IN_PART


def final_files(session: Session) -> Sequence[EditionFile]:
    """Return the files of the final edition in its languages, by form."""
    return session.scalars(
        select(EditionFile)
        .join(ReportEdition, ReportEdition.id == EditionFile.edition_id)
        .where(ReportEdition.state == EditionState.FINAL)
        .order_by(EditionFile.edition_id, EditionFile.form)
    ).all()
