"""Facets, their values, and the boxes over them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from omissus.boxes import Box, Space
from omissus.graph import DataError, Graph
from omissus.vocabulary import BROADER, ID, IN_SCHEME, NOTATION, PREF_LABEL, om


@dataclass(frozen=True)
class Facets:
    """The space of fact patterns: for each facet its slug and the IRIs of its undivided values."""

    slugs: tuple[str, ...]
    atoms: tuple[tuple[str, ...], ...]
    concepts: dict[str, tuple[int, Box]]
    labels: dict[str, str]
    space: Space

    @cached_property
    def position(self) -> dict[str, int]:
        """Index of each facet by its slug."""
        return {slug: index for index, slug in enumerate(self.slugs)}

    def field(self, slug: str) -> Box:
        """All values of a facet."""
        return self.space.fields[self.position[slug]]

    def mask(self, concept: str) -> tuple[int, Box]:
        """Facet index of a facet value, and the value, narrower ones included, in its field."""
        return self.concepts[concept]

    def values(self, box: Box, slug: str) -> list[str]:
        """IRIs of the undivided values that `box` allows on one facet."""
        index = self.position[slug]
        allowed = self.space.mask(box, index)
        return [iri for bit, iri in enumerate(self.atoms[index]) if allowed >> bit & 1]


def read_facets(graph: Graph) -> Facets:
    """The facets that the graph declares, in the order of the file that declares them."""
    slugs, atoms, masks, labels = [], [], {}, {}
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
            masks[iri] = (index, _mask(graph, iri, bit_of))
            labels[iri] = graph.text(iri, PREF_LABEL) or iri
    if not slugs:
        raise DataError(str(graph.root), "no facets are declared", "Add ontology/schemes.ttl.")
    space = Space(tuple(map(len, atoms)))
    concepts = {iri: (index, mask << space.offsets[index]) for iri, (index, mask) in masks.items()}
    return Facets(tuple(slugs), tuple(atoms), concepts, labels, space)


def _mask(graph: Graph, concept: str, bit_of: dict[str, int]) -> int:
    if concept in bit_of:
        return bit_of[concept]
    mask = 0
    for narrower in graph.subjects(BROADER, concept):
        mask |= _mask(graph, narrower, bit_of)
    return mask
