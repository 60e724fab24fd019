"""Citations of resolutions, decisions and documents in the paragraphs of a resolution."""

from collections.abc import Sequence

from tracker.domain.clauses import Block, Citation


def find_citations(blocks: Sequence[Block]) -> tuple[Citation, ...]:
    """Return what the blocks cite, in the order of the text."""
    return ()
