"""The real documents that lie beside the project, read and scored."""

import importlib.util
import json
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.conftest import SHARED
from tracker.domain.clauses import Entity, ancestors_of
from tracker.reading import read
from tracker.reading.mandates import propose
from tracker.reading.score import read_path

pytestmark = pytest.mark.shared

SEED = SHARED / "seeds" / "resolution_530_xxiv.txt"
CORPUS = SHARED / "corpus"
# The smallest share of operative clauses found, and of documents without any error, in percent.
FLOORS = {
    "clean": (99.7, 97),
    "wrapped": (99, 92),
    "ocr": (98, 80),
    "docx": (99, 95),
    "pdf": (99, 95),
}
EVERY = 3  # one document in so many


def scorer() -> ModuleType:
    found = importlib.util.spec_from_file_location("corpus_score", CORPUS / "score.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def scores(module: ModuleType, variant: str) -> Iterator[dict[str, int]]:
    documents = json.loads((CORPUS / "manifest.json").read_text(encoding="utf-8"))["documents"]
    for document in [x for x in documents if variant in x["variants"]][::EVERY]:
        identity = document["id"]
        gold = json.loads((CORPUS / "gold" / f"{identity}.json").read_text(encoding="utf-8"))
        source = CORPUS / variant / f"{identity}{module.EXT[variant]}"
        yield {**module.score_doc(gold, read_path(str(source)), variant), "failed": 0, "seconds": 0}


def test_resolution_530_is_read_whole() -> None:
    (resolution,) = read(SEED)

    paths = ["1", "2", "3", "4", *(f"5.{letter}" for letter in "abcdefghijklm")]
    assert (resolution.number, resolution.session) == ("530(XXIV)", "XXIV")
    assert resolution.title == "COOPERATION AMONG DEVELOPING COUNTRIES AND REGIONS"
    assert resolution.body == "Economic Commission for Latin America and the Caribbean"
    assert [clause.path for clause in resolution.leaf_clauses] == paths
    assert resolution.leaf_clauses[4].text.endswith("to be of priority importance;")


def test_what_resolution_530_cites_is_found() -> None:
    (resolution,) = read(SEED)

    cited = {citation.symbol: citation.organ for citation in resolution.citations}
    assert cited.keys() == {
        "33/134",
        "508(XXIII)",
        "7/2",
        "7/5",
        "7/6",
        "7/11",
        "LC/G.1711(SES.24/13)",
    }
    assert cited["33/134"] == "General Assembly"


def test_thirteen_mandates_of_resolution_530_require_action() -> None:
    (resolution,) = read(SEED)
    entity = Entity("ECLAC", (), ("the Executive Secretary", "the secretariat"))

    proposals = [
        propose(clause, ancestors_of(resolution.blocks, clause.path or ""), entity)
        for clause in resolution.leaf_clauses
    ]

    assert [proposal.requires_action for proposal in proposals] == [False] * 4 + [True] * 13


@pytest.mark.slow
@pytest.mark.parametrize("variant", FLOORS)
def test_the_corpus_is_read_above_its_floors(variant: str) -> None:
    module = scorer()

    summary = module.summary(list(scores(module, variant)))

    operative, perfect = FLOORS[variant]
    assert 100 * summary["op_f1"] >= operative
    assert 100 * summary["perfect"] >= perfect
