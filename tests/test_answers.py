"""Provisions that have the content required, and at which stages of proceedings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.gap_shapes import gap_results
from tests.worlds import TESTLAND, act, cell_of, world

DAY = date(2020, 1, 1)
PRIVACY = "8-1-e-privacy"
HEAD = """
@prefix requirement: <https://w3id.org/omissus/id/requirement/> .
@prefix proceeding-stage: <https://w3id.org/omissus/id/proceeding-stage/> .
"""
STAGES = ("report", "investigation", "trial", "after-trial")


def answer(name, *stages, demand=PRIVACY, more=""):
    """An answer in the Testland Act Care, at some stages of proceedings."""
    told = " ".join(f"om:atStage proceeding-stage:{stage} ;" for stage in stages)
    return (
        f't:{name} a om:Answer ; rdfs:label "{name}"@en ; om:answers requirement:{demand} ; '
        f"om:enactedIn t:Care-s1-v ; {told} {more} ."
    )


def in_testland(folder, *answers):
    return world(folder, HEAD, act("Care"), *answers)


def verdicts(folder, *answers, demand=PRIVACY):
    cell = cell_of(in_testland(folder, *answers), demand)
    return cell.strict, cell.generous


def test_what_is_asked_at_every_stage_is_covered_when_each_has_a_provision(tmp_path):
    two = answer("a", *STAGES[:2]), answer("b", *STAGES[2:])
    assert verdicts(tmp_path, *two) == (Verdict.COVERED, Verdict.COVERED)


def test_a_provision_for_the_trial_alone_covers_in_part_and_the_other_stages_are_told(tmp_path):
    corpus = in_testland(tmp_path, answer("a", "trial"))
    cell = cell_of(corpus, PRIVACY)
    assert (cell.strict, cell.generous) == (Verdict.PARTLY, Verdict.PARTLY)
    left = cell.exhibit.left[Reading.GENEROUS]
    assert [line.rsplit(": ", 1)[-1] for line in left] == [
        "report.",
        "investigation.",
        "after trial.",
    ]


def test_a_stage_that_is_met_on_the_generous_reading_only_is_contested(tmp_path):
    sure, arguable = answer("a", *STAGES[:3]), answer("b", STAGES[3], more="om:generousOnly true ;")
    assert verdicts(tmp_path, sure, arguable) == (Verdict.PARTLY, Verdict.COVERED)


def test_what_is_asked_at_no_stage_is_covered_by_one_provision(tmp_path):
    found = verdicts(tmp_path, answer("a", demand="9-4-compensation"), demand="9-4-compensation")
    assert found == (Verdict.COVERED, Verdict.COVERED)


def test_the_shape_names_each_stage_without_a_provision(tmp_path):
    corpus = in_testland(tmp_path, answer("a", "trial", "investigation"))
    few = tuple(r for r in corpus.requirements if r.slug == PRIVACY)
    found = gap_results(Findings(replace(corpus, requirements=few), DAY), TESTLAND)
    rows = [row for row in found if row.requirement == PRIVACY]
    assert {row.name for row in rows} == {"safeguard at every stage"}
    assert {row.label.rsplit(": ", 1)[-1] for row in rows} == {"report", "after trial"}
