"""What a refusal says in a reader's language, values written as that language writes them."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from tracker import i18n
from tracker.domain.clauses import CitedParagraph
from tracker.domain.errors import Phrase, Refused
from tracker.labels import LABELS, label_of


def sentence_of(refusal: Refused, language: str, time_zone: str = "UTC") -> str:
    """Return what ``refusal`` says in ``language``; moments stand in ``time_zone``."""
    return _filled(refusal.sentence, refusal.values, language, time_zone)


def words_of(phrase: Phrase, language: str, time_zone: str = "UTC") -> str:
    """Return what ``phrase`` says in ``language``; moments stand in ``time_zone``."""
    return _filled(phrase.message, phrase.values, language, time_zone)


def _filled(message: str, values: Mapping[str, object], language: str, time_zone: str) -> str:
    sentence = i18n.translate_into(language)(message)
    if not values:
        return sentence
    return sentence % {name: _written(value, language, time_zone) for name, value in values.items()}


def _written(value: object, language: str, time_zone: str) -> object:
    match value:
        case datetime():
            return i18n.moment_in_words(value, language, time_zone)
        case date():
            return i18n.date_in_words(value, language)
        case CitedParagraph():
            return i18n.paragraph_cited(value.symbol, value.paragraph, language)
        case Phrase():
            return words_of(value, language, time_zone)
        case StrEnum() if type(value) in LABELS:
            return i18n.translate_into(language)(label_of(value))
        case _:
            return value
