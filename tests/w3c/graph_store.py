"""The suite `graph-store-protocol`, as far as it reads; what writes must be refused."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx2
import pyoxigraph
from pyoxigraph import Dataset, NamedNode, Quad, RdfFormat

from tests.w3c.manifests import MF, Case, Message, messages
from tests.w3c.outcomes import demand
from tests.w3c.serving import Stores

READING = ("GET", "HEAD")
NOT_OFFERED = {
    "DirectGraphIdentification": "Graphs have IRIs of w3id.org, not paths of the server.",
    "POSTGraphCreation": "The server makes no graphs.",
}
JUDGED = "Each write is refused with 405; each read finds what the write before it would have left."
DEFAULT = "urn:x-default"


def not_offered(case: Case) -> str | None:
    """Why a case cannot be run: a feature that it requires and the server does not offer."""
    required = [str(f).rpartition("#")[2] for f in case.graph.objects(case.node, MF.requires)]
    return next((NOT_OFFERED[name] for name in sorted(required) if name in NOT_OFFERED), None)


def graph_store(case: Case, client: httpx2.Client, stores: Stores) -> str:
    """Run a case: writes are done to the store by the runner. Raises DeviationError."""
    state: dict[str, list[pyoxigraph.Triple]] = {}
    stores.hold(())
    for message in messages(case):
        path = message.path.replace("/gsp", "/graph-store", 1)
        asked = {"content": message.body, "headers": message.headers}
        answer = client.request(message.method, path, **asked)
        if message.method in READING:
            _check(message, answer)
            continue
        demand(answer.status_code == 405, f"{message.method} answered {answer.status_code}")
        demand(answer.headers["allow"] == ", ".join(READING), "no Allow header")
        _write(state, message)
        stores.hold(
            Quad(*triple, NamedNode(name)) for name, triples in state.items() for triple in triples
        )
    return JUDGED


def _write(state: dict[str, list[pyoxigraph.Triple]], message: Message) -> None:
    fields = parse_qs(urlsplit(message.path).query)
    name = fields["graph"][0] if "graph" in fields else DEFAULT
    if message.method == "DELETE":
        state.pop(name, None)
        return
    new = [quad.triple for document in _documents(message) for quad in _parsed(document)]
    state[name] = new + (state.get(name, []) if message.method == "POST" else [])


def _documents(message: Message) -> list[bytes]:
    """The Turtle of a body: itself, or the parts of a form."""
    body, kind = message.body or b"", message.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return [body]
    boundary = kind.partition("boundary=")[2].encode()
    parts = body.replace(b"\r\n", b"\n").split(b"--" + boundary)[1:-1]
    return [part.split(b"\n\n", 1)[1] for part in parts]


def _parsed(document: bytes) -> list[Quad]:
    return list(pyoxigraph.parse(document, format=RdfFormat.TURTLE, rename_blank_nodes=True))


def _check(message: Message, answer: httpx2.Response) -> None:
    demand(message.allows(answer.status_code), f"answered {answer.status_code}")
    if message.answer is not None:
        demand(answer.headers["content-type"] == "text/turtle; charset=utf-8", "not Turtle")
        found, wanted = Dataset(_parsed(answer.content)), Dataset(_parsed(message.answer))
        for dataset in (found, wanted):
            dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
        demand(found == wanted, "another graph")
