"""The third witness: HermiT on class expressions, on invented law and against the engine."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import owlready2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from omissus import boxes, patterns
from omissus.cli.main import app
from omissus.consistency import java
from omissus.findings import Findings
from omissus.patterns import READINGS, Reading
from omissus.proof import prove
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
        offence("old", "Old-s1-v", **FULL)
        + "t:old-from a om:Element ; om:elementOf t:old ; om:limits facet:victim-age ;"
        " om:ageFrom 12 .\n",
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


def test_the_saved_ontology_gives_any_reasoner_the_same_answer(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", **FULL, victim_sex="girl"))
    demands = [r for r in corpus.requirements if r.slug == SLUG]
    proofs, ontology = prove(Findings(corpus, DAY), TESTLAND, demands)
    ontology.save(tmp_path / "proof.ttl")
    ontology.save(tmp_path / "proof.owl")
    reader = owlready2.World()
    reader.get_ontology((tmp_path / "proof.owl").as_uri()).load()
    owlready2.JAVA_EXE = java()
    owlready2.sync_reasoner_hermit(reader, debug=0)
    names = [c.iri for c in reader.inconsistent_classes() if "/left/" in c.iri]
    impossible = {name.split("/left/")[1] for name in names}
    assert impossible == {
        f"{p.requirement.slug}/pk/{p.reading}/{p.sex}" for p in proofs if p.proved
    }


@pytest.fixture
def disagreements(tmp_path):
    """How often engine and proof differ on Testlands that hold the traps."""
    exception = """
t:except a om:Exception ; om:exceptionTo t:whole ; om:enactedIn t:Code-s1-v .
""" + elements("t:except", victim_age="7")
    traps = {
        "patchwork": [
            offence("verb", "Code-s1-v", conduct="procuring", purpose="adoption"),
            offence("aim", "Code-s1-v", conduct="providing", purpose="prostitution"),
        ],
        "age": [
            offence("young", "Code-s1-v", **FULL, victim_age="12"),
            offence("old", "Code-s1-v", **FULL)
            + "t:old-from a om:Element ; om:elementOf t:old ; om:limits facet:victim-age ;"
            " om:ageFrom 12 .\n",
        ],
        "exception": [offence("whole", "Code-s1-v", **FULL), exception],
    }

    def count():
        return {
            trap
            for trap, statutes in traps.items()
            if not proved(world(tmp_path, act("Code"), *statutes)).engine_agrees
        }

    return count


def test_a_sound_engine_agrees_with_the_proof_on_every_trap(disagreements):
    assert disagreements() == set()


def test_an_engine_that_unites_facet_by_facet_is_caught(disagreements, monkeypatch):
    widest = boxes.Space.widest

    def patchwork(space, taken):
        return [united] if (united := boxes.united(widest(space, taken))) else []

    def all_offences(law, _required, _months):
        whole = tuple((o, frozenset(o.boxes[STRICT])) for o in law.offences)
        return dict.fromkeys(READINGS, whole)

    monkeypatch.setattr(boxes.Space, "widest", patchwork)
    monkeypatch.setattr("omissus.findings.meeting", all_offences)
    assert "patchwork" in disagreements()


def test_an_engine_that_is_off_by_a_year_is_caught(disagreements, monkeypatch):
    sound = patterns.PatternReader._ages

    def late(self, iri, facet):
        masks = sound(self, iri, facet)
        low = self.graph.number(iri, "https://w3id.org/omissus/def#ageFrom")
        return {r: m & ~(1 << low) if m and low else m for r, m in masks.items()}

    monkeypatch.setattr(patterns.PatternReader, "_ages", late)
    assert disagreements() == {"age"}


def test_an_engine_that_ignores_exceptions_is_caught(disagreements, monkeypatch):
    monkeypatch.setattr("omissus.reach.excepted", lambda *_: [])
    assert disagreements() == {"exception"}


SEX = st.lists(st.sampled_from(["girl", "boy", "transgender"]), min_size=1, unique=True)
MEANS = st.lists(
    st.sampled_from(["no-means", "deception", "~no-means", "~abuse-of-vulnerability", "force"]),
    min_size=1,
    unique_by=lambda value: value.lstrip("~"),
)
CONDUCT = st.lists(
    st.sampled_from(["procuring", "providing", "term:sells", "term:obtains", "offering"]),
    min_size=1,
    unique=True,
)
LIMITS = st.fixed_dictionaries(
    {"conduct": CONDUCT.map(" ".join)},
    optional={
        "purpose": st.sampled_from(["prostitution", "adoption", "prostitution adoption"]),
        "victim_sex": SEX.map(" ".join),
        "victim_age": st.integers(1, 18).map(str),
        "means": MEANS.map(" ".join),
        "stage": st.sampled_from(["completed", "attempted", "completed ~attempted"]),
    },
)
EXCEPTED = st.none() | st.fixed_dictionaries({"victim_age": st.integers(1, 17).map(str)})


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.tuples(LIMITS, EXCEPTED), min_size=1, max_size=4), st.booleans())
def test_engine_and_proof_agree_on_random_law(offences, attempts):
    """Twelve Testlands, each asked of four demands, on both readings and for each sex."""
    told = [act("Code")]
    for number, (limits, excepted) in enumerate(offences):
        told.append(offence(f"o{number}", "Code-s1-v", **limits))
        if excepted:
            told.append(
                f"t:e{number} a om:Exception ; om:exceptionTo t:o{number} ;"
                " om:enactedIn t:Code-s1-v .\n" + elements(f"t:e{number}", **excepted)
            )
    if attempts:
        told.append(
            't:rule a om:StageRule ; rdfs:label "attempt"@en ; om:enactedIn t:Code-s1-v ;'
            " om:reaches t:Code .\n" + elements("t:rule", kind="Replacement", stage="attempted")
        )
    with tempfile.TemporaryDirectory() as folder:
        corpus = world(Path(folder), *told)
    slugs = {SLUG, "3-1-b-providing", "3-1-b-offering", "3-2-attempt-3-1-b"}
    demands = [r for r in corpus.requirements if r.slug in slugs]
    proofs, _ = prove(Findings(corpus, DAY), TESTLAND, demands)
    assert [p for p in proofs if not p.engine_agrees] == []
    assert all(p.minimal if p.proved else p.counter_example for p in proofs)


def test_engine_and_proof_agree_on_the_acts_that_the_protocol_lists(corpus):
    demands = [r for r in corpus.requirements if r.citation.startswith("OPSC art 3(1)")]
    proofs, _ = prove(Findings(corpus, date.today()), FEDERAL, demands)
    assert len(proofs) == len(demands) * 6
    assert [p for p in proofs if not p.engine_agrees] == []
    assert all(p.minimal if p.proved else p.counter_example for p in proofs)


def test_the_command_prints_an_answer_for_each_reading_and_sex():
    asked = CliRunner().invoke(app, ["prove", SLUG])
    assert asked.exit_code == 0
    assert asked.output.count("reading, ") == 6
    assert "0 times the engine finds otherwise" in asked.output
