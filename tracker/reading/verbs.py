"""How paragraphs open: the verb of a clause or of a preambular paragraph, misprints allowed."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tracker.reading.misread_words import digits_mended, mended, without_accents
from tracker.reading.verb_tables import (
    ADVERBS,
    ALSO_IN_NAMES,
    COMPLEMENTS,
    INNER_COMPLEMENTS,
    OPERATIVE_VERBS,
    PARTICLES,
    PREAMBULAR_WORDS,
)

_PARTICIPLE = re.compile(r"(?:ing|ed|ndo|[aií]d[ao]s?|ant|ée?s?|ue|nte|ly)$")  # and adverbs
_LONGEST_TORN = 12  # letters of the first half of a word torn apart

_LONGEST_PHRASE = 6  # words
_APOSTROPHES = str.maketrans("'‘", "’’")
# Clitics: "S’inspirant", "N’ignorant pas", "Congratula-se"
_CLITIC = re.compile(r"^[sn]’|-(?:se|lhe|nos)$")
# Spanish and Portuguese gerunds: "Recordando", "Basándose", "Admitindo"
_GERUND = re.compile(
    r"^\w+(?:ando|endo|indo|[áâ]ndo(?:se|les?|l[ao]s?)|i?éndo(?:se|les?|l[ao]s?))$"
)
_NO_GERUNDS = frozenset(
    """
    cuando quando mando comando bando fernando orlando armando rolando hernando dividendo arriendo
    remendo crescendo commando lindo
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
_MAY_BE_FORM = re.compile(r"nd|^S.*ant")
_FIRST_LETTERS = 40  # within which a gerund stands, adverb included
# Preambles also open without a verb: "Con miras a facilitar", "Compte tenu de"
_WITHOUT_VERB = re.compile(
    r"(?:Con (?:miras a|el (?:fin|propósito|objeto) de|objeto de)|A (?:fin de|la luz de)"
    r"|En vista de|En (?:cumplimiento|virtud|el entendido) de|Dado que|Vist[oa]s?|Compte tenu"
    r"|À la lumière|Au vu|Eu égard|Dans le souci|Attendu que|En vue d|Tendo em vista|Com vistas? )"
    r"(?!\w)"
)
_WITHOUT_VERB_STARTS = frozenset("CAEDVÀT")
_REFLEXIVE = re.compile(r"^(?:se\s|s’)\w+ant$")


def operative_verbs(language: str | None = None) -> frozenset[str]:
    """Return the operative verbs of one language, or of all, in lower case."""
    return _OPERATIVE[language]


def preambular_words(language: str | None = None) -> frozenset[str]:
    """Return the words that open preambular paragraphs in one language, or in all."""
    return _PREAMBULAR[language]


def _all_verbs(language: str | None = None) -> frozenset[str]:
    return _EITHER[language]


def _by_language(table: dict[str, str]) -> dict[str | None, frozenset[str]]:
    """Return the words of each language of a table, and under None those of all."""
    words: dict[str | None, frozenset[str]] = {
        language: frozenset(listed.split()) for language, listed in table.items()
    }
    words[None] = frozenset().union(*words.values())
    return words


_OPERATIVE = _by_language(OPERATIVE_VERBS)
_PREAMBULAR = _by_language(PREAMBULAR_WORDS)
_EITHER = {language: verbs | _PREAMBULAR[language] for language, verbs in _OPERATIVE.items()}


def opens_clause(text: str, language: str | None = None) -> bool:
    """Tell whether a text begins as an operative clause does: adverbs, then an operative verb.

    Without a language the verbs of all are known.
    """
    return (
        text[:1].isupper() and _verb_at(_first_words(text), operative_verbs(language)) is not None
    )


def opens_in_base_form(text: str) -> bool:
    """Tell whether a text opens with what is to be done ("Consider ..."), not with what is said."""
    first = text.split(" ", 1)[0].strip(",").lower()
    verbs = operative_verbs("en")
    return first not in verbs and (f"{first}s" in verbs or f"{first}es" in verbs)


def opens_in_english(text: str) -> bool:
    """Tell whether a text opens with an English verb or participle of the tables."""
    known = _all_verbs("en")
    return text.split(" ", 1)[0].lower() in known or _verb_at(_first_words(text), known) is not None


def opens_preamble(text: str) -> bool:
    """Tell whether a text begins as a preambular paragraph does."""
    if not text[:1].isupper():
        return False
    if _preambular_at(text, _first_words(text)) is not None:
        return True
    return text[0] in _WITHOUT_VERB_STARTS and _WITHOUT_VERB.match(text) is not None


def may_open_preamble(text: str) -> bool:
    """Tell whether a text could open the preamble: its first word is known or a participle's form.

    After a comma, what begins with "Scientific and Cultural Organization" is a torn paragraph.
    """
    first = text.split(" ", 1)[0].strip(",;").lower()
    return opens_preamble(text) or opens_clause(text) or _PARTICIPLE.search(first) is not None


