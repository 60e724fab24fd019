"""How a paragraph stands to the text that it cites."""

import pytest

from tracker.domain.clauses import Block, BlockKind, Relation
from tracker.reading.citations import find_citations


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Recalls its resolution 20(V) on lamps;", Relation.RECALLS),
        ("Takes note of the report of the Council, resolution 20(V);", Relation.TAKES_NOTE),
        (
            "Extends the mandate of the Fund, as established by the Council in resolution 20(V);",
            Relation.RENEWS,
        ),
        (
            "Decides to renew the measures set out in paragraphs 4 and 5 of its resolution 20(V);",
            Relation.RENEWS,
        ),
        ("Decides to light lamps as set out in resolution 20(V);", Relation.IN_ACCORDANCE_WITH),
        ("Supports a mission replacing ours and in resolution 20(V) named;", Relation.CITES),
        ("Adopts the plan, which replaces the plan in resolution 20(V);", Relation.SUPERSEDES),
        ("Supersedes its resolution 20(V);", Relation.SUPERSEDES),
        ("Decides to amend resolution 20(V);", Relation.AMENDS),
        ("Amends paragraph 2 of resolution 20(V);", Relation.AMENDS),
        ("Applies the rules as amended by resolution 20(V);", Relation.CITES),
    ],
)
def test_the_relation_is_what_the_paragraph_does_to_the_text(text: str, relation: Relation) -> None:
    clause = Block(BlockKind.OPERATIVE, text, path="1", level=1, verb=text.split(maxsplit=1)[0])

    (citation,) = find_citations([clause])

    assert citation.relation is relation


@pytest.mark.parametrize(
    ("text", "renews"),
    [
        ("Recalling its resolution 20(V) and renewing the mandates given therein,", True),
        ("Recalling its resolution 20(V), the mandates of which it renews,", True),
        ("Renewing the requests made in its resolution 20(V),", True),
        ("Renewing its appeal to Governments, made in resolution 20(V),", False),
        ("Recalling resolution 20(V) and wishing for renewed cooperation,", False),
        ("Recalling resolution 20(V) and renewing the mandates of the Fund,", False),
    ],
)
def test_a_preamble_says_after_a_text_that_it_renews_what_that_asks(
    text: str, renews: bool
) -> None:
    [found] = find_citations([Block(BlockKind.PREAMBULAR, text, verb=text.split(maxsplit=1)[0])])

    assert (found.relation is Relation.RENEWS) == renews


def test_all_texts_of_a_list_are_cited_though_each_says_after_a_comma_what_it_is_on() -> None:
    text = (
        "Recalling its resolutions 20(V), on the protection of lamps against the storms and floods "
        "of the season, and 21(V), on wicks,"
    )

    found = find_citations([Block(BlockKind.PREAMBULAR, text, verb="Recalling")])

    assert [(each.symbol, each.relation) for each in found] == [
        ("20(V)", Relation.RECALLS),
        ("21(V)", Relation.RECALLS),
    ]
