"""Boxes behave as sets: checked against plain enumeration of fact patterns."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from omissus.boxes import Space, includes, united, values_of, without_included
from omissus.coverage import largest

WIDTHS = (3, 2, 4)
SPACE = Space(WIDTHS)
BOX = st.tuples(*(st.integers(1, 2**width - 1) for width in WIDTHS)).map(SPACE.box)


def points(boxes):
    found = set()
    for box in boxes:
        masks = [SPACE.mask(box, facet) for facet in range(len(WIDTHS))]
        bits = [
            [b for b in range(w) if mask >> b & 1] for mask, w in zip(masks, WIDTHS, strict=True)
        ]
        found |= set(product(*bits))
    return found


@given(st.lists(BOX, max_size=4), st.lists(BOX, max_size=6))
def test_difference_is_the_difference_of_the_sets(boxes, others):
    wanted = points(boxes) - points(others)
    assert points(SPACE.difference(boxes, others)) == wanted


@given(BOX, st.lists(BOX, max_size=6))
def test_the_pieces_left_over_do_not_overlap(box, others):
    pieces = SPACE.difference([box], others)
    assert sum(map(SPACE.size, pieces)) == len(points(pieces))


@given(st.lists(BOX, max_size=6))
def test_boxes_made_disjoint_are_the_same_set_without_overlaps(boxes):
    parts = SPACE.disjoint(boxes)
    assert points(parts) == points(boxes)
    assert sum(map(SPACE.size, parts)) == len(points(boxes))


@given(BOX, BOX)
def test_intersection_is_the_intersection_of_the_sets(left, right):
    both = SPACE.intersection(left, right)
    assert points([both] if both else []) == points([left]) & points([right])


@given(st.lists(BOX, max_size=6), BOX)
def test_intersections_are_those_of_the_boxes_that_meet(boxes, other):
    meeting = [boxes[number] for number in SPACE.meeting(boxes, other)]
    assert meeting == [box for box in boxes if points([box]) & points([other])]
    assert SPACE.intersections(boxes, other) == [SPACE.intersection(b, other) for b in meeting]


@given(BOX, BOX)
def test_a_box_includes_another_if_its_set_does(left, right):
    assert includes(left, right) == (points([left]) >= points([right]))


@given(st.lists(BOX, max_size=8))
def test_dropping_included_boxes_changes_no_set(boxes):
    assert points(without_included(boxes)) == points(boxes)


@given(st.lists(BOX, max_size=8))
def test_the_widest_boxes_are_the_same_set_and_none_lies_within_another(boxes):
    widest = SPACE.widest(boxes)
    assert points(widest) == points(boxes)
    assert not any(includes(a, b) for a in widest for b in widest if a != b)


@given(BOX)
def test_the_values_of_a_box_are_its_bits(box):
    assert united(values_of(box)) == box
    assert all(value.bit_count() == 1 for value in values_of(box))


@given(BOX, st.lists(BOX, max_size=6))
def test_left_over_patterns_told_at_large_are_exactly_those_left_over(box, others):
    pieces = SPACE.difference([box], others)
    grown = largest(SPACE, pieces, [box], others)
    assert points(grown) == points(pieces)
