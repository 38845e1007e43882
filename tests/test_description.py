"""Service description, VoID and DCAT: true of the store, in each format of RDF."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest

from omissus.http.formats import GRAPHS

DAY = "2026-11-24"
PTPA = "https://w3id.org/omissus/id/akn/pk/act/2018/34"
PREFIXES = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""


@pytest.fixture(scope="module")
def described(client):
    """Each description as a store."""
    stores = {}
    for path in ("/sparql", "/void", "/dcat"):
        answer = client.get(path, params={"at": DAY})
        assert answer.status_code == 200, answer.text
        stores[path] = pyoxigraph.Store()
        stores[path].load(answer.content, format=pyoxigraph.RdfFormat.TURTLE)
    return stores


@pytest.fixture(scope="module")
def sizes(client):
    """Statements of each graph, counted by the endpoint."""
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    answer = client.get("/sparql", params={"query": query, "at": DAY})
    rows = answer.json()["results"]["bindings"]
    return {row["g"]["value"]: int(row["n"]["value"]) for row in rows}


def rows(store, query):
    return [tuple(term.value for term in row) for row in store.query(PREFIXES + query)]


@pytest.mark.parametrize("path", ["/sparql", "/void", "/dcat"])
def test_a_description_comes_in_each_format_of_rdf_with_the_same_statements(client, path):
    found = []
    for media_type, form in GRAPHS.items():
        answer = client.get(path, params={"at": DAY}, headers={"Accept": media_type})
        assert answer.headers["content-type"].split(";")[0] == media_type
        found.append({str(quad) for quad in pyoxigraph.parse(answer.content, format=form)})
    assert found[0]
    assert all(statements == found[0] for statements in found)


@pytest.mark.parametrize("path", ["/sparql", "/void", "/dcat"])
def test_a_description_has_a_tag_and_is_refused_in_what_is_no_rdf(client, path):
    first = client.get(path, params={"at": DAY})
    held = {"If-None-Match": first.headers["etag"]}
    assert client.get(path, params={"at": DAY}, headers=held).status_code == 304
    assert client.get(path, params={"at": "2018-01-01"}, headers=held).status_code == 200
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.head(path, params={"at": DAY}).headers["etag"] == first.headers["etag"]


def test_the_service_names_each_graph_of_the_store_with_its_size(described, sizes):
    query = """SELECT ?name ?triples {
      ?service a sd:Service ; sd:defaultDataset/sd:namedGraph ?named .
      ?named sd:name ?name ; sd:graph/void:triples ?triples .
    }"""
    told = {name: int(triples) for name, triples in rows(described["/sparql"], query)}
    assert told == sizes


def test_void_tells_the_size_of_the_whole_and_of_each_part(described, sizes):
    whole = rows(described["/void"], "SELECT ?n { ?d void:subset [] ; void:triples ?n }")
    assert {int(n) for (n,) in whole} == {sum(sizes.values())}
    parts = rows(
        described["/void"], "SELECT ?part ?n { ?d void:subset ?part . ?part void:triples ?n }"
    )
    assert sorted(int(n) for _, n in parts) == sorted(sizes.values())


@pytest.mark.parametrize("path", ["/void", "/dcat"])
def test_licence_time_and_provenance_are_told(described, path):
    query = """SELECT ?licence ?from ?to ?origin {
      <https://w3id.org/omissus/id/dataset> dcterms:license ?licence ;
        dcterms:temporal ?time ; dcterms:provenance ?origin .
      ?time dcat:startDate ?from ; dcat:endDate ?to .
    }"""
    ((licence, first, last, _),) = rows(described[path], query)
    assert licence == "https://creativecommons.org/licenses/by/4.0/"
    assert (first, last) == ("1861-05-01", DAY)


def test_the_part_of_an_act_names_the_records_of_its_encoding(described):
    query = f"SELECT ?record {{ ?part dcterms:source <{PTPA}> ; prov:wasGeneratedBy ?record }}"
    found = {record for (record,) in rows(described["/dcat"], query)}
    assert "https://w3id.org/omissus/id/record/ptpa-2018" in found


def test_every_distribution_can_be_downloaded(client, described, sizes):
    query = "SELECT ?address ?type { [] dcat:downloadURL ?address ; dcat:mediaType ?type }"
    found = rows(described["/dcat"], query)
    assert len(found) == len(sizes) + 2
    asked = [parse_qs(urlsplit(address).query).get("graph") for address, _ in found]
    assert sorted(graph for (graph,) in filter(None, asked)) == sorted(sizes)
    whole = {urlsplit(address).path: address for address, _ in found if "dataset" in address}
    assert set(whole) == {"/dataset.trig", "/dataset.nq"}
    for address, media_type in [*found[:5], *((a, t) for a, t in found if a in whole.values())]:
        answer = client.get(address)
        assert answer.status_code == 200
        assert media_type.endswith(answer.headers["content-type"].split(";")[0])


def test_a_host_alone_leads_to_the_description(client):
    answer = client.get("/.well-known/void", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, "/void")
