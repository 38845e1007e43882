"""The law of one day in one territory as a graph, with fact patterns tied to what punishes them.

The patterns are chosen at the coverage engine's grain. The ties are not: they are computed by
SPARQL over the encoding, element by element, so that gap shapes on this graph are a second witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from omissus import wording
from omissus.corpus import Requirement
from omissus.facets import Box, Facets, size
from omissus.findings import Findings
from omissus.grain import Part, parts
from omissus.graph import XSD
from omissus.patterns import Reading
from omissus.store import query_text
from omissus.vocabulary import ID, LABEL, RDF_TYPE, om

WORK = "https://w3id.org/omissus/work#"
TWINS = {"victim-sex": "twinBySex", "victim-age": "twinByAge", "means": "twinByMeans"}


def snapshot(findings: Findings, territory: str, turn: int = 0) -> list[Quad]:
    """The statements of the snapshot: encoding in force, patterns, ties and demands."""
    store = _law_of_the_day(findings, territory)
    patterns = list(_patterns(findings, territory, turn))
    store.bulk_extend(patterns)
    with ThreadPoolExecutor() as readings:
        for ties in readings.map(partial(_ties, list(store)), Reading):
            store.bulk_extend(ties)
    store.update(query_text("snapshot/demands"))
    return [quad for quad in store if not quad.predicate.value.startswith(WORK)]


def snapshot_iri(findings: Findings, territory: str) -> str:
    """Name of the snapshot of a territory on the day of the findings."""
    return f"{ID}snapshot/{territory.rsplit('/', 1)[-1]}/{findings.day}"


def _law_of_the_day(findings: Findings, territory: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in findings.corpus.graph.files:
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    name = snapshot_iri(findings, territory)
    day = Literal(findings.day.isoformat(), datatype=NamedNode(XSD + "date"))
    store.bulk_extend(
        [
            _quad(name, RDF_TYPE, NamedNode(om("Snapshot"))),
            _quad(name, om("standsAt"), day),
            _quad(name, om("standsIn"), NamedNode(territory)),
        ]
    )
    store.update(query_text("snapshot/law-of-the-day"))
    return store


def _ties(law: list[Quad], reading: Reading) -> list[Quad]:
    """Which patterns are punished by which offences on one reading, by SPARQL over the encoding."""
    store = pyoxigraph.Store()
    store.bulk_extend(law)
    for step in (f"{reading}-reading", "values", "terms", "limbs"):
        store.update(query_text(f"snapshot/{step}"))
    awaiting, split = query_text("snapshot/awaiting"), query_text("snapshot/split-limbs")
    while store.query(awaiting):
        store.update(split)
    for step in ("rules", "ties", "words"):
        store.update(query_text(f"snapshot/{step}"))
    found = store.query(query_text(f"snapshot/{reading}-result"))
    assert isinstance(found, pyoxigraph.QueryTriples)
    return [Quad(*triple) for triple in found]


def _patterns(findings: Findings, territory: str, turn: int) -> Iterator[Quad]:
    for requirement in findings.corpus.requirements:
        if requirement.offence:
            found = parts(findings, requirement, territory, turn)
            yield from _patterns_of(findings.corpus.facets, requirement, found)


def _patterns_of(facets: Facets, requirement: Requirement, found: list[Part]) -> Iterator[Quad]:
    names: dict[Box, str] = {}

    def name(act: Box) -> str:
        return names.setdefault(act, f"{ID}pattern/{requirement.slug}/{len(names) + 1}")

    for part in found:
        pattern = name(part.act)
        told = wording.fact_pattern(facets, requirement, part.box, part.home)
        yield from _pattern(facets, pattern, part.act, told)
        yield _quad(pattern, om("patternOf"), NamedNode(requirement.iri))
        yield _quad(pattern, om("standsFor"), Literal(size(part.box)))
    shown = set(names)
    for part in found:
        for slug, twins in part.twins.items():
            for twin in twins:
                if twin not in shown:
                    shown.add(twin)
                    told = wording.fact_pattern(facets, requirement, twin, part.home)
                    yield from _pattern(facets, name(twin), twin, told)
                yield _quad(name(part.act), om(TWINS[slug]), NamedNode(name(twin)))


def _pattern(facets: Facets, name: str, act: Box, told: str) -> Iterator[Quad]:
    yield _quad(name, RDF_TYPE, NamedNode(om("FactPattern")))
    yield _quad(name, LABEL, Literal(told, language="en"))
    for slug in facets.slugs:
        for value in facets.values(act, slug):
            yield _quad(name, om("shows"), NamedNode(value))


def _quad(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value)
