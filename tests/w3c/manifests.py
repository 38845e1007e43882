"""The W3C's manifests read into cases; the data stay where they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from rdflib.namespace import RDF, RDFS

BESIDE = Path(__file__).parents[2].parent / "shared" / "conformance"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
Node = rdflib.term.Node


def folder() -> Path | None:
    """Folder of the SPARQL 1.1 suites: $OMISSUS_CONFORMANCE or one beside the checkout."""
    found = Path(os.environ.get("OMISSUS_CONFORMANCE", BESIDE)) / "sparql" / "sparql11"
    return found if found.is_dir() else None


@dataclass(frozen=True)
class Case:
    """A test of a manifest: its suite, its short name, its kind, and where the rest is told."""

    suite: str
    name: str
    kind: str
    title: str
    graph: rdflib.Graph
    node: Node

    @property
    def id(self) -> str:
        return f"{self.suite}/{self.name}"

    def value(self, predicate: rdflib.URIRef) -> Node | None:
        return self.graph.value(self.node, predicate)


@dataclass(frozen=True)
class Message:
    """A request and what the manifest demands of its answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    form: str | None
    answer: bytes | None
    location: str | None

    def allows(self, status: int) -> bool:
        """Whether a status is one of those demanded, by class as 2xx or by name as NotFound."""
        named = {200: "OK", 201: "Created", 204: "NoContent", 404: "NotFound"}.get(status)
        return f"StatusCode{status // 100}xx" in self.statuses or named in self.statuses


@cache
def cases(*suites: str) -> tuple[Case, ...]:
    """Every case of some suites, in the order of their manifests; none where they are not held."""
    root = folder()
    return tuple(case for suite in suites for case in _cases(root, suite)) if root else ()


def _cases(root: Path, suite: str) -> Iterator[Case]:
    for path in sorted((root / suite).glob("manifest*.ttl")):
        graph = rdflib.Graph().parse(path)
        for entries in graph.objects(predicate=MF.entries):
            for node in graph.items(entries):
                yield Case(
                    suite=suite,
                    name=str(node).rpartition("#")[2],
                    kind=str(graph.value(node, RDF.type)).rpartition("#")[2],
                    title=str(graph.value(node, MF.name)),
                    graph=graph,
                    node=node,
                )


def messages(case: Case) -> Iterator[Message]:
    """The requests of a protocol test, in order."""
    graph = case.graph
    for node in graph.items(graph.value(case.value(MF.action), HT.requests)):
        answer = graph.value(node, HT.resp)
        boolean = graph.value(answer, MF.expectedBoolean)
        location = graph.value(answer, MF.expectedLocation)
        form = graph.value(answer, MF.expectedFormat)
        statuses = graph.objects(answer, MF.expectedStatus)
        yield Message(
            method=str(graph.value(node, HT.methodName)),
            path=str(graph.value(node, HT.absolutePath)),
            headers=dict(_headers(graph, node)),
            body=_body(graph, node),
            statuses=frozenset(str(status).rpartition("#")[2] for status in statuses),
            boolean=None if boolean is None else bool(boolean.toPython()),
            form=None if form is None else str(form),
            answer=_body(graph, answer),
            location=None if location is None else str(location),
        )


def _headers(graph: rdflib.Graph, node: Node) -> Iterator[tuple[str, str]]:
    for header in graph.items(graph.value(node, HT.headers)):
        yield str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue))


def _body(graph: rdflib.Graph, node: Node) -> bytes | None:
    body = graph.value(node, HT.body)
    if body is None:
        return None
    encoding = graph.value(body, CNT.characterEncoding)
    return str(graph.value(body, CNT.chars)).encode(str(encoding or "utf-8"))


def labelled_data(case: Case) -> Iterator[tuple[Path, str]]:
    """The files that a protocol test wants held, and the graphs that they stand for."""
    for data in case.graph.objects(case.node, UT.graphData):
        path = str(case.graph.value(data, UT.graph)).removeprefix("file://")
        yield Path(path), str(case.graph.value(data, RDFS.label))
