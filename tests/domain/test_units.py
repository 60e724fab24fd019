"""Units as a tree: their order, and what cannot be."""

import pytest

from tracker.domain.errors import Invalid, WrongState
from tracker.domain.units import check_closable, check_move, in_tree_order

HOUSE, DIVISION, SECTION, OFFICE = 1, 2, 3, 4
PARENTS = {OFFICE: None, SECTION: DIVISION, HOUSE: None, DIVISION: HOUSE}


def test_each_unit_stands_before_its_parts_in_the_order_of_the_house() -> None:
    assert [*in_tree_order(PARENTS)] == [(OFFICE, 0), (HOUSE, 0), (DIVISION, 1), (SECTION, 2)]


def test_no_unit_is_lost_even_in_a_ring_or_without_its_parent() -> None:
    found = dict(in_tree_order({HOUSE: DIVISION, DIVISION: HOUSE, OFFICE: 99}))

    assert set(found) == {HOUSE, DIVISION, OFFICE}
    assert found[OFFICE] == 0


@pytest.mark.parametrize("parent_id", [HOUSE, DIVISION, SECTION])
def test_a_unit_moves_neither_into_itself_nor_into_its_parts(parent_id: int) -> None:
    with pytest.raises(Invalid) as refused:
        check_move(HOUSE, parent_id, PARENTS)
    assert refused.value.field == "parent_id"


@pytest.mark.parametrize("parent_id", [None, HOUSE, OFFICE])
def test_a_unit_moves_to_the_top_or_into_another(parent_id: int | None) -> None:
    check_move(SECTION, parent_id, PARENTS)


def test_what_is_in_the_way_of_closing_is_named() -> None:
    with pytest.raises(WrongState) as refused:
        check_closable("Trade", mandates=["12(IV), para. 5", "13(IV)"], mandate_count=3, units=[])
    assert "12(IV), para. 5; 13(IV); …" in str(refused.value)
    with pytest.raises(WrongState, match="part of Trade: Ports"):
        check_closable("Trade", mandates=[], mandate_count=0, units=["Ports"])
    check_closable("Trade", mandates=[], mandate_count=0, units=[])
