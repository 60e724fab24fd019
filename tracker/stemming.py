"""Words as search compares them: without accents, capitals and endings, in four languages."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import local
from typing import Protocol

import snowballstemmer

from tracker.domain.search import WORD
from tracker.domain.symbols import roman_value

_ALGORITHMS = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese"}
LANGUAGES = tuple(_ALGORITHMS)

# Words that tell little about a text; asked for alone they are looked up all the same.
_EMPTY = frozenset(
    word
    for words in (
        "a an and as at by for from in into is it its of on or that the this to with",
        "al con de del el en la las lo los o para por que se su un una y",
        "au aux ce ces dans des du et le les leur ou par pour qui sa ses sur une",
        "ao aos as com da das do dos e em na nas no nos os pelo pela sua um uma",
    )
    for word in words.split()
)
# By these a text names a session or an edition: the next one bears another, whatever it says.
_ORDINAL = frozenset(
    word
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twenty",
        "twentieth thirty thirtieth forty fortieth fifty fiftieth sixty sixtieth seventy",
        "seventieth eighty eightieth ninety ninetieth hundredth primer primero primera segundo",
        "segunda tercer tercero tercera cuarto cuarta quinto quinta sexto sexta séptimo séptima",
        "octavo octava noveno novena décimo décima undécimo duodécimo vigésimo vigésima",
        "trigésimo trigésima cuadragésimo cuadragésima quincuagésimo quincuagésima sexagésimo",
        "sexagésima septuagésimo septuagésima octogésimo octogésima premier première deuxième",
        "troisième quatrième cinquième sixième septième huitième neuvième dixième onzième",
        "douzième vingt vingtième trente trentième quarante quarantième cinquante cinquantième",
        "soixante soixantième primeiro primeira segundo segunda terceiro terceira quarto quarta",
        "quinto quinta sexto sexta sétimo sétima oitavo oitava nono nona décimo décima vigésimo",
        "vigésima trigésimo trigésima quadragésimo quadragésima",
    )
    for word in words.split()
)
# Resolutions use these whatever they are about.
_FORMULA = frozenset(
    word
    for words in (
        "accordance action activities adopted all also appropriate assembly assist be bodies",
        "calls commission committee continue contribute cooperation council countries decides",
        "develop efforts encourages ensure executive full further general governments implement",
        "including international invites member nations necessary notes organizations other",
        "particular present programme promote provide regard region relevant report requests",
        "resolution secretary secretariat session states strengthen submit support such system",
        "take their these through united upon urges welcomes well work acción actividades",
        "adopte alienta apoyo asamblea comisión comité continúe contribuir cooperación demás",
        "decide desarrollo ejecutiva ejecutivo estados exhorta fortalecer gobiernos incluidos",
        "informe insta internacional invita labor marco medidas miembros naciones",
        "organizaciones países período pertinentes pide presente programa promover región",
        "resolución secretaria secretaría secretario según sesiones sistema todos toma nota",
        "unidas activités appui assemblée autres continuer contribuer coopération décide",
        "développement encourage engage états exécutif exécutive général gouvernements",
        "internationale invite membres mesures mise note œuvre organisations pays présente prie",
        "promouvoir rapport région renforcer résolution secrétaire secrétariat système tous",
        "travaux unies acções ações atividades assembleia comissão continuar convida cooperação",
        "desenvolvimento executivo executiva geral governos incentiva membros nações",
        "organizações região relatório resolução secretariado secretário sessão solicita",
    )
    for word in words.split()
)
_SHORTEST = 2  # letters; a single one numbers a list


class Stemmer(Protocol):
    """What the library's stemmers have in common."""

    def stemWord(self, word: str) -> str:  # noqa: N802 - the library's own name
        """Return the word without its ending."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text in small letters, and where it stands, counted in characters."""

    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order; marks and spaces part them."""
    for found in WORD.finditer(text):
        yield Word(found[0].casefold(), found.start(), found.end())


def stems_of_text(text: str, language: str) -> str:
    """Return the stems of all words of a text, in their order, parted by spaces."""
    return " ".join(stem(word.text, language) for word in words_of(text))


def all_stems(word: str) -> frozenset[str]:
    """Return the stems that a word has in the four languages."""
    return frozenset(stem(word, language) for language in LANGUAGES)


def is_empty_word(word: str) -> bool:
    """Tell whether a word is an article, a preposition or the like."""
    return fold(word) in _EMPTY


def telling_stems(stems: str) -> frozenset[str]:
    """Return the stems of a text, parted by spaces, that tell what it is about.

    Articles and the like, numbers and the names of sessions and editions are left out.
    """
    return frozenset(filter(_tells, stems.split()))


@cache
def formula_stems() -> frozenset[str]:
    """Return the stems of the words that resolutions use whatever they are about."""
    return frozenset(ending for word in _FORMULA for ending in all_stems(word))


@lru_cache(maxsize=200_000)
def _tells(ending: str) -> bool:
    if len(ending) < _SHORTEST or not ending.isalpha() or ending in _passing():
        return False
    return not roman_value(ending)


@cache
def _passing() -> frozenset[str]:
    return frozenset(ending for word in _EMPTY | _ORDINAL for ending in all_stems(word))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word in small letters without accents: "Gestión" is "gestion"."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return a word without its ending and accents; a language without rules keeps the ending.

    The rules go by accents ("cooperación", not "cooperacion"), so these are taken away last.
    """
    if language not in _ALGORITHMS or not word.isalpha():
        return fold(word)
    return fold(_stemmer(language).stemWord(word)) or fold(word)


class _Stemmers(local):
    """The stemmers of one thread: each holds the word that it works on."""

    def __init__(self) -> None:
        self.by_language: dict[str, Stemmer] = {}


_STEMMERS = _Stemmers()


def _stemmer(language: str) -> Stemmer:
    made = _STEMMERS.by_language
    if language not in made:
        made[language] = snowballstemmer.stemmer(_ALGORITHMS[language])
    return made[language]
