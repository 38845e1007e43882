"""Pages and names asked for in odd ways: a clear answer, told to who asked, and never a fault."""

from __future__ import annotations

import pytest

from omissus.http.problems import MEDIA_TYPE
from tests.pages import Page

ACT = "akn/pk/act/2018/34"
PLACES = [
    "/id/{}",
    "/doc/{}",
    "/data/{}.ttl",
    f"/data/{ACT}.{{}}",
    "/def/{}",
    "/ask/{}",
    "/ask/provisions?victims={}",
    "/ask?at={}",
    "/query?query={}",
    "/query?at={}",
    "/query.csv?query={}",
    f"/doc/{ACT}?at={{}}",
    "/documentation/{}",
    "/reference/{}",
    "/why/{}",
    "/static/{}",
    "/id/finding/2023-09-29/{}",
    "/id/finding/{}/3-1-b-procuring.pk.boy",
    "/id/findings/{}",
    "/id/validation/{}",
    "/id/snapshot/{}",
]
ODD = {
    "long": "a" * 9000,
    "NUL": "%00",
    "broken escape": "%ZZ",
    "not UTF-8": "%FF%FE",
    "line break": "%0D%0AX-Odd:%201",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
    "folder above": "..%2F..%2Fapp.py",
    "right to left": "%E2%80%AE",
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", PLACES)
def test_an_odd_value_is_told_to_be_unknown_or_malformed(client, place, odd):
    answer = client.get(place.format(ODD[odd]), follow_redirects=False)
    assert answer.status_code in (400, 404), answer.text
    assert "x-odd" not in answer.headers
    if answer.headers["content-type"] == MEDIA_TYPE:
        assert answer.json()["detail"]
    else:
        page = Page(answer.text)
        assert "script" not in {tag for tag, _ in page.tags}
        assert len(page.text.split()) > 20


@pytest.mark.parametrize("at", ["20230929", "2023-W39-5", "2023-09-31", "2023-9-1", "0000-01-01"])
def test_a_day_is_written_in_one_way(client, at):
    for path in ("/", "/sparql", "/api/v1/gaps"):
        answer = client.get(path, params={"at": at})
        assert answer.status_code == 400
        assert "Write it as 2023-09-29." in answer.text


def test_a_day_left_empty_on_a_page_is_today_and_in_a_program_a_fault(client):
    assert client.get("/ask?at=").status_code == 200
    for path in ("/sparql?query=ASK%7B%7D&at=", "/api/v1/gaps?at=", f"/data/{ACT}.ttl?at="):
        assert client.get(path).status_code == 400


def test_a_choice_that_there_is_not_is_no_other_choice(client):
    answer = client.get("/ask/provisions", params={"victims": "victim-sex/boys"})
    assert answer.status_code == 400
    assert "victim-sex/boy" in Page(answer.text).text


@pytest.mark.parametrize(
    ("query", "status"), [("ASK {}", 406), ("CONSTRUCT WHERE { ?s ?p ?o }", 406), ("SELEC", 400)]
)
def test_a_table_that_cannot_be_is_told_to_the_program_that_reads_it(client, query, status):
    answer = client.get("/query.csv", params={"query": query})
    assert answer.status_code == status
    assert answer.headers["content-type"] == MEDIA_TYPE


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/turtle", MEDIA_TYPE), ("text/html", "text/html"), ("*/*", "text/html")],
)
def test_who_asks_for_a_name_that_there_is_not_is_told_in_a_form_it_reads(client, accept, kind):
    for path in ("/id/nothing", "/def/9"):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 404
        assert answer.headers["content-type"].split(";")[0] == kind


@pytest.mark.parametrize(
    "path",
    [
        *(f"/id/{ACT}", f"/doc/{ACT}", f"/data/{ACT}.ttl", "/def", "/ask", "/query", "/editor"),
        *("/documentation/sparql", "/reference", "/static/omissus.css"),
    ],
)
def test_what_is_read_is_only_read(client, path):
    got = client.get(path, follow_redirects=False)
    head = client.head(path, follow_redirects=False)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers.get("content-type") == got.headers.get("content-type")
    for method in ("OPTIONS", "POST", "PUT", "DELETE"):
        answer = client.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
