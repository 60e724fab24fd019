"""The units, subprogrammes and people of the demo body; all of them invented."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.permissions import Role

MAIL_DOMAIN = "ecaic.example"
DUTY_STATION = "Praia"
# By month and day, the same in every year.
HOLIDAYS = {
    (1, 1): "New Year's Day",
    (5, 1): "Labour Day",
    (7, 5): "Independence Day",
    (12, 25): "Christmas Day",
}
Names = Mapping[str, str]
"""A name in further languages, by the code of the language."""


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """An organizational unit of the demo.

    ``parent`` is the unit that it is part of, ``second_level`` the one whose manager clears its
    texts a second time; both stand above it in the list.
    """

    key: str
    name: str
    kind: str
    others: Names
    time_zone: str = "Atlantic/Cape_Verde"
    parent: str | None = None
    second_level: str | None = None


@dataclass(frozen=True, slots=True)
class DemoSubprogramme:
    """A subprogramme of the demo's programme of work, and the unit that carries it out."""

    number: str
    name: str
    unit: str
    others: Names


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demo with one role, in a unit or in the whole house."""

    name: str
    role: Role
    unit: str | None = None
    language: str = "en"

    @property
    def key(self) -> str:
        """Return the name by which the demo's files call the person: "ana.tavares"."""
        return self.name.lower().replace(" ", ".")

    @property
    def email(self) -> str:
        """Return the person's address."""
        return f"{self.key}@{MAIL_DOMAIN}"


UNITS = (
    DemoUnit(
        "executive",
        "Office of the Executive Secretary",
        "office",
        {
            "es": "Oficina de la Secretaría Ejecutiva",
            "fr": "Bureau du Secrétariat exécutif",
            "pt": "Gabinete do Secretariado Executivo",
        },
    ),
    DemoUnit(
        "planning",
        "Programme Planning Office",
        "office",
        {
            "es": "Oficina de Planificación de Programas",
            "fr": "Bureau de la planification des programmes",
            "pt": "Gabinete de Planeamento de Programas",
        },
        parent="executive",
    ),
    DemoUnit(
        "ocean",
        "Ocean Economy Division",
        "division",
        {
            "es": "División de Economía Oceánica",
            "fr": "Division de l’économie des océans",
            "pt": "Divisão da Economia do Oceano",
        },
    ),
    DemoUnit(
        "statistics",
        "Statistics Division",
        "division",
        {
            "es": "División de Estadística",
            "fr": "Division de la statistique",
            "pt": "Divisão de Estatística",
        },
    ),
    DemoUnit(
        "transport",
        "Transport and Trade Division",
        "division",
        {
            "es": "División de Transporte y Comercio",
            "fr": "Division des transports et du commerce",
            "pt": "Divisão de Transportes e Comércio",
        },
        "Africa/Dakar",
    ),
    DemoUnit(
        "mindelo",
        "Subregional Headquarters in Mindelo",
        "subregional_headquarters",
        {
            "es": "Sede subregional en Mindelo",
            "fr": "Siège sous-régional de Mindelo",
            "pt": "Sede sub-regional no Mindelo",
        },
        parent="executive",
        second_level="executive",
    ),
)

SUBPROGRAMMES = (
    DemoSubprogramme(
        "1",
        "Ocean economy and protection of the coasts",
        "ocean",
        {
            "es": "Economía oceánica y protección de las costas",
            "fr": "Économie des océans et protection des côtes",
            "pt": "Economia do oceano e proteção das costas",
        },
    ),
    DemoSubprogramme(
        "2",
        "Statistics",
        "statistics",
        {"es": "Estadística", "fr": "Statistique", "pt": "Estatística"},
    ),
    DemoSubprogramme(
        "3",
        "Transport and trade",
        "transport",
        {
            "es": "Transporte y comercio",
            "fr": "Transports et commerce",
            "pt": "Transportes e comércio",
        },
    ),
    DemoSubprogramme(
        "4",
        "Subregional activities of the islands",
        "mindelo",
        {
            "es": "Actividades subregionales de las islas",
            "fr": "Activités sous-régionales des îles",
            "pt": "Atividades sub-regionais das ilhas",
        },
    ),
)

