"""What mandates and activities are about: goals, countries, subject words; as people confirmed."""

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
    WORD = "word"


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
    """A goal ("14"), a target ("14.7"), a country by its code ("CPV"), a word by its id ("12")."""

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
    """Return the subject, or raise Invalid where there is none such.

    Of a subject word it is told only whether its key can be one.
    """
    known = {
        SubjectKind.GOAL.value: key in GOALS,
        SubjectKind.TARGET.value: is_target(key),
        SubjectKind.COUNTRY.value: find_country(key) == key,
        SubjectKind.WORD.value: is_word_key(key),
    }
    if not known.get(kind):
        raise Invalid("There is no such subject. Choose one from the list.")
    return Subject(SubjectKind(kind), key)


def is_word_key(key: str) -> bool:
    """Tell whether a key can be that of a subject word: its id, written as databases do."""
    return key.isascii() and key.isdigit() and len(key) < 10 and str(int(key)) == key != "0"
