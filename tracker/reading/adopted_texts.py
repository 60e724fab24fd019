"""Texts that a clause adopts and that follow it: a declaration, a plan, terms of reference."""

import re

from tracker.reading.markers import Marker, MarkerKind
from tracker.reading.paragraphs import Paragraph

_ADOPTS = re.compile(
    r"^(?:\w+\s){0,3}?(?:adopts?|approves?|endorses?|proclaims?|issues?|adopta|aprueba|proclama"
    r"|adopte|approuve|proclame|aprova)\b.*\b(?:following|siguientes?|suivante?s?|seguintes?)\b",
    re.IGNORECASE | re.DOTALL,
)
_TEXTS = re.compile(
    r"\b(?:declarat|statement|plan\b|programme|principles|guidelines|rules|charter|strategy|agenda"
    r"|terms of reference|text\b|message|appeal|communiqu|conclusions|statute|declarac|comunicado"
    r"|principios|directrices|reglamento|mandato|mensaje|principes|règlement|statut|texte"
    r"|declaraç|princípios)",
    re.IGNORECASE,
)


def introduces_adopted_text(clause: Paragraph, marker: Marker | None) -> bool:
    """Tell whether what follows a clause is the text it adopts rather than its sub-clauses.

    ``marker`` is the number of the line that follows, if any: "(a)" begins a sub-clause.
    """
    if not clause.introduces_list or (marker and marker.kind is MarkerKind.LETTER):
        return False
    return adopts_text(" ".join(clause.texts))


def adopts_text(words: str) -> bool:
    """Tell whether a clause adopts "the following Declaration:" or another such text."""
    lead = words.partition(":")
    return bool(lead[1] and _ADOPTS.match(lead[0]) and _TEXTS.search(lead[0]))
