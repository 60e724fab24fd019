"""The closed sets in which activities are told, in the language of the programme budget."""

from collections.abc import Mapping
from enum import StrEnum


class Category(StrEnum):
    """The heading under which the programme budget lists a deliverable."""

    INTERGOVERNMENTAL_PROCESS = "A"
    KNOWLEDGE = "B"
    SUBSTANTIVE = "C"
    COMMUNICATION = "D"


class Deliverable(StrEnum):
    """What sort of deliverable an activity is, within its category."""

    PARLIAMENTARY_DOCUMENTATION = "parliamentary_documentation"
    SUBSTANTIVE_SERVICES = "substantive_services"
    PROJECT = "project"
    SEMINAR = "seminar"
    PUBLICATION = "publication"
    TECHNICAL_MATERIAL = "technical_material"
    ADVISORY_MISSION = "advisory_mission"
    DATABASE = "database"
    OUTREACH = "outreach"


CATEGORY_OF: Mapping[Deliverable, Category] = {
    Deliverable.PARLIAMENTARY_DOCUMENTATION: Category.INTERGOVERNMENTAL_PROCESS,
    Deliverable.SUBSTANTIVE_SERVICES: Category.INTERGOVERNMENTAL_PROCESS,
    Deliverable.PROJECT: Category.KNOWLEDGE,
    Deliverable.SEMINAR: Category.KNOWLEDGE,
    Deliverable.PUBLICATION: Category.KNOWLEDGE,
    Deliverable.TECHNICAL_MATERIAL: Category.KNOWLEDGE,
    Deliverable.ADVISORY_MISSION: Category.SUBSTANTIVE,
    Deliverable.DATABASE: Category.SUBSTANTIVE,
    Deliverable.OUTREACH: Category.COMMUNICATION,
}


# What is done with countries: the order of the columns of a table.
COOPERATION = (Deliverable.PROJECT, Deliverable.SEMINAR, Deliverable.ADVISORY_MISSION)


class Measure(StrEnum):
    """What a deliverable's quantities count."""

    DOCUMENTS = "documents"
    THREE_HOUR_MEETINGS = "three_hour_meetings"
    PROJECTS = "projects"
    DAYS = "days"
    PUBLICATIONS = "publications"
    MATERIALS = "materials"
    MISSIONS = "missions"
    DATABASES = "databases"
    PRODUCTS = "products"


MEASURE_OF: Mapping[Deliverable, Measure] = {
    Deliverable.PARLIAMENTARY_DOCUMENTATION: Measure.DOCUMENTS,
    Deliverable.SUBSTANTIVE_SERVICES: Measure.THREE_HOUR_MEETINGS,
    Deliverable.PROJECT: Measure.PROJECTS,
    Deliverable.SEMINAR: Measure.DAYS,
    Deliverable.PUBLICATION: Measure.PUBLICATIONS,
    Deliverable.TECHNICAL_MATERIAL: Measure.MATERIALS,
    Deliverable.ADVISORY_MISSION: Measure.MISSIONS,
    Deliverable.DATABASE: Measure.DATABASES,
    Deliverable.OUTREACH: Measure.PRODUCTS,
}


class PartnerKind(StrEnum):
    """What sort of partner or donor it is."""

    GOVERNMENT = "government"
    UNITED_NATIONS = "united_nations"
    INTERGOVERNMENTAL = "intergovernmental"
    NON_GOVERNMENTAL = "non_governmental"
    PRIVATE = "private"
    ACADEMIC = "academic"
    NETWORK = "network"


class PartnerPart(StrEnum):
    """What a partner does in an activity."""

    PARTNER = "partner"
    DONOR = "donor"


class CountryPart(StrEnum):
    """What a country has to do with an activity."""

    CONCERNED = "concerned"  # it took place there, or with it
    STUDIED = "studied"
    HOSTING = "hosting"
    INVITED = "invited"
    TAKING_PART = "taking_part"


class Modality(StrEnum):
    """In which form of cooperation an activity is carried out."""

    SOUTH_SOUTH = "south_south"
    TRIANGULAR = "triangular"
    NORTH_SOUTH = "north_south"
    REGIONAL = "regional"
    NATIONAL = "national"


class FundSource(StrEnum):
    """Where money for an activity comes from."""

    REGULAR_BUDGET = "regular_budget"
    EXTRABUDGETARY = "extrabudgetary"


class DocumentKind(StrEnum):
    """What a document of an activity is: written for it, or an instrument that it led to."""

    DOCUMENT = "document"
    COMMITMENT = "commitment"
    PLAN_OF_ACTION = "plan_of_action"
    AGREEMENT = "agreement"
    RESOLUTION = "resolution"


class FrameworkKind(StrEnum):
    """What an activity belongs to."""

    AGREEMENT = "agreement"
    PROCESS = "process"
    NETWORK = "network"
