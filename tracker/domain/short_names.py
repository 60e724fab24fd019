"""Short names, made of the full names of units and bodies: they stand in addresses and commands."""

import re
import unicodedata
from collections.abc import Collection

LONGEST_PROPOSED = 30  # characters, so that a number still fits behind
_SMALL_WORDS = frozenset(
    """
    the of for and on in to at with de del la el las los y e en para da das do dos du des le les et
    pour sur au aux o os a as em
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)
# What a unit is, in the four languages: its subject tells it apart, not its kind.
_KINDS = frozenset(
    """
    division office unit section branch bureau centre center headquarters subregional regional
    department service national
    division oficina unidad seccion sede subregional regional departamento servicio nacional centro
    bureau unite section siege sous regional departement service national
    divisao escritorio unidade secao sede sub regional departamento servico nacional centro
    """.split()  # noqa: SIM905 - as above
)


def subject_of(name: str) -> str:
    """Return what a unit's name is about, joined by hyphens: "statistics-demography"."""
    words = _weighty(name)
    subject = [word for word in words if word not in _KINDS] or words
    short = ""
    for word in subject:
        longer = f"{short}-{word}" if short else word[:LONGEST_PROPOSED]
        if len(longer) > LONGEST_PROPOSED:
            break
        short = longer
    return short or "unit"


def initials_of(name: str) -> str:
    """Return the initials of a body's name, or its one word: "eclac", "commission"."""
    words = _weighty(name) or ["body"]
    return (words[0] if len(words) == 1 else "".join(word[0] for word in words))[:LONGEST_PROPOSED]


def first_free(wanted: str, taken: Collection[str]) -> str:
    """Return the short name, with a number behind it where it is taken."""
    others = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (wanted, *others) if each not in taken)


def _weighty(name: str) -> list[str]:
    """Return the words of a name in plain letters without the small ones."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    return [word for word in words if word not in _SMALL_WORDS] or words