def opens_only_preamble(text: str) -> bool:
    """Tell whether a text begins with a word that titles and names within sentences do not use."""
    first = text.split(" ", 1)[0].strip(",").lower()
    return (first in preambular_words() or _is_gerund(first)) and first not in ALSO_IN_NAMES


def verb_phrase(text: str, *, is_preamble: bool) -> str | None:
    """Return the opening verb with its adverbs and complements, at most six words, mended.

    A verb the tables do not know is returned when nothing but a verb can open the paragraph.
    """
    words = _first_words(text)
    operative = _verb_at(words, operative_verbs())
    preambular = _preambular_at(text, words) if is_preamble or operative is None else None
    if operative is None or (is_preamble and preambular is not None):
        at, vocabulary = preambular, preambular_words()
    else:
        at, vocabulary = operative, operative_verbs()
    if at is not None:
        return _phrase(words, at, vocabulary)
    found = _WITHOUT_VERB.match(text) if is_preamble else None
    return found[0].strip() if found else None


def _phrase(words: list[str], at: int, vocabulary: frozenset[str]) -> str:
    verb = _known(words[at], vocabulary)
    phrase = [*words[max(0, at - 2) : at], _printed(words[at], verb) if verb else words[at]]
    if verb in _all_verbs("en"):
        following = words[at + 1].strip(",.;") if at + 1 < len(words) else ""
        phrase += [following] if following.lower() in PARTICLES else []
    else:
        phrase += _complements(words[at + 1 : at + 1 + _LONGEST_PHRASE - len(phrase)])
    return " ".join(digits_mended(word) for word in phrase).strip(",.;:")


def _printed(word: str, verb: str) -> str:
    """Return the mended verb with the clitic and the capital with which it is printed."""
    plain = word.strip(",.;:()“”\"'")
    clitic = _CLITIC.search(plain.lower().translate(_APOSTROPHES))
    if clitic:
        return plain
    return verb.capitalize() if word[:1].isupper() else verb


def _complements(words: list[str]) -> list[str]:
    """Return the words that belong to a verb of another language than English."""
    taken: list[str] = []
    for word in words:
        if word.strip(",.;:").lower().translate(_APOSTROPHES) not in COMPLEMENTS:
            break
        taken.append(word)
    while taken and taken[-1].lower() in INNER_COMPLEMENTS:
        taken.pop()
    return taken


def _preambular_at(text: str, words: Sequence[str]) -> int | None:
    """Return the index of the participle among a text's first words, only adverbs before it."""
    at = _verb_at(words, preambular_words())
    if at is not None or not _MAY_BE_FORM.search(text[:_FIRST_LETTERS]):
        return at
    places = enumerate(words[:2])
    gerund = next((place for place, word in places if _is_gerund(word.strip(",").lower())), None)
    if gerund is not None and all(_is_adverb(word) for word in words[:gerund]):
        return gerund
    start = " ".join(words[:2]).lower().translate(_APOSTROPHES)
    if _REFLEXIVE.match(start):
        return 1
    return 0 if _REFLEXIVE.match(start.split(" ", 1)[0]) else None


def _is_gerund(word: str) -> bool:
    return _GERUND.match(word) is not None and word not in _NO_GERUNDS


def _verb_at(words: Sequence[str], vocabulary: frozenset[str]) -> int | None:
    """Return the index of the verb among the first words, with only adverbs before it."""
    for index, word in enumerate(words):
        if _known(word, vocabulary):
            return index
        if not _is_adverb(word):
            return None
    return None


@lru_cache(maxsize=4096)
def _is_adverb(word: str) -> bool:
    plain = digits_mended(word).strip(",").lower()
    return plain in ADVERBS or plain.endswith("mente")


def _first_words(text: str) -> list[str]:
    """Return the first words; two that recognition tore apart ("Stres sing") are put together."""
    words = text.split(maxsplit=7)[:7]
    if len(words) > 1 and words[1].islower() and len(words[0]) < _LONGEST_TORN:
        known = _all_verbs()
        first = words[0].lower()
        if first not in known and first not in ADVERBS and first + words[1] in known:
            return [words[0] + words[1], *words[2:]]
    return words


@lru_cache(maxsize=4096)
def _known(word: str, vocabulary: frozenset[str]) -> str | None:
    """Return the verb that a printed word is, after mending what recognition damages."""
    plain = word.strip(",.;:()“”\"'’").lower()
    if plain in vocabulary:
        return plain
    if not plain.isascii() or "-" in plain or "'" in plain:
        plain = _CLITIC.sub("", plain.translate(_APOSTROPHES))
        if plain in vocabulary:
            return plain
    bare = without_accents(plain) if not plain.isascii() else plain
    accented = _by_bare_letters(vocabulary).get(bare)
    if accented and f"{bare}s" in operative_verbs("en"):  # "Declare" is English, too
        return None
    if accented or len(plain) < 5:
        return accented
    return mended(plain, vocabulary)


@cache
def _by_bare_letters(vocabulary: frozenset[str]) -> dict[str, str]:
    """Return the verbs that carry accents, by their letters without them."""
    return {without_accents(verb): verb for verb in sorted(vocabulary) if not verb.isascii()}
