"""Linked data: every IRI of ours leads to a page and to statements."""

from __future__ import annotations

import json
import random

import pyoxigraph
import pytest

from omissus.graph import load
from omissus.http.app import create_app
from omissus.things import name_of, thing
from omissus.vocabulary import ID, OM
from tests.pages import Page
from tests.serving import serving
from tests.worlds import ROOT

ACT = "akn/pk/act/2018/34"
SECTION = f"{ACT}/sec_3__subsec_2"
FINDING = "finding/2023-09-29/3-1-b-procuring.pk.boy"


@pytest.fixture(scope="module")
def client(corpus, stores):
    with serving(create_app(corpus, cache=stores), follow_redirects=False) as client:
        yield client


def led_to(client, path, accept):
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 303
    assert "Accept" in answer.headers["vary"].split(", ")
    return answer.headers["location"]


@pytest.mark.parametrize(
    ("accept", "to"),
    [
        ("text/html", f"/doc/{SECTION}"),
        ("text/html, text/turtle;q=0.9", f"/doc/{SECTION}"),
        ("text/turtle", f"/data/{SECTION}.ttl"),
        ("application/ld+json", f"/data/{SECTION}.jsonld"),
        ("application/n-triples", f"/data/{SECTION}.nt"),
        ("application/rdf+xml, text/html;q=0.1", f"/data/{SECTION}.rdf"),
    ],
)
def test_a_name_leads_to_a_page_or_to_statements_as_the_client_wants(client, accept, to):
    assert led_to(client, f"/id/{SECTION}", accept) == to


def test_a_finding_leads_to_its_reasons_on_its_own_day(client):
    assert led_to(client, f"/id/{FINDING}", "text/html") == (
        "/why/3-1-b-procuring.pk.boy?at=2023-09-29"
    )
    answer = client.get(f"/data/{FINDING}.ttl")
    said = pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.TURTLE)
    verdicts = [q.object.value for q in said if q.predicate.value == OM + "verdict"]
    assert len(verdicts) == 1


def test_a_term_leads_to_the_reference_and_to_the_ontology(client):
    assert led_to(client, "/def", "text/html") == "/reference"
    graph = client.get(led_to(client, "/def", "text/turtle"), headers={"Accept": "text/turtle"})
    assert graph.status_code == 200
    assert b"Requirement" in graph.content


@pytest.mark.parametrize(
    "path",
    [
        "/id/akn/pk/act/2018/99",
        "/id/finding/2023-09-29/no-such.pk.boy",
        "/id/finding/yesterday/3-1-b-procuring.pk.boy",
        "/data/nothing.ttl",
        f"/data/{SECTION}.pdf",
        "/doc/<script>",
        "/def/9.9.9",
    ],
)
def test_what_there_is_not_is_not_found(client, path):
    answer = client.get(path, headers={"Accept": "application/json, text/turtle"})
    assert answer.status_code == 404


def test_what_no_format_carries_is_not_acceptable(client):
    assert client.get(f"/id/{ACT}", headers={"Accept": "image/png"}).status_code == 406


def test_each_thing_of_the_graph_has_a_page_with_the_statements_in_it(client, corpus):
    things = sorted(iri for iri in corpus.graph.statements if iri.startswith(ID))
    for iri in random.Random(7).sample(things, 40):
        answer = client.get(f"/doc/{iri.removeprefix(ID)}")
        assert answer.status_code == 200
        page = Page(answer.text)
        assert any(tag == "h1" for tag, _ in page.tags)
        start = answer.text.index('<script type="application/ld+json">')
        embedded = answer.text[start:].partition(">")[2].partition("</script>")[0]
        said = pyoxigraph.parse(embedded.encode(), format=pyoxigraph.RdfFormat.JSON_LD)
        assert iri in {quad.subject.value for quad in said}
        json.loads(embedded)


def test_links_of_a_page_lead_on(client):
    page = Page(client.get(f"/doc/{ACT}").text)
    links = [to for to in page.attributes("href") if to.startswith(("/doc/", "/data/"))]
    assert len(links) > 20
    for to in links[::9]:
        assert client.get(to).status_code == 200


def test_things_are_called_by_their_citation_or_by_what_they_belong_to():
    graph = load(ROOT)
    version = f"{ID}akn/pk/act/2018/34/eng@2025-04-23/sec_3__subsec_2"
    assert name_of(graph, f"{ID}{SECTION}") == "PTPA 2018 s 3(2)"
    assert name_of(graph, version) == "PTPA 2018 s 3(2) as from 2025-04-23"
    assert thing(graph, f"{ID}nothing") is None


def test_statements_asked_for_again_are_not_sent_again(client):
    first = client.get(f"/data/{ACT}.ttl")
    again = client.get(f"/data/{ACT}.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
