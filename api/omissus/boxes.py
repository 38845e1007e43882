"""Boxes: Cartesian sets of fact patterns, each packed into one integer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import prod
from operator import or_

Box = int
"""A field of bits for each facet, one bit for each of its values, and a spare bit above each field.

A box allows on a facet the values whose bits are set. One that allows none there holds no fact
pattern at all, and is 0.
"""


@dataclass(frozen=True)
class Space:
    """All boxes over some facets, of which `widths` tells how many values each has."""

    widths: tuple[int, ...]

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """The lowest bit of the field of each facet."""
        return tuple(sum(self.widths[:index]) + index for index in range(len(self.widths)))

    @cached_property
    def fields(self) -> tuple[Box, ...]:
        """Every value of each facet."""
        return tuple(
            (1 << width) - 1 << offset
            for width, offset in zip(self.widths, self.offsets, strict=True)
        )

    @cached_property
    def full(self) -> Box:
        """The box of every fact pattern."""
        return united(self.fields)

    @cached_property
    def _spare(self) -> Box:
        return sum(field + (field & -field) for field in self.fields)

    @cached_property
    def _field_at(self) -> tuple[Box, ...]:
        """The field to which a bit belongs, by the number of bits up to and with it."""
        pairs = zip(self.widths, self.fields, strict=True)
        return (0, *(field for width, field in pairs for _ in range(width + 1)))

    def box(self, masks: Iterable[int]) -> Box:
        """The box with these values on each facet, bit 0 being the first value of each."""
        return united(mask << offset for mask, offset in zip(masks, self.offsets, strict=True))

    def mask(self, box: Box, facet: int) -> int:
        """The values that a box allows on a facet, bit 0 being the first value."""
        return (box & self.fields[facet]) >> self.offsets[facet]

    def limited(self, box: Box, facet: int, values: Box) -> Box:
        """A box with its limit on a facet set to some values, which stand in the facet's field."""
        return box & ~self.fields[facet] | values

    def intersection(self, left: Box, right: Box) -> Box:
        """The fact patterns in both boxes, 0 where there are none."""
        common = left & right
        # adding the full box carries into the spare bit of every field that has a value left
        return common if common + self.full & self._spare == self._spare else 0

    def intersections(self, boxes: Iterable[Box], other: Box) -> list[Box]:
        """What some boxes have in common with another, those left out that have nothing."""
        full, spare = self.full, self._spare
        return [both for box in boxes if (both := box & other) + full & spare == spare]

    def meeting(self, boxes: Iterable[Box], other: Box) -> list[int]:
        """Which of some boxes, by their number in the row, have something in common with another.

        The same as `intersections`, but tells which boxes and not what they have in common.
        """
        full, spare = self.full, self._spare
        return [n for n, box in enumerate(boxes) if (box & other) + full & spare == spare]

    def carried(
        self, box: Box, conditions: Iterable[Box], anew: Box, freed: Box, taken: Sequence[Box]
    ) -> list[Box]:
        """What of a box within some conditions becomes, without what is taken out or was in it.

        The limits in the fields of `freed` are set to `anew`.
        """
        full, spare = self.full, self._spare
        found = [
            both & ~freed | anew
            for condition in conditions
            if (both := box & condition) + full & spare == spare
        ]
        if taken:
            found = self.difference(found, taken)
        return [extended for extended in found if box & extended != extended]

    def subtract(self, box: Box, other: Box) -> list[Box]:
        """`box` without `other`, as disjoint boxes."""
        common = self.intersection(box, other)
        if not common:
            return [box]
        rest = []
        outside = box & ~common
        while outside:
            field = self._field_at[(outside & -outside).bit_length()]
            rest.append(box & ~field | outside & field)
            box = box & ~field | common & field
            outside &= ~field
        return rest

    def difference(self, boxes: Iterable[Box], others: Iterable[Box]) -> list[Box]:
        """The union of `boxes` without that of `others`, as disjoint boxes where `boxes` are."""
        rest = list(boxes)
        for other in others:
            rest = [piece for box in rest for piece in self.subtract(box, other)]
            if not rest:
                break
        return rest

    def disjoint(self, boxes: Iterable[Box]) -> list[Box]:
        """The same union, as boxes that do not overlap."""
        parts: list[Box] = []
        for box in boxes:
            parts.extend(self.difference([box], parts))
        return parts

    def widest(self, boxes: Iterable[Box]) -> list[Box]:
        """The boxes that no other box includes, each once, the largest first."""
        kept: list[Box] = []
        for box in sorted(sorted(set(boxes), reverse=True), key=int.bit_count, reverse=True):
            for other in kept:
                if other & box == box:
                    break
            else:
                kept.append(box)
        return kept

    def size(self, box: Box) -> int:
        """Number of fact patterns in a box."""
        return prod((box & field).bit_count() for field in self.fields)


def includes(outer: Box, inner: Box) -> bool:
    """Whether every fact pattern of `inner` is in `outer`."""
    return outer & inner == inner


def without_included(boxes: Iterable[Box]) -> list[Box]:
    """The boxes that no other box includes."""
    kept: list[Box] = []
    for box in boxes:
        if any(other & box == box for other in kept):
            continue
        kept = [other for other in kept if box & other != other]
        kept.append(box)
    return kept


def united(boxes: Iterable[Box]) -> Box:
    """The least box in which all of some boxes lie."""
    return reduce(or_, boxes, 0)


def values_of(box: Box) -> Iterator[Box]:
    """Each bit of a box, the lowest first."""
    while box:
        yield box & -box
        box &= box - 1
