"""A store of other makers in place of our own: loaded by `omissus publish`, asked by the server.

The endpoint's own tests run against it, save those that speak of our worker processes.
"""

from __future__ import annotations

from datetime import date

import pyoxigraph
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.findings import Findings
from omissus.findings_rdf import findings_graph
from omissus.http.app import create_app
from omissus.http.limits import Limits
from omissus.publishing import LAW_FILE, graphs_of, put
from tests import stores as engines
from tests.serving import serving
from tests.test_sparql import (  # noqa: F401  collected here, and asked of the client below
    test_a_graph_answers_in_each_format_of_rdf,
    test_a_malformed_query_is_told_with_line_and_column,
    test_a_query_comes_by_get_by_form_and_by_direct_post,
    test_ask_answers_true_or_false,
    test_select_answers_in_each_format_of_results,
    test_the_protocol_cannot_name_a_graph_that_is_not_held,
    test_weights_decide_between_formats,
    test_what_a_format_cannot_carry_is_not_acceptable,
    test_what_would_change_or_fetch_is_refused_and_nobody_is_called,
)

PTPA = "https://w3id.org/omissus/id/akn/pk/act/2018/34"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
OTHER_DAY = "2018-01-01"


@pytest.fixture(scope="module")
def findings(corpus):
    return Findings(corpus, date.today())


@pytest.fixture(scope="module")
def store(findings, tmp_path_factory):
    with engines.oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as store:
        assert len(list(put(graphs_of(findings, with_reports=False), store.graph_store))) > 50
        yield store


@pytest.fixture(scope="module")
def client(corpus, store):
    limits = Limits(seconds=2.0, most_bytes=1_000_000)
    with serving(create_app(corpus, limits, store=store.query)) as client:
        yield client


@pytest.fixture(scope="module")
def own(corpus, stores):
    with serving(create_app(corpus, cache=stores)) as client:
        yield client


def rows(client, query, **more):
    answer = client.get("/sparql", params={"query": query, **more}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.splitlines()[1:])


QUESTIONS = [
    COUNT,
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    f"SELECT (COUNT(*) AS ?n) FROM <{PTPA}> {{ ?s ?p ?o }}",
    "SELECT ?s ?label { ?s a <https://w3id.org/omissus/def#Territory> ;"
    " <http://www.w3.org/2000/01/rdf-schema#label> ?label }",
    "SELECT ?verdict (COUNT(*) AS ?n) { ?f <https://w3id.org/omissus/def#verdict> ?verdict }"
    " GROUP BY ?verdict",
]


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_other_store_answers_as_our_own_does(client, own, query):
    assert rows(client, query) == rows(own, query)


@pytest.mark.skipif(engines.VIRTUOSO is None, reason="Virtuoso is not installed")
def test_a_store_of_another_family_answers_as_our_own_does(corpus, findings, own, tmp_path_factory):
    folder = tmp_path_factory.mktemp("virtuoso")
    with engines.virtuoso(folder) as store:
        list(put(graphs_of(findings, with_reports=False), store.graph_store))
        with serving(create_app(corpus, store=store.query)) as client:
            for query in QUESTIONS:
                assert rows(client, query) == rows(own, query)
            asked = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
            assert asked.status_code == 502  # it answers ASK in JSON of its own


def test_a_graph_is_named_by_the_protocol_too(client, own):
    assert rows(client, COUNT, **{"default-graph-uri": PTPA}) == rows(
        own, COUNT, **{"default-graph-uri": PTPA}
    )


def statements(answer, form):
    return {str(quad) for quad in pyoxigraph.parse(answer.content, format=form)}


@pytest.mark.parametrize(
    ("path", "accept", "form"),
    [
        (f"/graph-store?graph={PTPA}", "text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("/dataset.nq", "*/*", pyoxigraph.RdfFormat.N_QUADS),
        ("/data/akn/pk/act/2018/34.nt", "*/*", pyoxigraph.RdfFormat.N_TRIPLES),
    ],
)
def test_whole_graphs_come_from_the_store(client, own, path, accept, form):
    headers = {"Accept": accept}
    theirs, ours = client.get(path, headers=headers), own.get(path, headers=headers)
    assert theirs.status_code == 200
    assert statements(theirs, form) == statements(ours, form)


def test_a_graph_that_is_not_there_is_not_found(client):
    assert client.get("/graph-store?graph=https://example.org/").status_code == 404


def test_a_day_that_was_not_published_is_refused_with_the_remedy(client):
    answer = client.get("/sparql", params={"query": COUNT, "at": OTHER_DAY})
    assert answer.status_code == 503
    assert f"omissus publish --at {OTHER_DAY}" in answer.json()["detail"]


def test_data_of_another_release_are_refused(corpus, store, monkeypatch):
    monkeypatch.setattr(corpus.graph, "release", "0123456789ab")
    with TestClient(create_app(corpus, store=store.query)) as later:
        answer = later.get("/sparql", params={"query": COUNT})
    assert answer.status_code == 503
    assert "0123456789ab" in answer.json()["detail"]


def test_a_query_that_runs_long_is_let_go_in_time(client):
    answer = client.get("/sparql", params={"query": f"{COUNT[:-12]} {{ ?a ?b ?c . ?d ?e ?f }}"})
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_answer_too_long_is_refused(client):
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert answer.status_code == 413


def test_a_store_that_is_gone_is_told(corpus):
    with TestClient(create_app(corpus, store="http://127.0.0.1:9/query")) as client:
        assert client.get("/readyz").status_code == 503
        answer = client.get("/sparql", params={"query": COUNT})
    assert answer.status_code == 502
    assert "does not answer" in answer.json()["detail"]


def test_publish_says_what_it_put_where(store):
    done = CliRunner().invoke(app, ["publish", store.graph_store])
    assert done.exit_code == 0, done.output
    assert "statements, law as at" in done.output


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("http://127.0.0.1:9/store", "no answer"),
        ("http://127.0.0.1:9:9/store", "no answer"),
        ("QUERY", "404"),
    ],
)
def test_publish_says_what_went_wrong(store, target, told):
    done = CliRunner().invoke(app, ["publish", target.replace("QUERY", store.query)])
    assert done.exit_code == 3
    assert told in done.output


def test_publish_tells_no_password():
    done = CliRunner().invoke(app, ["publish", "http://name:se@cret@127.0.0.1:9/store"])
    assert "cret" not in done.output
    assert "http://127.0.0.1:9/store: no answer" in done.output


def test_publish_writes_files_for_bulk_loaders(findings, tmp_path):
    done = CliRunner().invoke(app, ["publish", str(tmp_path), "--at", OTHER_DAY])
    assert done.exit_code == 0, done.output
    law, computed = tmp_path / LAW_FILE, tmp_path / f"findings-{OTHER_DAY}.nq"
    graphs = {q.graph_name.value for q in pyoxigraph.parse(path=str(computed))}
    assert graphs == {findings_graph(date.fromisoformat(OTHER_DAY))}
    named = {q.graph_name.value for q in pyoxigraph.parse(path=str(law))}
    assert named | {findings_graph(findings.day)} == set(graphs_of(findings, with_reports=False))
