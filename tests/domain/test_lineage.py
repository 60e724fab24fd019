"""The picture of a lineage: bounded in width, the newest on top."""

from tracker.domain.lineage import WIDTH, draw, newest_first


def test_instruments_stand_below_each_other_and_far_relations_bulge_more_within_the_width() -> None:
    keys = list(range(40))
    relations = [(0, each, True) for each in range(1, 40)]

    picture = draw(keys, relations)

    assert picture.width == WIDTH <= 360
    assert [dot.y for dot in picture.dots] == sorted(dot.y for dot in picture.dots)
    numbers = [int(each.split("C")[1].split()[0]) for each in (arc.path for arc in picture.arcs)]
    assert numbers[0] > numbers[1] > numbers[2]
    assert min(numbers) >= 0


def test_a_relation_to_what_is_not_drawn_is_left_out_and_one_alone_is_a_dot() -> None:
    picture = draw([7], [(7, 8, False)])

    assert picture.arcs == ()
    assert len(picture.dots) == 1


def test_a_later_instrument_stands_first_also_where_nobody_knows_its_day() -> None:
    ages = {1: (100, "a"), 2: (0, "b"), 3: (300, "c")}

    assert newest_first(ages, [(2, 1)]) == (3, 2, 1)
    assert newest_first(ages, [(2, 3), (3, 2)]) == (1, 3, 2)
