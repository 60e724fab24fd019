"""The hand-over pack as PDF: what one successor takes over, in their language."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from tracker.domain.clauses import paragraph_label
from tracker.domain.errors import N_
from tracker.domain.handovers import Contact, Pack, PackMandate
from tracker.domain.progress import TEXT_FIELDS, ReportText
from tracker.i18n import Translate, catalogue, date_in_words, paragraph_cited, translate_into
from tracker.labels import label_of
from tracker.writing.typesetting import typeset_sheet

_TEMPLATE: Final = Path(__file__).resolve().parents[2] / "templates" / "handovers" / "pack.typ"
_FIELDS: Final = {
    "done": N_("What was done"),
    "results": N_("Results"),
    "next_steps": N_("Next steps"),
    "difficulties": N_("Difficulties"),
}
_Fact = tuple[str, str, str]  # what it is, what it says, in which language
_Entry = dict[str, object]


def write_pack(pack: Pack, *, entity: str, address: str) -> bytes:
    """Return the pack as PDF; ``address`` is that of the site, which it names.

    Where the fonts cannot show a character the marks of the standard, which forbid that, are left
    out.
    """
    sources = {
        "main": _TEMPLATE.read_bytes(),
        "pack.json": json.dumps(_told(pack, entity, address), ensure_ascii=False).encode(),
    }
    moment = datetime.combine(pack.handed_on, time(), UTC)
    return typeset_sheet(sources, moment=moment)


def _told(pack: Pack, entity: str, address: str) -> dict[str, object]:
    words = translate_into(pack.language)
    day = date_in_words(pack.handed_on, pack.language)
    return {
        "language": pack.language,
        "colon": words(N_(":")),
        "entity": entity,
        "title": words(N_("Hand-over from %(person)s to %(successor)s"))
        % {"person": pack.person, "successor": pack.successor},
        "lead": words(
            N_(
                "What %(person)s answered for and you answer for since %(day)s: what is open, "
                "what was said last, and whom you can ask. Everything can be worked on at "
                "%(address)s."
            )
        )
        % {"person": pack.person, "day": day, "address": address},
        "internal": words(N_("For internal use. It holds names and texts that are not cleared.")),
        "sections": [section for section in _sections(pack, words) if section["entries"]],
        "contacts_title": words(N_("Whom you can ask")),
        "contacts": [_contact(each, words) for each in pack.contacts],
    }


def _sections(pack: Pack, words: Translate) -> list[dict[str, object]]:
    language = pack.language
    counted = catalogue(language)
    return [
        {
            "title": words(N_("Mandates")),
            "entries": [_mandate(each, language, words) for each in pack.mandates],
        },
        {
            "title": words(N_("Action points")),
            "entries": [
                _entry(_cited(symbol, path, language), text) for symbol, path, text in pack.points
            ],
        },
        {
            "title": words(N_("Reports to clear")),
            "entries": [
                _entry(
                    unit or words(N_("The whole house")),
                    counted.ngettext(
                        "%(num)s report waits for clearance.",
                        "%(num)s reports wait for clearance.",
                        count,
                    )
                    % {"num": count},
                )
                for unit, count in pack.managed
            ],
        },
        {
            "title": words(N_("For whom you stand in")),
            "entries": [
                _entry(name, words(N_("Until %(day)s")) % {"day": date_in_words(day, language)})
                for name, day in pack.stand_ins
            ],
        },
        {
            "title": words(N_("Activities under way that carry these mandates out")),
            "entries": [_entry(title, unit) for title, unit in pack.activities],
        },
    ]


def _entry(head: str, text: str, language: str = "", facts: tuple[_Fact, ...] = ()) -> _Entry:
    return {"head": head, "text": text, "language": language, "facts": facts}


def _mandate(mandate: PackMandate, language: str, words: Translate) -> _Entry:
    facts: list[_Fact] = [(words(N_("Unit")), mandate.unit, "")]
    if mandate.is_as_deputy:
        facts.append((words(N_("Your part")), words(N_("Deputy of the focal point")), ""))
    if mandate.due_on and mandate.review:
        standing = words(label_of(mandate.review))
        due = words(N_("%(period)s: %(standing)s, due on %(day)s")) % {
            "period": mandate.period,
            "standing": standing,
            "day": date_in_words(mandate.due_on, language),
        }
        facts.append((words(N_("Where it stands")), due, ""))
    if mandate.remark:
        facts.append((words(N_("Returned with the remark")), mandate.remark, ""))
    if mandate.message:
        facts.append((words(N_("Last message")), mandate.message, ""))
    if mandate.said is not None:
        facts.append(_said(mandate.said_in, mandate.said, words))
        facts += _texts(mandate.said, words)
    if mandate.draft is not None and any(mandate.draft.texts):
        facts.append((words(N_("Draft, not submitted")), _status(mandate.draft, words), ""))
        facts += _texts(mandate.draft, words)
    return _entry(
        _cited(mandate.symbol, mandate.path, language),
        mandate.text,
        mandate.language,
        tuple(facts),
    )


def _said(period: str, text: ReportText, words: Translate) -> _Fact:
    return words(N_("Said last")), f"{period}{words(N_(':'))} {_status(text, words)}", ""


def _status(text: ReportText, words: Translate) -> str:
    return words(label_of(text.status)) if text.status else "–"


def _texts(text: ReportText, words: Translate) -> list[_Fact]:
    return [
        (words(_FIELDS[name]), getattr(text, name), text.language)
        for name in TEXT_FIELDS
        if getattr(text, name)
    ]


def _contact(contact: Contact, words: Translate) -> list[str]:
    role = words(label_of(contact.role))
    return [contact.name, f"{role}, {contact.unit}" if contact.unit else role, contact.email]


def _cited(symbol: str, path: str, language: str) -> str:
    return paragraph_cited(symbol, paragraph_label(path), language) if path else symbol
