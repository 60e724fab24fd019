"""Resolutions as plain values, in the form that the scorer and the command line print."""

from pathlib import Path

from tracker.domain.clauses import Block, Citation, Entity, Proposal, ReadResolution, ancestors_of
from tracker.reading import read
from tracker.reading.mandates import propose

ANY_SECRETARIAT = Entity("secretariat", (), ("Executive Secretary", "secretariat"))


def read_path(path: str) -> dict[str, object]:
    """Return the first resolution of a file, with the understanding of its clauses laid open."""
    return to_json(read(Path(path))[0])


def to_json(resolution: ReadResolution, entity: Entity = ANY_SECRETARIAT) -> dict[str, object]:
    """Return a resolution as plain values; each operative block also carries its proposal."""
    annexes = [to_json(annex, entity) for annex in resolution.annexes]
    return {
        "symbol": resolution.symbol,
        "number": resolution.number,
        "title": resolution.title,
        "body": resolution.body,
        "language": resolution.language,
        "session": resolution.session,
        "adopted_on": resolution.adopted_on.isoformat() if resolution.adopted_on else None,
        "flags": [],
        "blocks": [_block_json(resolution, block, entity) for block in resolution.blocks],
        "citations": [_citation_json(citation) for citation in resolution.citations],
        **({"annexes": annexes} if annexes else {}),
    }


def _block_json(resolution: ReadResolution, block: Block, entity: Entity) -> dict[str, object]:
    shown: dict[str, object] = {
        "kind": str(block.kind),
        "number": block.number,
        "path": block.path,
        "level": block.level,
        "verb": block.verb,
        "text": block.text,
    }
    if block.doubts:
        shown["doubts"] = [
            {"reason": str(doubt.reason), "words": doubt.words} for doubt in block.doubts
        ]
    if block.path is not None:
        understood = propose(
            block, ancestors_of(resolution.blocks, block.path), entity, resolution.body
        )
        proposal = _proposal_json(understood)
        asked = ("nature", "addressees", "periodicity", "occasion", "report_requested")
        shown |= {field: proposal[field] for field in asked}
        shown["proposal"] = proposal
    return shown


def _proposal_json(proposal: Proposal) -> dict[str, object]:
    return {
        "action_verb": proposal.action_verb,
        "addressees": list(proposal.addressees),
        "nature": str(proposal.nature) if proposal.nature else None,
        "periodicity": str(proposal.periodicity) if proposal.periodicity else None,
        "concerns_us": str(proposal.concerns_us) if proposal.concerns_us else None,
        "requires_action": proposal.requires_action,
        "occasion": proposal.occasion,
        "report_requested": proposal.report_requested,
        "words": dict(proposal.words),
    }


def _citation_json(citation: Citation) -> dict[str, object]:
    return {
        "symbol": citation.symbol,
        "kind": str(citation.kind),
        "organ": citation.organ,
        "relation": str(citation.relation),
        "words": citation.words,
        "path": citation.path,
        "block_index": citation.block_index,
    }
