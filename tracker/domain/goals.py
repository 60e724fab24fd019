"""The Sustainable Development Goals and their targets by number, with short names of our own."""

import re
from collections.abc import Mapping

# As people write a goal or a target, in small letters.
_NUMBERED = re.compile(
    r"(?:(?:sdgs?|ods|odd|goal|objetivo|objectif|target|meta|cible)\s)?(\d{1,2}(?:\.[\da-d]{1,2})?)"
)
LANGUAGES = ("en", "es", "fr", "pt")
# By language, in the order of LANGUAGES.
_NAMES: tuple[tuple[str, str, str, str], ...] = (
    ("No poverty", "Fin de la pobreza", "Pas de pauvreté", "Erradicação da pobreza"),
    ("Zero hunger", "Hambre cero", "Faim zéro", "Fome zero"),
    ("Good health", "Salud y bienestar", "Bonne santé", "Saúde e bem-estar"),
    ("Quality education", "Educación de calidad", "Éducation de qualité", "Educação de qualidade"),
    ("Gender equality", "Igualdad de género", "Égalité des sexes", "Igualdade de gênero"),
    ("Clean water", "Agua limpia y saneamiento", "Eau propre", "Água potável e saneamento"),
    ("Clean energy", "Energía limpia", "Énergie propre", "Energia limpa"),
    (
        "Decent work and growth",
        "Trabajo decente y crecimiento",
        "Travail décent et croissance",
        "Trabalho decente e crescimento",
    ),
    (
        "Industry, innovation and infrastructure",
        "Industria, innovación e infraestructura",
        "Industrie, innovation et infrastructure",
        "Indústria, inovação e infraestrutura",
    ),
    (
        "Reduced inequalities",
        "Reducción de las desigualdades",
        "Inégalités réduites",
        "Redução das desigualdades",
    ),
    ("Sustainable cities", "Ciudades sostenibles", "Villes durables", "Cidades sustentáveis"),
    (
        "Responsible consumption and production",
        "Consumo y producción responsables",
        "Consommation et production responsables",
        "Consumo e produção responsáveis",
    ),
    ("Climate action", "Acción por el clima", "Action pour le climat", "Ação pelo clima"),
    ("Life below water", "Vida submarina", "Vie aquatique", "Vida na água"),
    ("Life on land", "Vida terrestre", "Vie terrestre", "Vida terrestre"),
    (
        "Peace, justice and institutions",
        "Paz, justicia e instituciones",
        "Paix, justice et institutions",
        "Paz, justiça e instituições",
    ),
    (
        "Partnerships for the Goals",
        "Alianzas para los Objetivos",
        "Partenariats pour les Objectifs",
        "Parcerias para os Objetivos",
    ),
)
# Of each goal: how many targets have a number, and how many a letter.
_TARGETS = (
    (5, 2), (5, 3), (9, 4), (7, 3), (6, 3), (6, 2), (3, 2), (10, 2), (5, 3), (7, 3), (7, 3), (8, 3),
    (3, 2), (7, 3), (9, 3), (10, 2), (19, 0),
)  # fmt: skip

GOALS: tuple[str, ...] = tuple(str(number) for number in range(1, len(_NAMES) + 1))
TARGETS: Mapping[str, tuple[str, ...]] = {
    goal: (
        *(f"{goal}.{number}" for number in range(1, numbered + 1)),
        *(f"{goal}.{letter}" for letter in "abcd"[:lettered]),
    )
    for goal, (numbered, lettered) in zip(GOALS, _TARGETS, strict=True)
}


def goal_name(goal: str, language: str) -> str:
    """Return the short name of a goal, in English where the language has none."""
    place = LANGUAGES.index(language) if language in LANGUAGES else 0
    return _NAMES[int(goal) - 1][place]


def is_target(key: str) -> bool:
    """Tell whether there is a target with this number: "17.18", "14.a"."""
    return key in TARGETS.get(key.partition(".")[0], ())


def find_goal(text: str) -> str | None:
    """Return the goal or target that is meant by its name, or by its number: "SDG 14", "14.7"."""
    plain = " ".join(text.split()).casefold()
    for goal, names in zip(GOALS, _NAMES, strict=True):
        if plain in {name.casefold() for name in names}:
            return goal
    numbered = _NUMBERED.fullmatch(plain)
    if numbered and (numbered[1] in GOALS or is_target(numbered[1])):
        return numbered[1]
    return None
