"""Openers, closings and annexes: the lines that part a resolution into its zones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from tracker.reading.frontmatter import MONTHS, begins_resolution
from tracker.reading.lines import Line

_CONNECTIVES = frozenset(
    """
    of for and the in on to at with under by or its as de la las el los del y en para du des et le
    les pour da das do dos e em a o as os ao à
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
_GLUED = re.compile(r"(?:of|for|and|the|de|la|y|des|et){1,2}(?:[A-Z]\w*)?")  # lost spaces: "forthe"
_ARTICLE = re.compile(
    r"^(?:The|L[aeo]s?|E[l1I]|L\s?[’'‘´`]|[AO](?=\s(?:Assembl|Cons|Comi|Conf|Junta|Reuni)))"
    r"\s*(?=[A-ZÉ])"
)
_ORGAN = re.compile(
    r"Assembly|Council|Commission|Committee|Conference|Board|Forum|Congress|Meeting|Parties|Body"
    r"|Organization"
    r"|Asamblea|Consejo|Comisi[oó]n|Comit[eé]|Conferencia|Junta|Foro|Reuni[oó]n"
    r"|Assembl[eé]e|Conseil|Conf[eé]rence|R[eé]union|Assembleia|Conselho|Comiss[aã]o|Comit[eêé]"
    r"|Confer[eê]ncia|Reuni[aã]o"
)
# Names by which a damaged opener is recognised and mended.
KNOWN_BODIES = (
    "General Assembly",
    "Security Council",
    "Economic and Social Council",
    "Human Rights Council",
    "Trusteeship Council",
    "Economic Commission for Latin America and the Caribbean",
    "Economic Commission for Latin America",
    "Economic Commission for Africa",
    "Economic Commission for Europe",
    "Economic and Social Commission for Asia and the Pacific",
    "Economic and Social Commission for Western Asia",
    "Commission on the Status of Women",
    "Committee of the Whole",
    "Asamblea General",
    "Consejo de Seguridad",
    "Consejo Económico y Social",
    "Consejo de Derechos Humanos",
    "Consejo de Administración Fiduciaria",
    "Comisión Económica para América Latina y el Caribe",
    "Comisión Económica para América Latina",
    "Comisión Económica para África",
    "Comisión Económica para Europa",
    "Comisión Económica y Social para Asia y el Pacífico",
    "Comisión Económica y Social para Asia Occidental",
    "Comisión de la Condición Jurídica y Social de la Mujer",
    "Comité Plenario",
    "Assemblée générale",
    "Conseil de sécurité",
    "Conseil économique et social",
    "Conseil des droits de l’homme",
    "Conseil de tutelle",
    "Commission économique pour l’Amérique latine et les Caraïbes",
    "Commission économique pour l’Amérique latine",
    "Commission économique pour l’Afrique",
    "Commission économique pour l’Europe",
    "Commission économique et sociale pour l’Asie et le Pacifique",
    "Commission économique et sociale pour l’Asie occidentale",
    "Commission de la condition de la femme",
    "Comité plénier",
    "Assembleia Geral",
    "Conselho de Segurança",
    "Conselho Econômico e Social",
    "Conselho de Direitos Humanos",
    "Comissão Econômica para a América Latina e o Caribe",
    "Comissão Económica para a América Latina e as Caraíbas",
)
_LONGEST_KNOWN = max(map(len, KNOWN_BODIES)) + 2
_FRENCH_ORGAN = re.compile(
    r"^(?:La |Le |L\s?[’'‘´`]\s?)"
    r"(?:Commission|Assembl[eé]e|Conseil|Comit[eé]|Conf[eé]rence|R[eé]union)\b"
)
_LANGUAGES = (
    (
        "pt",
        re.compile(
            r"\b(?:Assembleia|Conselho|Comiss[aã]o|Confer[eê]ncia|Reuni[aã]o)\b|^[AO]\s(?=Comit)"
        ),
    ),
    (
        "es",
        re.compile(
            r"\b(?:Asamblea|Consejo|Comisi[oó]n|Conferencia|Junta|Foro|Reuni[oó]n)\b|^E[l1I]\b"
        ),
    ),
    (
        "fr",
        re.compile(
            r"\b(?:Assembl[eé]e|Conseil|Conf[eé]rence|R[eé]union)\b|[eé]conomique|\bdes?\b|^L[e’']"
        ),
    ),
)
_LONGEST_NAME = 14  # words
_MARKS = re.compile(r"[^\w\s’'-]")
_MONTHS = "|".join(sorted(MONTHS, key=len, reverse=True))
# Matched without spaces and in lower case: recognition loses and invents spaces.
_CLOSING = re.compile(
    r"^\W{0,2}(?:[\doli]{1,5}(?:st|nd|rd|th)(?:\((?:resumed|closed)\))?(?:plenarym\w{4,8}|meeting)"
    r"|[\doli]{1,5}(?:\.?[ªaº°”“\"'’*?]{1,2}\.?)(?:sesi[oó]n|sess[aã]o)(?:plen[aá]ria|p[uú]blica|privada)?"
    r"|[\doli]{1,5}(?:sesi[oó]n|sess[aã]o)plen[aá]ria"
    r"|[\doli]{1,5}(?:e|[eè]me|re)s[eé]ance(?:pl[eé]ni[eè]re)?"
    rf"|[\doli]{{1,2}}(?:er|[ºo°])?(?:de)?(?:{_MONTHS})(?:de)?[\doli]{{4}}$"
    r"|\[?adopted(?:withoutavote|byarecordedvote|by[\doli]+to|at(?:the|its)[\doli]+)|recordedvote|resolutionadopted(?:without"
    r"|by)"
    r"|\[?(?:la)?(?:resoluci[oó]n)?(?:fue)?(?:aprobad|adoptad|adotad)[ao](?:sinvotaci|sinsometer|porconsenso"
    r"|envotaci|por\d+|porunanimidad|semvota|emvota)"
    r"|\[?(?:r[eé]solution)?adopt[eé]e(?:sansvote|parconsensus|par\d+|[aà]lunanimit|[aà]l’unanimit|[aà]l’issue))"
)
_LETTERS = str.maketrans("01", "ol")  # what recognition makes of letters, made letters again
_DIGIT_IN_WORD = re.compile(r"(?<=[A-Za-z])[01]")
_CLOSING_START = re.compile(r"^\W{0,2}[\dOlIAaRrL]")
_ANNEX = re.compile(
    r"^#{0,4}(?:annexe?|appendix|anexo|ap[eé]ndice|appendice)(?P<label>[ivxl1\da-h]{0,5})\W{0,2}(?:[¹²³⁰⁴-⁹]|\d/)?$"
)
_LONGEST_CLOSING = 90  # characters of a line that is tried as a closing
_OPENER_LINES = 3
_TITLE_REACH = 12  # a further resolution's number stands within so many lines before its opener


