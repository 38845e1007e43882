"""The command line, as an adviser uses it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.coverage import Verdict

TERRITORIES = {"pk", "pk-is", "pk-pb", "pk-sd", "pk-kp", "pk-ba", "pk-gb", "pk-jk"}


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def report():
    return json.loads(run("gaps", "--json", "--at", "2026-11-24"))


def test_a_cell_is_one_requirement_one_territory_one_sex(report, corpus):
    names = {(c["requirement"], c["territory"], c["victim_sex"]) for c in report["cells"]}
    assert len(names) == len(report["cells"]) == len(corpus.requirements) * 8 * 3
    assert {c["territory"] for c in report["cells"]} == TERRITORIES


def test_every_verdict_is_in_the_words_of_the_model(report):
    assert {c["verdict"] for c in report["cells"]} <= {verdict.value for verdict in Verdict}


def test_each_report_says_its_day_and_release(report):
    assert report["at"] == "2026-11-24"
    assert report["release"]


def test_where_acts_are_left_over_they_are_told_and_the_search_is_stated(report):
    for cell in report["cells"]:
        if cell["strict_verdict"] != "covered":
            assert cell["left_over"]["strict"]["patterns"], cell["id"]
            assert cell["search"], cell["id"]
        else:
            assert not cell["left_over"]["strict"]["patterns"], cell["id"]


def test_each_covering_offence_has_citation_anchor_and_dates(report):
    for cell in report["cells"]:
        for offence in cell["offences"]:
            assert offence["citation"], offence["iri"]
            assert offence["anchor"], offence["iri"]
            assert offence["in_force_from"] <= report["at"], offence["iri"]


def test_no_territory_without_a_complete_search_has_a_gap(report):
    for cell in report["cells"]:
        if cell["territory"] not in ("pk", "pk-is"):
            assert cell["verdict"] in ("covered", "not assessed"), cell["id"]


def test_filters_narrow_the_report(report):
    part = json.loads(
        run("gaps", "--json", "--at", "2026-11-24", "--in", "pk-pb", "--victim", "boys")
    )
    wanted = [c for c in report["cells"] if c["territory"] == "pk-pb" and c["victim_sex"] == "boy"]
    assert part["cells"] == wanted


def test_the_jurisdiction_of_each_act_is_told_with_paragraph_10():
    bases = json.loads(run("gaps", "--json", "--issue", "10"))["jurisdiction"]
    assert {"PPC 1860", "PTPA 2018", "PECA 2016", "THOTA 2010"} <= {b["citation"] for b in bases}
    assert {b["base"] for b in bases} == {"ship", "national", "resident", "victim", "present"}


def test_an_explanation_quotes_the_act_and_can_show_the_whole_section(texts):
    told = run("explain", "3-1-b-providing", "--texts", str(texts))
    assert "PPC 1860 s 371A" in told
    assert "sells, lets to hire, or otherwise disposes of any person" in told
    assert "Whoever sells, lets to hire, or otherwise disposes" in told
