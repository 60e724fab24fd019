"""Paths of clauses and what hangs together in a resolution."""

import pytest

from tracker.domain.clauses import (
    Block,
    BlockKind,
    ReadResolution,
    ancestors_of,
    chapeau_of,
    is_chapeau,
    paragraph_label,
    parent_path,
    path_of_slug,
    slug_path,
)

PATHS = ("1", "2", "2.a", "2.b", "2.b.i", "3")
BLOCKS = tuple(
    Block(BlockKind.OPERATIVE, f"Clause {path}", path=path, level=path.count(".") + 1)
    for path in PATHS
)


def make_resolution() -> ReadResolution:
    title = Block(BlockKind.TITLE, "Lamps")
    return ReadResolution(
        number="1(I)",
        symbol=None,
        title="Lamps",
        body=None,
        language="en",
        session=None,
        adopted_on=None,
        blocks=(title, *BLOCKS),
    )


@pytest.mark.parametrize(
    ("path", "label", "slug"),
    [("5", "5", "5"), ("5.a", "5(a)", "5/a"), ("5.a.i", "5(a)(i)", "5/a/i")],
)
def test_a_path_is_cited_as_printed_and_addressed_with_slashes(
    path: str, label: str, slug: str
) -> None:
    assert (paragraph_label(path), slug_path(path)) == (label, slug)
    assert path_of_slug(slug) == path


def test_the_parent_of_a_numbered_paragraph_is_none() -> None:
    assert [parent_path(path) for path in ("5", "5.a", "5.a.i")] == [None, "5", "5.a"]


def test_a_chapeau_is_a_clause_with_sub_clauses() -> None:
    assert [path for path in PATHS if is_chapeau(BLOCKS, path)] == ["2", "2.b"]


def test_a_sub_clause_knows_its_chapeau_and_all_clauses_above() -> None:
    chapeau = chapeau_of(BLOCKS, "2.b.i")

    assert chapeau is not None
    assert chapeau.path == "2.b"
    assert [clause.path for clause in ancestors_of(BLOCKS, "2.b.i")] == ["2", "2.b"]
    assert chapeau_of(BLOCKS, "2") is None


def test_the_leaves_are_the_clauses_without_sub_clauses() -> None:
    leaves = make_resolution().leaf_clauses

    assert [clause.path for clause in leaves] == ["1", "2.a", "2.b.i", "3"]
