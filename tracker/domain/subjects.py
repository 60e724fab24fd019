"""What mandates and activities are about: goals, targets and countries, as people confirmed it."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.countries import find_country
from tracker.domain.errors import Invalid
from tracker.domain.goals import GOALS, is_target

MOST_DECIDED = 500  # proposals in one press
LONGEST_WORDS = 200  # characters of a text that a proposal shows


class SubjectKind(StrEnum):
    """What sort of subject it is."""

    GOAL = "goal"
    TARGET = "target"
    COUNTRY = "country"


class AboutKind(StrEnum):
    """What has subjects."""

    MANDATE = "mandate"
    ACTIVITY = "activity"


class Verdict(StrEnum):
    """What a person made of a proposal, or said without one."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    ADDED = "added"


HOLDS = (Verdict.CONFIRMED, Verdict.ADDED)


@dataclass(frozen=True, slots=True)
class Subject:
    """A goal ("14"), a target ("14.7") or a country by its code ("CPV")."""

    kind: SubjectKind
    key: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A subject that the machine reads in a text, with the words that it stands on."""

    subject: Subject
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One subject of one record, as a form sends it: "mandate:12:goal:14"."""

    about: AboutKind
    id: int
    subject: Subject

    def __str__(self) -> str:
        """Return it as a form holds it."""
        return f"{self.about}:{self.id}:{self.subject.kind}:{self.subject.key}"


def read_choice(written: str) -> Choice:
    """Return what a form sent; raise Invalid for anything else."""
    try:
        about, number, kind, key = written.split(":")
        return Choice(AboutKind(about), int(number), checked_subject(kind, key))
    except ValueError:
        raise Invalid("Choose subjects from the page, then press again.") from None


def checked_subject(kind: str, key: str) -> Subject:
    """Return the subject, or raise Invalid where there is none such."""
    known = {
        SubjectKind.GOAL.value: key in GOALS,
        SubjectKind.TARGET.value: is_target(key),
        SubjectKind.COUNTRY.value: find_country(key) == key,
    }
    if not known.get(kind):
        raise Invalid("There is no such goal, target or country. Choose one from the list.")
    return Subject(SubjectKind(kind), key)
