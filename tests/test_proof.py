"""The third witness: HermiT on class expressions of invented law, and the ontology it is told."""

from __future__ import annotations

import os
from datetime import date

import psutil
import pytest
from typer.testing import CliRunner

from omissus import boxes, reasoner
from omissus.cli.main import app
from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.proof import prove
from tests.owl_api import Reasoner, classify, violations
from tests.worlds import FEDERAL, TESTLAND, act, elements, offence, section, world

DAY = date(2020, 1, 1)
SLUG = "3-1-b-procuring"
FULL = {"conduct": "procuring", "purpose": "prostitution"}
STRICT, GENEROUS = Reading.STRICT, Reading.GENEROUS


def proved(corpus, slug=SLUG, sex="boy", reading=STRICT, day=DAY):
    """The proof or refutation of one demand in Testland."""
    demands = [r for r in corpus.requirements if r.slug == slug]
    return prove(Findings(corpus, day), TESTLAND, demands, [reading], [sex])[0][0]


def labels(proof):
    return {offence.label for offence in proof.sufficient}


def test_a_girls_only_offence_is_refuted_for_boys_and_proved_for_girls(tmp_path):
    law_text = offence("o", "Code-s1-v", **FULL, victim_sex="girl")
    corpus = world(tmp_path, act("Code"), law_text)
    boys = proved(corpus)
    assert not boys.proved
    assert boys.counter_example == "Procuring a child for prostitution: a boy."
    assert proved(corpus, sex="girl").proved


def test_a_patchwork_of_two_acts_is_refuted(tmp_path):
    corpus = world(
        tmp_path,
        act("One"),
        act("Two"),
        offence("verb", "One-s1-v", conduct="procuring", purpose="forced-labour"),
        offence("aim", "Two-s1-v", conduct="providing", purpose="prostitution"),
    )
    assert not proved(corpus).proved


def test_two_statutes_together_suffice_and_neither_can_be_spared(tmp_path):
    corpus = world(
        tmp_path,
        act("Young"),
        act("Old"),
        offence("young", "Young-s1-v", **FULL, victim_age="12"),
        offence("old", "Old-s1-v", **FULL, victim_age="12-"),
        offence("girls", "Old-s1-v", **FULL, victim_sex="girl"),
    )
    proof = proved(corpus)
    assert proof.proved
    assert proof.minimal
    assert labels(proof) == {"young", "old"}


@pytest.mark.parametrize(("below", "left"), [("16", "16 or 17"), ("15", "15 to 17"), ("17", "17")])
def test_an_age_limit_is_exact_to_the_year(tmp_path, below, left):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL, victim_age=below))
    told = f"Procuring a child for prostitution: a boy aged {left}."
    assert proved(corpus).counter_example == told


def test_an_exception_is_taken_out(tmp_path):
    exception = """
t:except a om:Exception ; om:exceptionTo t:o ; om:enactedIn t:Code-s1-v .
""" + elements("t:except", victim_age="7")
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL), exception)
    told = "Procuring a child for prostitution: a boy aged 0 to 6."
    assert proved(corpus).counter_example == told


def test_what_turns_on_the_reading_is_refuted_strictly_and_proved_generously(tmp_path):
    means = "force deception coercion ~no-means ~abuse-of-vulnerability"
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL, means=means))
    assert not proved(corpus).proved
    assert proved(corpus, reading=GENEROUS).proved


def test_attempt_is_proved_through_a_rule_and_only_where_the_rule_reaches(tmp_path):
    rule = """
t:rule a om:StageRule ; rdfs:label "attempt"@en ; om:enactedIn t:Code-s1-v ; om:reaches t:Code .
""" + elements("t:rule", kind="Replacement", stage="attempted")
    whole = {"conduct": "offering obtaining procuring providing", "purpose": "prostitution"}
    for source in ("Code", "Special"):
        corpus = world(
            tmp_path, act("Code"), act("Special"), offence("o", f"{source}-s1-v", **whole), rule
        )
        assert proved(corpus, "3-2-attempt-3-1-b").proved is (source == "Code")


def test_a_repealed_offence_proves_nothing_from_its_last_day(tmp_path):
    ended = section("Code", "s2", "2001-01-01", "2010-06-01")
    corpus = world(tmp_path, act("Code"), ended, offence("o", "Code-s2-v", **FULL))
    assert proved(corpus, day=date(2010, 5, 31)).proved
    assert not proved(corpus, day=date(2010, 6, 1)).proved


