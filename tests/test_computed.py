"""Each name that the server gives and no file describes leads to what tells of it."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest

from omissus import __version__
from omissus.graphs import validation_graph
from omissus.http.computed import place
from omissus.vocabulary import ID

DAY = "2018-01-01"
RELEASE = "0123456789ab"
TURTLE = {"Accept": "text/turtle"}


def subjects(answer):
    quads = pyoxigraph.parse(answer.content, format=pyoxigraph.RdfFormat.TURTLE)
    return {quad.subject.value for quad in quads if quad.subject.value.startswith(ID)}


@pytest.mark.parametrize("path", ["/sparql", "/void", "/dcat"])
def test_a_name_in_a_description_leads_to_statements_about_it(client, path):
    named = sorted({name.partition("#")[0] for name in subjects(client.get(path, headers=TURTLE))})
    assert named
    for name in [*named[:3], *named[-3:]]:
        answer = client.get(name.replace("https://w3id.org/omissus", ""), headers=TURTLE)
        assert answer.status_code == 200
        assert any(subject.partition("#")[0] == name for subject in subjects(answer))


def test_how_findings_were_computed_can_be_followed_link_by_link(client, corpus):
    release = corpus.graph.release
    for name in (
        f"findings/{DAY}",
        f"computation/findings/{DAY}/{release}",
        f"release/{release}",
        f"software/{__version__}",
    ):
        answer = client.get(f"/id/{name}", headers=TURTLE)
        assert answer.status_code == 200, name
        assert ID + name in subjects(answer)


@pytest.mark.parametrize(
    ("name", "to"),
    [
        (f"findings/{DAY}", f"/?at={DAY}"),
        (f"validation/{DAY}/pk/7", "/documentation/sparql"),
        ("registry", "/documentation/sparql"),
        ("dataset", "/documentation/sparql"),
    ],
)
def test_a_reader_is_led_to_a_page(client, name, to):
    answer = client.get(f"/id/{name}", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, to)
    assert "Accept" in answer.headers["vary"]
    assert client.get(to).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        f"snapshot/pk/{DAY}",
        f"validation/{DAY}/pk/pattern/3-1-b-procuring/1",
        f"computation/validation/{DAY}/{RELEASE}",
    ],
)
def test_what_a_validation_report_tells_of_leads_to_its_graph(name):
    to = place(ID + name, RELEASE, for_reader=False)
    assert parse_qs(urlsplit(to).query)["graph"] == [validation_graph(date.fromisoformat(DAY))]


@pytest.mark.parametrize("name", ["findings/2018-02-30", "findings", "release/x", "validation/x"])
def test_a_name_that_nothing_has_is_not_found(client, name):
    assert client.get(f"/id/{name}", headers=TURTLE).status_code == 404
