"""The shapes that ask of the law, run on a graph of it: the second witness."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from omissus.corpus import Corpus, Requirement
from omissus.findings import Findings
from omissus.rdf import rdf_graph
from omissus.shapes import Result, read_shapes, results
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

DEMAND = (om("patternOf"), om("overlapOn"), om("safeguardOf"))
ENDED_BY = (om("endedBy"), om("extentEndedBy"))
LOST = om("lostWith")
TOLD = {LABEL, LOST, *DEMAND, *ENDED_BY}


@dataclass(frozen=True)
class GapResult:
    """What a shape found: a fact pattern, a requirement, a penalty, an overlap or a reference.

    `requirement` is the short name of the demand, if the result is about one; `assessed` is false
    where the law on the demand was not searched, so that the result is no gap yet; `causes` are
    the provisions, and the Acts that ended them, with which a punishment was lost.
    """

    shape: str
    name: str
    severity: str
    focus: str
    label: str
    requirement: str | None
    message: str
    assessed: bool
    causes: tuple[str, ...]


def gap_results(
    findings: Findings, territory: str, quads: list[pyoxigraph.Quad] | None = None
) -> list[GapResult]:
    """What the gap shapes find in the law of a territory on the day of the findings.

    `quads` is the snapshot of that territory, if it has been made already.
    """
    return answers(findings, territory, GAPS, quads or snapshot(findings, territory))


def answers(
    findings: Findings, territory: str, folder: Path, quads: list[pyoxigraph.Quad]
) -> list[GapResult]:
    """What the shapes of a folder find in a graph of the law of a territory."""
    return [gap for _, gap in results_told(findings, territory, folder, quads)]


def results_told(
    findings: Findings, territory: str, folder: Path, quads: list[pyoxigraph.Quad]
) -> list[tuple[Result, GapResult]]:
    """Each result of the shapes of a folder, and what it says of the law of a territory."""
    data, shapes = rdf_graph(quads), read_shapes(findings.corpus.graph.root / folder)
    told = Told(quads)
    demands = {requirement.iri: requirement for requirement in findings.corpus.requirements}
    rows = results(data, shapes)
    return [(row, _gap(findings, territory, row, told, demands)) for row in rows]


class Told:
    """What a graph of the law says of a thing, as far as results tell it."""

    def __init__(self, quads: list[pyoxigraph.Quad]) -> None:
        self._values: dict[tuple[str, str], list[str]] = {}
        for quad in quads:
            subject, value = quad.subject, quad.object
            if quad.predicate.value in TOLD and isinstance(subject, pyoxigraph.NamedNode):
                assert not isinstance(value, pyoxigraph.Triple)
                key = (subject.value, quad.predicate.value)
                self._values.setdefault(key, []).append(value.value)

    def all(self, thing: str, *predicates: str) -> list[str]:
        """Every value that a thing has on any of some predicates."""
        return [v for name in predicates for v in self._values.get((thing, name), ())]

    def one(self, thing: str, *predicates: str) -> str | None:
        """The first of them."""
        return next(iter(self.all(thing, *predicates)), None)


def _gap(
    findings: Findings, territory: str, row: Result, told: Told, demands: dict[str, Requirement]
) -> GapResult:
    demand = demands.get(told.one(row.focus, *DEMAND) or row.focus)
    searched = demand is None or findings.registry.searched(
        territory, demand.subjects, findings.day
    )
    return GapResult(
        shape=row.shape,
        name=row.name,
        severity=row.severity,
        focus=row.focus,
        label=told.one(row.focus, LABEL) or _penalty_label(findings.corpus, row.focus),
        requirement=demand.slug if demand else None,
        message=row.message,
        assessed=searched,
        causes=tuple(sorted(_cause(findings.corpus, told, c) for c in told.all(row.focus, LOST))),
    )


def _cause(corpus: Corpus, told: Told, change: str) -> str:
    """A version or an extent that ended, and by which Act; or an exception's version that began."""
    what = told.one(change, LABEL) or corpus.citation(corpus.versions[change].provision)
    ended_by = told.one(change, *ENDED_BY)
    return f"{what}, ended by {corpus.citation(ended_by)}" if ended_by else what


def _penalty_label(corpus: Corpus, penalty: str) -> str:
    offence = corpus.offences.get(corpus.graph.iri(penalty, om("penaltyFor")) or "")
    return f"{offence.version.citation} ({offence.label})" if offence else penalty


def portable(root: Path, quads: list[pyoxigraph.Quad], folder: Path = GAPS) -> bytes:
    """A graph of the law and the shapes of a folder as one Turtle document, for any engine."""
    triples = [pyoxigraph.Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    for path in sorted((root / folder).glob("*.ttl")):
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            triples.append(pyoxigraph.Triple(quad.subject, quad.predicate, quad.object))
    written = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None
    return written
