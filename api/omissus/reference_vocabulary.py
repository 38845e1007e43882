"""The reference of the ontology: its classes and properties, and those that it borrows."""

from __future__ import annotations

from omissus.reference_entries import Entry, Fact, Group, Name, Page, Terms
from omissus.vocabulary import DESCRIPTION, OM, OWL, RDF_TYPE, RDFS

KINDS = {
    "Classes": OWL + "Class",
    "Relations between things": OWL + "ObjectProperty",
    "Properties with a literal for value": OWL + "DatatypeProperty",
    "Annotations": OWL + "AnnotationProperty",
}
WITHIN, PART_PROPERTY = RDFS + "subClassOf", RDFS + "subPropertyOf"
DOMAIN, RANGE, DEFINED_BY = RDFS + "domain", RDFS + "range", RDFS + "isDefinedBy"
ONTOLOGY, VERSION = OM.rstrip("#"), OWL + "versionInfo"
DISJOINT, FUNCTIONAL = OWL + "disjointWith", OWL + "FunctionalProperty"
DECLARED = set(KINDS.values())


def vocabulary(terms: Terms) -> Page:
    """Classes and properties of the ontology, and those that it borrows."""
    graph = terms.graph
    ours = [term for term in graph.statements if term.startswith(OM)]
    groups = [
        Group(title, title.split()[0].lower(), _entries(terms, kind, ours))
        for title, kind in KINDS.items()
    ]
    return Page(
        "terms",
        "Terms of the ontology",
        f"{graph.text(ONTOLOGY, DESCRIPTION)} Version {graph.text(ONTOLOGY, VERSION)}. The full "
        f"name of each term is {OM} and what stands behind om:.",
        (*groups, _borrowed(terms)),
    )


def _entries(terms: Terms, kind: str, ours: list[str]) -> tuple[Entry, ...]:
    facts = _class_facts if kind == KINDS["Classes"] else _property_facts
    found = [terms.entry(t, facts(terms, t)) for t in ours if kind in terms.graph.iris(t, RDF_TYPE)]
    return tuple(sorted(found, key=lambda entry: entry.label.casefold()))


def _class_facts(terms: Terms, term: str) -> list[Fact]:
    graph, names = terms.graph, terms.names
    apart = [*graph.iris(term, DISJOINT), *graph.subjects(DISJOINT, term)]
    return [
        Fact("a kind of", names(graph.iris(term, WITHIN))),
        Fact("kinds", names(graph.subjects(WITHIN, term))),
        Fact("disjoint with", names(apart)),
        Fact("properties", names(graph.subjects(DOMAIN, term))),
        Fact("properties that lead here", names(graph.subjects(RANGE, term))),
        _number(len(graph.instances(term)), "thing"),
    ]


def _property_facts(terms: Terms, term: str) -> list[Fact]:
    graph, names = terms.graph, terms.names
    once = FUNCTIONAL in graph.iris(term, RDF_TYPE)
    stated = sum(len(told[term]) for told in graph.statements.values() if term in told)
    return [
        Fact("belongs to", names(graph.iris(term, DOMAIN))),
        Fact("value", names(graph.iris(term, RANGE))),
        Fact("a kind of", names(graph.iris(term, PART_PROPERTY))),
        Fact("at most", (Name("one value"),) if once else ()),
        _number(stated, "statement"),
    ]


def _number(number: int, what: str) -> Fact:
    told = f"{number:,} {what}{'' if number == 1 else 's'}" if number else ""
    return Fact("in the data", (Name(told),) if told else ())


def _borrowed(terms: Terms) -> Group:
    graph = terms.graph
    found = [
        terms.entry(iri, [Fact("defined by", tuple(Name(v) for v in graph.iris(iri, DEFINED_BY)))])
        for iri, told in graph.statements.items()
        if DECLARED.intersection(map(str, told.get(RDF_TYPE, ()))) and not iri.startswith(OM)
    ]
    entries = tuple(sorted(found, key=lambda entry: entry.name))
    return Group("Terms of other vocabularies", "borrowed", entries)
