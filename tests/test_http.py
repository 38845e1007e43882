"""The pages and the reports over HTTP."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from omissus.assessing import SEXES
from omissus.cli.main import app
from omissus.coverage import Verdict
from omissus.findings import Findings
from omissus.http.app import create_app
from omissus.http.matrix import marks, resting_on
from omissus.reports import act
from omissus.vocabulary import ID, om
from tests.pages import Page
from tests.worlds import FEDERAL

DAY = "2023-09-29"
WHY = "/why/3-1-b-procuring.pk.boy"


@pytest.fixture(scope="module")
def client(corpus, stores):
    return TestClient(create_app(corpus, cache=stores))


@pytest.fixture(scope="module")
def matrix(client):
    answer = client.get("/", params={"at": DAY})
    assert answer.status_code == 200
    return Page(answer.text)


def headings(page):
    return [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]


def test_the_matrix_has_every_demand_and_every_territory(matrix, corpus):
    head, *rows = matrix.rows
    assert len(head.heads) == 1 + len(corpus.territories)
    titles = " ".join([cell.text for cell in head.heads] + matrix.attributes("title"))
    for territory in corpus.territories:
        assert corpus.label(territory) in titles
    by_id = {row.id: row for row in rows if row.id}
    assert list(by_id) == [requirement.slug for requirement in corpus.requirements]
    for requirement in corpus.requirements:
        row = by_id[requirement.slug]
        assert row.heads[0].text.casefold() == act(requirement).casefold()
        assert len(row.cells) == len(corpus.territories)


def test_each_cell_has_a_word_and_leads_to_its_reasons(matrix, client):
    words = {"covered", "contested", "not assessed", "option not used"}
    cells = [cell for row in matrix.rows if row.id for cell in row.cells]
    for cell in cells:
        assert any(word in cell.text for word in words)
        assert cell.links
        assert all(re.fullmatch(rf"/why/[\w-]+\.[\w-]+\.\w+\?at={DAY}", to) for to in cell.links)
    for cell in cells[::97]:
        assert client.get(cell.links[0]).status_code == 200


def test_own_law_federal_law_and_not_assessed_are_told_apart(corpus):
    findings = Findings(corpus, date.fromisoformat(DAY))
    punjab = next(iri for iri in corpus.territories if corpus.slug(iri) == "pk-pb")
    cell = findings.cell(corpus.requirements[0], punjab, "girl")
    covered = replace(cell, verdict=Verdict.COVERED, federal=Verdict.COVERED)
    own = replace(covered, federal=Verdict.PARTLY)
    unknown = replace(cell, verdict=Verdict.NOT_ASSESSED, strict=Verdict.PARTLY)
    unknown = replace(unknown, generous=Verdict.COVERED)
    assert resting_on(covered) == "by federal law"
    assert resting_on(own) == "own law"
    assert resting_on(unknown) == "found: contested"


def test_a_territory_of_whose_law_no_text_is_held_is_not_said_to_have_none(corpus, client):
    findings = Findings(corpus, date.fromisoformat(DAY))
    silent = {corpus.slug(p) for p in corpus.territories if not findings.words_held(p)}
    assert silent == {"pk-gb", "pk-jk"}
    gilgit = next(iri for iri in corpus.territories if corpus.slug(iri) == "pk-gb")
    cell = findings.cell(corpus.requirements[0], gilgit, "girl")
    assert resting_on(cell) == "no text held"
    page = client.get(f"/why/{cell.id}").text
    assert "No text of any law in force there is held" in page
    assert "not covered" not in page
    assert "What is left over" not in page
    assert "no limit found" not in page
    told = CliRunner().invoke(app, ["explain", cell.requirement.slug, "--in", "pk-gb"]).output
    assert "No text of any law in force there is held" in told
    assert "not covered" not in told
    assert "Left over" not in told


def test_sexes_are_told_apart_only_where_they_differ(corpus):
    day = date.fromisoformat(DAY)
    findings = Findings(corpus, day)
    cells = [findings.cell(corpus.requirements[0], FEDERAL, sex) for sex in SEXES]
    alike = [replace(cell, verdict=Verdict.COVERED) for cell in cells]
    assert [mark.who for mark in marks(alike, day)] == [""]
    unlike = [replace(cell, verdict=Verdict.CONTESTED) for cell in cells[1:]]
    assert [mark.who for mark in marks([alike[0], *unlike], day)] == ["girls", "boys, transgender"]


def test_the_counts_above_the_matrix_are_those_of_the_report(client):
    question = {"at": DAY, "issue": "10", "victim": "boys"}
    page = client.get("/", params=question).text
    legend = page[page.index('class="legend"') : page.index("</ul>")]
    shown = dict(re.findall(r"</span> ([a-z ]+) <b>([\d,]+)</b>", legend))
    cells = client.get("/api/v1/gaps", params=question).json()["cells"]
    verdicts = [cell["verdict"] for cell in cells]
    assert {word: int(n.replace(",", "")) for word, n in shown.items()} == {
        word: verdicts.count(word) for word in shown
    }
    assert sum(int(n.replace(",", "")) for n in shown.values()) == len(cells)


@pytest.mark.parametrize("path", ["/", WHY, "/why/nothing.pk.boy"])
def test_a_page_asks_nothing_of_the_outside_and_runs_no_script(client, path):
    answer = client.get(path)
    page = Page(answer.text)
    assert "script" not in {tag for tag, _ in page.tags}
    assert not [name for name in ("style", "onclick", "onload") if page.attributes(name)]
    for address in [*page.attributes("href"), *page.attributes("src"), *page.attributes("action")]:
        assert re.match(r"[/#](?!/)", address), address
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'none'" in policy


@pytest.mark.parametrize("path", ["/", WHY])
def test_a_page_can_be_read_aloud(client, path):
    page = Page(client.get(path).text)
    tags = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en"}) in page.tags
    assert tags.count("h1") == 1
    assert tags.count("main") == 1
    levels = headings(page)
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert tags.count("caption") == tags.count("table")
    assert all(attributes.get("scope") for tag, attributes in page.tags if tag == "th")
    skip = next(attributes["href"] for tag, attributes in page.tags if tag == "a")
    assert skip.removeprefix("#") in page.attributes("id")
    labelled = set(page.attributes("for"))
    fields = [a for tag, a in page.tags if tag in ("input", "select")]
    assert {field["id"] for field in fields} == labelled
    identifiers = page.attributes("id")
    assert len(identifiers) == len(set(identifiers))


def test_the_files_of_a_page_are_our_own(client):
    for path in ("/static/omissus.css", "/static/omissus.svg"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", answer.text)


def test_the_reasons_are_told_in_the_words_of_the_act(client):
    data = client.get("/api/v1/gaps/3-1-b-procuring.pk.boy/explanation").json()["cells"][0]
    text = html.unescape(client.get(WHY).text)
    assert data["verdict"] in text
    assert data["search"] in text
    for offence in data["offences"]:
        assert offence["citation"] in text
        assert offence["anchor"] is None or offence["anchor"] in text
        assert all(limit["anchor"] in text for limit in offence["limits"] if limit["anchor"])
        assert offence["naming"] in text
        assert offence["penalty"] is None or offence["penalty"] in text
    for reading in ("strict", "generous"):
        assert all(told in text for told in data["left_over"][reading]["patterns"])


def test_command_interface_and_page_tell_why_a_word_carries_an_act_generously_only(client, corpus):
    """PPC 1860 s 365B gets a child by kidnapping; that a kidnapper accepts it is a wide reading."""
    reason = corpus.graph.text(f"{ID}term/abducts__placement_1", om("reason"))
    told = f"abducts (PPC 1860 s 362): {reason}"
    (cell,) = client.get("/api/v1/gaps/2-a-sale.pk.girl/explanation").json()["cells"]
    kidnaps = [o for o in cell["offences"] if o["citation"] == "PPC 1860 s 365B"]
    assert kidnaps
    for offence in kidnaps:
        assert offence["readings"] == ["generous"]
        assert any(told in limit["reasons"] for limit in offence["limits"])
    assert told in html.unescape(client.get("/why/2-a-sale.pk.girl").text)
    assert told in CliRunner().invoke(app, ["explain", "2-a-sale"]).output


def test_the_reasons_lead_to_the_other_victims_territories_and_days(client, corpus):
    links = Page(client.get(WHY, params={"at": DAY}).text).attributes("href")
    slugs = [corpus.slug(territory) for territory in corpus.territories]
    for sex in SEXES:
        assert f"/why/3-1-b-procuring.pk.{sex}?at={DAY}" in links
    for slug in slugs:
        assert f"/why/3-1-b-procuring.{slug}.boy?at={DAY}" in links
    for day in ("2018-01-01", date.today().isoformat()):
        assert f"{WHY}?at={day}" in links
    assert f"/api/v1/gaps/3-1-b-procuring.pk.boy/explanation?at={DAY}" in links


def test_every_finding_of_a_day_has_its_page(client, corpus):
    for number, requirement in enumerate(corpus.requirements):
        territory = corpus.slug(corpus.territories[number % len(corpus.territories)])
        path = f"/why/{requirement.slug}.{territory}.{SEXES[number % len(SEXES)]}"
        assert client.get(path, params={"at": DAY}).status_code == 200, path


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/api/v1/gaps/3-1-b-procurin.pk.boy/explanation", 404, "3-1-b-procuring.pk.boy"),
        ("/api/v1/gaps/3-1-b-procuring.pk.child/explanation", 404, "3-1-b-procuring.pk.girl"),
        ("/api/v1/gaps?in=pk-xx", 400, "pk-sd"),
        ("/api/v1/gaps?issue=99", 400, "try 9"),
        ("/api/v1/gaps?victim=men", 400, "boys"),
        ("/api/v1/gaps?at=2023-02-30", 400, "2023-09-29"),
        ("/api/v1/nothing", 404, "/api/v1/nothing"),
    ],
)
def test_a_wrong_request_is_a_problem_that_names_the_remedy(client, path, status, told):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert told in problem["detail"]


def test_an_unknown_territory_is_answered_with_the_known_ones(client, corpus):
    problem = client.get("/api/v1/gaps", params={"in": "atlantis"}).json()
    assert problem["known"] == [corpus.slug(territory) for territory in corpus.territories]


def test_a_reader_gets_a_page_in_place_of_a_problem_document(client):
    answer = client.get("/", params={"victim": "<script>alert(1)</script>"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script" not in answer.text
    assert "girls, boys, transgender" in answer.text


def test_a_report_that_the_client_holds_is_not_sent_again(client):
    first = client.get("/api/v1/gaps", params={"in": "pk", "issue": "9", "at": DAY})
    held = {"If-None-Match": first.headers["etag"]}
    again = client.get("/api/v1/gaps", params={"in": "pk", "issue": "9", "at": DAY}, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/gaps", params={"in": "pk-pb", "at": DAY}, headers=held)
    assert other.status_code == 200


def test_the_server_says_that_it_lives_and_what_it_runs(client, corpus):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/version").json()["release"] == corpus.graph.release


def test_the_interface_is_described_without_pages_from_elsewhere(client):
    description = client.get("/openapi.json").json()
    operations = [
        operation["operationId"]
        for path in description["paths"].values()
        for operation in path.values()
    ]
    assert len(set(operations)) == len(operations)
    assert {"gaps", "explanation", "query", "graph", "dataset", "void", "dcat"} <= set(operations)
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
