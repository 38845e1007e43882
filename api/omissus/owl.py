"""Sets of fact patterns as the classes of an OWL 2 DL ontology.

A set is told from within, by a class all of whose members lie in it, and from without, by a class
all of whose members lie outside it. Each subexpression has such a class of its own, and an axiom
leads from a class to its parts, never back. That loses no answer on whether a class can have a
member (D. A. Plaisted and S. Greenbaum, A Structure-preserving Clause Form Translation, Journal of
Symbolic Computation 2, 1986), and a reasoner has only to decide what is asked: with definitions
that hold in both directions HermiT classifies for many minutes what it now does in seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from omissus.expressions import Complement, Expression, Intersection, Limit
from omissus.graph import XSD
from omissus.vocabulary import COMMENT, ID, LABEL, OWL, RDF_TYPE, RDFS, om

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
WITHIN = RDFS + "subClassOf"
PROOF = ID + "proof"
AGE = "victim-age"
FORMATS = {".ttl": RdfFormat.TURTLE, ".owl": RdfFormat.RDF_XML, ".rdf": RdfFormat.RDF_XML}
OUTSIDE = "/outside"
Node = NamedNode | BlankNode


def owl(name: str) -> NamedNode:
    """A term of OWL."""
    return NamedNode(OWL + name)


@dataclass
class Ontology:
    """Fact patterns with their facets, and classes within and outside sets of them.

    `values` are those of each facet, on each of which a fact pattern has exactly one; what lies
    outside a limit is therefore told as a limit to the other values. Ages are integers.
    """

    values: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    triples: list[Triple] = field(default_factory=list)
    _called: dict[Expression, tuple[str, str]] = field(default_factory=dict)
    _classes: dict[tuple[Expression, bool], Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pattern, age = NamedNode(om("FactPattern")), NamedNode(f"{PROOF}/age")
        self._say(NamedNode(PROOF), RDF_TYPE, owl("Ontology"))
        self._declare(pattern, "fact pattern")
        self._say(age, RDF_TYPE, owl("DatatypeProperty"))
        self._say(age, RDF_TYPE, owl("FunctionalProperty"))
        self._say(age, LABEL, Literal("age of the victim", language="en"))
        self._say(age, RDFS + "domain", pattern)
        for facet, values in self.values.items():
            if facet != AGE:
                members = [NamedNode(value) for value in values]
                for value in members:
                    self._declare(value, f"{facet}: {self.labels[value.value]}")
                    self._say(value, WITHIN, pattern)
                apart = BlankNode()
                self._say(apart, RDF_TYPE, owl("AllDisjointClasses"))
                self._say(apart, OWL + "members", self._list(members))

    def explain(self, comment: str) -> None:
        """Say in words what the ontology shows."""
        self._say(NamedNode(PROOF), COMMENT, Literal(comment, language="en"))

    def call(self, iri: str, label: str, expression: Expression) -> None:
        """Give the classes within and outside a set their names, wherever the set then occurs."""
        self._called.setdefault(expression, (iri, label))

    def confine(self, iri: str, label: str, parts: Iterable[Expression]) -> None:
        """Name a class whose members, if it can have any, lie within each of some sets."""
        node = NamedNode(iri)
        self._declare(node, label)
        for part in parts:
            self._say(node, WITHIN, self._class(part))

    def copy(self) -> Ontology:
        """An ontology with the same classes, to which more may be added."""
        other = copy(self)
        other.triples = list(self.triples)
        other._called, other._classes = dict(self._called), dict(self._classes)
        return other

    def save(self, path: Path) -> None:
        """Write the ontology as Turtle or RDF/XML, by the suffix of the file."""
        prefixes = {"om": om(""), "id": ID, "owl": OWL, "rdfs": RDFS, "xsd": XSD}
        with path.open("wb") as file:
            pyoxigraph.serialize(self.triples, file, FORMATS[path.suffix], prefixes=prefixes)

    def _say(self, subject: Node, predicate: str, value: Node | Literal) -> None:
        self.triples.append(Triple(subject, NamedNode(predicate), value))

    def _declare(self, node: NamedNode, label: str | None) -> None:
        self._say(node, RDF_TYPE, owl("Class"))
        if label:
            self._say(node, LABEL, Literal(label, language="en"))

    def _class(self, expression: Expression, within: bool = True) -> Node:
        """The class within a set, or the one outside it, described where it is not yet."""
        if isinstance(expression, Complement):
            return self._class(expression.part, not within)
        if isinstance(expression, Limit) and not within:
            others = frozenset(self.values[expression.facet]) - expression.values
            return self._class(Limit(expression.facet, others))
        if (expression, within) not in self._classes:
            node = self._named(expression, within)
            self._classes[expression, within] = node
            if isinstance(expression, Limit):
                self._limit(node, expression)
            else:
                self._compose(node, expression.parts, isinstance(expression, Intersection), within)
        return self._classes[expression, within]

    def _named(self, expression: Expression, within: bool) -> NamedNode:
        if isinstance(expression, Limit) and self._single(expression):
            return NamedNode(next(iter(expression.values)))
        iri, label = self._called.get(expression, (None, None))
        if iri is None or label is None:
            node = NamedNode(f"{PROOF}/set-{len(self._classes) + 1}")
            self._declare(node, self._told(expression))
            return node
        node = NamedNode(iri if within else iri + OUTSIDE)
        self._declare(node, label if within else f"outside {label}")
        return node

    @staticmethod
    def _single(limit: Limit) -> bool:
        return limit.facet != AGE and len(limit.values) == 1

    def _limit(self, node: NamedNode, limit: Limit) -> None:
        if len(limit.values) == len(self.values[limit.facet]):
            return
        if limit.facet == AGE:
            ages = self.values[AGE]
            self._either(node, map(self._aged, _runs(ages.index(v) for v in limit.values)))
        elif not self._single(limit):
            self._either(node, map(NamedNode, sorted(limit.values)))

    def _compose(
        self, node: NamedNode, parts: Iterable[Expression], all_of: bool, within: bool
    ) -> None:
        classes = [self._class(part, within) for part in parts]
        if all_of is within:
            for each in classes:
                self._say(node, WITHIN, each)
        else:
            self._either(node, classes)

    def _either(self, node: NamedNode, classes: Iterable[Node]) -> None:
        """The members of a class are in one of some others; in none of no others."""
        others = list(classes)
        if len(others) > 1:
            either = BlankNode()
            self._say(either, RDF_TYPE, owl("Class"))
            self._say(either, OWL + "unionOf", self._list(others))
            others = [either]
        self._say(node, WITHIN, next(iter(others), owl("Nothing")))

    def _told(self, expression: Expression) -> str | None:
        if not isinstance(expression, Limit):
            return None
        values = [value for value in self.values[expression.facet] if value in expression.values]
        return f"{expression.facet}: {' or '.join(self.labels[value] for value in values)}"

    def _list(self, members: Iterable[Node]) -> Node:
        rest: Node = NamedNode(RDF + "nil")
        for member in reversed(list(members)):
            cell = BlankNode()
            self._say(cell, RDF + "first", member)
            self._say(cell, RDF + "rest", rest)
            rest = cell
        return rest

    def _aged(self, run: tuple[int, int]) -> BlankNode:
        restriction, years = BlankNode(), BlankNode()
        self._say(restriction, RDF_TYPE, owl("Restriction"))
        self._say(restriction, OWL + "onProperty", NamedNode(f"{PROOF}/age"))
        self._say(restriction, OWL + "someValuesFrom", years)
        self._say(years, RDF_TYPE, NamedNode(RDFS + "Datatype"))
        self._say(years, OWL + "onDatatype", NamedNode(XSD + "integer"))
        bounds: list[Node] = []
        for facet, bound in zip(("minInclusive", "maxInclusive"), run, strict=True):
            bounds.append(BlankNode())
            self._say(bounds[-1], XSD + facet, Literal(bound))
        self._say(years, OWL + "withRestrictions", self._list(bounds))
        return restriction


def _runs(ages: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Whole years as unbroken runs, each from its first year to its last."""
    first = last = None
    for age in sorted(ages):
        if last is not None and first is not None and age != last + 1:
            yield first, last
            first = age
        first, last = age if first is None else first, age
    if first is not None and last is not None:
        yield first, last
