"""The names of the demo's bodies and sessions in Spanish, French and Portuguese."""

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
# By number; the General Assembly's is the seventy-eighth.
SESSIONS: Mapping[int, Mapping[str, str]] = {
    8: {"es": "Octavo período de sesiones", "fr": "Huitième session", "pt": "Oitava sessão"},
    9: {"es": "Noveno período de sesiones", "fr": "Neuvième session", "pt": "Nona sessão"},
    10: {"es": "Décimo período de sesiones", "fr": "Dixième session", "pt": "Décima sessão"},
    11: {
        "es": "Undécimo período de sesiones",
        "fr": "Onzième session",
        "pt": "Décima primeira sessão",
    },
    78: {
        "es": "Septuagésimo octavo período de sesiones",
        "fr": "Soixante-dix-huitième session",
        "pt": "Septuagésima oitava sessão",
    },
}
