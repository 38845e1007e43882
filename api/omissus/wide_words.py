"""Why words carry acts on the generous reading only: the reasons of the statutory terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from omissus.boxes import Box, Space
from omissus.corpus import Corpus
from omissus.elements import READINGS, Element, Reading
from omissus.vocabulary import SOURCE, om


def wide_words(
    corpus: Corpus, elements: Iterable[Element], acts: Sequence[Box]
) -> dict[str, tuple[str, ...]]:
    """Element IRI to the reasons of its terms that carry `acts` on the generous reading only.

    Where some elements shut all the acts out on the strict reading, these alone are told. A reason
    is told with its term and the provision in which the term stands.
    """
    space, limit = corpus.facets.space, corpus.patterns.boxes_of
    some, all_out = [], []
    for element in elements:
        surely = limit(element, Reading.STRICT)
        if _reaches_further(space, limit(element, Reading.GENEROUS), surely, acts):
            some.append(element)
            if not any(space.intersections(surely, act) for act in acts):
                all_out.append(element)
    return {
        element.iri: tuple(dict.fromkeys(_reasons(corpus, element, acts)))
        for element in all_out or some
    }


def _reaches_further(
    space: Space, widely: Sequence[Box], surely: Sequence[Box], acts: Iterable[Box]
) -> bool:
    return any(space.difference(space.intersections(widely, act), surely) for act in acts)


def _reasons(corpus: Corpus, element: Element, acts: Sequence[Box]) -> Iterator[str]:
    graph, patterns, space = corpus.graph, corpus.patterns, corpus.facets.space
    words = (*element.allows, *element.extra[Reading.GENEROUS])
    for term in (patterns.terms[w] for w in words if w not in corpus.facets.concepts):
        surely, widely = (term.boxes[reading] for reading in READINGS)
        if _reaches_further(space, widely, surely, acts):
            for placement in graph.subjects(om("placementOf"), term.iri):
                reason = graph.text(placement, om("reason"))
                yield f"{term.label} ({graph.text(term.iri, SOURCE)}): {reason}"
