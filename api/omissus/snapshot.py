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
from omissus.boxes import Box
from omissus.corpus import Requirement
from omissus.elements import Reading
from omissus.facets import Facets
from omissus.findings import Findings
from omissus.grain import Part, parts
from omissus.graph import XSD
from omissus.store import query_text
from omissus.vocabulary import ID, LABEL, RDF_TYPE, om

WORK = "https://w3id.org/omissus/work#"
RESULTS = {
    Reading.STRICT: ("strict-result",),
    Reading.GENEROUS: ("generous-result", "expressed"),
}
"""What is asked on each reading of the patterns and of what punishes them."""
TWINS = {"victim-sex": "twinBySex", "victim-age": "twinByAge", "means": "twinByMeans"}


def snapshot(findings: Findings, territory: str, turn: int = 0) -> list[Quad]:
    """The statements of the snapshot: encoding in force, patterns, ties and demands."""
    store = law_of_the_day(findings, territory)
    store.bulk_extend(_patterns(findings, territory, turn))
    store.bulk_extend(ties(store, RESULTS))
    return finished(store, "demands")


def ties(store: pyoxigraph.Store, asked: dict[Reading, tuple[str, ...]]) -> list[Quad]:
    """What is asked on each reading of the patterns of a store and of what punishes them."""
    law = list(store)
    with ThreadPoolExecutor() as readings:
        found = readings.map(partial(_ties, law), *zip(*asked.items(), strict=True))
        return [quad for quads in found for quad in quads]


def finished(store: pyoxigraph.Store, *steps: str) -> list[Quad]:
    """The statements of a store after some last steps, without those that were only for work."""
    for step in steps:
        store.update(query_text(f"snapshot/{step}"))
    return [quad for quad in store if not quad.predicate.value.startswith(WORK)]


def snapshot_iri(findings: Findings, territory: str) -> str:
    """Name of the snapshot of a territory on the day of the findings."""
    return f"{ID}snapshot/{territory.rsplit('/', 1)[-1]}/{findings.day}"


def law_of_the_day(findings: Findings, territory: str) -> pyoxigraph.Store:
    """A store of the encoding as far as it is law on the day and in the territory."""
    store = pyoxigraph.Store()
    for path in findings.corpus.graph.files:
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    name = snapshot_iri(findings, territory)
    day = Literal(findings.day.isoformat(), datatype=NamedNode(XSD + "date"))
    store.bulk_extend(
        [
            statement(name, RDF_TYPE, NamedNode(om("Snapshot"))),
            statement(name, om("standsAt"), day),
            statement(name, om("standsIn"), NamedNode(territory)),
        ]
    )
    store.update(query_text("snapshot/law-of-the-day"))
    return store


def _ties(law: list[Quad], reading: Reading, asked: tuple[str, ...]) -> list[Quad]:
    """Which patterns are punished by which offences on one reading, by SPARQL over the encoding."""
    store = pyoxigraph.Store()
    store.bulk_extend(law)
    for step in (f"{reading}-reading", "values", "terms", "roots"):
        store.update(query_text(f"snapshot/{step}"))
    _repeated(store, "heirs", while_true="unclaimed")
    store.update(query_text("snapshot/limbs"))
    _repeated(store, "split-limbs", while_true="awaiting")
    for step in ("rules", "ties", "words"):
        store.update(query_text(f"snapshot/{step}"))
    return [quad for name in asked for quad in constructed(store, name)]


def _repeated(store: pyoxigraph.Store, step: str, while_true: str) -> None:
    asked, update = query_text(f"snapshot/{while_true}"), query_text(f"snapshot/{step}")
    while store.query(asked):
        store.update(update)


def constructed(store: pyoxigraph.Store, name: str) -> Iterator[Quad]:
    """The statements that a CONSTRUCT query among the snapshot's makes of a store."""
    found = store.query(query_text(f"snapshot/{name}"))
    assert isinstance(found, pyoxigraph.QueryTriples)
    return (Quad(*triple) for triple in found)


def _patterns(findings: Findings, territory: str, turn: int) -> Iterator[Quad]:
    for requirement in findings.corpus.requirements:
        if requirement.offence:
            found = parts(findings, requirement, territory, turn)
            yield from acts(findings.corpus.facets, requirement, found)


def acts(facets: Facets, requirement: Requirement, found: list[Part]) -> Iterator[Quad]:
    """Fact patterns of a requirement, one for each part, and their twins."""
    names: dict[Box, str] = {}

    def name(act: Box) -> str:
        return names.setdefault(act, f"{ID}pattern/{requirement.slug}/{len(names) + 1}")

    for part in found:
        pattern = name(part.act)
        told = wording.fact_pattern(facets, requirement, part.box, part.home)
        yield from _pattern(facets, pattern, part.act, told)
        yield statement(pattern, om("patternOf"), NamedNode(requirement.iri))
        yield statement(pattern, om("standsFor"), Literal(facets.space.size(part.box)))
    shown = set(names)
    for part in found:
        for slug, twins in part.twins.items():
            for twin in twins:
                if twin not in shown:
                    shown.add(twin)
                    told = wording.fact_pattern(facets, requirement, twin, part.home)
                    yield from _pattern(facets, name(twin), twin, told)
                yield statement(name(part.act), om(TWINS[slug]), NamedNode(name(twin)))


def _pattern(facets: Facets, name: str, act: Box, told: str) -> Iterator[Quad]:
    yield statement(name, RDF_TYPE, NamedNode(om("FactPattern")))
    yield statement(name, LABEL, Literal(told, language="en"))
    for slug in facets.slugs:
        for value in facets.values(act, slug):
            yield statement(name, om("shows"), NamedNode(value))


def statement(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value)
