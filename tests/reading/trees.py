"""A reading written as text that a person can review, one line for each block."""

from collections.abc import Iterator
from pathlib import Path

from tracker.domain.clauses import Block, BlockKind, Citation, ReadResolution, paragraph_label

SAMPLES = Path(__file__).parent / "samples"


def tree_of(resolutions: list[ReadResolution]) -> str:
    """Return the resolutions as text; the front matter besides its parts is left out."""
    return "\n".join("\n".join(_lines(resolution)) + "\n" for resolution in resolutions)


def _lines(resolution: ReadResolution) -> Iterator[str]:
    head = {
        "number": resolution.number,
        "symbol": resolution.symbol,
        "title": resolution.title,
        "body": resolution.body,
        "session": resolution.session,
        "adopted": resolution.adopted_on,
    }
    yield from (f"{name} {value}" for name, value in head.items() if value)
    for block in resolution.blocks:
        if block.kind not in {BlockKind.FRONTMATTER, BlockKind.TITLE}:
            yield from _block_lines(block)
    yield from map(_citation_line, resolution.citations)
    for annex in resolution.annexes:
        yield f"annexed text | {annex.title}"
        yield from (f"    {line}" for block in annex.blocks for line in _block_lines(block))


def _block_lines(block: Block) -> Iterator[str]:
    label = paragraph_label(block.path) if block.path else block.number
    shown = label if block.kind is not BlockKind.FOOTNOTE else None
    parts = [block.kind, shown, f"<{block.verb}>" if block.verb else None]
    yield f"{' '.join(part for part in parts if part)} | {block.text}"
    yield from (f"  ? {doubt.reason}: {doubt.words}" for doubt in block.doubts)


def _citation_line(citation: Citation) -> str:
    whose = f" of {citation.organ}" if citation.organ else ""
    return f"cites {citation.symbol} {citation.kind} {citation.relation}{whose}"
