"""Set inclusion: what of a requirement the law of one day leaves over, on either reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain

from omissus.boxes import Box, Space, includes, united, values_of, without_included
from omissus.corpus import Corpus, Penalty, Requirement
from omissus.elements import READINGS, Reading
from omissus.law import OffenceInForce
from omissus.reach import Reach, meant_in_silence
from omissus.vocabulary import ID


class Verdict(StrEnum):
    """The words of a finding."""

    COVERED = "covered"
    CONTESTED = "contested"
    PARTLY = "partly covered"
    NOT_COVERED = "not covered"
    NOT_ASSESSED = "not assessed"
    OPTION_NOT_USED = "option not used"


Met = dict[Reading, tuple[tuple[OffenceInForce, frozenset[Box]], ...]]
"""Offences that reach at least part of a requirement, with what their boxes reach of its bound."""

Touching = dict[Reading, tuple[tuple[OffenceInForce, tuple[Reach, ...]], ...]]
"""The same offences with what of their reach meets the requirement, told with its rules."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """What the offences that meet one required set, given as disjoint boxes, leave over of it.

    Boxes are never united facet by facet (the patchwork fallacy), and all offences together
    count (the single-statute fallacy).
    """

    space: Space
    required: tuple[Box, ...]
    met: Met

    @cached_property
    def taken(self) -> dict[Reading, tuple[Box, ...]]:
        """The boxes that are punished on each reading, none within another, largest first."""
        return {
            reading: tuple(self.space.widest(chain(*(boxes for _, boxes in self.met[reading]))))
            for reading in READINGS
        }

    @cached_property
    def left(self) -> dict[Reading, tuple[Box, ...]]:
        """What is left over on each reading, as disjoint boxes."""
        return {
            reading: tuple(self.space.difference(self.required, self.taken[reading]))
            for reading in READINGS
        }

    @cached_property
    def touching(self) -> Touching:
        """The offences, with the chains of rules by which they reach the requirement."""
        return {
            reading: tuple(
                (offence, tuple(r for r in offence.reach[reading] if self._meets(r.box)))
                for offence, _ in self.met[reading]
            )
            for reading in READINGS
        }

    def _meets(self, box: Box) -> bool:
        return bool(self.space.intersections(self.required, box))

    @cached_property
    def largest_left(self) -> dict[Reading, tuple[Box, ...]]:
        """What is left over as boxes as large as they go, which may overlap."""
        return {
            reading: tuple(
                largest(self.space, self.left[reading], self.required, self.taken[reading])
            )
            for reading in READINGS
        }

    def share(self, reading: Reading, values: Box) -> Verdict:
        """Covered, partly covered or not covered, of the patterns with these values on a facet."""
        if not self._values_left[reading] & values:
            return Verdict.COVERED
        return Verdict.PARTLY if self._values_taken[reading] & values else Verdict.NOT_COVERED

    @cached_property
    def _values_left(self) -> dict[Reading, Box]:
        return {reading: united(self.left[reading]) for reading in READINGS}

    @cached_property
    def _values_taken(self) -> dict[Reading, Box]:
        common = self.space.intersections
        return {
            reading: united(
                both for box in self.required for both in common(self.taken[reading], box)
            )
            for reading in READINGS
        }


def required_boxes(corpus: Corpus, requirement: Requirement) -> tuple[Box, ...]:
    """The fact patterns that a required offence describes, as disjoint boxes."""
    meant = meant_in_silence(corpus)
    boxes = corpus.patterns.compile(requirement.iri, Reading.STRICT, meant)
    return tuple(corpus.facets.space.disjoint(boxes))


def grave(penalty: Penalty | None, months: int, reading: Reading) -> bool:
    """Whether a penalty is grave: strictly, a fine may not stand in for imprisonment.

    One whose text is not held may be grave, and so is on the generous reading.
    """
    if penalty is None:
        return reading is Reading.GENEROUS
    if penalty.longest_months < months:
        return False
    return reading is Reading.GENEROUS or penalty.fine != ID + "fine/alternative"


def bounds(offences: Sequence[OffenceInForce]) -> dict[Reading, list[Box]]:
    """For each offence, in their order, the least box in which all lies that it punishes."""
    return {reading: [o.punished[reading].bound for o in offences] for reading in READINGS}


def meeting(
    space: Space,
    requirement: Requirement,
    required: Sequence[Box],
    offences: Sequence[OffenceInForce],
    bounds: dict[Reading, list[Box]],
) -> Met:
    """The offences, gravely punishable where that is asked, that meet the required boxes.

    `bounds` are the bounds of what the offences punish, in their order.
    """
    bound, months = united(required), requirement.grave_months
    met: Met = {}
    for reading in READINGS:
        rows = []
        for number in space.meeting(bounds[reading], bound):
            offence = offences[number]
            if months and not grave(offence.penalty, months, reading):
                continue
            common = space.intersections(offence.punished[reading].boxes, bound)
            if len(required) > 1:
                common = [box for box in common if space.intersections(required, box)]
            if common:
                rows.append((offence, frozenset(common)))
        met[reading] = tuple(rows)
    return met


def combined(strict: Verdict, generous: Verdict, modality: str) -> Verdict:
    """The verdict on both readings together, in the words of the model."""
    if strict is Verdict.COVERED:
        return Verdict.COVERED
    if generous is Verdict.COVERED:
        return Verdict.CONTESTED
    if generous is Verdict.PARTLY:
        return Verdict.PARTLY
    return Verdict.OPTION_NOT_USED if modality == "may" else Verdict.NOT_COVERED


def largest(
    space: Space, pieces: Iterable[Box], required: Sequence[Box], taken: Collection[Box]
) -> list[Box]:
    """The left-over boxes made as large as they go, none within another, largest first.

    `pieces` are the disjoint left-over boxes, `taken` the boxes that offences punish.
    """
    grown: list[Box] = []
    for piece in sorted(pieces, key=space.size, reverse=True):
        if not any(includes(box, piece) for box in grown):
            home = next(box for box in required if includes(box, piece))
            grown.append(_grow(space, piece, home, taken))
    return sorted(without_included(grown), key=space.size, reverse=True)


def _grow(space: Space, piece: Box, home: Box, taken: Collection[Box]) -> Box:
    box = piece
    for index, field in enumerate(space.fields):
        for value in values_of(home & field & ~box):
            if not space.intersections(taken, space.limited(box, index, value)):
                box |= value
    return box
