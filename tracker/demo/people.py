"""The units and people of the demo body; all of them invented."""

from dataclasses import dataclass

from tracker.domain.permissions import Role


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """An organizational unit of the demo."""

    key: str
    name: str
    kind: str
    time_zone: str = "Atlantic/Cape_Verde"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demo with one role, in a unit or in the whole house."""

    name: str
    email: str
    role: Role
    unit: str | None = None


UNITS = (
    DemoUnit("planning", "Programme Planning Office", "office"),
    DemoUnit("ocean", "Ocean Economy Division", "division"),
    DemoUnit("statistics", "Statistics Division", "division"),
    DemoUnit("mindelo", "Subregional Headquarters in Mindelo", "subregional_headquarters"),
)

PEOPLE = (
    DemoPerson("Miriam Faye", "miriam.faye@ecaic.example", Role.ADMINISTRATOR),
    DemoPerson("Helena Brito", "helena.brito@ecaic.example", Role.COORDINATOR),
    DemoPerson("Teresa Monteiro", "teresa.monteiro@ecaic.example", Role.MANAGER, "planning"),
    DemoPerson("Simon Ndiaye", "simon.ndiaye@ecaic.example", Role.EDITOR),
    DemoPerson("Ana Tavares", "ana.tavares@ecaic.example", Role.FOCAL_POINT, "ocean"),
    DemoPerson("Mamadou Sarr", "mamadou.sarr@ecaic.example", Role.MANAGER, "ocean"),
    DemoPerson("Rosa Almeida", "rosa.almeida@ecaic.example", Role.FOCAL_POINT, "statistics"),
    DemoPerson("Idrissa Cham", "idrissa.cham@ecaic.example", Role.MANAGER, "statistics"),
    DemoPerson("Beatriz Lima", "beatriz.lima@ecaic.example", Role.FOCAL_POINT, "mindelo"),
    DemoPerson("Carlos Fonseca", "carlos.fonseca@ecaic.example", Role.MANAGER, "mindelo"),
    DemoPerson("Joana Pires", "joana.pires@ecaic.example", Role.VIEWER),
)

# Whose sign-in links the demo prints: one for each way of working.
SIGNED_IN = (
    "ana.tavares@ecaic.example",
    "mamadou.sarr@ecaic.example",
    "helena.brito@ecaic.example",
    "simon.ndiaye@ecaic.example",
    "miriam.faye@ecaic.example",
)
