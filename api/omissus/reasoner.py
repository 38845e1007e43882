"""Class expressions as an OWL 2 DL ontology, and the reasoner HermiT asked which can have a member.

The values of a facet are disjoint classes that cover the class of fact patterns, ages are integers,
and every subexpression is a class with a name of its own. Without such names HermiT takes minutes
over what it then does in a second.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from omissus.consistency import java
from omissus.expressions import (
    EVERYTHING,
    NOTHING,
    Complement,
    Expression,
    Intersection,
    Limit,
)
from omissus.graph import XSD
from omissus.vocabulary import ID, LABEL, RDF_TYPE, om

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
PROOF = ID + "proof"
AGE = "victim-age"
FORMATS = {".ttl": RdfFormat.TURTLE, ".owl": RdfFormat.RDF_XML, ".rdf": RdfFormat.RDF_XML}
ANSWER = re.compile(r"^<(.+)> is (not )?satisfiable\.$", re.MULTILINE)
Node = NamedNode | BlankNode


class ReasonerError(RuntimeError):
    """HermiT did not answer."""


def _owl(name: str) -> NamedNode:
    return NamedNode(OWL + name)


@dataclass
class Ontology:
    """Fact patterns with their facets, and the classes that expressions over them define."""

    values: dict[str, tuple[str, ...]]
    labels: dict[str, str]
    triples: list[Triple] = field(default_factory=list)
    _names: dict[Expression, NamedNode] = field(
        default_factory=lambda: {EVERYTHING: _owl("Thing"), NOTHING: _owl("Nothing")}
    )

    def __post_init__(self) -> None:
        pattern, age = NamedNode(om("FactPattern")), NamedNode(f"{PROOF}/age")
        self._say(NamedNode(PROOF), RDF_TYPE, _owl("Ontology"))
        self._declare(pattern, "fact pattern")
        self._say(age, RDF_TYPE, _owl("DatatypeProperty"))
        self._say(age, RDF_TYPE, _owl("FunctionalProperty"))
        self._say(age, LABEL, Literal("age of the victim", language="en"))
        self._say(age, RDFS + "domain", pattern)
        for facet, values in self.values.items():
            whole = frozenset(values)
            if facet != AGE:
                members = [NamedNode(value) for value in values]
                for value in members:
                    self._declare(value, f"{facet}: {self.labels[value.value]}")
                    self._say(value, RDFS + "subClassOf", pattern)
                apart = BlankNode()
                self._say(apart, RDF_TYPE, _owl("AllDisjointClasses"))
                self._say(apart, OWL + "members", self._list(members))
            self._say(pattern, RDFS + "subClassOf", self.named(Limit(facet, whole)))

    def define(self, iri: str, label: str, expression: Expression) -> None:
        """Name the class of an expression. The name is used wherever the expression occurs."""
        node = NamedNode(iri)
        self._declare(node, label)
        if expression in self._names:
            self._say(node, OWL + "equivalentClass", self._names[expression])
            return
        self._names[expression] = node
        self._describe(node, expression)

    def confine(self, iri: str, label: str, expression: Expression) -> None:
        """Name a class whose members, if it can have any, are all within each part of a set."""
        node = NamedNode(iri)
        self._declare(node, label)
        parts = expression.parts if isinstance(expression, Intersection) else (expression,)
        for part in parts:
            self._say(node, RDFS + "subClassOf", self.named(part))

    def named(self, expression: Expression) -> Node:
        """The class of an expression, defined where it is not yet.

        A complement gets no name: with one, HermiT would decide it for every fact pattern.
        """
        if isinstance(expression, Complement):
            complement = BlankNode()
            self._say(complement, RDF_TYPE, _owl("Class"))
            self._say(complement, OWL + "complementOf", self.named(expression.part))
            return complement
        if (
            isinstance(expression, Limit)
            and expression.facet != AGE
            and len(expression.values) == 1
        ):
            return NamedNode(next(iter(expression.values)))
        if expression not in self._names:
            node = self._names[expression] = NamedNode(f"{PROOF}/set-{len(self._names)}")
            self._declare(node, self._told(expression))
            self._describe(node, expression)
        return self._names[expression]

    def copy(self) -> Ontology:
        """An ontology with the same classes, to which more may be added."""
        other = copy(self)
        other.triples, other._names = list(self.triples), dict(self._names)
        return other

    def save(self, path: Path) -> None:
        """Write the ontology as Turtle or RDF/XML, by the suffix of the file."""
        prefixes = {"om": om(""), "id": ID, "owl": OWL, "rdfs": RDFS, "xsd": XSD}
        with path.open("wb") as file:
            pyoxigraph.serialize(self.triples, file, FORMATS[path.suffix], prefixes=prefixes)

    def _say(self, subject: Node, predicate: str, value: Node | Literal) -> None:
        self.triples.append(Triple(subject, NamedNode(predicate), value))

    def _declare(self, node: NamedNode, label: str | None) -> None:
        self._say(node, RDF_TYPE, _owl("Class"))
        if label:
            self._say(node, LABEL, Literal(label, language="en"))

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

    def _describe(self, node: NamedNode, expression: Expression) -> None:
        if isinstance(expression, Complement):
            self._say(node, OWL + "equivalentClass", self.named(expression))
            return
        operator, members = "unionOf", list[Node]()
        if isinstance(expression, Limit):
            if expression.facet == AGE:
                ages = self.values[AGE]
                members.extend(map(self._aged, _runs(ages.index(v) for v in expression.values)))
            else:
                members.extend(NamedNode(v) for v in sorted(expression.values))
        else:
            members.extend(self.named(part) for part in expression.parts)
            operator = "intersectionOf" if isinstance(expression, Intersection) else "unionOf"
        if len(members) == 1:
            self._say(node, OWL + "equivalentClass", members[0])
        else:
            self._say(node, OWL + operator, self._list(members))

    def _aged(self, run: tuple[int, int]) -> BlankNode:
        restriction, years = BlankNode(), BlankNode()
        self._say(restriction, RDF_TYPE, _owl("Restriction"))
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


def satisfiable(ontology: Ontology, classes: Iterable[str]) -> dict[str, bool]:
    """For each class of the ontology whether it can have a member, in one run of HermiT.

    Raises ReasonerError where HermiT fails.
    """
    import owlready2

    wanted = [f"--consistency=<{iri}>" for iri in classes]
    if not wanted:
        return {}
    hermit = Path(owlready2.__file__).parent / "hermit"
    path = f"{hermit}{os.pathsep}{hermit / 'HermiT.jar'}"
    command = [java(), "-Xss64m", "-cp", path, "org.semanticweb.HermiT.cli.CommandLine"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "proof.owl"
        ontology.save(file)
        run = subprocess.run(
            [*command, *wanted, file.as_uri()], capture_output=True, text=True, check=False
        )
    answers = {iri: not negated for iri, negated in ANSWER.findall(run.stdout)}
    if len(answers) < len(wanted):
        raise ReasonerError(f"HermiT failed: {run.stderr.strip()[-500:]}")
    return answers
