"""Findings as RDF, in the terms of ontology/findings.ttl: one named graph for each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from omissus.findings import Cell
from omissus.patterns import Reading
from omissus.vocabulary import ID, LABEL, RDF_TYPE, om

XSD_DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")

Statement = tuple[str, NamedNode | Literal]


def findings_graph(day: date) -> str:
    """Name of the graph that holds the findings on the law of a day."""
    return f"{ID}findings/{day.isoformat()}"


def finding_iri(cell: Cell, day: date) -> str:
    """Name of one finding: the day, then the name it has in addresses."""
    return f"{ID}finding/{day.isoformat()}/{cell.id}"


def finding_quads(cells: Iterable[Cell], day: date) -> Iterator[Quad]:
    """Every finding as statements in the graph of its day."""
    graph = NamedNode(findings_graph(day))
    for cell in cells:
        subject = NamedNode(finding_iri(cell, day))
        for predicate, value in _statements(cell, day):
            yield Quad(subject, NamedNode(predicate), value, graph)


def _statements(cell: Cell, day: date) -> Iterator[Statement]:
    exhibit = cell.exhibit
    yield RDF_TYPE, NamedNode(om("Finding"))
    yield LABEL, Literal(f"{cell.requirement.label}: {cell.verdict.value}", language="en")
    yield om("ofRequirement"), NamedNode(cell.requirement.iri)
    yield om("inTerritory"), NamedNode(cell.territory)
    yield om("victimSex"), NamedNode(f"{ID}victim-sex/{cell.sex}")
    yield om("asAt"), Literal(day.isoformat(), datatype=XSD_DATE)
    yield om("verdict"), Literal(cell.verdict.value)
    yield om("strictVerdict"), Literal(cell.strict.value)
    yield om("generousVerdict"), Literal(cell.generous.value)
    yield om("federalVerdict"), Literal(cell.federal.value)
    for sentence in exhibit.left[Reading.STRICT]:
        yield om("leftOver"), Literal(sentence)
    for sentence in exhibit.left[Reading.GENEROUS]:
        yield om("leftOverGenerously"), Literal(sentence)
    for row in exhibit.covering:
        yield om("reachedBy"), NamedNode(row.iri)
