"""What is known while the lines of a resolution are read one by one."""

from enum import Enum, auto

from tracker.domain.clauses import BlockKind
from tracker.reading.clause_numbers import ClauseSequence, Place
from tracker.reading.layout import Layout
from tracker.reading.paragraphs import Paragraph


class Zone(Enum):
    """The parts of a resolution, in their order."""

    PREAMBLE = auto()
    OPERATIVE = auto()
    CLOSING = auto()
    ANNEX = auto()
    ADOPTED = auto()  # text that a clause adopts, after which clauses may go on


class GrammarState:
    """The lines, the part of the text they have come to, and the paragraphs made so far."""

    def __init__(self, layout: Layout, *, is_decision: bool = False) -> None:
        self.layout = layout
        self.is_decision = is_decision
        self.zone = Zone.OPERATIVE if is_decision else Zone.PREAMBLE
        self.sequence = ClauseSequence()
        self.paragraphs: list[Paragraph] = []
        self.last: Paragraph | None = None

    @property
    def after_colon(self) -> bool:
        """Tell whether the last paragraph leads to a list."""
        last = self.last
        return bool(last and last.kind is BlockKind.OPERATIVE and last.introduces_list)

    def begin(
        self, kind: BlockKind, text: str, *, place: Place | None = None, number: str | None = None
    ) -> None:
        """Begin a paragraph with these words."""
        self.last = Paragraph(kind, [text], place, number)
        self.paragraphs.append(self.last)
