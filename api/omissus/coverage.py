"""Set inclusion: what of a requirement the law of one day leaves over, on either reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from omissus.corpus import Corpus, Penalty, Requirement
from omissus.facets import (
    Box,
    difference,
    intersection,
    size,
    united,
    without_included,
)
from omissus.law import OffenceInForce, Reach, meant_in_silence
from omissus.patterns import Reading
from omissus.vocabulary import ID


class Verdict(StrEnum):
    """The words of a finding."""

    COVERED = "covered"
    CONTESTED = "contested"
    PARTLY = "partly covered"
    NOT_COVERED = "not covered"
    NOT_ASSESSED = "not assessed"
    OPTION_NOT_USED = "option not used"


Touching = dict[Reading, tuple[tuple[OffenceInForce, tuple[Reach, ...]], ...]]
"""Offences that reach at least part of a requirement, with what of their reach does."""


@dataclass(frozen=True)
class Coverage:
    """What of one required set is left over on each reading, as disjoint boxes."""

    required: tuple[Box, ...]
    left: dict[Reading, tuple[Box, ...]]
    taken: dict[Reading, tuple[Box, ...]]
    touching: Touching

    @cached_property
    def largest_left(self) -> dict[Reading, tuple[Box, ...]]:
        """What is left over as boxes as large as they go, which may overlap."""
        return {
            reading: tuple(largest(self.left[reading], self.required, self.taken[reading]))
            for reading in Reading
        }

    def share(self, reading: Reading, facet: int, mask: int) -> Verdict:
        """Covered, partly covered or not covered, of the patterns with these values on a facet."""
        required = _sliced(self.required, facet, mask)
        left = _sliced(self.left[reading], facet, mask)
        if not left:
            return Verdict.COVERED
        whole = sum(size(box) for box in _disjoint(required))
        return Verdict.NOT_COVERED if sum(map(size, left)) == whole else Verdict.PARTLY


def _sliced(boxes: Iterable[Box], facet: int, mask: int) -> list[Box]:
    return [
        (*box[:facet], box[facet] & mask, *box[facet + 1 :]) for box in boxes if box[facet] & mask
    ]


def _disjoint(boxes: Iterable[Box]) -> list[Box]:
    """The same union, as boxes that do not overlap."""
    parts: list[Box] = []
    for box in boxes:
        parts.extend(difference([box], parts))
    return parts


def required_boxes(corpus: Corpus, requirement: Requirement) -> tuple[Box, ...]:
    """The fact patterns that a required offence describes, as disjoint boxes."""
    meant = meant_in_silence(corpus)
    return tuple(_disjoint(corpus.patterns.compile(requirement.iri, Reading.STRICT, meant)))


def grave(penalty: Penalty | None, months: int, reading: Reading) -> bool:
    """Whether a penalty is grave: strictly, a fine may not stand in for imprisonment.

    One whose text is not held may be grave, and so is on the generous reading.
    """
    if penalty is None:
        return reading is Reading.GENEROUS
    if penalty.longest_months < months:
        return False
    return reading is Reading.GENEROUS or penalty.fine != ID + "fine/alternative"


def touching(
    required: Sequence[Box], offences: Sequence[OffenceInForce], grave_months: int | None = None
) -> Touching:
    """The offences, gravely punishable where that is asked, that meet the required boxes."""
    bounds = tuple(united(masks) for masks in zip(*required, strict=True))
    found: dict[Reading, list[tuple[OffenceInForce, tuple[Reach, ...]]]] = {}
    for reading in Reading:
        found[reading] = []
        for candidate in offences:
            if grave_months and not grave(candidate.penalty, grave_months, reading):
                continue
            reaches = tuple(
                reach
                for reach in candidate.reach[reading]
                if intersection(reach.box, bounds)
                and any(intersection(reach.box, box) for box in required)
            )
            if reaches:
                found[reading].append((candidate, reaches))
    return {reading: tuple(rows) for reading, rows in found.items()}


def cover(required: Sequence[Box], met: Touching) -> Coverage:
    """Take every box of every offence out of the required boxes, as whole boxes.

    Boxes are never united facet by facet (the patchwork fallacy), and all offences together
    count (the single-statute fallacy).
    """
    taken = {
        reading: tuple(
            without_included(
                sorted({r.box for _, reaches in met[reading] for r in reaches}, key=size)[::-1]
            )
        )
        for reading in Reading
    }
    left = {reading: tuple(difference(required, taken[reading])) for reading in Reading}
    return Coverage(tuple(required), left, taken, met)


def combined(strict: Verdict, generous: Verdict, modality: str) -> Verdict:
    """The verdict on both readings together, in the words of the model."""
    if strict is Verdict.COVERED:
        return Verdict.COVERED
    if generous is Verdict.COVERED:
        return Verdict.CONTESTED
    if generous is Verdict.PARTLY:
        return Verdict.PARTLY
    return Verdict.OPTION_NOT_USED if modality == "may" else Verdict.NOT_COVERED


def largest(pieces: Iterable[Box], required: Sequence[Box], taken: Sequence[Box]) -> list[Box]:
    """The left-over boxes made as large as they go, none within another, largest first.

    `pieces` are the disjoint left-over boxes, `taken` the boxes that offences punish.
    """
    grown: list[Box] = []
    for piece in sorted(pieces, key=size, reverse=True):
        if any(all(a & b == b for a, b in zip(g, piece, strict=True)) for g in grown):
            continue
        home = next(box for box in required if intersection(box, piece) == piece)
        grown.append(_grow(piece, home, taken))
    return sorted(without_included(grown), key=size, reverse=True)


def _grow(piece: Box, home: Box, taken: Sequence[Box]) -> Box:
    box = piece
    for index, whole in enumerate(home):
        missing = whole & ~box[index]
        while missing:
            bit = missing & -missing
            missing &= ~bit
            slab = (*box[:index], bit, *box[index + 1 :])
            if not any(intersection(slab, other) for other in taken):
                box = (*box[:index], box[index] | bit, *box[index + 1 :])
    return box
