"""Asking in a browser, as the server answers it: forms, results, and what goes wrong."""

from __future__ import annotations

import csv

import pytest

from omissus.asking import PLACE, forms, kept_questions
from omissus.data import data_root
from omissus.http.app import create_app
from tests.pages import Page
from tests.serving import serving


@pytest.fixture(scope="module")
def client(corpus, stores):
    with serving(create_app(corpus, cache=stores)) as client:
        yield client


def test_there_are_twelve_forms_and_each_fills_every_place(corpus):
    every = forms(corpus)
    assert len(every) == 12
    for form in every:
        query = form.asked(form.chosen({}))
        assert "urn:ask" not in query
        assert not PLACE.search(form.told(form.chosen({})))
        assert set(form.places) == set(PLACE.findall(form.words))
        assert all(f"<urn:ask:{place}>" in form.query for place in form.places)


def test_each_form_finds_something(client, corpus):
    chosen = {
        "instrument": "akn/pk/act/2016/40",
        "demand": "requirement/3-1-b-procuring",
        "connection": "connection/offender-national",
    }
    for form in forms(corpus):
        answer = client.get(f"/ask/{form.name}", params={**chosen, "at": "2023-09-29"})
        assert answer.status_code == 200
        found = 'table class="results"' in answer.text
        generously = form.name == "left-over-generously"  # nothing is, of procuring
        assert found is not generously, form.name


def test_what_is_chosen_is_asked(client):
    girls = client.get("/ask/provisions", params={"demand": "requirement/3-1-b-procuring"})
    boys = client.get(
        "/ask/provisions",
        params={"demand": "requirement/3-1-b-procuring", "victims": "victim-sex/boy"},
    )
    assert "PPC 1860 s 366A" in girls.text
    assert "PPC 1860 s 366A" not in boys.text


@pytest.mark.parametrize("place", ["victims", "territory"])
def test_something_unknown_is_never_put_into_a_query(client, place):
    answer = client.get("/ask/provisions", params={place: "x> ?p ?o } UNION { ?s ?p ?o"})
    assert answer.status_code == 400
    page = Page(answer.text)
    assert f"There is no {place}" in page.text
    assert "statements" not in page.attributes("class")
    assert "results" not in page.attributes("class")


@pytest.mark.parametrize(
    ("query", "status", "shown"),
    [
        ("ASK { ?s ?p ?o }", 200, "Yes."),
        ("ASK { <x:a> <x:b> <x:c> }", 200, "No."),
        ("SELECT * { <x:a> ?p ?o }", 200, "Nothing is found."),
        ("DESCRIBE <https://w3id.org/omissus/def#Finding>", 200, "Statements as Turtle"),
        ("SELECT *\n{ ?s ?p", 400, "Line 2, column"),
        ("DROP ALL", 403, "changes nothing"),
        ("SELECT ('<script>alert(1)</script>' AS ?x) {}", 200, "&lt;script&gt;alert"),
    ],
)
def test_the_plain_page_shows_what_comes_of_a_query(client, query, status, shown):
    answer = client.get("/query", params={"query": query})
    assert answer.status_code == status
    assert shown in answer.text


def test_iris_are_shown_beside_their_labels(client):
    query = "SELECT ?act { ?act a <https://w3id.org/omissus/def#Instrument> } ORDER BY ?act LIMIT 9"
    answer = client.get("/query", params={"query": query})
    links = [to for to in Page(answer.text).attributes("href") if to.startswith("/doc/akn/")]
    assert len(links) == 9
    assert "<code>https://w3id.org/omissus/id/akn/" in answer.text


def test_a_table_is_had_as_csv(client):
    query = "SELECT ?s { ?s a <https://w3id.org/omissus/def#Territory> }"
    answer = client.get("/query.csv", params={"query": query})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert len(list(csv.reader(answer.text.splitlines()))) == 9


def test_kept_questions_are_told_by_subject():
    kept = kept_questions(data_root())
    assert len(kept) >= 8
    assert sum(map(len, kept.values())) >= 40
    assert all(question.day for several in kept.values() for question in several)
