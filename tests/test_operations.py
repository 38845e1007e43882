"""How the server is told about: readiness, metrics, names of requests, rates, answers kept."""

from __future__ import annotations

import io
import json

import pytest
from starlette.testclient import TestClient

from omissus.http.app import create_app
from omissus.http.front import Front
from omissus.http.guard import is_far_reaching
from omissus.http.kept import MOST_BYTES, MOST_BYTES_OF_ONE, Kept
from omissus.http.logs import AccessLog
from omissus.http.rate import BURST_SECONDS, Rate

ASK = {"query": "ASK {}"}


@pytest.fixture
def log():
    return io.StringIO()


def front(corpus, stores, log, **options):
    return Front(create_app(corpus, cache=stores), AccessLog(log), **options)


def test_a_server_without_a_store_is_alive_and_not_ready(corpus, stores, log):
    client = TestClient(front(corpus, stores, log))
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_requests_are_counted_by_part_and_status(corpus, stores, log):
    client = TestClient(front(corpus, stores, log))
    for path in ("/healthz", "/healthz", "/nothing/here"):
        client.get(path)
    told = client.get("/metrics").text
    assert 'omissus_requests_total{part="healthz",status="200"} 2.0' in told
    assert 'omissus_requests_total{part="other",status="404"} 1.0' in told


def test_a_request_keeps_its_name_and_a_strange_name_is_not_taken_over(corpus, stores, log):
    client = TestClient(front(corpus, stores, log))
    named = client.get("/healthz", headers={"X-Request-ID": "abc-1"})
    assert named.headers["x-request-id"] == "abc-1"
    strange = client.get("/healthz", headers={"X-Request-ID": 'a"b{}'})
    assert strange.headers["x-request-id"] not in ("", 'a"b{}')


def test_the_log_tells_a_query_by_a_digest_only(corpus, stores):
    log = io.StringIO()
    access = AccessLog(log)
    application = Front(create_app(corpus, cache=stores), access)
    TestClient(application).get("/sparql", params={"query": "SELECT secret", "at": "never"})
    TestClient(application).get("/healthz", headers={"X-Request-ID": "n1"})
    access.write()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["path"] for line in lines] == ["/sparql", "/healthz"]
    assert lines[1]["id"] == "n1"
    assert "secret" not in log.getvalue()


def test_a_client_that_asks_too_often_waits_and_another_does_not():
    rate = Rate(per_second=2)
    burst = int(2 * BURST_SECONDS)
    assert [rate.seconds_to_wait("a", 0.0) for _ in range(burst)] == [0.0] * burst
    assert rate.seconds_to_wait("a", 0.0) == 0.5
    assert rate.seconds_to_wait("b", 0.0) == 0.0
    assert rate.seconds_to_wait("a", 0.6) == 0.0


def test_too_many_requests_are_refused_with_the_time_to_wait(corpus, stores, log):
    client = TestClient(front(corpus, stores, log, rate=Rate(0.25)))
    assert client.get("/healthz").status_code == 200
    refused = client.get("/healthz")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_what_is_larger_than_may_be_is_refused(corpus, stores, log):
    client = TestClient(front(corpus, stores, log))
    assert client.get("/sparql", params={"query": "a" * 40_000}).status_code == 414
    assert client.get("/healthz", headers={"X": "a" * 40_000}).status_code == 431
    assert client.post("/sparql", content=b"a" * (2 << 20)).status_code == 413


def test_an_answer_is_kept_when_it_was_asked_for_twice_and_the_oldest_go():
    kept: Kept[str] = Kept()
    kept.keep(("a",), "A", 10)
    assert kept.get(("a",)) is None
    kept.keep(("a",), "A", 10)
    assert kept.get(("a",)) == "A"
    for n in range(MOST_BYTES // MOST_BYTES_OF_ONE + 1):
        for _ in range(2):
            kept.keep((n,), str(n), MOST_BYTES_OF_ONE)
    assert kept.get(("a",)) is None


@pytest.mark.parametrize(
    ("query", "far"),
    [
        ("SELECT ?from { ?s ?p ?from }", False),
        ("SELECT * { <x:away-from-home> ?p ?o }", False),
        ("ASKFROM<x:y>{}", True),
        ("SELECT * { ?s ?p 1ſervice <x:y> {} }", True),
        ("SELECT * { ?service ?p ?o }", True),
    ],
)
def test_what_may_reach_beyond_the_store_is_parsed(query, far):
    assert is_far_reaching(query) == far
