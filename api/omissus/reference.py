"""The reference of terms: every term with its definition, its source and where it is used."""

from __future__ import annotations

from collections.abc import Iterable

from omissus.corpus import Corpus
from omissus.reference_concepts import facets, schemes, statutory_terms
from omissus.reference_entries import Page, Terms
from omissus.reference_vocabulary import vocabulary


def pages(corpus: Corpus) -> tuple[Page, ...]:
    """The pages of the reference, in the order in which they are read."""
    terms = Terms(corpus)
    return vocabulary(terms), facets(terms), statutory_terms(terms), schemes(terms)


def places(read: Iterable[Page]) -> dict[str, tuple[str, str]]:
    """For each term that has an entry the page and the anchor at which it stands."""
    found = {}
    for page in read:
        for group in page.groups:
            heads = (group.head,) if group.head else ()
            for entry in (*heads, *group.entries):
                found[entry.iri] = page.slug, entry.anchor
    return found
