"""Graphs of rdflib, read by pyoxigraph so that each literal stays as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import rdflib

from omissus.graph import DataError


def rdf_graph(quads: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> rdflib.Graph:
    """The statements as a graph in memory that pySHACL can read."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def read_turtle(path: Path) -> rdflib.Graph:
    """The statements of a Turtle file. Raises DataError where it is broken."""
    try:
        return rdf_graph(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    except SyntaxError as fault:
        where = f"{path}:{fault.lineno}"
        raise DataError(where, f"broken Turtle: {fault.msg}", "Mend that line.") from None


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
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
