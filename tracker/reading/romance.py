"""The understanding of clauses in Spanish, French and Portuguese: governing verbs and the asked."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tracker.reading.frames import Frame, FrameKind
from tracker.reading.romance_words import WORDS, Words
from tracker.reading.verbs import opens_clause, opens_in_english

_ENGLISH = re.compile(r"\b(?:the|of|to|and|that|in|for)\b")
# "los Gobiernos de los países miembros", "Comisión Económica para África"
_DEFINING = re.compile(
    r"^(?:[\s-](?:Miembros|miembros|Membres|membres|parties|partes|[A-ZÁÉÍÓÚÂÊ][\w’-]*|général|générale|exécutif"
    r"|exécutive|independientes?|indépendante?s?|especial(?:es)?|spéciale?s?))*"
    r"(?:\s?(?:\s(?:de|del|des|du|da|do|dos|das|para|pour|sobre|sur|en|y|et|e|au|aux)\s|\sd’"
    r"|\sde\sl’)"
    r"(?:las?\s|los\s|les?\s|el\s|l’)?(?:[A-ZÁÉÍÓÚÂÊ][\w’-]*|(?<=de\slos\s)\w+|(?<=des\s)\w+)"
    r"(?:\s(?:miembros|membres|[A-ZÁÉÍÓÚÂÊ][\w’-]*))*)*"
)
# "La Conferencia se celebrará en 2033" gives the conference nothing to do.
_TAKES_PLACE = re.compile(
    r"\s(?:se (?:celebrar|tiendr|realizar)|tendrá lugar|aura lieu|sera tenue)"
)
_PRONOUN = re.compile(r"\s(?:l[aeo]s?|lui|leur|lhes?)\s|\sl’$")
# What stands before a verb as a pronoun is an article after it: "invite les États".
_ARTICLE_LAST = re.compile(r"(?<=\s)(?:l[aeo]s?|[ao]s?)\s$|l’$")
# "... do Fundo, e incentiva-o a", "... du Réseau, et invite celui-ci à"
_MEANT_BEFORE = re.compile(
    r"^(?:-(?:o|a|lhe)s?|(?:à\s)?(?:celui|celles?|ceux)-ci"
    r"|(?:a\s)?[ée]st[ea]s?(?=\s(?:que|a|para)\s))(?=\s)"
)
# "Decide que la Mesa presente un informe": the subjunctive after who is to do it
_TOLD = re.compile(
    r"(?:no\s|não\s)?(?:l[aeo]s?\s|lhes?\s|se\s)?"
    r"(?!(?:sea|seja|esté|esteja|tenga|tenha|para|de|que|la|una?|da|uma|sobre|entre|ante|durante)n?m?\b)"
    r"[a-záéíóúç]{3,}(?:e|a|en|an|em|am)\s"
)
_ITEM = re.compile(
    r",\s(?:(?:y|e|et|así como|ainsi que|bem como)\s)?"
    r"|\s(?:y|e|o|et|ou|así como|ainsi que|bem como)\s"
)
# Verbs after which "a que" or an infinitive says what is asked, so that "que" alone is relative.
_LED_BY_A = re.compile(
    r"^(?:insta|exhorta|exorta|alienta|invita|convida|anima|apela|hace|llama)\b", re.IGNORECASE
)
_FOR_ONLY = re.compile(r"^(?:a\sla\s)?(?:recomend|recommand)", re.IGNORECASE)
# "la cooperación entre X y Y" asks X and Y.
_BETWEEN = re.compile(
    r"\b(?:co?operación|colaboración|coordinación|diálogo|intercambios?|alianzas?|coopération"
    r"|collaboration|coordination|dialogue|échanges?|partenariats?|cooperação|colaboração"
    r"|coordenação|intercâmbios?|parcerias?)\b[^,;]{0,60}?\s(?:entre|parmi)\s(?P<who>.+)"
)
# An asked phrase opens by a preposition, or by an article alone: so do the further actors of it.
_LED_BY_PREPOSITION = re.compile(r"^(?:a\sl[ao]s?\s|al\s|aux?\s|à\s(?:la\s)?|à\sl’|aos?\s|às?\s)")
_LED_BY_ARTICLE = re.compile(r"^(?:l[aeo]s?|el|l’|[ao]s?)(?:(?<=’)|\s)")
_OF_A_MANDATE = re.compile(r"\s(?:sur|pour|sobre|para)\s")
# Nouns of deeds, by their endings, and adverbs: no actors, though unknown nouns may be.
_NO_ACTOR = re.compile(
    r"^(?:autres|otr[oa]s|outr[oa]s|demás|demais)\b|^\w*(?:ci[oó]n(?:es)?|mientos?|ncias?|dad|tions?|ments?|nces?|té|ção|ções|mentos?|dade)\b"
)
_MANY = re.compile(r"^(?!l[ao]s\b|les\b|des\b)[a-záéíóúâêôãõçñèû]{4,}[sx]\b|^[A-ZÁÉÍÓÚ][a-zé]{3,}")
_INCLUDING = re.compile(
    r",\s(?:incluid\w*|inclusive|con inclusión|y compris|incluindo)\b"
    r".*?(?=,\s(?:así como|ainsi que|bem como)\s|$)"
)
_LONGEST_ACTOR = 160  # characters
_SAMPLE = 400  # characters that tell the language
_PLAINLY_ENGLISH = 6  # small words of English in them


@lru_cache(maxsize=1024)
def language_of_clause(lead: str, text: str) -> str:
    """Return the language of a clause under its numbered paragraph: by its verb, else its words."""
    if opens_in_english(lead):
        return "en"
    sample = f"{lead} {text}"[:_SAMPLE]
    english = len(_ENGLISH.findall(sample))
    opened = [code for code in WORDS if opens_clause(lead, code)]
    if not opened and english >= _PLAINLY_ENGLISH:
        return "en"
    counts = {code: len(words.function.findall(sample)) for code, words in WORDS.items()}
    best = max(opened or WORDS, key=lambda code: counts[code])
    return best if opened or counts[best] > english else "en"


def romance_frames(text: str, language: str) -> list[Frame]:
    """Return the governing verbs of a clause, each with the words up to the next one."""
    text = text[:1].lower() + text[1:]
    found = list(_verbs(language).finditer(text))
    frames = []
    for place, match in enumerate(found):
        until = found[place + 1].start() if place + 1 < len(found) else len(text)
        kind = next(kind for kind in FrameKind if match[kind.name])
        article = _ARTICLE_LAST.search(text[match.end(kind.name) : match.end()])
        rest = text[match.end() - (len(article[0]) if article else 0) : until].strip()
        if kind is FrameKind.ASK and _PRONOUN.search(text[match.start() : match.start(kind.name)]):
            rest = f"{_last_actor(text[: match.start()], language)} {rest}"
        elif kind is FrameKind.ASK and (meant := _MEANT_BEFORE.match(rest)):
            rest = f"{_last_actor(text[: match.start()], language)} {rest[meant.end() :].strip()}"
        frames.append(Frame(kind, match[kind.name], rest.strip()))
    return frames


def _last_actor(text: str, language: str) -> str:
    """Return the actor named last, whom a pronoun means: "... del Experto, y le pide que"."""
    found = list(re.finditer(rf"(?<![\w-]){WORDS[language].actor.pattern}", text))
    if not found:
        return ""
    defining = _DEFINING.match(text[found[-1].end() :])
    return text[found[-1].start() : found[-1].end() + (defining.end() if defining else 0)]


def speaks_itself(text: str, language: str) -> bool:
    """Tell whether a sub-clause opens with a governing verb of its own."""
    text = text[:1].lower() + text[1:]
    return _verbs(language).match(text) is not None


def asked_and_task(frame: Frame, language: str) -> tuple[str, str]:
    """Return the phrase that names who is asked, and the words that say what is asked."""
    words = WORDS[language]
    led = words.that.match(frame.rest)
    if led or frame.kind is FrameKind.DECIDE:
        bare = frame.rest[led.end() :] if led else frame.rest
        start = words.leading.match(bare)
        actor = words.actor.match(bare, start.end() if start else 0)
        if actor is None:
            return "", bare
        defining = _DEFINING.match(bare[actor.end() :])
        end = actor.end() + (defining.end() if defining else 0)
        return bare[:end], bare[end:].lstrip(" :,")
    between = _BETWEEN.search(frame.rest)
    if between and not _LED_BY_PREPOSITION.match(frame.rest):
        return between["who"].rstrip(" ;."), ""
    found = words.ends_strongly.search(frame.rest) if _LED_BY_A.match(frame.verb) else None
    found = found or words.ends.search(frame.rest)
    if found is None:
        return frame.rest if len(frame.rest) < _LONGEST_ACTOR else "", ""
    return frame.rest[: found.start()], frame.rest[found.start() :].lstrip(" :;,")


def actors_in(phrase: str, language: str) -> list[str]:
    """Return the actors that a phrase lists, in its own words without articles."""
    words = WORDS[language]
    bare = _INCLUDING.sub("", phrase)
    bare = words.aside.sub(lambda found: "," if found[0].endswith(",") else "", bare)
    actors: list[str] = []
    for item in _items(bare, words):
        actor = words.trailing.sub("", words.leading.sub("", item.strip(" ,"))).strip(" ,;")
        is_one = words.actor.match(actor) or _may_be_actor(item.strip(" ,"), bare, words)
        if 2 < len(actor) <= _LONGEST_ACTOR and is_one and actor not in actors:
            actors.append(actor)
    return actors


def is_task(frame: Frame, language: str) -> bool:
    """Tell whether a decision gives an actor something to do: "que los Estados adoptarán"."""
    words = WORDS[language]
    led = words.that.match(frame.rest)
    task = words.task.match(frame.rest[led.end() :]) if led else None
    if task is None:
        _, told = asked_and_task(frame, language)
        return led is not None and told != frame.rest[led.end() :] and _TOLD.match(told) is not None
    if _TAKES_PLACE.search(task[0]):
        return False
    bare = words.leading.sub("", task["subject"])
    return words.actor.match(bare) is not None


def serves_romance_secretariat(actor: str, language: str) -> bool:
    """Tell whether an actor belongs to the secretariat or reports to the body as its agent."""
    return WORDS[language].secretariat.search(actor) is not None


def _items(phrase: str, words: Words) -> Sequence[str]:
    """Split a list where the next part begins with an actor of its own."""
    items, start = [], 0
    for found in _ITEM.finditer(phrase):
        after = words.leading.sub("", phrase[found.end() :])
        apart = _may_be_actor(phrase[found.end() :], phrase, words)
        if words.actor.match(after) or (
            apart and not _OF_A_MANDATE.search(phrase[start : found.start()])
        ):
            items.append(phrase[start : found.start()])
            start = found.end()
    return [*items, phrase[start:]]


def _may_be_actor(item: str, phrase: str, words: Words) -> bool:
    """Tell whether an unknown noun stands where an actor would: "aux éclusiers", "a los regantes".

    ``phrase`` is all that names the asked; it opens by the preposition or article that leads
    each of them.
    """
    leads = _LED_BY_PREPOSITION if _LED_BY_PREPOSITION.match(phrase) else _LED_BY_ARTICLE
    if not leads.match(item):
        return False
    noun = words.leading.sub("", item)
    return _MANY.match(noun) is not None and _NO_ACTOR.match(noun) is None


@cache
def _verbs(language: str) -> re.Pattern[str]:
    words = WORDS[language]
    kinds = {
        FrameKind.ASK: words.ask,
        FrameKind.DECIDE: words.decide,
        FrameKind.ARRANGE: words.arrange,
        FrameKind.STATE: words.state,
    }
    named = "|".join(f"(?P<{kind.name}>{verbs})" for kind, verbs in kinds.items())
    led = rf"(?:^|[,;:–—]\s(?:{words.joiners}\s)?|\s{words.joiners}\s)"
    return re.compile(rf"{led}{words.adverbs}(?:{named})(?![\w’])\s?,?\s?{words.adverbs}")
