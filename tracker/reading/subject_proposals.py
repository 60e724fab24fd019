"""Which goals, targets, countries and subject words a text is about, and the words that say so."""

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from tracker.domain.countries import countries_named, running_names
from tracker.domain.goals import GOALS, LANGUAGES, is_target
from tracker.domain.subjects import LONGEST_WORDS, Proposal, Subject, SubjectKind
from tracker.reading.subject_terms import Terms, stems_of_term, terms_of, told_by

_NAMED = re.compile(
    r"\b(?:SDGs?|ODS|ODD|Goals?|Objetivos?|Objectifs?|targets?|metas?|cibles?)\s+"
    r"(?P<goal>\d{1,2})(?:\.(?P<target>\d{1,2}|[a-d])\b)?",
    re.IGNORECASE,
)
# How a text names a goal or a target: what stands before its number.
_NAMES_OF_GOALS = "SDG|SDGs|ODS|ODD|Goal|Goals|Objetivo|Objetivos|Objectif|Objectifs"
_NAMES_OF_TARGETS = "target|targets|meta|metas|cible|cibles"
_NO_TERMS: Terms = MappingProxyType({})
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


def propose_subjects(text: str, language: str, words: Terms = _NO_TERMS) -> tuple[Proposal, ...]:
    """Return what a text is about, each subject once: what it names, then what its words tell.

    ``words`` are the terms of the subject words that the house keeps, in the text's language.
    """
    known = known_language(language)
    found: dict[Subject, str] = {}
    for subject, said in (
        *_named(text),
        *told_by(_terms(known), text, known),
        *told_by(words, text, known),
        *_countries(text),
    ):
        found.setdefault(subject, said[:LONGEST_WORDS])
    return tuple(Proposal(subject, said) for subject, said in found.items())


def known_language(language: str) -> str:
    """Return a language by whose words texts are read; a language without any is as English."""
    return language if language in LANGUAGES else LANGUAGES[0]


def telling_rows(subject: Subject) -> frozenset[tuple[str, ...]]:
    """Return rows of stems, one of which stands in each text that a goal or country is told of.

    Other texts may have one as well. Subject words have none here: their terms are the house's.
    """
    return frozenset(
        row
        for code in LANGUAGES
        for term in _written(subject, code)
        if (row := stems_of_term(term, code))
    )


def _written(subject: Subject, language: str) -> Iterator[str]:
    match subject.kind:
        case SubjectKind.GOAL:
            yield from _WORDS[GOALS.index(subject.key)][LANGUAGES.index(language)].split("|")
            for name in f"{_NAMES_OF_GOALS}|{_NAMES_OF_TARGETS}".split("|"):
                yield f"{name} {subject.key}"
        case SubjectKind.TARGET:
            for name in f"{_NAMES_OF_GOALS}|{_NAMES_OF_TARGETS}".split("|"):
                yield f"{name} {subject.key}"
        case SubjectKind.COUNTRY:
            yield from running_names(subject.key)
        case SubjectKind.WORD:
            return


def _named(text: str) -> Iterator[tuple[Subject, str]]:
    for found in _NAMED.finditer(text):
        goal, target = found["goal"], f"{found['goal']}.{(found['target'] or '').lower()}"
        if is_target(target):
            yield Subject(SubjectKind.TARGET, target), found[0]
        if goal in GOALS:
            yield Subject(SubjectKind.GOAL, goal), found[0]


def _countries(text: str) -> Iterator[tuple[Subject, str]]:
    for code in sorted(countries_named(text)):
        words = next((name for name in running_names(code) if name in text), code)
        yield Subject(SubjectKind.COUNTRY, code), words


@cache
def _terms(language: str) -> Terms:
    place = LANGUAGES.index(language)
    return terms_of(
        (
            (term, Subject(SubjectKind.GOAL, goal))
            for goal, written in zip(GOALS, _WORDS, strict=True)
            for term in written[place].split("|")
        ),
        language,
    )
