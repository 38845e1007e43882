"""What is left over of a requirement, told as fact patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omissus import wording
from omissus.corpus import Requirement
from omissus.coverage import Coverage, largest
from omissus.facets import Box, difference, intersection
from omissus.law import Law, OffenceInForce
from omissus.patterns import Reading
from omissus.vocabulary import ID

SHOWN_PATTERNS = 12


def sliced(boxes: Iterable[Box], facet: int, mask: int) -> list[Box]:
    """The parts of some boxes that have these values on one facet."""
    return [
        (*box[:facet], box[facet] & mask, *box[facet + 1 :]) for box in boxes if box[facet] & mask
    ]


def told(
    law: Law,
    requirement: Requirement,
    pieces: Sequence[Box],
    required: Sequence[Box],
    taken: Sequence[Box],
) -> tuple[tuple[str, ...], int]:
    """Sentences for left-over boxes, the largest first, and how many more there are."""
    facets = law.corpus.facets
    sentences = dict.fromkeys(
        wording.fact_pattern(facets, requirement, box, _home(box, required))
        for box in largest(pieces, required, taken)
    )
    return tuple(sentences)[:SHOWN_PATTERNS], max(0, len(sentences) - SHOWN_PATTERNS)


def left_over(
    law: Law, requirement: Requirement, coverage: Coverage, sex: int, reading: Reading
) -> tuple[tuple[str, ...], int]:
    """What a reading leaves over for victims of the sexes in the mask `sex`."""
    index = law.corpus.facets.position["victim-sex"]
    taken = [r.box for _, reaches in coverage.touching[reading] for r in reaches]
    pieces = sliced(coverage.left[reading], index, sex)
    return told(law, requirement, pieces, sliced(coverage.required, index, sex), taken)


def unpunished_at_home(
    law: Law,
    requirement: Requirement,
    required: Sequence[Box],
    offences: Sequence[OffenceInForce],
) -> tuple[str, ...]:
    """Of acts beyond the territory: those that are no offence even when done in it, strictly."""
    facets = law.corpus.facets
    place, home_bit = facets.mask(ID + "place/in-territory")
    if any(box[place] & home_bit for box in required):
        return ()
    tie = facets.position["connection"]

    def home(box: Box) -> Box:
        return tuple(
            home_bit if i == place else facets.full[tie] if i == tie else mask
            for i, mask in enumerate(box)
        )

    at_home = [home(box) for box in required]
    taken = [
        reach.box
        for offence in offences
        for reach in offence.reach[Reading.STRICT]
        if any(intersection(reach.box, box) for box in at_home)
    ]
    return told(law, requirement, difference(at_home, taken), at_home, taken)[0]


def _home(box: Box, required: Sequence[Box]) -> Box:
    return next(r for r in required if all(a & b == a for a, b in zip(box, r, strict=True)))
