"""The documentation as pages: each listed, each shown, no reference out of the server."""

from __future__ import annotations

import pytest

from omissus.http.documentation import titles
from tests.pages import Page


def test_every_page_is_in_the_list(client):
    page = Page(client.get("/documentation").text)
    for name, title in titles().items():
        assert f"/documentation/{name}" in page.attributes("href")
        assert title


@pytest.mark.parametrize("name", titles())
def test_a_page_shows_its_title_once_and_fetches_nothing(client, name):
    answer = client.get(f"/documentation/{name}")
    assert answer.status_code == 200
    page = Page(answer.text)
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert titles()[name] in answer.text
    assert not any(source.startswith("http") for source in page.attributes("src"))


def test_a_page_that_is_not_there_is_told_with_those_that_are(client):
    answer = client.get("/documentation/nothing")
    assert answer.status_code == 404
    assert "sparql" in answer.text
