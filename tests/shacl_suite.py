"""The W3C's test suite for SHACL 1.0, read from its manifests and put to one engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib.collection import Collection

from tests.shacl_engines import Engine, FailedError, Found, found, n_triples, read

MANIFEST = Path("data-shapes-test-suite") / "tests" / "manifest.ttl"
META_SHAPES = MANIFEST.parent / "core" / "complex" / "shacl-shacl-data-shapes.ttl"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")


@dataclass(frozen=True)
class Case:
    """One test: `name` is its place in the suite, `wanted` None where the engine is to refuse."""

    name: str
    data: Path
    shapes: Path
    wanted: Counter[Found] | None

    def met(self, engine: Engine) -> bool:
        """Whether the engine gives exactly the results wanted, or refuses as it should."""
        try:
            return engine(_triples(self.data), _triples(self.shapes)) == self.wanted
        except FailedError:
            return self.wanted is None


def cases(conformance: Path) -> list[Case]:
    """All tests of the suite."""
    manifest = conformance.resolve() / MANIFEST
    return list(_cases(manifest, manifest.parent))


def _cases(manifest: Path, root: Path) -> Iterator[Case]:
    graph = read(_triples(manifest))
    for included in graph.objects(predicate=MF.include):
        yield from _cases(_path(included), root)
    for entries in graph.objects(predicate=MF.entries):
        for test in Collection(graph, entries):
            action, result = graph.value(test, MF.action), graph.value(test, MF.result)
            yield Case(
                str(_path(test).relative_to(root)),
                _path(graph.value(action, SHT.dataGraph)),
                _path(graph.value(action, SHT.shapesGraph)),
                None if result == SHT.Failure else found(graph, result),
            )


def _triples(path: Path) -> str:
    return n_triples(path, base=path.as_uri())


def _path(name: rdflib.term.Node | None) -> Path:
    return Path(str(name).removeprefix("file://"))
