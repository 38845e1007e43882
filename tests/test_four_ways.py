"""Command line, HTTP, SPARQL and notebook tell the same findings."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import matplotlib
import pytest
from typer.testing import CliRunner

from omissus.cli.main import app as command_line
from omissus.http.app import create_app
from omissus.http.models import Explanation, Report
from omissus.store import query_text
from tests.serving import serving

DAY = "2026-11-24"
NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "01-first-look.ipynb"


@pytest.fixture(scope="module")
def client(corpus, stores):
    app = create_app(corpus, cache=stores)
    with serving(app) as client:
        yield client


def printed(*arguments):
    result = CliRunner().invoke(command_line, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def from_command_line():
    return printed("gaps", "--at", DAY)


@pytest.fixture(scope="module")
def from_http(client):
    answer = client.get("/api/v1/gaps", params={"at": DAY})
    assert answer.status_code == 200
    return answer.json()


def by_territory(report):
    return Counter((cell["territory"], cell["verdict"]) for cell in report["cells"])


def from_sparql(client):
    query = query_text("verdicts-by-territory")
    answer = client.get("/sparql", params={"query": query, "at": DAY})
    assert answer.status_code == 200, answer.text
    return Counter(
        {
            (row["territory"]["value"], row["verdict"]["value"]): int(row["findings"]["value"])
            for row in answer.json()["results"]["bindings"]
        }
    )


def from_notebook():
    matplotlib.use("Agg")
    names: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "counts" not in names:
            exec(compile(source, NOTEBOOK.name, "exec"), names)
    counts = names["counts"].to_dict("index")
    return Counter({(t, verdict): n for t, row in counts.items() for verdict, n in row.items()})


def test_all_four_count_the_same_verdicts_in_each_territory(client, from_command_line, from_http):
    expected = by_territory(from_command_line)
    assert expected == by_territory(from_http)
    assert expected == from_sparql(client)
    assert expected == from_notebook()


def test_the_command_line_and_http_tell_the_same_report(from_command_line, from_http):
    assert from_command_line == from_http


def test_the_command_line_and_http_give_the_same_reasons(client):
    name = "3-1-b-procuring.pk.boy"
    answer = client.get(f"/api/v1/gaps/{name}/explanation", params={"at": DAY})
    asked = ("explain", "3-1-b-procuring", "--in", "pk", "--victim", "boys", "--at", DAY)
    assert printed(*asked) == answer.json()
    assert Explanation.model_validate(answer.json()).cells


def test_a_report_has_the_shape_that_is_described(from_http):
    assert len(Report.model_validate(from_http).cells) == len(from_http["cells"])


def test_findings_are_told_as_rdf_with_the_same_reasons(client, from_http):
    query = """
    PREFIX om: <https://w3id.org/omissus/def#>
    SELECT ?left ?reached WHERE {
      <https://w3id.org/omissus/id/finding/DAY/3-1-b-procuring.pk.boy> om:strictVerdict ?strict .
      { <https://w3id.org/omissus/id/finding/DAY/3-1-b-procuring.pk.boy> om:leftOver ?left }
      UNION
      { <https://w3id.org/omissus/id/finding/DAY/3-1-b-procuring.pk.boy> om:reachedBy ?reached }
    }""".replace("DAY", DAY)
    answer = client.get("/sparql", params={"query": query, "at": DAY}).json()
    rows = answer["results"]["bindings"]
    told = next(c for c in from_http["cells"] if c["id"] == "3-1-b-procuring.pk.boy")
    assert {r["left"]["value"] for r in rows if "left" in r} == set(
        told["left_over"]["strict"]["patterns"]
    )
    assert {r["reached"]["value"] for r in rows if "reached" in r} == {
        offence["iri"] for offence in told["offences"]
    }
