"""The suites `protocol` and `service-description`."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pyoxigraph
import pyshacl
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat

from omissus.http.formats import BOOLEANS, GRAPHS, RESULTS
from omissus.shapes import read_shapes
from tests.w3c.manifests import Case, Message, labelled_data, messages
from tests.w3c.outcomes import demand
from tests.w3c.serving import Stores

EMPTY = "http://kasei.us/2009/09/sparql/data/data0.rdf"
"""Named by requests of the suite, which has no data for it: held without statements."""
UPDATE = "application/sparql-update"
REFUSED = "The update is refused with 403 and the data stay as they were."
SD = "http://www.w3.org/ns/sparql-service-description#"
SHAPES = Path(__file__).with_name("service-description.ttl")
FORMATS = {"boolean": set(BOOLEANS), "tabular": set(RESULTS), "RDF": set(GRAPHS)}


def protocol(case: Case, client: httpx2.Client, stores: Stores) -> str:
    """Run a case. Raises DeviationError."""
    stores.hold(_data(case), empty=[EMPTY])
    before = client.get("/graph-store?default").content
    refused = False
    for message in messages(case):
        answer = _send(client, message)
        if _is_update(message):
            refused = True
            demand(answer.status_code == 403, f"update answered {answer.status_code}, not 403")
            demand("update-refused" in answer.json()["type"], "refused for another reason")
        elif refused:  # the suite asks whether the update was done
            demand(answer.json() == {"head": {}, "boolean": False}, "the update was done")
        else:
            _check(message, answer)
    demand(client.get("/graph-store?default").content == before, "the data have changed")
    return REFUSED if refused else ""


def _data(case: Case) -> list[Quad]:
    return [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(name))
        for path, name in labelled_data(case)
        for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.N_TRIPLES)
    ]


def _send(client: httpx2.Client, message: Message) -> httpx2.Response:
    path = message.path.replace("/sparql/", "/sparql", 1)
    return client.request(message.method, path, content=message.body, headers=message.headers)


def _is_update(message: Message) -> bool:
    kind = message.headers.get("content-type", "")
    return kind == UPDATE or ((message.body or b"").startswith(b"update=") and "form" in kind)


def _check(message: Message, answer: httpx2.Response) -> None:
    demand(message.allows(answer.status_code), f"answered {answer.status_code}: {answer.text}")
    kind = answer.headers["content-type"].partition(";")[0]
    if message.form:
        demand(kind in FORMATS[message.form], f"{message.form} answered as {kind}")
    if message.boolean is not None:
        demand(answer.json()["boolean"] is message.boolean, "the other truth value")


def service_description(case: Case, client: httpx2.Client, stores: Stores) -> str:
    """Run a case. Raises DeviationError."""
    stores.hold([Quad(NamedNode("x:s"), NamedNode("x:p"), NamedNode("x:o"), NamedNode("x:g"))])
    answer = client.get("/sparql")
    demand(answer.status_code == 200, f"answered {answer.status_code}")
    kind = answer.headers["content-type"].partition(";")[0]
    demand(kind in GRAPHS, f"{kind} is no RDF")
    described = rdflib.Graph().parse(data=answer.text, format=kind)
    if case.name == "has-endpoint-triple":
        endpoint = rdflib.URIRef(str(answer.url))
        found = list(described.subjects(rdflib.URIRef(SD + "endpoint"), endpoint))
        demand(len(found) == 1, f"no sd:endpoint {endpoint}")
    if case.name == "conforms-to-schema":
        shapes = read_shapes(SHAPES)
        conforms, _, text = pyshacl.validate(described, shacl_graph=shapes)
        demand(bool(conforms), text)
        known = {str(term) for triple in shapes for term in triple if str(term).startswith(SD)}
        used = {str(term) for triple in described for term in triple if str(term).startswith(SD)}
        demand(used <= known, f"no terms of the vocabulary: {sorted(used - known)}")
        return "Judged by shapes written after the terms and ranges of the recommendation."
    demand(len(described) > 0, "an empty description")
    return ""
