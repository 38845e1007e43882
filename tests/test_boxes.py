"""Boxes behave as sets: checked against plain enumeration of fact patterns."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from omissus.coverage import largest
from omissus.facets import difference, intersection, size, without_included

WIDTHS = (3, 2, 4)
BOX = st.tuples(*(st.integers(1, 2**width - 1) for width in WIDTHS))


def points(boxes):
    found = set()
    for box in boxes:
        bits = [[b for b in range(w) if mask >> b & 1] for mask, w in zip(box, WIDTHS, strict=True)]
        found |= set(product(*bits))
    return found


@given(st.lists(BOX, max_size=4), st.lists(BOX, max_size=6))
def test_difference_is_the_difference_of_the_sets(boxes, others):
    wanted = points(boxes) - points(others)
    assert points(difference(boxes, others)) == wanted


@given(BOX, st.lists(BOX, max_size=6))
def test_the_pieces_left_over_do_not_overlap(box, others):
    pieces = difference([box], others)
    assert sum(map(size, pieces)) == len(points(pieces))


@given(BOX, BOX)
def test_intersection_is_the_intersection_of_the_sets(left, right):
    both = intersection(left, right)
    assert points([both] if both else []) == points([left]) & points([right])


@given(st.lists(BOX, max_size=8))
def test_dropping_included_boxes_changes_no_set(boxes):
    assert points(without_included(boxes)) == points(boxes)


@given(BOX, st.lists(BOX, max_size=6))
def test_left_over_patterns_told_at_large_are_exactly_those_left_over(box, others):
    pieces = difference([box], others)
    grown = largest(pieces, [box], others)
    assert points(grown) == points(pieces)
