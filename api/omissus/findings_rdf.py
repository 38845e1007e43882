"""Findings as RDF, in the terms of ontology/findings.ttl: one named graph for each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad, Triple

from omissus import __version__
from omissus.elements import Reading
from omissus.findings import Cell, Findings
from omissus.statements import about, day_literal, english
from omissus.vocabulary import ID, LABEL, PROV, RDF_TYPE, om

IDENTIFIER = "http://purl.org/dc/terms/identifier"

Statement = tuple[str, NamedNode | Literal]


def findings_graph(day: date) -> str:
    """Name of the graph that holds the findings on the law of a day."""
    return f"{ID}findings/{day.isoformat()}"


def finding_iri(cell: Cell, day: date) -> str:
    """Name of one finding: the day, then the name it has in addresses."""
    return f"{ID}finding/{day.isoformat()}/{cell.id}"


def release_told(release: str) -> Iterator[Triple]:
    """The data release and the software that what is computed comes from."""
    yield from about(
        f"{ID}release/{release}",
        {
            RDF_TYPE: PROV + "Entity",
            LABEL: english(f"Omissus data, release {release}"),
            IDENTIFIER: Literal(release),
        },
    )
    yield from about(
        f"{ID}software/{__version__}",
        {
            RDF_TYPE: PROV + "SoftwareAgent",
            LABEL: english(f"Omissus {__version__}"),
            IDENTIFIER: Literal(__version__),
        },
    )


def computed_quads(findings: Findings, graph: str, told: str) -> Iterator[Quad]:
    """What a computed graph came from: day, data release and software; no clock, so same bytes."""
    release = findings.corpus.graph.release
    activity = f"{ID}computation/{graph.removeprefix(ID)}/{release}"
    statements = (
        *about(
            graph,
            {
                RDF_TYPE: PROV + "Entity",
                LABEL: english(told),
                om("standsAt"): findings.day,
                PROV + "wasGeneratedBy": activity,
            },
        ),
        *about(
            activity,
            {
                RDF_TYPE: PROV + "Activity",
                LABEL: english(f"computation of {told}"),
                PROV + "used": f"{ID}release/{release}",
                PROV + "wasAssociatedWith": f"{ID}software/{__version__}",
            },
        ),
        *release_told(release),
    )
    for triple in statements:
        yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))


def findings_quads(findings: Findings) -> Iterator[Quad]:
    """The graph of a day: every finding, and how they were computed."""
    name = findings_graph(findings.day)
    yield from computed_quads(findings, name, f"findings on the law as at {findings.day}")
    yield from finding_quads(findings.cells(), findings.day)


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
    yield om("asAt"), day_literal(day)
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
