"""The Graph Store Protocol, reading only, and the downloads of the whole dataset."""

from __future__ import annotations

import pyoxigraph
import pytest

from omissus.http.formats import GRAPHS

DAY = "2018-01-01"
PTPA = "https://w3id.org/omissus/id/akn/pk/act/2018/34"
FINDINGS = f"https://w3id.org/omissus/id/findings/{DAY}"


def got(client, accept="application/n-triples", **params):
    return client.get("/graph-store", params=params, headers={"Accept": accept})


def statements(answer, form=pyoxigraph.RdfFormat.N_TRIPLES):
    return {str(quad.triple) for quad in pyoxigraph.parse(answer.content, format=form)}


def constructed(client, **params):
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    headers = {"Accept": "application/n-triples"}
    return statements(client.get("/sparql", params={"query": query, **params}, headers=headers))


def test_a_graph_is_what_the_endpoint_holds_of_it_in_each_format(client):
    held = constructed(client, **{"default-graph-uri": PTPA})
    assert held
    for media_type, form in GRAPHS.items():
        answer = got(client, media_type, graph=PTPA)
        assert answer.status_code == 200
        assert answer.headers["content-type"].split(";")[0] == media_type
        assert statements(answer, form) == held


def test_the_default_graph_is_all_graphs_together(client):
    answer = client.get("/graph-store?default", headers={"Accept": "application/n-triples"})
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    counted = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert len(statements(answer)) == int(counted[0]["n"]["value"])


@pytest.mark.parametrize(("ending", "form"), [("trig", "TRIG"), ("nq", "N_QUADS")])
def test_the_whole_dataset_keeps_its_graphs_apart(client, ending, form):
    answer = client.get(f"/dataset.{ending}", params={"at": DAY})
    assert answer.status_code == 200
    quads = pyoxigraph.parse(answer.content, format=getattr(pyoxigraph.RdfFormat, form))
    names = {quad.graph_name.value for quad in quads}
    assert {PTPA, FINDINGS} < names


def test_the_findings_of_a_day_are_computed_when_their_graph_is_asked_for(client):
    answer = got(client, graph=FINDINGS)
    assert answer.status_code == 200
    assert "/2018-01-01/3-1-b-procuring.pk.boy>" in answer.text
    assert got(client, graph=FINDINGS, at="2020-01-01").status_code == 404


def test_head_tells_of_a_graph_without_sending_it(client):
    head = client.head("/graph-store", params={"graph": PTPA})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == "text/turtle; charset=utf-8"
    assert client.head("/graph-store", params={"graph": "https://x.example/"}).status_code == 404


def test_a_graph_that_is_held_already_is_not_sent_again(client):
    first = got(client, graph=PTPA)
    held = {"Accept": "application/n-triples", "If-None-Match": first.headers["etag"]}
    again = client.get("/graph-store", params={"graph": PTPA}, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/graph-store", params={"graph": FINDINGS}, headers=held)
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("query_string", "status", "slug"),
    [
        ("", 400, "one-graph"),
        (f"graph={PTPA}&default", 400, "one-graph"),
        (f"graph={PTPA}&graph={PTPA}", 400, "one-graph"),
        ("graph=relative", 400, "invalid-graph-name"),
        ("graph=", 400, "invalid-graph-name"),
        ("graph=%ZZ", 400, "percent-encoding"),
        ("graph=https://x.example/", 404, "unknown-graph"),
        ("graph=https://w3id.org/omissus/id/findings/2018-02-30", 404, "unknown-graph"),
        (f"graph={PTPA}&at=never", 400, "invalid-day"),
    ],
)
def test_a_graph_that_cannot_be_given_is_told_why(client, query_string, status, slug):
    answer = client.get(f"/graph-store?{query_string}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith(f"/{slug}")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_graph_cannot_be_written(client, method):
    answer = client.request(
        method, "/graph-store", params={"graph": PTPA}, content="<a:b> <a:c> 1 ."
    )
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_graph_is_refused_in_what_is_no_rdf(client):
    answer = got(client, "text/csv", graph=PTPA)
    assert answer.status_code == 406
    assert answer.json()["known"] == list(GRAPHS)


def test_a_dataset_has_its_two_forms_and_no_other(client):
    assert client.get("/dataset.rdf").status_code == 404
