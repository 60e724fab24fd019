"""The roll-up: what is unanswered in a unit, told to its chief in the coordinator's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.errors import N_
from tracker.i18n import date_in_words, due_in_words, paragraph_cited, translate_into
from tracker.mail.digests import gist_of
from tracker.mail.message import Site
from tracker.mail.texts import MailText, write_text

ROLL_UP = "roll_up"
SUBJECT = N_("Reports without an answer: %(unit)s")
TEXT = N_(
    "Dear %(name)s,\n\nFor the reports of %(unit)s that are listed below no answer has come, "
    "though reminders were delivered. Please see to it that they are answered, or say who can "
    "answer them and by when. A short answer is enough; so is the word that a report needs more "
    "time.\n\nNobody above you is told of it."
)


@dataclass(frozen=True, slots=True)
class RollUpItem:
    """A report in a roll-up; ``text`` is empty where it must not leave the house.

    ``reminded_on`` are the days on which reminders were delivered; nobody is named.
    """

    report_id: int
    symbol: str
    paragraph: str
    text: str
    due_on: date
    reminded_on: Sequence[date]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the templates show it."""

    mandate: str
    gist: str
    due: str
    reminded: str
    url: str


def subject_by_pattern(unit: str, language: str) -> str:
    """Return the subject that a roll-up has unless somebody writes another one."""
    return translate_into(language)(SUBJECT) % {"unit": unit}


def text_by_pattern(name: str, unit: str, language: str) -> str:
    """Return the words above the list, unless somebody writes others."""
    return translate_into(language)(TEXT) % {"name": name, "unit": unit}


def write_roll_up(
    items: Sequence[RollUpItem],
    *,
    subject: str,
    text: str,
    language: str,
    is_by_rule: bool,
    today: date,
    site: Site,
) -> MailText:
    """Return the mail: the words, then the reports by due date."""
    return write_text(
        ROLL_UP,
        language,
        {
            "opening": subject,
            "paragraphs": [part.split("\n") for part in text.split("\n\n") if part.strip()],
            "items": [
                _shown(item, today, language, site)
                for item in sorted(items, key=lambda item: (item.due_on, item.symbol))
            ],
            "is_by_rule": is_by_rule,
            "site": site.read_in(language),
        },
    )


def _shown(item: RollUpItem, today: date, language: str, site: Site) -> ShownItem:
    return ShownItem(
        mandate=paragraph_cited(item.symbol, item.paragraph, language),
        gist=gist_of(item.text),
        due=due_in_words(item.due_on, today, language),
        reminded=", ".join(date_in_words(day, language) for day in item.reminded_on),
        url=f"{site.base_url}/progress/{item.report_id}",
    )
