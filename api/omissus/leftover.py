"""What is left over of a requirement, told as fact patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omissus import wording
from omissus.corpus import Requirement
from omissus.coverage import Coverage
from omissus.facets import Box, size, without_included
from omissus.law import Law
from omissus.patterns import Reading

SHOWN_PATTERNS = 12


def sliced(boxes: Iterable[Box], facet: int, mask: int) -> list[Box]:
    """The parts of some boxes that have these values on one facet."""
    return [
        (*box[:facet], box[facet] & mask, *box[facet + 1 :]) for box in boxes if box[facet] & mask
    ]


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
    index = law.corpus.facets.position["victim-sex"]
    boxes = without_included(sliced(coverage.largest_left[reading], index, sex))
    boxes.sort(key=size, reverse=True)
    return told(law, requirement, boxes, sliced(coverage.required, index, sex))


def _home(box: Box, required: Sequence[Box]) -> Box:
    return next(r for r in required if all(a & b == a for a, b in zip(box, r, strict=True)))
