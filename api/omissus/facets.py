"""Facets, their values as bits, and boxes: Cartesian sets of fact patterns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

from omissus.graph import DataError, Graph
from omissus.vocabulary import BROADER, ID, IN_SCHEME, NOTATION, PREF_LABEL, om

Box = tuple[int, ...]
"""One bit mask for each facet, in the order of `Facets.slugs`."""


@dataclass(frozen=True)
class Facets:
    """The space of fact patterns: for each facet its slug and the IRIs of its undivided values."""

    slugs: tuple[str, ...]
    atoms: tuple[tuple[str, ...], ...]
    concepts: dict[str, tuple[int, int]]
    labels: dict[str, str]

    @cached_property
    def full(self) -> Box:
        """The box of every fact pattern."""
        return tuple((1 << len(values)) - 1 for values in self.atoms)

    @cached_property
    def position(self) -> dict[str, int]:
        """Index of each facet by its slug."""
        return {slug: index for index, slug in enumerate(self.slugs)}

    def mask(self, concept: str) -> tuple[int, int]:
        """Facet index and mask of a facet value, narrower values included."""
        return self.concepts[concept]

    def with_values(self, box: Box, slug: str, mask: int) -> Box:
        """`box` with its limit on one facet set to `mask`."""
        index = self.position[slug]
        return (*box[:index], mask, *box[index + 1 :])

    def values(self, box: Box, slug: str) -> list[str]:
        """IRIs of the undivided values that `box` allows on one facet."""
        index = self.position[slug]
        return [iri for bit, iri in enumerate(self.atoms[index]) if box[index] >> bit & 1]


def read_facets(graph: Graph) -> Facets:
    """The facets that the graph declares, in the order of the file that declares them."""
    slugs, atoms, concepts, labels = [], [], {}, {}
    for index, facet in enumerate(graph.instances(om("Facet"))):
        slug = facet.removeprefix(ID + "facet/")
        slugs.append(slug)
        labels[slug] = graph.text(facet, PREF_LABEL) or slug
        members = sorted(
            graph.subjects(IN_SCHEME, facet), key=lambda iri: graph.number(iri, NOTATION) or 0
        )
        leaves = tuple(iri for iri in members if not graph.subjects(BROADER, iri))
        bit_of = {iri: 1 << bit for bit, iri in enumerate(leaves)}
        atoms.append(leaves)
        for iri in members:
            concepts[iri] = (index, _mask(graph, iri, bit_of))
            labels[iri] = graph.text(iri, PREF_LABEL) or iri
    if not slugs:
        raise DataError(str(graph.root), "no facets are declared", "Add ontology/schemes.ttl.")
    return Facets(tuple(slugs), tuple(atoms), concepts, labels)


def _mask(graph: Graph, concept: str, bit_of: dict[str, int]) -> int:
    if concept in bit_of:
        return bit_of[concept]
    mask = 0
    for narrower in graph.subjects(BROADER, concept):
        mask |= _mask(graph, narrower, bit_of)
    return mask


def intersection(left: Box, right: Box) -> Box | None:
    """The fact patterns in both boxes, or None where there are none."""
    if all(map(and_, left, right)):  # asked millions of times a matrix, so without a Python loop
        return tuple(map(and_, left, right))
    return None


def subtract(box: Box, other: Box) -> list[Box]:
    """`box` without `other`, as disjoint boxes."""
    common = intersection(box, other)
    if common is None:
        return [box]
    rest, left = [], box
    for index, shared in enumerate(common):
        outside = left[index] & ~shared
        if outside:
            rest.append((*left[:index], outside, *left[index + 1 :]))
            left = (*left[:index], shared, *left[index + 1 :])
    return rest


def difference(boxes: Iterable[Box], others: Iterable[Box]) -> list[Box]:
    """The union of `boxes` without the union of `others`, as disjoint boxes where `boxes` are."""
    rest = list(boxes)
    for other in others:
        rest = [piece for box in rest for piece in subtract(box, other)]
        if not rest:
            break
    return rest


def includes(outer: Box, inner: Box) -> bool:
    """Whether every fact pattern of `inner` is in `outer`."""
    return all(a & b == b for a, b in zip(outer, inner, strict=True))


def without_included(boxes: Iterable[Box]) -> list[Box]:
    """The boxes that no other box includes."""
    kept: list[Box] = []
    for box in boxes:
        if any(includes(other, box) for other in kept):
            continue
        kept = [other for other in kept if not includes(box, other)] + [box]
    return kept


def united(masks: Iterable[int]) -> int:
    """The values that any of some masks of one facet has."""
    return reduce(or_, masks, 0)


def size(box: Box) -> int:
    """Number of fact patterns in a box."""
    total = 1
    for mask in box:
        total *= mask.bit_count()
    return total
