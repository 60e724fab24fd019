"""Which goals, targets and countries a text is about, with the words that say so."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from tracker.domain.countries import countries_named, running_names
from tracker.domain.goals import GOALS, LANGUAGES, is_target
from tracker.domain.subjects import LONGEST_WORDS, Proposal, Subject, SubjectKind
from tracker.stemming import stem, words_of

_NAMED = re.compile(
    r"\b(?:SDGs?|ODS|ODD|Goals?|Objetivos?|Objectifs?|targets?|metas?|cibles?)\s+"
    r"(?P<goal>\d{1,2})(?:\.(?P<target>\d{1,2}|[a-d])\b)?",
    re.IGNORECASE,
)
# Telling words of each goal, by language in the order of LANGUAGES; each may have two words.
_WORDS: tuple[tuple[str, str, str, str], ...] = (
    (
        "poverty|social protection|poor",
        "pobreza|protección social",
        "pauvreté|protection sociale",
        "pobreza|proteção social",
    ),
    (
        "hunger|food security|nutrition|agriculture|agricultural|malnutrition",
        "hambre|seguridad alimentaria|nutrición|agricultura|malnutrición",
        "faim|sécurité alimentaire|nutrition|agriculture|malnutrition",
        "fome|segurança alimentar|nutrição|agricultura|desnutrição",
    ),
    (
        "health|disease|mortality|pandemic",
        "salud|enfermedad|mortalidad|pandemia",
        "santé|maladie|mortalité|pandémie",
        "saúde|doença|mortalidade|pandemia",
    ),
    (
        "education|literacy|school|teacher",
        "educación|alfabetización|escuela|docente",
        "éducation|alphabétisation|école|enseignant",
        "educação|alfabetização|escola|docente",
    ),
    (
        "gender|women|girls",
        "género|mujer|niñas",
        "sexes|genre|femme|fille",
        "gênero|mulher|meninas",
    ),
    (
        "water resources|drinking water|sanitation",
        "recursos hídricos|agua potable|saneamiento",
        "ressources eau|eau potable|assainissement",
        "recursos hídricos|água potável|saneamento",
    ),
    (
        "energy|electricity|renewable",
        "energía|electricidad|renovable",
        "énergie|électricité|renouvelable",
        "energia|eletricidade|renovável",
    ),
    (
        "employment|decent work|economic growth|tourism|labour",
        "empleo|trabajo decente|crecimiento económico|turismo",
        "emploi|travail décent|croissance économique|tourisme",
        "emprego|trabalho decente|crescimento econômico|turismo",
    ),
    (
        "industrialization|infrastructure|innovation|industry",
        "industrialización|infraestructura|innovación|industria",
        "industrialisation|infrastructure|innovation|industrie",
        "industrialização|infraestrutura|inovação|indústria",
    ),
    (
        "inequality|migration",
        "desigualdad|migración",
        "inégalité|migration",
        "desigualdade|migração",
    ),
    (
        "cities|urban|housing|human settlements",
        "ciudad|urbano|vivienda|asentamientos humanos",
        "ville|urbain|logement|établissements humains",
        "cidade|urbano|habitação|assentamentos humanos",
    ),
    (
        "sustainable consumption|recycling|hazardous waste|chemicals",
        "consumo sostenible|reciclaje|desechos peligrosos",
        "consommation durable|recyclage|déchets dangereux",
        "consumo sustentável|reciclagem|resíduos perigosos",
    ),
    (
        "climate change|climate|greenhouse",
        "cambio climático|clima|invernadero",
        "changements climatiques|climat|serre",
        "mudança climática|clima|estufa",
    ),
    (
        "ocean|marine|fisheries|coastal|maritime",
        "océano|marino|pesca|costero|marítimo",
        "océan|marin|pêche|côtier|maritime",
        "oceano|marinho|pesca|costeiro|marítimo",
    ),
    (
        "forest|biodiversity|desertification|ecosystem|land degradation",
        "bosque|biodiversidad|desertificación|ecosistema",
        "forêt|biodiversité|désertification|écosystème",
        "floresta|biodiversidade|desertificação|ecossistema",
    ),
    (
        "justice|corruption|rule of law|violence",
        "justicia|corrupción|estado de derecho|violencia",
        "justice|corruption|état de droit|violence",
        "justiça|corrupção|estado de direito|violência",
    ),
    (
        "south-south|triangular cooperation|partnership|official statistics|data",
        "sur-sur|cooperación triangular|alianza|estadísticas oficiales",
        "sud-sud|coopération triangulaire|partenariat|statistiques officielles",
        "sul-sul|cooperação triangular|parceria|estatísticas oficiais",
    ),
)


def propose_subjects(text: str, language: str) -> tuple[Proposal, ...]:
    """Return what a text is about, each subject once: what it names, then what its words tell."""
    found: dict[Subject, str] = {}
    for subject, words in (*_named(text), *_told(text, language), *_countries(text)):
        found.setdefault(subject, words[:LONGEST_WORDS])
    return tuple(Proposal(subject, words) for subject, words in found.items())


def _named(text: str) -> Iterator[tuple[Subject, str]]:
    for found in _NAMED.finditer(text):
        goal, target = found["goal"], f"{found['goal']}.{(found['target'] or '').lower()}"
        if is_target(target):
            yield Subject(SubjectKind.TARGET, target), found[0]
        if goal in GOALS:
            yield Subject(SubjectKind.GOAL, goal), found[0]


def _told(text: str, language: str) -> Iterator[tuple[Subject, str]]:
    """Yield the goals whose telling words stand in the text, in its language."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    terms = _terms(known)
    words = list(words_of(text))
    stems = [stem(word.text, known) for word in words]
    for at, first in enumerate(stems):
        for term, goal in terms.get(first, ()):
            if tuple(stems[at : at + len(term)]) == term:
                last = words[at + len(term) - 1]
                yield Subject(SubjectKind.GOAL, goal), text[words[at].start : last.end]


def _countries(text: str) -> Iterator[tuple[Subject, str]]:
    for code in sorted(countries_named(text)):
        words = next((name for name in running_names(code) if name in text), code)
        yield Subject(SubjectKind.COUNTRY, code), words


@cache
def _terms(language: str) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the telling terms as stems with their goal, by the first stem of each."""
    terms: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for goal, written in zip(GOALS, _WORDS, strict=True):
        for term in written[LANGUAGES.index(language)].split("|"):
            row = tuple(stem(word.text, language) for word in words_of(term))
            terms[row[0]] = (*terms.get(row[0], ()), (row, goal))
    return terms
