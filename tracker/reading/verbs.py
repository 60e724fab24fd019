"""The verbs that open paragraphs, by language: add a verb to its line and the grammar knows it."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import ne

# Third person, as operative clauses open: "Requests the Executive Secretary ..."
OPERATIVE_VERBS = {
    "en": """
        accepts acknowledges adopts advises affirms agrees alerts allows appeals applauds appoints
        appreciates approves asks assures authorises authorizes believes calls cautions commemorates
        commends concludes concurs condemns confirms congratulates considers considers continues
        convenes conveys decides declares demands denounces deplores designates determines directs
        discourages draws elects emphasises emphasizes encourages endorses entrusts envisages
        establishes exhorts expects expresses extends finds hails highlights honours hopes
        identifies instructs insists intends invites joins looks makes mandates mourns notes
        objects observes offers opens opposes orders pays pledges points postpones praises
        proclaims proposes reaffirms realizes recalls recognises recognizes recommends reconfirms
        reemphasizes re-emphasizes refers regards regrets reiterates rejects reminds renews repeats
        requests requires reserves resolves responds restates reviews salutes seeks shares solicits
        stresses strengthens suggests supports suspends takes terminates thanks transmits trusts
        underlines underscores undertakes urges values views voices warns welcomes wishes
    """,
    "es": """
        acoge acuerda adopta afirma agradece alienta apoya aprecia aprueba autoriza celebra
        condena considera convoca decide declara deplora destaca encarga encomienda enfatiza
        estima exhorta expresa felicita hace insta invita lamenta manifiesta observa pide
        proclama ratifica reafirma recalca recomienda reconoce recuerda reitera renueva requiere
        resuelve señala solicita subraya sugiere toma valora
    """,
    "fr": """
        accueille adopte affirme appelle applaudit apprécie approuve appuie attend autorise
        charge condamne confirme considère constate convient décide déclare déplore demande
        encourage engage estime exhorte exige exprime félicite forme insiste invite juge loue
        note observe prend prie proclame rappelle réaffirme recommande reconnaît regrette réitère
        remercie renouvelle rend salue se souligne sollicite souscrit suggère
    """,
}

# Participles and adjectives, as preambular paragraphs open: "Recalling resolution ..."
PREAMBULAR_WORDS = {
    "en": """
        accepting acknowledging acting addressing adhering affirmed affirming aiming alarmed
        anticipating appalled appreciating appreciative approving aspiring assuming attaching
        aware basing bearing believing building calling cautioning celebrating cherishing
        cognizant commemorating commending committed committing concerned concluding concurring
        condemning confident confirming congratulating conscious considering contemplating
        continuing contributing convinced declaring deciding demanding deploring desiring
        desirous determined determining disturbed drawing emphasising emphasizing encouraged
        encouraging endorsing ensuring envisaging establishing examining expecting expressing
        extending faced finding following fulfilling gravely grateful guided having
        highlighting honouring hoping indignant inspired intending introducing inviting keeping
        lamenting looking marking mindful mourning moved noting observing offering outraged
        paying pledging pointing praising preoccupied pursuing raising reacting reaffirming
        realising realizing recalling receiving recognising recognizing recommending
        reconfirming reemphasizing referring reflecting regretting reiterating rejecting
        rejoicing relying remaining remembering reminding renewing repeating requesting
        resolved resolving respecting responding restating reviewing sad saddened saluting
        satisfied seeking seized sharing shocked solemnly stressing striving strengthening
        supporting taking thanking troubled trusting underlining underscoring understanding
        undertaking upholding urging using valuing viewing voicing warning welcoming whereas
        willing wishing witnessing
    """,
    "es": """
        abrigando aceptando acogiendo advirtiendo afirmando agradeciendo alarmada alentada
        apoyando apreciando aprobando celebrando confirmando considerando consciente convencida
        deplorando deseando deseosa destacando encomiando enfatizando estimando expresando guiada
        habiendo haciendo lamentando manifestando notando observando preocupada profundamente
        reafirmando recalcando reconociendo recordando reiterando resuelta señalando subrayando
        teniendo tomando valorando
    """,
    "fr": """
        accueillant affirmant alarmée animée appréciant approuvant appuyant ayant considérant
        consciente constatant convaincue craignant déplorant désireuse déterminée encouragée
        exprimant félicitant guidée gardant notant observant prenant préoccupée profondément
        rappelant réaffirmant reconnaissant regrettant réitérant résolue saluant sachant se
        soulignant tenant vivement
    """,
}

# What may stand before the verb: "Also requests", "Strongly condemns", "Once again urges"
ADVERBS = frozenset(
    """
    accordingly again also anew consequently deeply earnestly emphatically equally especially
    explicitly extremely finally firmly formally fully furthermore further gravely greatly hereby
    highly in instead moreover likewise nevertheless nonetheless now once particular particularly
    profoundly reluctantly resolutely respectfully seriously similarly simultaneously sincerely
    solemnly specifically still strongly therefore thus unequivocally unreservedly urgently
    vehemently vigorously warmly while wholeheartedly this regard context connection and with
    appreciation
    también asimismo además igualmente nuevamente encarecidamente enérgicamente profundamente
    aussi également en outre de nouveau instamment vivement énergiquement
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)

