"""What a mandate asks, how far it is carried out, whether it still stands: three of four fields."""

from enum import StrEnum


class Nature(StrEnum):
    """What a clause is, set at intake."""

    INFORMATIONAL = "informational"
    ACTION_BY_SECRETARIAT = "action_by_secretariat"
    ACTION_BY_OTHERS = "action_by_others"
    PROCEDURAL = "procedural"


ASKING = frozenset({Nature.ACTION_BY_SECRETARIAT, Nature.ACTION_BY_OTHERS})


class Periodicity(StrEnum):
    """How often what is asked has to be done."""

    ONE_OFF = "one_off"
    RECURRING = "recurring"
    CONTINUING = "continuing"


class ConcernsUs(StrEnum):
    """Whether a clause asks the entity that runs the tracker."""

    BY_NAME = "by_name"
    AS_ONE_OF_A_CLASS = "as_one_of_a_class"
    NO = "no"


OURS = frozenset({ConcernsUs.BY_NAME, ConcernsUs.AS_ONE_OF_A_CLASS})


class Implementation(StrEnum):
    """How far a mandate is carried out, said by a progress report."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    POSTPONED = "postponed"
    NOT_CALLED_UPON = "not_called_upon"
    NOT_IMPLEMENTED = "not_implemented"
    NO_INFORMATION = "no_information"


NEEDS_REASON = frozenset({Implementation.POSTPONED, Implementation.NOT_IMPLEMENTED})


class Lifecycle(StrEnum):
    """Whether a mandate still stands."""

    ACTIVE = "active"
    RENEWED = "renewed"
    SUPERSEDED = "superseded"
    ELAPSED = "elapsed"
    TERMINATED = "terminated"


class Sensitivity(StrEnum):
    """Who may see a record."""

    UNCLASSIFIED = "unclassified"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
