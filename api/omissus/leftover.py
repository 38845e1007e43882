"""What is left over of a requirement, told as fact patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omissus import wording
from omissus.boxes import Box, Space, includes, without_included
from omissus.corpus import Requirement
from omissus.coverage import Coverage, largest
from omissus.elements import Reading
from omissus.law import Law

SHOWN_PATTERNS = 12


def sliced(space: Space, boxes: Iterable[Box], facet: int, values: Box) -> list[Box]:
    """The parts of some boxes that have these values on one facet."""
    return space.intersections(boxes, space.limited(space.full, facet, values))


def told(
    law: Law, requirement: Requirement, boxes: Sequence[Box], required: Sequence[Box]
) -> tuple[tuple[str, ...], int]:
    """Sentences for left-over boxes, the largest first, and how many more there are."""
    facets = law.corpus.facets
    sentences = dict.fromkeys(
        wording.fact_pattern(facets, requirement, box, _home(box, required)) for box in boxes
    )
    return tuple(sentences)[:SHOWN_PATTERNS], max(0, len(sentences) - SHOWN_PATTERNS)


def left_over(
    law: Law, requirement: Requirement, coverage: Coverage, sex: int, reading: Reading
) -> tuple[tuple[str, ...], int]:
    """What a reading leaves over for victims of the sexes in the mask `sex`."""
    facets = law.corpus.facets
    space, index = facets.space, facets.position["victim-sex"]
    boxes = without_included(sliced(space, coverage.largest_left[reading], index, sex))
    boxes.sort(key=space.size, reverse=True)
    return told(law, requirement, boxes, sliced(space, coverage.required, index, sex))


def newly_left(space: Space, old: Coverage, new: Coverage, reading: Reading) -> list[Box]:
    """What a reading leaves over now and did not before, as disjoint boxes."""
    return space.difference(new.left[reading], old.left[reading])


def told_newly_left(
    law: Law, requirement: Requirement, old: Coverage, new: Coverage, reading: Reading
) -> tuple[tuple[str, ...], int]:
    """Sentences for what a reading leaves over now and did not before, and how many more."""
    space = law.corpus.facets.space
    outside = [*new.taken[reading], *old.left[reading]]
    boxes = largest(space, newly_left(space, old, new, reading), new.required, outside)
    return told(law, requirement, boxes, new.required)


def _home(box: Box, required: Sequence[Box]) -> Box:
    return next(home for home in required if includes(home, box))