def test_the_reasoner_finds_an_act_left_over_without_the_engine(tmp_path, monkeypatch):
    """An engine that takes every demand for covered is contradicted, with an act in point."""
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL, victim_sex="girl"))
    monkeypatch.setattr(boxes.Space, "difference", lambda _space, _boxes, _others: [])
    proof = proved(corpus)
    assert not proof.proved
    assert not proof.engine_agrees
    assert proof.counter_example.startswith("Procuring a child for prostitution: a boy aged ")


def test_two_rules_that_widen_work_together(tmp_path):
    """One rule frees from the means, the other from the sex: boys without force take both."""
    rules = ""
    for name, anew in {"means": "no-means force", "victim_sex": "girl boy"}.items():
        rules += (
            f't:{name} a om:WideningRule ; rdfs:label "{name}"@en ; om:enactedIn t:Code-s1-v ;'
            " om:reaches t:Code .\n" + elements(f"t:{name}", kind="Replacement", **{name: anew})
        )
    law = offence("o", "Code-s1-v", **FULL, means="force", victim_sex="girl")
    proof = proved(world(tmp_path, act("Code"), law, rules))
    told = "a boy, by deception, coercion or abuse of vulnerability."
    assert proof.counter_example == f"Procuring a child for prostitution: {told}"
    assert proof.engine_agrees


@pytest.fixture(scope="module")
def saved(corpus, tmp_path_factory):
    """The proofs of one demand in real law, and the file in which the ontology was saved."""
    demands = [r for r in corpus.requirements if r.slug == SLUG]
    proofs, ontology = prove(Findings(corpus, date.today()), FEDERAL, demands)
    path = tmp_path_factory.mktemp("proof") / "proof.owl"
    ontology.save(path)
    return proofs, path


def test_the_saved_ontology_is_owl_2_dl(saved):
    assert violations(saved[1]) == []


@pytest.mark.parametrize("reasoner", Reasoner)
def test_the_saved_ontology_is_classified_by_other_reasoners_with_the_same_answer(saved, reasoner):
    """HermiT and Openllet behind the OWL API, as Protege has them; here of real law."""
    proofs, path = saved
    found = classify(path, reasoner)
    assert found.consistent
    assert _named(found.empty, "left") == {name(p) for p in proofs if p.proved}
    assert _named(found.empty, "met") == {
        name(p) for p in proofs if p.verdict is Verdict.NOT_COVERED
    }
    assert {p.proved for p in proofs} == {True, False}


def _named(classes, kind):
    return {iri.split(f"/{kind}/")[1] for iri in classes if f"/{kind}/" in iri}


def name(proof):
    return f"{proof.requirement.slug}/pk/{proof.reading}/{proof.sex}"


def test_the_ontology_is_saved_as_turtle_with_what_its_classes_mean(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL, victim_sex="girl"))
    demands = [r for r in corpus.requirements if r.slug == SLUG]
    _, ontology = prove(Findings(corpus, DAY), TESTLAND, demands)
    ontology.save(tmp_path / "proof.ttl")
    told = (tmp_path / "proof.ttl").read_text(encoding="utf-8")
    assert "Law as at 2020-01-01, pk." in told
    assert '"outside Code 2000 s1: o, strict reading"@en' in told


def test_the_command_prints_an_answer_for_each_reading_and_sex():
    asked = CliRunner().invoke(app, ["prove", SLUG])
    assert asked.exit_code == 0
    assert asked.output.count("reading, ") == 6
    assert "0 times the engine finds otherwise" in asked.output


def test_every_answer_is_told_as_it_comes(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL))
    demands = [r for r in corpus.requirements if r.slug == SLUG]
    heard = []
    prove(Findings(corpus, DAY), TESTLAND, demands, heard=lambda *told: heard.append(told))
    assert [answered for answered, _ in heard] == list(range(1, len(heard) + 1))
    assert {asked for _, asked in heard} == {len(heard)}


def test_nothing_of_hermit_outlives_an_interruption(tmp_path, monkeypatch):
    """Interrupted at the first answer, and with many classes shared out to several processes."""
    monkeypatch.setattr(reasoner, "MANY", 1)
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL))
    demands = [r for r in corpus.requirements if r.slug == SLUG]

    def interrupt(*_):
        assert len(_running()) == min(os.cpu_count(), 12)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prove(Findings(corpus, DAY), TESTLAND, demands, heard=interrupt)
    assert _running() == []


def _running():
    return [process for process in psutil.Process().children() if process.name() == "java"]


def test_what_hermit_says_when_it_fails_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(reasoner, "OPTIONS", ("-XX:NoSuchOption",))
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL))
    with pytest.raises(reasoner.ReasonerError, match=r"(?s)HermiT failed: .*NoSuchOption"):
        proved(corpus)
