"""Whether a clause asks the entity that runs the tracker: by name, as one of a class, or not."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tracker.domain.clauses import Entity
from tracker.domain.mandates import ConcernsUs
from tracker.reading.hints import holds_any

# Words that mean many entities of the system, of which a secretariat is one.
_CLASSES = re.compile(
    r"regional (?:and functional |economic )?commissions|entities of the United Nations"
    r"|United Nations (?:development )?system|organs, organizations and bodies"
    r"|(?:organizations|bodies|offices|departments|entities)(?:(?!\bthe\b)[\w\s,])*"
    r" of the United Nations"
    r"|United Nations (?:\w+ and )?(?:bodies|agencies|organizations|offices|entities|institutions)"
    r"|comisiones (?:económicas )?regionales|sistema (?:de desarrollo )?de las Naciones Unidas"
    r"|(?:entidades|organismos|órganos|organizaciones)(?:(?!\b(?:la|las|el|los)\b)[\w\s,])*"
    r" de las Naciones Unidas"
    r"|commissions (?:économiques )?régionales"
    r"|système (?:de développement )?des Nations Unies|système des Nations Unies"
    r"|(?:entités|organismes|organes|organisations)(?:(?!\b(?:la|le|les)\b)[\w\s,])*"
    r" des Nations Unies"
    r"|comissões (?:econômicas |económicas )?regionais|sistema das Nações Unidas"
    r"|(?:entidades|organismos|órgãos|organizações)(?:(?!\b(?:a|o|as|os)\b)[\w\s,])*"
    r" das Nações Unidas",
    re.IGNORECASE,
)
# One of these stands in all that _CLASSES finds: most phrases need not be searched.
_CLASS_WORDS = (
    "united nations", "commissions", "organs, organizations and bodies", "naciones unidas",
    "comisiones", "nations unies", "nações unidas", "comissões",
)  # fmt: skip
# "Agencies, funds and programmes of the system" are told apart from the Secretariat's entities.
_OF_THE_SYSTEM = re.compile(r" of the United Nations(?: development)? system", re.IGNORECASE)
_OTHER_PARTS = re.compile(r"\b(?:specialized agencies|agencies|funds|programmes)\b", re.IGNORECASE)
_OUR_PARTS = re.compile(
    r"\b(?:organizations|entities|bodies|offices|departments|organs|commissions|institutions|parts"
    r"|secretariats|members)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|its|our|el|la|le|o|a)\s")
_LIST_REACH = 90  # characters before "of the United Nations system" that list its parts
# Titles that every organ's secretariat has: in the text of another organ they mean its own.
_TITLES = frozenset({
    "secretariat", "executive secretary", "commission",
    "secretaría", "secretaria", "secretaria executiva", "secretaría ejecutiva",
    "secretario ejecutivo", "secretário executivo", "secretária executiva", "comisión",
    "secrétariat", "secrétaire exécutif", "secrétaire exécutive", "comissão", "secretariado",
})  # fmt: skip
_WORLD_ORGANS = re.compile(
    r"General Assembly|Security Council|Economic and Social Council|Human Rights Council"
    r"|Asamblea General|Consejo (?:de Seguridad|Económico y Social|de Derechos Humanos)"
    r"|Assemblée générale|Conseil (?:de sécurité|économique et social|des droits de l’homme)"
    r"|Assembleia Geral|Conselho (?:de Segurança|Econ[óô]mico e Social|de Direitos Humanos)",
    re.IGNORECASE,
)


def concern(
    addressees: Sequence[str], asked: Sequence[str], entity: Entity, adopted_by: str | None
) -> tuple[ConcernsUs, str]:
    """Return whether the entity is asked, and the words that show it ("" where it is not).

    ``asked`` are the phrases that name who is asked, with the lists that they include;
    ``adopted_by`` is the organ whose text it is, None where it is not known.
    """
    for actor in addressees:
        if is_entity(actor, entity, adopted_by):
            return ConcernsUs.BY_NAME, actor
    for phrase in asked:
        for name in _name_patterns(entity):
            found = name.search(phrase)
            if found:
                return ConcernsUs.BY_NAME, found[0]
    for phrase in asked:
        found = _class_in(phrase)
        if found:
            return ConcernsUs.AS_ONE_OF_A_CLASS, found[0]
    return ConcernsUs.NO, ""


def is_entity(actor: str, entity: Entity, adopted_by: str | None) -> bool:
    """Tell whether an addressee is the entity; "Executive Secretary of X" only for its own X."""
    bare = _folded(actor)
    own, aliases = _folded_names(entity)
    is_elsewhere = _is_elsewhere(own, adopted_by)
    for alias in aliases:
        if bare == alias:
            return not (is_elsewhere and alias in _TITLES)
        if bare.startswith(f"{alias} of "):
            return bare.removeprefix(f"{alias} of ").removeprefix("the ") in own | {"commission"}
    return False


@lru_cache(maxsize=8)
def _folded_names(entity: Entity) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names of the entity and its bodies, and those by which texts ask it."""
    own = frozenset(_folded(name) for name in (entity.name, *entity.body_names))
    return own, tuple(_folded(name) for name in _names(entity))


@lru_cache(maxsize=8)
def _name_patterns(entity: Entity) -> tuple[re.Pattern[str], ...]:
    """Return the names of the entity, but not the titles that others have, too."""
    names = [name for name in _names(entity) if _folded(name) not in _TITLES]
    return tuple(
        re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE) for name in names
    )


@lru_cache(maxsize=64)
def _is_elsewhere(own: frozenset[str], adopted_by: str | None) -> bool:
    """Tell whether the text is one of a world organ that is not our own body."""
    if adopted_by is None or _folded(adopted_by) in own:
        return False
    return _WORLD_ORGANS.fullmatch(_folded(adopted_by)) is not None


def _class_in(phrase: str) -> re.Match[str] | None:
    if not holds_any(phrase.lower(), _CLASS_WORDS):
        return None
    for found in _CLASSES.finditer(phrase):
        system = _OF_THE_SYSTEM.search(phrase, max(0, found.start() - len(" of the ")), found.end())
        if system is None:
            return found
        listed = phrase[max(0, system.start() - _LIST_REACH) : system.start()]
        if _OUR_PARTS.search(listed) or not _OTHER_PARTS.search(listed):
            return found
    return None


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def _folded(name: str) -> str:
    return _ARTICLE.sub("", name.strip().lower())
