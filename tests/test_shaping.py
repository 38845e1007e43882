"""The command omissus shapes, on Testland."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.data import data_root
from tests.worlds import HEAD, act, offence

GIRLS_ONLY = {"conduct": "procuring", "purpose": "prostitution", "victim_sex": "girl"}


@pytest.fixture
def testland(tmp_path: Path) -> Path:
    """A folder with the real ontology and shapes and the law of Testland."""
    for folder in ("ontology", "shapes"):
        (tmp_path / folder).symlink_to(data_root() / folder)
    law = tmp_path / "statutes"
    law.mkdir()
    (law / "territories.ttl").symlink_to(data_root() / "statutes" / "territories.ttl")
    text = HEAD + act("Code", code=True) + offence("o", "Code-s1-v", **GIRLS_ONLY)
    agents = "agent:omissus-encoders a prov:Agent .\n"
    (law / "testland.ttl").write_text(text + agents, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> str:
    arguments = ["--data", str(folder), "shapes", "--at", "2020-01-01", *options]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_counts_results_by_shape_and_demand(testland):
    told = run(testland)
    assert "Federal: law as at 2020-01-01, read by the shapes about gaps." in told
    assert "gender asymmetry (shall)" in told
    assert "not assessed: law not searched" in told


def test_the_command_writes_json_and_a_snapshot_that_holds_the_shapes(testland):
    saved = testland / "snapshot.ttl"
    rows = json.loads(run(testland, "--json", "--save", str(saved)))
    asymmetric = [r for r in rows if r["name"] == "gender asymmetry"]
    assert {row["requirement"] for row in asymmetric} == {"3-1-b-procuring"}
    assert {row["assessed"] for row in asymmetric} == {False}
    graph = rdflib.Graph().parse(saved, format="turtle")
    assert all((rdflib.URIRef(row["focus"]), None, None) in graph for row in rows)
    assert all((rdflib.URIRef(row["shape"]), None, None) in graph for row in rows)


def test_regressions_are_asked_between_two_days(testland):
    told = run(testland, "--about", "regressions", "--since", "1999-12-31")
    assert "law as at 2020-01-01 beside that of 1999-12-31, read by the shapes" in told
    assert "0 results" in told


@pytest.mark.parametrize("about", ["conflicts", "orphans"])
def test_conflicts_and_orphans_are_asked_of_one_day(testland, about):
    assert f"read by the shapes about {about}." in run(testland, "--about", about)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--about", "regressions"], "regressions need a day before 2020-01-01"),
        (["--about", "regressions", "--since", "2021-01-01"], "regressions need a day before"),
        (["--since", "2018-01-01"], "only regressions have an earlier day"),
    ],
    ids=["no earlier day", "a later day", "not asked"],
)
def test_an_earlier_day_is_asked_for_regressions_and_for_nothing_else(testland, options, told):
    arguments = ["--data", str(testland), "shapes", "--at", "2020-01-01", *options]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.output.replace("│", " ").split())
