"""Publishing: the graphs of a day put into a store of other makers, or written as files for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

from omissus.findings import Findings
from omissus.findings_rdf import findings_graph, findings_quads
from omissus.graphs import authored_quads
from omissus.validation import validation_quads

SECONDS = 300.0
"""How long a store may take over one graph."""
ATTEMPTS_TO_CONNECT = 3
TURTLE = "text/turtle"
LAW_FILE = "law.nq"
NAME_AND_PASSWORD = re.compile("(?<=//)[^/?#]*@")


@dataclass(eq=False)
class PublishingError(Exception):
    """A graph that a store did not take: the store's address, what it said, and the remedy."""

    address: str
    what: str
    remedy: str

    def __str__(self) -> str:
        address = NAME_AND_PASSWORD.sub("", self.address)
        return f"{address}: {self.what}. {self.remedy}"


def _computed(findings: Findings, with_reports: bool) -> Iterator[Quad]:
    if with_reports:
        yield from validation_quads(findings)
    yield from findings_quads(findings)


def graphs_of(findings: Findings, with_reports: bool) -> dict[str, list[Triple]]:
    """The statements of each named graph of a day, the graph of its findings last."""
    graphs: dict[str, list[Triple]] = {}
    for quads in (authored_quads(findings.corpus.graph), _computed(findings, with_reports)):
        for quad in quads:
            assert isinstance(quad.graph_name, pyoxigraph.NamedNode)
            triple = Triple(quad.subject, quad.predicate, quad.object)
            graphs.setdefault(quad.graph_name.value, []).append(triple)
    last = findings_graph(findings.day)
    graphs[last] = graphs.pop(last)
    return graphs


def put(graphs: dict[str, list[Triple]], address: str) -> Iterator[str]:
    """Put each graph into the store whose Graph Store Protocol service is at `address`.

    Yields the name of each graph once it is there. Since the graph of the findings, which tells
    the data release, comes last, a store that was left half-way is not taken for a whole one.
    Raises PublishingError.
    """
    transport = httpx2.HTTPTransport(retries=ATTEMPTS_TO_CONNECT)
    with httpx2.Client(transport=transport, timeout=SECONDS) as client:
        for name, triples in graphs.items():
            body = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)  # within Turtle
            try:
                answer = client.put(
                    address,
                    params={"graph": name},
                    content=body,
                    headers={"Content-Type": TURTLE},
                )
                answer.raise_for_status()
            except httpx2.HTTPStatusError as fault:
                said = f"{fault.response.status_code} to PUT of <{name}>: {_excerpt(answer)}"
                remedy = "Check the address of its Graph Store Protocol service, and who may write."
                raise PublishingError(address, said, remedy) from None
            except (httpx2.HTTPError, httpx2.InvalidURL) as fault:
                remedy = "Check the address, and that the store runs."
                raise PublishingError(address, f"no answer ({fault})", remedy) from None
            yield name


def _excerpt(answer: httpx2.Response) -> str:
    return " ".join(answer.text.split())[:200] or answer.reason_phrase


def write(findings: Findings, folder: Path, with_reports: bool) -> tuple[Path, Path]:
    """Write the law and the computed graphs of the day as two N-Quads files, for bulk loaders."""
    folder.mkdir(parents=True, exist_ok=True)
    law, computed = folder / LAW_FILE, folder / f"findings-{findings.day}.nq"
    pyoxigraph.serialize(authored_quads(findings.corpus.graph), str(law), RdfFormat.N_QUADS)
    pyoxigraph.serialize(_computed(findings, with_reports), str(computed), RdfFormat.N_QUADS)
    return law, computed
