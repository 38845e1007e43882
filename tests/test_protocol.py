"""The SPARQL 1.1 Protocol: how a request may come, what is refused, and what answers carry."""

from __future__ import annotations

import gzip

import pytest

ANY = "SELECT * { ?s ?p ?o } LIMIT 2"
LONG = "SELECT * { ?s ?p ?o } LIMIT 200"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
PTPA = "https://w3id.org/omissus/id/akn/pk/act/2018/34"


def ask(client, query, **headers):
    return client.get("/sparql", params={"query": query}, headers=headers)


def assert_problem(answer, status, slug):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"] == f"https://w3id.org/omissus/problem/{slug}"
    assert told["title"]
    assert told["detail"]


# Requests that are no query


@pytest.mark.parametrize(
    ("query_string", "status", "slug"),
    [
        ("query=%", 400, "percent-encoding"),
        ("query=ASK%20%7B%7", 400, "percent-encoding"),
        ("query=%ZZ", 400, "percent-encoding"),
        ("query=%FF", 400, "not-utf-8"),
        ("query=ASK%7B%7D&query=ASK%7B%7D", 400, "many-queries"),
        ("query=", 400, "empty-query"),
        ("query=%20%0A", 400, "empty-query"),
        (f"default-graph-uri={PTPA}", 400, "no-query"),
        ("update=CLEAR%20ALL", 403, "update-refused"),
        ("query=ASK%7B%7D&update=CLEAR%20ALL", 403, "update-refused"),
        ("query=ASK%7B%7D&default-graph-uri=no%20iri", 400, "invalid-graph-name"),
        ("query=ASK%7B%7D&default-graph-uri=", 400, "invalid-graph-name"),
        ("query=ASK%7B%7D&named-graph-uri=relative", 400, "invalid-graph-name"),
        ("query=ASK%7B%7D&default-graph-uri=http://x.example/", 403, "unknown-graph"),
        ("query=ASK%7B%7D&named-graph-uri=http://x.example/", 403, "unknown-graph"),
        ("query=ASK%7B%7D&at=yesterday", 400, "invalid-day"),
        ("&".join(f"x{n}=" for n in range(99)), 400, "too-many-fields"),
    ],
)
def test_a_broken_get_is_told_what_is_wrong(client, query_string, status, slug):
    assert_problem(client.get(f"/sparql?{query_string}"), status, slug)


@pytest.mark.parametrize(
    ("kind", "body", "status", "slug"),
    [
        (DIRECT, b"", 400, "empty-query"),
        (DIRECT, b"ASK { ?s ?p '\xff' }", 400, "not-utf-8"),
        (FORM, b"", 400, "no-query"),
        (FORM, b"query=", 400, "empty-query"),
        (FORM, b"query=%G0", 400, "percent-encoding"),
        (FORM, b"query=ASK%7B%7D&query=ASK%7B%7D", 400, "many-queries"),
        (FORM, b"update=CLEAR+ALL", 403, "update-refused"),
        ("application/sparql-update", b"CLEAR ALL", 403, "update-refused"),
        ("application/sparql-query; charset=utf-16", b"ASK {}", 415, "media-type"),
        ("text/plain", b"ASK {}", 415, "media-type"),
        ("multipart/form-data; boundary=x", b"ASK {}", 415, "media-type"),
        ("nonsense", b"ASK {}", 415, "media-type"),
        ("", b"ASK {}", 415, "media-type"),
        (None, b"ASK {}", 415, "media-type"),
    ],
)
def test_a_broken_post_is_told_what_is_wrong(client, kind, body, status, slug):
    headers = {} if kind is None else {"Content-Type": kind}
    answer = client.post("/sparql", content=body, headers=headers)
    assert_problem(answer, status, slug)
    if status == 415:
        assert DIRECT in answer.headers["accept-post"]


def test_a_direct_post_has_no_second_query_in_its_address(client):
    answer = client.post(
        "/sparql?query=ASK%7B%7D", content="ASK {}", headers={"Content-Type": DIRECT}
    )
    assert_problem(answer, 400, "many-queries")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_method_that_the_protocol_has_not_is_refused_with_those_it_has(client, method):
    answer = client.request(method, "/sparql?query=ASK%7B%7D")
    assert_problem(answer, 405, "method-not-allowed")
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.mark.parametrize(
    "accept", ["text", "text/csv;q=much", "text/csv;q=2", "text/csv;q=-1", "a b/c"]
)
def test_a_malformed_accept_header_is_told(client, accept):
    assert_problem(ask(client, ANY, Accept=accept), 400, "malformed-accept")


