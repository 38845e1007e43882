"""Validation reports asked of the server: made in a process of its own, then part of the store."""

from __future__ import annotations

import time
from datetime import date

import pytest

from omissus.corpus_reading import read_corpus
from omissus.findings import Findings
from omissus.graph import load
from omissus.graphs import validation_graph
from omissus.http.app import create_app
from omissus.http.jobs import RefusedError
from omissus.http.reports import MOST_WAITING, Reports
from omissus.store import report_file
from tests.serving import serving
from tests.worlds import HEAD, ROOT, act, offence, searched

DAY = date(2020, 1, 1)
GRAPH = validation_graph(DAY)
LAW = (
    '\nterritory:pk a om:Territory ; rdfs:label "Testland"@en ; om:slug "pk" ; om:sequence 1 .\n',
    act("Code", code=True),
    offence("o", "Code-s1-v", conduct="procuring", purpose="prostitution", victim_sex="girl"),
    searched("prostitution"),
)
SECONDS = 300


@pytest.fixture
def corpus(tmp_path):
    """Testland without provinces, so that there is one report to make."""
    path = tmp_path / "testland.ttl"
    path.write_text(HEAD + "\n".join(LAW), encoding="utf-8")
    return read_corpus(load(ROOT, [*sorted((ROOT / "ontology").glob("*.ttl")), path]))


def test_reports_are_made_when_their_graph_is_asked_for_and_then_queried(corpus, tmp_path):
    query = "SELECT (COUNT(*) AS ?n) { ?r a <http://www.w3.org/ns/shacl#ValidationResult> }"

    def results(client):
        answer = client.get("/sparql", params={"query": query, "at": DAY.isoformat()})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    with serving(create_app(corpus, cache=tmp_path)) as client:
        assert results(client) == 0
        first = client.get("/graph-store", params={"graph": GRAPH})
        assert (first.status_code, first.json()["type"].rsplit("/")[-1]) == (503, "being-made")
        assert int(first.headers["retry-after"]) > 0
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            answer = client.get("/graph-store", params={"graph": GRAPH})
            if answer.status_code == 200:
                break
            time.sleep(0.5)
        assert answer.status_code == 200
        assert "ValidationReport" in answer.text
        assert results(client) > 0


def test_the_reports_of_today_are_made_unasked_by_a_server_that_is_told_to(corpus, tmp_path):
    query = "ASK { ?report a <http://www.w3.org/ns/shacl#ValidationReport> }"
    end = time.monotonic() + SECONDS
    with serving(create_app(corpus, cache=tmp_path, reports=True)) as client:
        while time.monotonic() < end:
            if client.get("/sparql", params={"query": query}).json()["boolean"]:
                return
            time.sleep(0.5)
    pytest.fail("no report of today")


def findings_of(corpus, *days):
    return [Findings(corpus, date(2020, 1, day)) for day in days]


def test_days_that_wait_are_few_and_the_next_is_sent_away(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("omissus.http.reports.Thread.start", lambda _: None)  # nothing is made
    reports = Reports(tmp_path, on_made=lambda _: None)
    *waiting, last = findings_of(corpus, *range(1, MOST_WAITING + 2))
    for findings in waiting:
        reports.want(findings)
        reports.want(findings)
    with pytest.raises(RefusedError) as refused:
        reports.want(last)
    assert (refused.value.status, refused.value.slug) == (503, "busy")


def test_reports_that_cannot_be_made_are_told_and_not_tried_for_ever(corpus, tmp_path):
    (findings,) = findings_of(corpus, 1)
    report_file(findings, tmp_path).parent.write_text("in the way of the folder")
    reports = Reports(tmp_path, on_made=lambda _: None)
    reports.want(findings)
    end = time.monotonic() + SECONDS
    while not reports.failed(DAY) and time.monotonic() < end:
        time.sleep(0.1)
    with pytest.raises(RefusedError) as refused:
        reports.want(findings)
    assert (refused.value.status, refused.value.slug) == (500, "report-failed")
