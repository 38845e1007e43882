"""Three witnesses, one verdict: engine, shapes and proof on real law and on law drawn by lot.

Tests marked `whole` take in all of that of which the others take a part.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import omissus
from omissus.coverage import Verdict
from omissus.findings import Findings
from omissus.owl import Ontology
from omissus.questions import Questions
from tests import broken
from tests.golden_files import DAYS
from tests.owl_api import Reasoner, can_have_members
from tests.shaped import shaped
from tests.testlands import Law
from tests.tied import differently_tied
from tests.witnesses import (
    Differences,
    Proofs,
    Verdicts,
    by_engine,
    cells,
    differing,
    differing_lands,
    drawn_by_lot,
    smallest,
)
from tests.worlds import FEDERAL

DRAWN, WHOLE = 1000, 8000
"""Testlands drawn for engine and proof, in a part of the test and in the whole of it."""
TIED, ALL_TIED = 100, 2000
"""Testlands drawn for engine and ties."""
TRIED = 100
"""Testlands on which each broken engine is tried."""
SEED, OTHER_SEED = 2000, 2002


# Real law


def test_engine_and_proof_give_each_demand_territory_sex_and_reading_the_same_verdict(corpus):
    acts = [demand for demand in corpus.requirements if demand.offence]
    proofs, engine = Proofs(), Verdicts()
    for day in DAYS:
        findings, asking = Findings(corpus, day), Questions(corpus, day)
        for cell in cells(acts, corpus.territories):
            key = (day, cell.requirement.slug, *cell[1:])
            engine[key] = by_engine(findings, cell)
            proofs.ask(key, asking, cell)
    assert len(engine) == len(DAYS) * len(corpus.territories) * len(acts) * 6
    assert set(engine.values()) == {Verdict.COVERED, Verdict.PARTLY, Verdict.NOT_COVERED}
    assert differing(engine, proofs.verdicts()) == set()


@pytest.mark.whole
def test_engine_and_proof_leave_over_the_same_acts_of_each_demand(corpus):
    acts = [demand for demand in corpus.requirements if demand.offence]
    differences = Differences()
    for day in DAYS:
        findings, asking = Findings(corpus, day), Questions(corpus, day)
        for cell in cells(acts, corpus.territories):
            key = (day, cell.requirement.slug, cell.territory, cell.reading)
            if key not in differences.asked:
                differences.ask(key, asking, findings, cell)
    assert len(differences.asked) == len(DAYS) * len(corpus.territories) * len(acts) * 2
    assert differences.found() == set()


def test_engine_and_shapes_give_the_federal_law_of_today_the_same_verdicts(corpus, snapshots):
    findings = Findings(corpus, date.today())
    assert differently_shaped(findings, FEDERAL, snapshots(findings.day, FEDERAL)) == set()


@pytest.mark.parametrize(
    "day",
    [*(pytest.param(day, marks=pytest.mark.whole) for day in DAYS[:-1]), DAYS[-1]],
    ids=str,
)
def test_engine_and_shapes_give_each_demand_territory_sex_and_reading_the_same_verdict(
    corpus, snapshots, day
):
    findings = Findings(corpus, day)
    for territory in corpus.territories:
        quads = snapshots(day, territory)
        assert differently_shaped(findings, territory, quads) == set(), territory


def differently_shaped(findings, territory, quads):
    """On which demands, those for provisions among them, engine and shapes differ."""
    engine = {
        (cell.requirement.slug, cell.reading, cell.sex): by_engine(findings, cell)
        for cell in cells(findings.corpus.requirements, [territory])
    }
    return differing(engine, shaped(findings, quads))


# Law drawn by lot


@pytest.fixture(scope="module")
def drawn() -> list[Law]:
    """Testlands drawn by lot, for all that need no more of them."""
    return drawn_by_lot(DRAWN, SEED)


def test_engine_and_proof_leave_over_the_same_acts_in_a_thousand_testlands(drawn):
    wrong = differing_lands(drawn)["sound"]
    assert not wrong, shrunk(DRAWN, SEED, drawn, wrong)


@pytest.mark.whole
def test_engine_and_proof_leave_over_the_same_acts_in_thousands_of_testlands():
    many = drawn_by_lot(WHOLE, OTHER_SEED)
    wrong = differing_lands(many)["sound"]
    assert not wrong, shrunk(WHOLE, OTHER_SEED, many, wrong)


@pytest.mark.parametrize("number", [TIED, pytest.param(ALL_TIED, marks=pytest.mark.whole)])
def test_engine_and_ties_punish_the_same_acts_by_the_same_offences_in_testlands(number):
    """Of rules that keep apart: ties hold each rule against the act as it is in the end."""
    lands = drawn_by_lot(number, SEED, apart=True)
    wrong = differently_tied(lands)
    assert not wrong, smallest(
        number, SEED, lambda law: law in wrong or bool(differently_tied([law])), apart=True
    )


def shrunk(number, seed, lands, wrong, engines=None):
    """The smallest Testland on which engine and proof differ, as a failed test tells it."""

    def differs(law: Law) -> bool:
        if law in lands:
            return law in wrong
        return any(differing_lands([law], engines, by_owl_api).values())

    return smallest(number, seed, differs)


def by_owl_api(ontology: Ontology, classes: Sequence[str]) -> dict[str, bool]:
    """HermiT behind the OWL API in a Java that stays, for one small question after another."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "proof.owl"
        ontology.save(path)
        return can_have_members(path, classes, Reasoner.HERMIT)


# Broken engines


@pytest.fixture(scope="module")
def caught(drawn) -> dict[str, set[Law]]:
    """In which Testlands, of those with most rules, the proof contradicts each broken engine."""
    tried = sorted(drawn, key=lambda law: law.rules)[-TRIED:]
    return differing_lands(tried, broken.ENGINES)


@pytest.mark.parametrize("name", broken.ENGINES)
def test_the_proof_catches_an_engine_that(caught, name):
    assert caught[name]


@pytest.mark.whole
def test_a_disagreement_shrinks_to_the_law_that_matters():
    name = "loses the first year of an age"
    engines = {name: broken.ENGINES[name]}
    lands = drawn_by_lot(TRIED, SEED)
    wrong = differing_lands(lands, engines, by_owl_api)[name]
    law = shrunk(TRIED, SEED, lands, wrong, engines)
    elements = [line.split()[0] for line in str(law).splitlines() if " a om:Element ;" in line]
    told = sorted(element.partition("-")[2] for element in elements)
    assert told == ["conduct", "object", "victim-age"]  # of an offence, or of what is taken from it
    assert len(law.demands) == 1


PROOF = ("expressions", "encoding", "enacted", "questions", "owl", "reasoner")
SHARED = {"corpus", "graph", "vocabulary", "consistency"}
"""What reads the data, and what finds a Java."""


def test_the_proof_decides_without_the_engine():
    """Its modules import none of the engine's, but for the name of a reading."""
    package = Path(omissus.__file__).parent
    for module in PROOF:
        tree = ast.parse((package / f"{module}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("omissus."):
                source = (node.module or "").removeprefix("omissus.")
                names = {alias.name for alias in node.names}
                assert source in {*PROOF, *SHARED} or (source, names) == ("elements", {"Reading"})
