"""What the demo body does about its mandates: who answers, what they report, how far they are."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tracker.demo.adopted_texts import DemoResolution
from tracker.demo.calendar import DemoCalendar, filled_in
from tracker.domain.mandates import Implementation
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Review

FOLDER = Path(__file__).resolve().parent / "reports"
_Table = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoText:
    """What is reported on a mandate; ``remark`` is what a first version was returned with."""

    status: Implementation | None
    done: str = ""
    results: str = ""
    next_steps: str = ""
    difficulties: str = ""
    reason: str = ""
    remark: str = ""

    def report(self, postponed_to: date) -> ReportText:
        """Return the text as it is submitted; the date is for what is postponed."""
        return ReportText(
            status=self.status,
            status_reason=self.reason,
            postponed_to=postponed_to if self.status is Implementation.POSTPONED else None,
            done=self.done,
            results=self.results,
            next_steps=self.next_steps,
            difficulties=self.difficulties,
        )


@dataclass(frozen=True, slots=True)
class DemoRound:
    """How far a mandate is in the round under way; days count from today.

    What ``is_cleared_first`` waits for the second level of clearance.
    """

    text: DemoText
    state: Review = Review.OPEN
    submitted_ago: int = 7
    is_cleared_first: bool = False
    postponed_in: int = 0
    due_in: int | None = None
    extended_to: int | None = None
    extension_reason: str = ""
    waiver_reason: str = ""
    declined: str = ""
    question: str = ""
    more_time_in: int | None = None
    more_time_reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoNote:
    """A dated note on a mandate."""

    days_ago: int
    text: str


@dataclass(frozen=True, slots=True)
class DemoContribution:
    """What another unit adds to the report of the round; without text it is still asked for."""

    unit: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A web page that was given as evidence in the round, and is gone since."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class DemoMandate:
    """A mandate that requires action, by the path of its clause; no unit: not assigned yet."""

    path: str
    unit: str | None
    focal_point: str
    biennium: DemoText | None
    round: DemoRound
    notes: tuple[DemoNote, ...]
    contributions: tuple[DemoContribution, ...]
    lost_links: tuple[DemoLink, ...]
    joint_lead: str


@dataclass(frozen=True, slots=True)
class DemoWork:
    """The mandates of one resolution that require action."""

    symbol: str
    mandates: tuple[DemoMandate, ...]


@cache
def work_on(resolution: DemoResolution, calendar: DemoCalendar) -> DemoWork:
    """Return what is done about a resolution."""
    text = (FOLDER / f"{resolution.stem}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(filled_in(text, calendar.words()))
    return DemoWork(
        symbol=table["symbol"],
        mandates=tuple(
            DemoMandate(
                path=row["path"],
                unit=row.get("unit"),
                focal_point=row.get("focal_point", ""),
                biennium=_text(row["biennium"]) if "biennium" in row else None,
                round=_round(row.get("round", {})),
                notes=tuple(DemoNote(**note) for note in row.get("notes", ())),
                contributions=tuple(
                    DemoContribution(**contribution)
                    for contribution in row.get("contributions", ())
                ),
                lost_links=tuple(DemoLink(**link) for link in row.get("lost_links", ())),
                joint_lead=row.get("joint_lead", ""),
            )
            for row in table["mandate"]
        ),
    )


def _text(row: _Table) -> DemoText:
    status = row.get("status")
    return DemoText(
        status=Implementation(status) if status else None,
        done=row.get("done", ""),
        results=row.get("results", ""),
        next_steps=row.get("next_steps", ""),
        difficulties=row.get("difficulties", ""),
        reason=row.get("reason", ""),
        remark=row.get("remark", ""),
    )


def _round(row: Mapping[str, object]) -> DemoRound:
    days = {
        name: value
        for name in ("postponed_in", "due_in", "extended_to", "more_time_in", "submitted_ago")
        if isinstance(value := row.get(name), int)
    }
    words = {name: value for name, value in row.items() if isinstance(value, str)}
    return DemoRound(
        text=_text(words),
        state=Review(words.get("state", Review.OPEN)),
        is_cleared_first=row.get("is_cleared_first") is True,
        submitted_ago=days.get("submitted_ago", 7),
        postponed_in=days.get("postponed_in", 0),
        due_in=days.get("due_in"),
        extended_to=days.get("extended_to"),
        extension_reason=words.get("extension_reason", ""),
        waiver_reason=words.get("waiver_reason", ""),
        declined=words.get("declined", ""),
        question=words.get("question", ""),
        more_time_in=days.get("more_time_in"),
        more_time_reason=words.get("more_time_reason", ""),
    )
