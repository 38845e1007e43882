"""The SPARQL endpoint: its formats, what it refuses, and that nothing it runs outlives its time."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from xml.etree import ElementTree

import pyoxigraph
import pytest

from omissus.http.app import create_app
from omissus.http.limits import Limits
from tests.serving import serving

SECONDS = 2.0
ANY = "SELECT * { ?s ?p ?o } LIMIT 2"
PTPA = "https://w3id.org/omissus/id/akn/pk/act/2018/34"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def client(corpus, stores):
    limits = Limits(seconds=SECONDS, most_bytes=1_000_000)
    app = create_app(corpus, limits, stores)
    with serving(app) as client:
        yield client


def ask(client, query, accept=None, **parameters):
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", params={"query": query, **parameters}, headers=headers)


def rows_of_json(body):
    return len(json.loads(body)["results"]["bindings"])


def rows_of_xml(body):
    return len(ElementTree.fromstring(body).findall(".//{*}result"))


def rows_of_text(body):
    return len(list(csv.reader(body.decode().splitlines()))) - 1


@pytest.mark.parametrize(
    ("media_type", "rows"),
    [
        ("application/sparql-results+json", rows_of_json),
        ("application/sparql-results+xml", rows_of_xml),
        ("text/csv", rows_of_text),
        ("text/tab-separated-values", rows_of_text),
        ("application/json", rows_of_json),
    ],
)
def test_select_answers_in_each_format_of_results(client, media_type, rows):
    answer = ask(client, ANY, media_type)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in answer.headers["vary"].split(", ")
    assert rows(answer.content) == 2


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "application/json"])
def test_ask_answers_true_or_false(client, media_type):
    answer = ask(client, "ASK { ?s ?p ?o }", media_type)
    assert answer.headers["content-type"] == media_type
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize(
    ("media_type", "rdf"),
    [
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5",
        "DESCRIBE <https://w3id.org/omissus/def#Finding>",
    ],
    ids=["CONSTRUCT", "DESCRIBE"],
)
def test_a_graph_answers_in_each_format_of_rdf(client, query, media_type, rdf):
    answer = ask(client, query, media_type)
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert list(pyoxigraph.parse(answer.content, format=rdf))


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (ANY, "text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        (ANY, "text/turtle, text/csv;q=0.1", "text/csv"),
        (ANY, "text/*", "text/csv"),
        (ANY, "application/*;q=0.1, */*;q=0.5", "text/csv"),
        ("DESCRIBE <x:y>", "application/sparql-results+json, text/turtle", "text/turtle"),
        (ANY, None, "application/sparql-results+json"),
        ("DESCRIBE <x:y>", None, "text/turtle"),
    ],
)
def test_weights_decide_between_formats(client, query, accept, media_type):
    answer = ask(client, query, accept)
    assert answer.headers["content-type"].split(";")[0] == media_type


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (ANY, "text/html"),
        (ANY, "application/sparql-results+json;q=0"),
        (ANY, "text/turtle"),
        ("ASK { ?s ?p ?o }", "text/csv"),
        ("DESCRIBE <x:y>", "text/csv"),
    ],
)
def test_what_a_format_cannot_carry_is_not_acceptable(client, query, accept):
    answer = ask(client, query, accept)
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["known"]


def test_a_query_comes_by_get_by_form_and_by_direct_post(client):
    direct = {"Content-Type": "application/sparql-query"}
    answers = [
        ask(client, ANY),
        client.post("/sparql", data={"query": ANY}),
        client.post("/sparql", content=ANY, headers=direct),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", ANY, 415),
        ("application/json", "{}", 415),
        ("application/sparql-update", "DROP ALL", 403),
        ("application/x-www-form-urlencoded", "update=DROP+ALL", 403),
        ("application/x-www-form-urlencoded", "query=ASK+%7B%7D&query=ASK+%7B%7D", 400),
        ("application/x-www-form-urlencoded", "query=%FF", 400),
        ("application/sparql-query", b"ASK { ?s ?p '\xff' }", 400),
        ("application/sparql-query", "", 400),
        ("application/sparql-query", "#" * 200_000, 413),
    ],
)
def test_a_wrong_request_is_told_apart(client, kind, body, status):
    answer = client.post("/sparql", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT *\nWHERE { ?s ?p ?o\n  FILTR (?o) }", 3, 3),
        ("SELECT * { ?s ?p ?o ", 1, 21),
        ("SELEC * { ?s ?p ?o }", 1, 1),
        ('SELECT *\n{ ?s ?p "\\u0022" }', 2, 10),
    ],
)
def test_a_malformed_query_is_told_with_line_and_column(client, query, line, column):
    answer = ask(client, query)
    assert answer.status_code == 400
    assert (answer.json()["line"], answer.json()["column"]) == (line, column)


def test_a_malformed_query_is_told_how_far_it_reads_well(client):
    told = ask(client, "SELECT * {\n ?s ?p }").json()["detail"]
    assert told.endswith("It reads well up to line 2, column 9.")


REFUSED = {
    "insert": "INSERT DATA { <x:a> <x:b> <x:c> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "load": "LOAD <CANARY>",
    "load into": "PREFIX x: <x:> LOAD SILENT <CANARY> INTO GRAPH x:g",
    "clear": "CLEAR ALL",
    "service": "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }",
    "silent service": "SELECT * { SERVICE SILENT <CANARY> { ?s ?p ?o } }",
    "service by variable": "SELECT * { BIND (<CANARY> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "service within a filter": (
        "ASK { { SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { SERVICE <CANARY> { ?s ?p ?o } } } } }"
    ),
    "service in an optional part": "SELECT * { OPTIONAL { SERVICE <CANARY> { ?s ?p ?o } } }",
    "service in a construct": "CONSTRUCT { ?s ?p ?o } { SERVICE <CANARY> { ?s ?p ?o } }",
    "service after a carriage return": "ASK { ?s ?p ?o #\r SERVICE <CANARY> { ?a ?b ?c }\n }",
    "service behind an escape": (
        'SELECT * { ?s ?p "\\u0022 . #" . SERVICE <CANARY> { ?a ?b ?c }\n}'
    ),
    "from": "SELECT * FROM <CANARY> { ?s ?p ?o }",
    "from by prefix": "PREFIX c: <CANARY> SELECT * FROM c:x { ?s ?p ?o }",
    "from by base": "BASE <CANARY> SELECT * FROM <x> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <CANARY> { GRAPH ?g { ?s ?p ?o } }",
    "from in a describe": "DESCRIBE ?s FROM <CANARY> { ?s ?p ?o }",
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED.keys())
def test_what_would_change_or_fetch_is_refused_and_nobody_is_called(client, canary, query):
    address, calls = canary
    answer = ask(client, query.replace("CANARY", address))
    assert answer.status_code in (400, 403)
    assert answer.headers["content-type"] == "application/problem+json"
    assert calls == []


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_the_protocol_cannot_name_a_graph_that_is_not_held(client, canary, parameter):
    address, calls = canary
    answer = ask(client, ANY, **{parameter: address})
    assert answer.status_code == 403
    assert PTPA in answer.json()["known"]
    assert calls == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s <x:label> 'SERVICE <http://x/> {}' }",
        "SELECT * { ?service <x:load> ?from } # SERVICE <http://x/> { ?s ?p ?o }",
        "PREFIX service: <x:> SELECT * { ?s service:insert ?o }",
    ],
)
def test_the_words_of_what_is_refused_are_no_offence_elsewhere(client, query):
    assert ask(client, query).status_code == 200


SECOND_LOCK = """
import sys, pyoxigraph
from omissus.http.guard import Examined
from omissus.http.jobs import Job
from omissus.http.worker import evaluate, forbid_new_files
query = "SELECT * { SERVICE <" + sys.argv[1] + "> { ?s ?p ?o } }"
job = Job("", query, "application/sparql-results+json", None, None)
store = pyoxigraph.Store()
forbid_new_files()
evaluate(store, job, Examined(query))
"""


def test_a_service_that_got_past_the_guard_would_still_call_nobody(canary):
    address, calls = canary
    command = [sys.executable, "-c", SECOND_LOCK, address]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "OSError" in run.stderr
    assert calls == []


def test_an_endless_query_is_ended_in_time_and_the_next_one_answered(client):
    assert ask(client, ANY).status_code == 200
    begun = time.monotonic()
    answer = ask(client, ENDLESS)
    assert time.monotonic() - begun < SECONDS + 0.5
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert answer.headers["content-type"] == "application/problem+json"
    begun = time.monotonic()
    assert ask(client, ANY).status_code == 200
    assert time.monotonic() - begun < 0.5


def test_an_answer_too_long_is_refused_whole(client):
    answer = ask(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert answer.status_code == 413
    assert answer.json()["title"] == "Answer too long"


def test_the_default_graph_is_the_union_unless_a_dataset_is_named(client):
    count = "SELECT (COUNT(*) AS ?n) DATASET { ?s ?p ?o }"

    def number(query, **parameters):
        answer = ask(client, query, "application/json", **parameters)
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    union = number(count.replace("DATASET", ""))
    graphs = number("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    act = number(count.replace("DATASET", f"FROM <{PTPA}>"))
    instruments = number(
        "SELECT (COUNT(*) AS ?n) { ?i a <https://w3id.org/omissus/def#Instrument> }"
    )
    assert graphs == instruments + 3
    assert 0 < act < union
    assert number(count.replace("DATASET", ""), **{"default-graph-uri": PTPA}) == act
    assert number(count.replace("DATASET", f"FROM NAMED <{PTPA}>")) == 0


def test_a_question_asked_again_is_not_answered_again(client):
    first = ask(client, ANY)
    held = {"If-None-Match": first.headers["etag"]}
    again = client.get("/sparql", params={"query": ANY}, headers=held)
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/sparql", params={"query": ANY, "at": "2018-01-01"}, headers=held)
    assert other.status_code == 200
