"""On which facets an offence names an act, and on which it catches it by wider words."""

from __future__ import annotations

from collections.abc import Iterator

from omissus.boxes import Box, united
from omissus.corpus import Corpus, Offence, Requirement
from omissus.elements import Reading


def named_facets(
    corpus: Corpus, requirement: Requirement, offence: Offence, wanted: Box
) -> tuple[str, ...]:
    """The defining facets of a requirement that an offence names, by their slugs.

    A word names a value on a facet if all that it means there is demanded, or if it is the treaty's
    own word for something demanded; `wanted` is the least box that holds what is demanded.
    """
    return tuple(slug for slug in requirement.defining if _names(corpus, offence, slug, wanted))


def _names(corpus: Corpus, offence: Offence, slug: str, wanted: Box) -> bool:
    facets, patterns = corpus.facets, corpus.patterns
    field = facets.field(slug)
    for word in _words(offence, slug):
        if word in facets.concepts:
            index, value = facets.concepts[word]
            named = value if index == facets.position[slug] else field
        elif patterns.terms[word].general:
            continue
        else:
            term = patterns.terms[word]
            named = united(term.boxes[Reading.GENEROUS]) & field
            if any(facets.concepts[own][1] & field & wanted for own in term.own_word_for):
                return True
        if named and named != field and not named & ~wanted:
            return True
    return False


def _words(offence: Offence, slug: str) -> Iterator[str]:
    """The facet values and terms by which an offence speaks of a facet."""
    for element in offence.elements:
        if element.facet == slug or slug == "consideration":  # a price is named by the verb
            yield from (*element.allows, *element.extra[Reading.GENEROUS])