PEOPLE = (
    DemoPerson("Miriam Faye", Role.ADMINISTRATOR),
    DemoPerson("Helena Brito", Role.COORDINATOR),
    DemoPerson("Simon Ndiaye", Role.EDITOR),
    DemoPerson("Joana Pires", Role.VIEWER, language="pt"),
    DemoPerson("Djenaba Keita", Role.VIEWER, language="fr"),
    DemoPerson("Ndeye Sow", Role.MANAGER, "executive"),
    DemoPerson("Teresa Monteiro", Role.MANAGER, "planning", "pt"),
    DemoPerson("Samuel Jarju", Role.FOCAL_POINT, "planning"),
    DemoPerson("Mamadou Sarr", Role.MANAGER, "ocean"),
    DemoPerson("Ana Tavares", Role.FOCAL_POINT, "ocean"),
    DemoPerson("Idrissa Cham", Role.MANAGER, "statistics"),
    DemoPerson("Rosa Almeida", Role.FOCAL_POINT, "statistics", "pt"),
    DemoPerson("Antonio Esono", Role.MANAGER, "transport", "es"),
    DemoPerson("Marta Nchama", Role.FOCAL_POINT, "transport", "es"),
    DemoPerson("Fatou Diop", Role.FOCAL_POINT, "transport", "fr"),
    DemoPerson("Carlos Fonseca", Role.MANAGER, "mindelo", "pt"),
    DemoPerson("Beatriz Lima", Role.FOCAL_POINT, "mindelo", "pt"),
)

# Country, institution, person, day of the designation, and whether it has ended.
NATIONAL_FOCAL_POINTS = (
    ("CPV", "Ministry of the Sea", "Nadia Évora", "2024-03-11", False),
    ("SEN", "Directorate of Ports", "", "2025-01-20", False),
    ("GNQ", "Ministry of Transport", "Rafael Ondo", "2023-09-04", True),
    ("GMB", "Bureau of Statistics", "Awa Jatta", "2025-06-02", False),
)
# Who signs the biennial report, in this order: which part of the house, the post, its holder.
SIGNING_POSTS = (
    ("planning", "Chief, Programme Planning Office", "teresa.monteiro"),
    ("front_office", "Executive Secretary", "djenaba.keita"),
)
POST_NAMES: Mapping[str, Names] = {
    "Chief, Programme Planning Office": {
        "es": "Jefatura de la Oficina de Planificación de Programas",
        "fr": "Chef du Bureau de la planification des programmes",
        "pt": "Chefia do Gabinete de Planeamento de Programas",
    },
    "Executive Secretary": {
        "es": "Secretaría Ejecutiva",
        "fr": "Secrétaire exécutif",
        "pt": "Secretariado Executivo",
    },
}
ADMINISTRATOR = "miriam.faye"
COORDINATOR = "helena.brito"
EDITOR = "simon.ndiaye"
# Whose sign-in links the demo prints: one for each way of working, and one for each language.
SIGNED_IN = tuple(
    person
    for name in (
        "ana.tavares",
        "mamadou.sarr",
        "helena.brito",
        "simon.ndiaye",
        "miriam.faye",
        "marta.nchama",
        "fatou.diop",
        "beatriz.lima",
        "ndeye.sow",
    )
    for person in PEOPLE
    if person.key == name
)


def manager_of(unit: str) -> str:
    """Return the key of the person who clears the texts of a unit."""
    return next(
        person.key for person in PEOPLE if person.role is Role.MANAGER and person.unit == unit
    )


def focal_point_of(unit: str) -> str:
    """Return the key of the first focal point of a unit."""
    return next(
        person.key for person in PEOPLE if person.role is Role.FOCAL_POINT and person.unit == unit
    )
