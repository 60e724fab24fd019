"""Names of sessions in the languages of the site, made from their numbers.

Below one hundred the ordinal is written out as resolutions print it ("vigésimo primer período de
sesiones"); above it stands in digits, and a number that is a year names the session of that year.
"""

from collections.abc import Callable, Mapping

from tracker.domain.sessions import FIRST_YEAR, session_name

_SPANISH = (
    "", "primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno",
    "décimo", "undécimo", "duodécimo", "decimotercer", "decimocuarto", "decimoquinto",
    "decimosexto", "decimoséptimo", "decimoctavo", "decimonoveno",
)  # fmt: skip
_SPANISH_TENS = (
    "", "", "vigésimo", "trigésimo", "cuadragésimo", "quincuagésimo", "sexagésimo",
    "septuagésimo", "octogésimo", "nonagésimo",
)  # fmt: skip
_PORTUGUESE = (
    "", "primeira", "segunda", "terceira", "quarta", "quinta", "sexta", "sétima", "oitava", "nona",
)  # fmt: skip
_PORTUGUESE_TENS = (
    "", "décima", "vigésima", "trigésima", "quadragésima", "quinquagésima", "sexagésima",
    "septuagésima", "octogésima", "nonagésima",
)  # fmt: skip
_FRENCH = (
    "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_FRENCH_TENS = (
    "", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt",
    "quatre-vingt",
)  # fmt: skip


def session_names(number: int) -> Mapping[str, str]:
    """Return the name of the session with this number in each language that is known here."""
    return {"en": session_name(number), **{code: name(number) for code, name in _NAMES.items()}}


def _spanish(number: int) -> str:
    if number >= FIRST_YEAR:
        return f"Período de sesiones de {number}"
    if number >= 100:
        return f"{number}º período de sesiones"
    tens, ones = divmod(number, 10)
    ordinal = _SPANISH[number] if number < 20 else f"{_SPANISH_TENS[tens]} {_SPANISH[ones]}"
    return f"{ordinal.strip()} período de sesiones".capitalize()


def _portuguese(number: int) -> str:
    if number >= FIRST_YEAR:
        return f"Sessão de {number}"
    if number >= 100:
        return f"{number}ª sessão"
    tens, ones = divmod(number, 10)
    return f"{_PORTUGUESE_TENS[tens]} {_PORTUGUESE[ones]}".strip().capitalize() + " sessão"


def _french(number: int) -> str:
    if number >= FIRST_YEAR:
        return f"Session de {number}"
    if number >= 100:
        return f"{number}e session"
    ordinal = "première" if number == 1 else _french_ordinal(_french_cardinal(number))
    return f"{ordinal} session".capitalize()


def _french_cardinal(number: int) -> str:
    """Return the words of a number below one hundred: "soixante et onze", "quatre-vingt-un"."""
    if number < 20:
        return _FRENCH[number]
    tens = number // 10
    rest = number - 10 * (tens - 1) if tens in {7, 9} else number - 10 * tens
    if not rest:
        return _FRENCH_TENS[tens]
    joined = " et " if rest in {1, 11} and tens < 8 else "-"
    return f"{_FRENCH_TENS[tens]}{joined}{_FRENCH[rest]}"


def _french_ordinal(cardinal: str) -> str:
    """Return a number as an ordinal: "cinquième", "neuvième", "vingt et unième", "trentième"."""
    if cardinal.endswith("cinq"):
        return f"{cardinal}uième"
    if cardinal.endswith("neuf"):
        return f"{cardinal[:-1]}vième"
    return f"{cardinal.removesuffix('e')}ième"


_NAMES: Mapping[str, Callable[[int], str]] = {
    "es": _spanish,
    "fr": _french,
    "pt": _portuguese,
}