# What belongs to the verb after it: "Takes note", "Calls upon", "Expresses its appreciation"
PARTICLES = frozenset(
    """
    note account upon on for forward attention also again further considered noted examined
    adopted received nota acte
    """.split()  # noqa: SIM905 - as above
)

# Words of PREAMBULAR_WORDS with which titles and names begin, too: "Keeping the promise".
_ALSO_IN_NAMES = frozenset(
    """
    building keeping ensuring supporting strengthening celebrating realizing realising
    respecting understanding receiving contributing establishing examining finding fulfilling
    following addressing seeking sharing pursuing striving raising using taking acting working
    united calling
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
_PARTICIPLE = re.compile(r"(?:ing|ed|ndo|[aií]d[ao]s?|ant|ée?s?|ue|nte|ly)$")  # and adverbs
_LONGEST_TORN = 12  # letters of the first half of a word torn apart
_SHORTEST_MISREAD = 6  # letters of a word in which one may be wrong
_GLUED = re.compile(r"(?:the|that|its|upon|all|also|further|with|to|of|on|in|note|a)$")
_ALIKE = tuple(map(set, ("ceo0", "li1tfj|", "nurh", "hb", "ao", "s5", "gq9", "vy", "mn")))


@cache
def operative_verbs() -> frozenset[str]:
    """Return the operative verbs of all languages in lower case."""
    return frozenset(word for words in OPERATIVE_VERBS.values() for word in words.split())


@cache
def preambular_words() -> frozenset[str]:
    """Return the words that open preambular paragraphs in all languages, in lower case."""
    return frozenset(word for words in PREAMBULAR_WORDS.values() for word in words.split())


@cache
def _english_verbs() -> frozenset[str]:
    return frozenset(f"{OPERATIVE_VERBS['en']} {PREAMBULAR_WORDS['en']}".split())


@cache
def _all_verbs() -> frozenset[str]:
    return operative_verbs() | preambular_words()


def opens_clause(text: str) -> bool:
    """Tell whether a text begins as an operative clause does: adverbs, then an operative verb."""
    return text[:1].isupper() and _verb_at(_first_words(text), operative_verbs()) is not None


def opens_in_english(text: str) -> bool:
    """Tell whether a text opens with an English verb or participle of these tables."""
    return _verb_at(_first_words(text), _english_verbs()) is not None


def opens_preamble(text: str) -> bool:
    """Tell whether a text begins as a preambular paragraph does."""
    return text[:1].isupper() and _verb_at(_first_words(text), preambular_words()) is not None


def may_open_preamble(text: str) -> bool:
    """Tell whether a text could open the preamble: its first word is known or a participle's form.

    After a comma, what begins with "Scientific and Cultural Organization" is a torn paragraph.
    """
    first = text.split(" ", 1)[0].strip(",;").lower()
    return opens_preamble(text) or opens_clause(text) or _PARTICIPLE.search(first) is not None


def opens_only_preamble(text: str) -> bool:
    """Tell whether a text begins with a word that titles and names within sentences do not use."""
    first = text.split(" ", 1)[0].strip(",").lower()
    return first in preambular_words() and first not in _ALSO_IN_NAMES


def verb_phrase(text: str, *, is_preamble: bool) -> str | None:
    """Return the opening verb with its adverb and particle, at most four words, mended.

    A verb the tables do not know is returned when nothing but a verb can open the paragraph.
    """
    first, second = operative_verbs(), preambular_words()
    if is_preamble:
        first, second = second, first
    words = _first_words(text)
    for vocabulary in (first, second):
        at = _verb_at(words, vocabulary)
        if at is not None:
            return _phrase(words, at, vocabulary)
    return None


def _phrase(words: list[str], at: int, vocabulary: frozenset[str]) -> str:
    verb = _known(words[at], vocabulary) or words[at]
    phrase = [*words[max(0, at - 2) : at], verb.capitalize() if words[at][:1].isupper() else verb]
    following = words[at + 1].strip(",.;") if at + 1 < len(words) else ""
    if following.lower() in PARTICLES:
        phrase.append(following)
    return " ".join(_digits_mended(word) for word in phrase)


def _verb_at(words: Sequence[str], vocabulary: frozenset[str]) -> int | None:
    """Return the index of the verb among the first words, with only adverbs before it."""
    for index, word in enumerate(words):
        if _known(word, vocabulary):
            return index
        if _digits_mended(word).strip(",").lower() not in ADVERBS:
            return None
    return None


def _first_words(text: str) -> list[str]:
    """Return the first words; two that recognition tore apart ("Stres sing") are put together."""
    words = text.split(maxsplit=7)[:7]
    if len(words) > 1 and words[1].islower() and len(words[0]) < _LONGEST_TORN:
        known = _all_verbs()
        first = words[0].lower()
        if first not in known and first not in ADVERBS and first + words[1] in known:
            return [words[0] + words[1], *words[2:]]
    return words


def _digits_mended(word: str) -> str:
    return word.replace("1", "l").replace("0", "o") if not word.isdecimal() else word


def _known(word: str, vocabulary: frozenset[str]) -> str | None:
    """Return the verb that a printed word is, after mending what recognition damages."""
    plain = word.strip(",.;:()“”\"'’").lower()
    if plain in vocabulary:
        return plain
    if len(plain) < 5:
        return None
    return _mended(plain, vocabulary)


@lru_cache(maxsize=4096)
def _mended(word: str, vocabulary: frozenset[str]) -> str | None:
    for variant in _variants(word):
        if variant in vocabulary:
            return variant
    if len(word) < _SHORTEST_MISREAD:
        return None
    alike = _verbs_by_length(vocabulary).get(len(word), ())
    return next((verb for verb in alike if _differs_by_one_letter(word, verb)), None)


@cache
def _verbs_by_length(vocabulary: frozenset[str]) -> dict[int, list[str]]:
    lengths: dict[int, list[str]] = {}
    for verb in sorted(vocabulary):
        lengths.setdefault(len(verb), []).append(verb)
    return lengths


def _variants(word: str) -> tuple[str, ...]:
    """Return what a damaged word may have been: ligatures, rn for m, a lost space after it."""
    ligatures = word.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff")
    ligatures = ligatures.replace("ﬃ", "ffi").replace("ﬄ", "ffl")
    glued = _GLUED.sub("", ligatures)
    return (
        ligatures,
        ligatures.replace("rn", "m"),
        ligatures.replace("m", "rn"),
        ligatures.replace("1", "l").replace("0", "o"),
        glued,
    )


def _differs_by_one_letter(word: str, verb: str) -> bool:
    """Tell whether one letter of a word as long as the verb is misread."""
    if sum(map(ne, word, verb)) != 1:
        return False
    wrong = next({a, b} for a, b in zip(word, verb, strict=True) if a != b)
    return any(wrong <= alike for alike in _ALIKE)
