"""The reference of facets with their values, of statutory terms, and of the small schemes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from omissus.reference_entries import Entry, Fact, Group, Name, Page, Terms
from omissus.vocabulary import BROADER, ID, IN_SCHEME, NOTATION, SKOS, om

STATUTORY_TERMS = ID + "scheme/statutory-term"
LIMITS = {
    om("allows"): "",
    om("generouslyAllows"): " on the generous reading",
    om("strictlyAllows"): " on the strict reading",
}


def facets(terms: Terms) -> Page:
    """The facets by which acts are described, each with its values."""
    graph = terms.graph
    groups = [_group(terms, facet) for facet in graph.instances(om("Facet"))]
    return Page(
        "facets",
        "Facets and their values",
        "An act has one value on each facet. A required and an enacted offence are sets of acts, "
        "limited to some of the values.",
        tuple(groups),
    )


def statutory_terms(terms: Terms) -> Page:
    """The words of statutes, with their place among the facet values and the reason for it."""
    found = [_statutory_term(terms, term) for term in terms.graph.instances(om("StatutoryTerm"))]
    entries = tuple(sorted(found, key=lambda entry: entry.label.casefold()))
    return Page(
        "statutory-terms",
        "Statutory terms",
        "Words of statutes that describe acts. Where each stands among the facet values is a "
        "judgement, signed and with its reason, shared by every Act that uses the word and does "
        "not define it otherwise.",
        (Group("words of statutes", "words", entries),),
    )


def schemes(terms: Terms) -> Page:
    """The concepts that are neither facet values nor statutory terms, by their schemes."""
    groups = [
        _group(terms, scheme)
        for scheme in terms.graph.instances(SKOS + "ConceptScheme")
        if scheme != STATUTORY_TERMS
    ]
    return Page(
        "schemes",
        "Other concepts",
        "Small schemes: how strongly a demand binds, how far a text is to be trusted, and the "
        "codes of the figures that the Committee asks for.",
        tuple(groups),
    )


def _group(terms: Terms, scheme: str) -> Group:
    head = terms.entry(scheme, ())
    members = tuple(_concept(terms, concept) for concept in _members(terms, scheme))
    return Group(head.label, head.anchor, members, head)


def _members(terms: Terms, scheme: str) -> list[str]:
    graph = terms.graph
    members = graph.subjects(IN_SCHEME, scheme)
    return sorted(members, key=lambda iri: graph.number(iri, NOTATION) or 0)


def _concept(terms: Terms, concept: str) -> Entry:
    graph, names = terms.graph, terms.names
    return terms.entry(
        concept,
        [
            Fact("part of", names(graph.iris(concept, BROADER))),
            Fact("parts", names(graph.subjects(BROADER, concept))),
            Fact("meant by the words", names(_words(terms, concept))),
            *_limited(terms, concept),
        ],
    )


def _statutory_term(terms: Terms, term: str) -> Entry:
    return terms.entry(term, [*_placements(terms, term), *_limited(terms, term)])


def _words(terms: Terms, value: str) -> Iterator[str]:
    """Statutory terms that are placed at a value on some reading."""
    for element in _limiting(terms, value, LIMITS):
        placement = terms.graph.iri(element, om("elementOf")) or ""
        yield from terms.graph.iris(placement, om("placementOf"))


def _limiting(terms: Terms, value: str, limits: Iterable[str]) -> Iterator[str]:
    for limit in limits:
        yield from terms.graph.subjects(limit, value)


def _placements(terms: Terms, term: str) -> Iterator[Fact]:
    graph = terms.graph
    for placement in graph.subjects(om("placementOf"), term):
        for element in graph.subjects(om("elementOf"), placement):
            facet = graph.iri(element, om("limits")) or ""
            for limit, reading in LIMITS.items():
                values = terms.names(graph.iris(element, limit))
                yield Fact(f"{terms.name(facet).text}{reading}", values)
        reasons = graph.values(placement, om("reason"))
        yield Fact("because", tuple(Name(str(reason)) for reason in reasons))


def _limited(terms: Terms, value: str) -> list[Fact]:
    """What is limited to a value or a word: demands, and provisions with offences or rules."""
    demands, provisions = set(), set()
    for element in _limiting(terms, value, LIMITS):
        owner = terms.graph.iri(element, om("elementOf")) or ""
        enacted = terms.graph.iri(owner, om("enactedIn"))
        if enacted in terms.corpus.versions:
            provisions.add(terms.corpus.versions[enacted].citation)
        elif terms.graph.text(owner, om("citation")):
            demands.add(terms.corpus.citation(owner))
    return [
        Fact("in the demands", tuple(map(Name, sorted(demands)))),
        Fact("in the provisions", tuple(map(Name, sorted(provisions)))),
    ]
