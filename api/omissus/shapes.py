"""Shapes run by pySHACL: typed results, and whether the project's own data is sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
from rdflib.namespace import SH

from omissus import shape_terms
from omissus.graph import DataError, Graph
from omissus.rdf import rdf_graph, read_turtle
from omissus.vocabulary import om


@dataclass(frozen=True)
class Result:
    """One result of a shape: what it looked at, by which path, what it found and how grave it is.

    `shape` is the node shape that asks the question, `source` the shape within it that answered,
    `component` the kind of constraint. A path of more than one step is not told.
    """

    shape: str
    source: str
    component: str
    name: str
    severity: str
    focus: str
    path: str | None
    value: str | None
    message: str


def read_shapes(*paths: Path) -> rdflib.Graph:
    """The shapes of some files, or of all Turtle files in some folders.

    Raises DataError where there are none, and on a fault that an engine would pass over in silence.
    """
    files = [f for p in paths for f in (sorted(p.glob("*.ttl")) if p.suffix != ".ttl" else [p])]
    if not files:
        raise DataError(str(paths[0]), "no shapes", "Name a folder with the project's shapes.")
    for fault in shape_terms.faults(files):
        raise fault
    shapes = rdflib.Graph()
    for file in files:
        shapes += read_turtle(file)
    return shapes


def report(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """The validation report of the shapes on the data. The data is left as it is.

    Raises DataError where pySHACL cannot run a shape: a failure is no result.
    """
    _, told, text = pyshacl.validate(
        data, shacl_graph=shapes, inplace=True, advanced=False, meta_shacl=False
    )
    if not isinstance(told, rdflib.Graph):
        raise DataError("shapes", f"pySHACL could not run them: {text}", "Mend the shape.")
    return told


def results(data: rdflib.Graph, shapes: rdflib.Graph) -> tuple[Result, ...]:
    """Every result of the shapes on the data, in a fixed order. Raises what `report` raises."""
    told = report(data, shapes)
    nodes = told.objects(predicate=SH.result)
    found = [_result(told, shapes, node) for node in nodes]
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
        component=told(SH.sourceConstraintComponent) or "",
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
