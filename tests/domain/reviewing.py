"""A small text under review for tests: a damaged reading of an invented resolution."""

from tracker.domain.clauses import Block, BlockKind, Doubt, DoubtReason, ReadResolution
from tracker.domain.review_edits import Edit
from tracker.domain.review_effects import apply_edit
from tracker.domain.reviewed_text import Reviewed, reviewed

MISSING = Doubt(DoubtReason.NUMBER_MISSING, "4.")


def clause(path: str, text: str, *doubts: Doubt) -> Block:
    """Return an operative clause at a path."""
    return Block(
        BlockKind.OPERATIVE,
        text,
        number=path.rpartition(".")[2],
        path=path,
        level=path.count(".") + 1,
        doubts=doubts,
    )


BLOCKS = (
    Block(BlockKind.TITLE, "Registers of the islands"),  # p0
    Block(BlockKind.OPENER, "The Commission,"),  # p1
    Block(BlockKind.PREAMBULAR, "Recalling its resolution 20(V),"),  # p2
    clause("1", "Takes note of the report;"),  # p3
    clause("2", "Requests the Executive Secretary: 3. Invites member States:"),  # p4
    clause("2.a", "To keep their registers;"),  # p5
    clause("2.b", "To share their regis-"),  # p6
    Block(BlockKind.FRONTMATTER, "ters with one another;"),  # p7
    clause("4", "Decides to meet again.", MISSING),  # p8
)
READING = ReadResolution("21(V)", None, "Registers", "The Commission", "en", None, None, BLOCKS)


def after(*edits: Edit) -> Reviewed:
    """Return the text after these edits."""
    text = reviewed(READING)
    for position, edit in enumerate(edits, start=1):
        text = apply_edit(text, edit, position)
    return text


def paths(text: Reviewed) -> dict[str, str]:
    """Return the path of each clause that will be imported, by its key."""
    return {each.key: each.block.path or "" for each in text if each.is_clause}


def words(text: Reviewed, key: str) -> str:
    """Return the text of the paragraph with this key."""
    return next(each.block.text for each in text if each.key == key)