@pytest.mark.parametrize("accept", ["*", "*; q=.2", "text/html, *;q=0.2", "", ", text/csv"])
def test_an_accept_header_that_clients_do_send_is_no_fault(client, accept):
    assert ask(client, ANY, Accept=accept).status_code == 200


# Ways to ask


def test_a_dataset_may_be_named_in_the_form_or_in_the_address(client):
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    direct = {"Content-Type": DIRECT}
    answers = [
        client.get("/sparql", params={"query": count, "default-graph-uri": PTPA}),
        client.post("/sparql", data={"query": count, "default-graph-uri": PTPA}),
        client.post("/sparql", params={"default-graph-uri": PTPA}, data={"query": count}),
        client.post("/sparql", params={"default-graph-uri": PTPA}, content=count, headers=direct),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].content != ask(client, count).content


def test_the_dataset_of_the_protocol_goes_before_that_of_the_query(client):
    query = f"ASK FROM <{PTPA}> {{ ?s a <https://w3id.org/omissus/def#Territory> }}"
    registry = "https://w3id.org/omissus/id/registry"
    assert ask(client, query).json()["boolean"] is False
    answer = client.get("/sparql", params={"query": query, "default-graph-uri": registry})
    assert answer.json()["boolean"] is True


def test_a_relative_iri_is_one_of_ours(client):
    answer = ask(client, "ASK FROM <akn/pk/act/2018/34> { <akn/pk/act/2018/34> ?p ?o }")
    assert answer.json()["boolean"] is True


def test_head_answers_with_the_headers_of_get_and_no_body(client):
    got = ask(client, LONG)
    head = client.head("/sparql", params={"query": LONG})
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == got.headers[name]
    assert client.head("/sparql", params={"query": "SELEC"}).status_code == 400


def test_options_tells_what_may_be_done(client):
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


# What answers carry


def test_a_page_of_another_origin_may_ask_without_credentials(client):
    answer = ask(client, ANY, Origin="https://elsewhere.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    exposed = answer.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Link", "Retry-After"} <= set(exposed)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_preflight_is_answered(client, method):
    answer = client.options(
        "/sparql",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert method in answer.headers["access-control-allow-methods"].split(", ")
    assert answer.headers["access-control-allow-headers"] == "content-type"
    assert "access-control-allow-credentials" not in answer.headers


def test_a_long_answer_is_compressed_for_who_can_read_it(client):
    with client.stream("GET", "/sparql", params={"query": LONG}) as answer:
        packed = b"".join(answer.iter_raw())
    plain = ask(client, LONG, **{"Accept-Encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert len(packed) < len(plain.content) / 3
    assert gzip.decompress(packed) == plain.content
    refusing = ask(client, LONG, **{"Accept-Encoding": "br, gzip;q=0"})
    assert "content-encoding" not in refusing.headers


def test_the_compressed_form_has_a_tag_of_its_own_and_each_is_told_when_still_held(client):
    tags = {}
    for coding in ("gzip", "identity"):
        first = ask(client, LONG, **{"Accept-Encoding": coding})
        tags[coding] = first.headers["etag"]
        again = ask(client, LONG, **{"Accept-Encoding": coding, "If-None-Match": tags[coding]})
        assert again.status_code == 304
        assert again.headers["etag"] == tags[coding]
        assert again.content == b""
        assert "Accept" in again.headers["vary"]
    assert len(set(tags.values())) == 2
    assert not any(tag.startswith("W/") for tag in tags.values())


@pytest.mark.parametrize("change", ["accept", "day", "dataset", "query"])
def test_another_request_has_another_tag(client, change):
    params, headers = {"query": ANY}, {}
    first = client.get("/sparql", params=params).headers["etag"]
    if change == "accept":
        headers["Accept"] = "text/csv"
    elif change == "day":
        params["at"] = "2018-01-01"
    elif change == "dataset":
        params["default-graph-uri"] = PTPA
    else:
        params["query"] = LONG
    assert client.get("/sparql", params=params, headers=headers).headers["etag"] != first
