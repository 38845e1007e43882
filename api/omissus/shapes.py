"""Shapes run by pySHACL: typed results, and whether the project's own data is sound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
from rdflib.namespace import SH

from omissus.graph import Graph
from omissus.vocabulary import om


@dataclass(frozen=True)
class Result:
    """One result of a shape: what it looked at, by which path, what it found and how grave it is.

    `shape` is the node shape that asks the question, `source` the shape within it that answered.
    A path of more than one step is not told.
    """

    shape: str
    source: str
    name: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    message: str


def rdf_graph(quads: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> rdflib.Graph:
    """The statements as a graph in memory that pySHACL can read."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, pyoxigraph.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == str(rdflib.XSD.string):  # rdflib holds it unlike a plain string
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def read_shapes(*paths: Path) -> rdflib.Graph:
    """The shapes of some files, or of all Turtle files in some folders."""
    shapes = rdflib.Graph()
    for path in paths:
        for file in sorted(path.glob("*.ttl")) if path.is_dir() else [path]:
            shapes.parse(file, format="turtle")
    return shapes


def results(data: rdflib.Graph, shapes: rdflib.Graph) -> tuple[Result, ...]:
    """Every result of the shapes on the data, in a fixed order. The data is left as it is.

    Raises RuntimeError where pySHACL cannot run a shape: a failure is no result.
    """
    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes, inplace=True, advanced=False, meta_shacl=False
    )
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"pySHACL could not run the shapes: {text}")
    nodes = report.objects(predicate=SH.result)
    found = [_result(report, shapes, node) for node in nodes]
    return tuple(sorted(found, key=lambda r: (r.shape, r.focus, r.path or "", r.value or "")))


def _result(report: rdflib.Graph, shapes: rdflib.Graph, node: rdflib.term.Node) -> Result:
    def told(predicate: rdflib.URIRef) -> str | None:
        value = report.value(node, predicate)
        return None if value is None else str(value)

    path = report.value(node, SH.resultPath)
    source = told(SH.sourceShape) or ""
    shape = source.split("__")[0]
    name = shapes.value(rdflib.URIRef(shape), SH.name)
    return Result(
        shape=shape,
        source=source,
        name=str(name or shape.rsplit("/", 1)[-1]),
        severity=(told(SH.resultSeverity) or "").rsplit("#", 1)[-1],
        focus=told(SH.focusNode) or "",
        path=str(path) if isinstance(path, rdflib.URIRef) else None,
        value=told(SH.value),
        message=told(SH.resultMessage) or "",
    )


def broken_integrity(graph: Graph, root: Path) -> list[str]:
    """What the integrity shapes find wrong with the data: file and line, what, and the remedy."""
    data = rdf_graph(
        quad
        for path in graph.files
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    )
    found = results(data, read_shapes(root / "shapes" / "integrity"))
    return sorted(f"{graph.where(_broken(graph, row))}: {row.message}" for row in found)


def _broken(graph: Graph, row: Result) -> str:
    """The thing to mend: what a shape found by a query or a longer path, else what it looked at."""
    if row.path is None and row.value in graph.statements:
        return row.value
    if row.focus in graph.statements:
        return row.focus
    cited = [s for s, told in graph.statements.items() if row.focus in told.get(om("citation"), [])]
    return cited[-1] if cited else row.focus
