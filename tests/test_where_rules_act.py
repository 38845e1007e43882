"""A rule acts where its own Act is law, and an exception takes away nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from omissus.elements import Reading
from omissus.findings import Findings
from omissus.proof import prove
from omissus.snapshot import snapshot
from omissus.vocabulary import ID
from tests.tied import Snapshot, disagreements
from tests.worlds import TESTLAND, act, elements, offence, world

DAY = date(2020, 1, 1)
HERE, THERE = TESTLAND, ID + "territory/pk-pb"
FULL = {"conduct": "procuring", "purpose": "prostitution"}
ATTEMPT, ABROAD, ACT = "3-2-attempt-3-1-b", "4-2-a-national-3-1-b", "3-1-b-procuring"
CODE = act("Code", code=True).replace(
    "eli:relevant_for territory:pk .", "eli:relevant_for territory:pk, territory:pk-pb ."
)
ARGUABLY = "om:arguablyRelevantFor territory:pk-pb ; eli:relevant_for territory:pk ."
PERHAPS = act("Rules").replace("eli:relevant_for territory:pk .", ARGUABLY)


def rule(name, kind, target, *, replaces=(), **limits):
    """A rule or exception of the Act Rules."""
    of = f't:{name} a om:{kind} ; rdfs:label "{name}"@en ; om:enactedIn t:Rules-s1-v ; {target} .'
    return (
        of
        + elements(f"t:{name}", **limits)
        + elements(f"t:{name}", "Replacement", **dict(replaces))
    )


RULES = {
    ATTEMPT: rule("attempt", "StageRule", "om:reaches t:Code", replaces={"stage": "attempted"}),
    ABROAD: rule(
        "abroad",
        "JurisdictionRule",
        "om:reaches t:Code",
        replaces={"place": "abroad", "connection": "offender-national"},
    ),
    ACT: rule("save", "Exception", "om:exceptionTo t:o", victim_age="14"),
}


def in_testland(folder, *law):
    corpus = world(folder, CODE, offence("o", "Code-s1-v", **FULL), *law)
    few = tuple(r for r in corpus.requirements if r.slug in RULES or r.slug.startswith("3-1-b"))
    return Findings(replace(corpus, requirements=few), DAY)


def coverage(findings, slug, territory):
    demand = next(r for r in findings.corpus.requirements if r.slug == slug)
    return findings.coverage(demand, territory)


def left(findings, slug, territory):
    """Whether something is left over of a demand, strictly and generously."""
    return tuple(bool(coverage(findings, slug, territory).left[reading]) for reading in Reading)


@pytest.mark.parametrize("slug", [ATTEMPT, ABROAD])
def test_a_rule_of_an_act_that_is_no_law_there_does_not_act_there(tmp_path, slug):
    findings = in_testland(tmp_path, act("Rules"), RULES[slug])
    assert coverage(findings, slug, HERE).touching[Reading.STRICT]
    assert not coverage(findings, slug, THERE).touching[Reading.GENEROUS]


def test_an_exception_of_an_act_that_is_no_law_there_takes_nothing_away_there(tmp_path):
    findings = in_testland(tmp_path, act("Rules"), RULES[ACT])
    assert left(findings, ACT, HERE) == (True, True)
    assert left(findings, ACT, THERE) == (False, False)


def test_an_exception_of_an_act_that_may_be_law_there_takes_away_strictly_only(tmp_path):
    findings = in_testland(tmp_path, PERHAPS, RULES[ACT])
    assert left(findings, ACT, HERE) == (True, True)
    assert left(findings, ACT, THERE) == (True, False)


def test_an_exception_is_as_arguable_as_the_offence_of_its_own_act(tmp_path):
    own = offence("p", "Rules-s1-v", conduct="providing", purpose="prostitution")
    taken = rule("save", "Exception", "om:exceptionTo t:p", victim_age="14")
    findings = in_testland(tmp_path, PERHAPS, own, taken)
    assert left(findings, "3-1-b-providing", THERE) == (True, True)
    seen = Snapshot(findings, snapshot(findings, THERE))
    assert disagreements(findings, THERE, seen) == []


def test_a_rule_of_an_act_that_may_be_law_there_acts_on_the_generous_reading(tmp_path):
    touching = coverage(in_testland(tmp_path, PERHAPS, RULES[ATTEMPT]), ATTEMPT, THERE).touching
    assert [len(touching[reading]) for reading in Reading] == [0, 1]


@pytest.mark.parametrize(
    "rules", [act("Rules"), PERHAPS], ids=["no law there", "perhaps law there"]
)
def test_the_three_witnesses_agree_on_where_rules_act(tmp_path, rules):
    findings = in_testland(tmp_path, rules, *RULES.values())
    demands = [r for r in findings.corpus.requirements if r.slug in RULES]
    for territory in (HERE, THERE):
        seen = Snapshot(findings, snapshot(findings, territory))
        assert disagreements(findings, territory, seen) == []
        proofs, _ = prove(findings, territory, demands)
        assert proofs
        assert all(proof.engine_agrees for proof in proofs)
