"""A demand of the treaty split into elements, each beside the words of the law that limit it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from omissus import wording
from omissus.corpus import Corpus, Requirement
from omissus.elements import Element, Reading
from omissus.exhibits import Covering, Limit
from omissus.vocabulary import om

ANY = "in every case"


@dataclass(frozen=True)
class Demanded:
    """What a demand asks for on one facet, and the limits that provisions set to it."""

    facet: str
    asked: str
    limits: tuple[Limit, ...]


def _told(corpus: Corpus, element: Element) -> list[str]:
    facets, terms = corpus.facets, corpus.patterns.terms
    told = [
        facets.labels[value] if value in facets.labels else terms[value].label
        for value in element.allows
    ]
    years = element.ages[Reading.STRICT]
    return told + ([f"aged {wording.ages(years)}"] if years else [])


def _asked(corpus: Corpus, owner: str) -> dict[str, dict[str, None]]:
    """Facet slug to the values asked for; what a set says itself goes before what it builds on."""
    own: dict[str, dict[str, None]] = {}
    for element in corpus.patterns.elements(owner):
        own.setdefault(element.facet, {}).update(dict.fromkeys(_told(corpus, element)))
    inherited: dict[str, dict[str, None]] = {}
    for base in corpus.graph.iris(owner, om("builtOn")):
        for facet, values in _asked(corpus, base).items():
            inherited.setdefault(facet, {}).update(values)
    return inherited | own


def by_words(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """Limits that rest on the same words told once, with all the facets that the words limit."""
    alike: dict[tuple[str | None, str, tuple[str, ...]], dict[str, None]] = {}
    for limit in limits:
        same = (limit.anchor, limit.citation, limit.reasons)
        alike.setdefault(same, {})[limit.facet] = None
    return tuple(
        Limit(wording.joined(list(facets), "and"), anchor, citation, reasons)
        for (anchor, citation, reasons), facets in alike.items()
    )


def split(
    corpus: Corpus, requirement: Requirement, covering: Iterable[Covering]
) -> tuple[Demanded, ...]:
    """The elements of a demand in the order of the facets.

    A facet of which the demand says nothing is listed where a provision limits it all the same.
    """
    asked = _asked(corpus, requirement.iri)
    limits: dict[str, dict[Limit, None]] = {}
    for row in covering:
        for limit in row.limits:
            limits.setdefault(limit.facet, {})[limit] = None
    return tuple(
        Demanded(
            facet=corpus.facets.labels[slug],
            asked=wording.joined(list(asked[slug])) if slug in asked else ANY,
            limits=tuple(limits.get(corpus.facets.labels[slug], ())),
        )
        for slug in corpus.facets.slugs
        if slug in asked or corpus.facets.labels[slug] in limits
    )
