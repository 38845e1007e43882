"""The gap shapes run on the snapshot of one day and territory: the second witness."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from omissus.corpus import Corpus, Requirement
from omissus.findings import Findings
from omissus.shapes import Result, rdf_graph, read_shapes, results
from omissus.snapshot import snapshot
from omissus.vocabulary import LABEL, om

GAPS = Path("shapes") / "gaps"
PREFIXES = {
    "om": "https://w3id.org/omissus/def#",
    "shape": "https://w3id.org/omissus/shape/",
    "pattern": "https://w3id.org/omissus/id/pattern/",
    "requirement": "https://w3id.org/omissus/id/requirement/",
    "facet": "https://w3id.org/omissus/id/facet/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class GapResult:
    """What a gap shape found lacking: a fact pattern, a requirement or a penalty.

    `requirement` is the short name of the demand, none for a penalty; `assessed` is false where the
    law on the demand was not searched, so that the result is no gap yet.
    """

    shape: str
    name: str
    severity: str
    focus: str
    label: str
    requirement: str | None
    message: str
    assessed: bool


def gap_results(
    findings: Findings, territory: str, quads: list[pyoxigraph.Quad] | None = None
) -> list[GapResult]:
    """What the gap shapes find in the law of a territory on the day of the findings.

    `quads` is the snapshot of that territory, if it has been made already.
    """
    quads = snapshot(findings, territory) if quads is None else quads
    data, shapes = rdf_graph(quads), read_shapes(findings.corpus.graph.root / GAPS)
    texts = _texts(quads)
    demands = {requirement.iri: requirement for requirement in findings.corpus.requirements}
    return [_gap(findings, territory, row, texts, demands) for row in results(data, shapes)]


def _texts(quads: list[pyoxigraph.Quad]) -> dict[tuple[str, str], str]:
    """Labels of patterns and the requirements they are patterns of."""
    wanted = {LABEL, om("patternOf")}
    texts = {}
    for quad in quads:
        subject, value = quad.subject, quad.object
        if quad.predicate.value in wanted and isinstance(subject, pyoxigraph.NamedNode):
            assert not isinstance(value, pyoxigraph.Triple)
            texts[subject.value, quad.predicate.value] = value.value
    return texts


def _gap(
    findings: Findings,
    territory: str,
    row: Result,
    texts: dict[tuple[str, str], str],
    demands: dict[str, Requirement],
) -> GapResult:
    demand = demands.get(texts.get((row.focus, om("patternOf")), row.focus))
    searched = demand is None or findings.registry.searched(
        territory, demand.subjects, findings.day
    )
    return GapResult(
        shape=row.shape,
        name=row.name,
        severity=row.severity,
        focus=row.focus,
        label=texts.get((row.focus, LABEL)) or _penalty_label(findings.corpus, row.focus),
        requirement=demand.slug if demand else None,
        message=row.message,
        assessed=searched,
    )


def _penalty_label(corpus: Corpus, penalty: str) -> str:
    offence = corpus.offences.get(corpus.graph.iri(penalty, om("penaltyFor")) or "")
    return f"{offence.version.citation} ({offence.label})" if offence else penalty


def portable(root: Path, quads: list[pyoxigraph.Quad]) -> bytes:
    """A snapshot and the gap shapes as one Turtle document, for any SHACL engine."""
    triples = [pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    for path in sorted((root / GAPS).glob("*.ttl")):
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            triples.append(pyoxigraph.Triple(quad.subject, quad.predicate, quad.object))
    written = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None
    return written
