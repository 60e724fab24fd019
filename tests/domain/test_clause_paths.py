"""Each operative clause has an address of its own, also where a number stands twice."""

from tracker.domain.clause_paths import with_distinct_paths
from tracker.domain.clauses import Block, BlockKind, DoubtReason


def operative(path: str) -> Block:
    number = path.rpartition(".")[2]
    return Block(BlockKind.OPERATIVE, f"Clause {path}", number=number, path=path)


def test_distinct_paths_stay_as_they_are() -> None:
    blocks = (Block(BlockKind.OPENER, "The Commission,"), operative("1"), operative("1.a"))

    assert with_distinct_paths(blocks) == blocks


def test_a_number_that_stands_twice_gets_a_second_path_and_a_doubt() -> None:
    found = with_distinct_paths([operative("5"), operative("5"), operative("5")])

    assert [block.path for block in found] == ["5", "5-2", "5-3"]
    assert [block.number for block in found] == ["5", "5", "5"]
    assert found[0].doubts == ()
    assert found[1].doubts[0].reason is DoubtReason.NUMBER_REPEATED


def test_sub_clauses_follow_the_clause_they_stand_below() -> None:
    paths = ["5", "5.a", "5", "5.a", "5.a.i"]

    found = with_distinct_paths([operative(path) for path in paths])

    assert [block.path for block in found] == ["5", "5.a", "5-2", "5-2.a", "5-2.a.i"]
    assert found[3].doubts == ()