@dataclass(frozen=True, slots=True)
class Opener:
    """Where the opener stands (``last`` is behind it) and whom it names."""

    first: int
    last: int
    text: str

    @property
    def body(self) -> str:
        """Return the organ's name without article and comma."""
        name = _mended(_ARTICLE.sub("", self.text).rstrip(" ,.:;*"))
        return _known_body(name) or name


def find_openers(lines: Sequence[Line]) -> list[Opener]:
    """Return the openers of the resolutions in a document, one for each resolution.

    A later one counts only where the number of a further resolution stands shortly before it, since
    annexed declarations have openers of their own.
    """
    openers: list[Opener] = []
    index = 0
    while index < len(lines):
        opener = _opener_at(lines, index)
        if opener and (not openers or _title_before(lines, openers[-1].last, index) is not None):
            openers.append(opener)
            index = opener.last
        else:
            index += 1
    return openers


def resolution_bounds(lines: Sequence[Line], openers: Sequence[Opener]) -> list[tuple[int, int]]:
    """Return where each resolution begins and ends: the first takes the document's front matter."""
    starts = [0]
    for before, opener in pairwise(openers):
        title = _title_before(lines, before.last, opener.first)
        starts.append(title if title is not None else opener.first)
    return list(zip(starts, [*starts[1:], len(lines)], strict=True))


def language_of(opener: str) -> str:
    """Return the language of a resolution, told by its opener: "es", "fr", "pt" or "en"."""
    return next((language for language, sign in _LANGUAGES if sign.search(opener)), "en")


def is_closing(text: str) -> bool:
    """Tell whether a line is of the closing: meeting, date, record of the vote."""
    may_be = _CLOSING_START.match(text) is not None
    return may_be and _CLOSING.match(_squeezed(text[:_LONGEST_CLOSING])) is not None


def is_annex_heading(text: str) -> bool:
    """Tell whether a line is the heading of an annex."""
    return len(text) < 20 and text[:1] in "A#" and _ANNEX.match(_squeezed(text)) is not None


def _squeezed(text: str) -> str:
    squeezed = "".join(text.lower().split()).translate(_LETTERS)
    return squeezed.replace("rneeting", "meeting")


def _opener_at(lines: Sequence[Line], index: int) -> Opener | None:
    if lines[index].text[0] not in "TLEAO" or not _ARTICLE.match(lines[index].text):
        return None
    text = ""
    for last in range(index, min(index + _OPENER_LINES, len(lines))):
        text = f"{text} {lines[last].text}".strip()
        if last > index and lines[last].blank_before:
            return None
        if text.endswith((",", ".", ":", ";")):
            name = _ARTICLE.sub("", text).rstrip(" ,.:;*")
            is_opener = bool(_ORGAN.search(_mended(text)) and _is_name(text)) or _is_known(name)
            return Opener(index, last + 1, text) if is_opener else None
        if not _is_name(text):
            return None
    return None


def _mended(text: str) -> str:
    """Return a name with the digits that recognition made of letters as letters again."""
    return _DIGIT_IN_WORD.sub(lambda found: found[0].translate(_LETTERS), text)


def _is_known(name: str) -> bool:
    """Tell whether a short text is a known organ's name, a lost space or misread letter allowed."""
    return len(name) <= _LONGEST_KNOWN and _known_body(name) is not None


@lru_cache(maxsize=256)
def _known_body(name: str) -> str | None:
    """Return the known organ that a name is, misread letters allowed."""
    if name in KNOWN_BODIES:
        return name
    close = get_close_matches(name, KNOWN_BODIES, n=1, cutoff=0.9)
    return close[0] if close else None


def _is_name(text: str) -> bool:
    """Tell whether a text is a proper name: capitalised words with small connectives only.

    French writes the other words of an organ's name small.
    """
    if _FRENCH_ORGAN.match(text):
        return len(text.split()) <= _LONGEST_NAME
    words = _MARKS.sub(" ", text).split()
    return all(map(_is_part_of_name, words))


def _is_part_of_name(word: str) -> bool:
    fits = word[:1].isupper() or word[:1].isdigit() or word in _CONNECTIVES
    return fits or _GLUED.fullmatch(word) is not None


def _title_before(lines: Sequence[Line], after: int, before: int) -> int | None:
    """Return the index of the line that numbers the resolution opened at ``before``."""
    for index in range(before - 1, max(after, before - _TITLE_REACH) - 1, -1):
        if begins_resolution(lines[index].text):
            return index
    return None
