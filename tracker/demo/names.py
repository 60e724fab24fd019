"""The names of the demo's bodies in Spanish, French and Portuguese."""

from collections.abc import Mapping

BODIES: Mapping[str, Mapping[str, str]] = {
    "Economic Commission for the Atlantic Islands and Coasts": {
        "es": "Comisión Económica para las Islas y Costas del Atlántico",
        "fr": "Commission économique pour les îles et les côtes de l’Atlantique",
        "pt": "Comissão Económica para as Ilhas e Costas do Atlântico",
    },
    "General Assembly": {
        "es": "Asamblea General",
        "fr": "Assemblée générale",
        "pt": "Assembleia Geral",
    },
}
