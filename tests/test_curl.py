"""The running server as curl and a bare socket see it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from urllib.parse import urlsplit

import pyoxigraph
import pytest

from tests.server import running

ANY = "SELECT * { ?s ?p ?o } LIMIT 100"
PTPA = "https://w3id.org/omissus/id/akn/pk/act/2018/34"

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="NO CURL: install curl")


@pytest.fixture(scope="module")
def address(stores):
    with running(stores) as address:
        yield address


class Answer:
    """What curl shows of an answer: its status, its headers, its body as it was sent."""

    def __init__(self, written: bytes) -> None:
        head, _, self.body = written.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        pairs = (line.partition(": ") for line in lines)
        self.headers = {name.lower(): value for name, _, value in pairs}


def curl(*arguments, stdin=b""):
    command = ["curl", "--silent", "--show-error", "--include", "--http1.1", *arguments]
    return Answer(subprocess.run(command, input=stdin, capture_output=True, check=True).stdout)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/sparql-results+json", pyoxigraph.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", pyoxigraph.QueryResultsFormat.XML),
        ("text/tab-separated-values", pyoxigraph.QueryResultsFormat.TSV),
    ],
)
def test_rows_come_in_the_format_asked_for(address, accept, form):
    asked = ("--get", "--data-urlencode", f"query={ANY}", "--header", f"Accept: {accept}")
    answer = curl(f"{address}/sparql", *asked)
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, accept)
    assert len(list(pyoxigraph.parse_query_results(answer.body, format=form))) == 100


def test_the_three_ways_to_ask_have_one_answer(address):
    direct = ("--header", "Content-Type: application/sparql-query", "--data-binary", "@-")
    answers = [
        curl(f"{address}/sparql", "--get", "--data-urlencode", f"query={ANY}"),
        curl(f"{address}/sparql", "--data-urlencode", f"query={ANY}"),
        curl(f"{address}/sparql", *direct, stdin=ANY.encode()),
    ]
    assert [answer.status for answer in answers] == [200] * 3
    assert len({answer.body for answer in answers}) == 1


def test_an_answer_still_held_is_not_sent_again_compressed_or_not(address):
    asked = (f"{address}/sparql", "--get", "--data-urlencode", f"query={ANY}")
    sizes = {}
    for coding in ("gzip", "identity"):
        accept = ("--header", f"Accept-Encoding: {coding}")
        first = curl(*asked, *accept)
        sizes[coding] = len(first.body)
        again = curl(*asked, *accept, "--header", f"If-None-Match: {first.headers['etag']}")
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert sizes["gzip"] < sizes["identity"]


def test_head_and_options_have_no_body(address):
    asked = ("--get", "--data-urlencode", f"query={ANY}")
    got, head = curl(f"{address}/sparql", *asked), curl(f"{address}/sparql", "--head", *asked)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    options = curl(f"{address}/sparql", "--request", "OPTIONS")
    assert (options.status, options.body) == (204, b"")
    assert "POST" in options.headers["allow"]


def test_the_endpoint_names_itself_by_the_address_it_was_asked_at(address):
    answer = curl(f"{address}/sparql")
    store = pyoxigraph.Store()
    store.load(answer.body, format=pyoxigraph.RdfFormat.TURTLE)
    endpoint = pyoxigraph.NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    found = [quad.object.value for quad in store.quads_for_pattern(None, endpoint, None)]
    assert found == [f"{address}/sparql"]


def test_a_graph_is_downloaded_and_cannot_be_replaced(address):
    place = f"{address}/graph-store?graph={PTPA}"
    first = curl(place)
    assert (first.status, first.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert list(pyoxigraph.parse(first.body, format=pyoxigraph.RdfFormat.TURTLE))
    put = curl(place, "--request", "PUT", "--data-binary", "<x:s> <x:p> <x:o> .")
    assert (put.status, put.headers["allow"]) == (405, "GET, HEAD")
    assert curl(place).body == first.body


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("?query=%ZZ",), 400),
        (("?query=SELEC",), 400),
        (("", "--data", "query=ASK{}&query=ASK{}"), 400),
        (("", "--data", "update=CLEAR+ALL"), 403),
        (("?query=ASK%7B%7D&default-graph-uri=http://127.0.0.1:9/",), 403),
        (("?query=ASK%7B%7D", "--header", "Accept: image/png"), 406),
        (("", "--header", "Content-Type: text/plain", "--data", "ASK {}"), 415),
    ],
)
def test_a_bad_request_is_told_as_a_problem(address, arguments, status):
    path, *options = arguments
    answer = curl(f"{address}/sparql{path}", *options)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.body)["status"] == status


@pytest.mark.parametrize(
    "request_lines",
    [
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nno colon here\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: x\r\nAccept: \x00\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: much\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
    ],
    ids=["no colon", "NUL", "length", "no HTTP"],
)
def test_what_is_no_http_is_answered_400_and_nothing_else_suffers(address, request_lines):
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        connection.sendall(request_lines)
        first = connection.recv(4096)
    assert first.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in first
    assert curl(f"{address}/healthz").status == 200


def test_an_empty_day_is_no_day(address):
    assert curl(f"{address}/sparql?query=ASK%7B%7D&at=").status == 400
