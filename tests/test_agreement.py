"""Three witnesses, one verdict: engine, shapes and proof on real law and on law drawn by lot.

Tests marked `whole` take in all of that of which the others take a part.
"""

from __future__ import annotations

from datetime import date

import pytest

from omissus.coverage import Verdict
from omissus.findings import Findings
from omissus.questions import Questions
from omissus.snapshot import snapshot
from tests.golden_files import DAYS
from tests.shaped import shaped
from tests.witnesses import (
    Differences,
    Proofs,
    Verdicts,
    by_engine,
    cells,
    differing,
)
from tests.worlds import FEDERAL

MANY, MORE = 1000, 8000
"""Testlands drawn for engine and proof, in a part of the test and in the whole of it."""
FEW, SOME = 100, 2000
"""Testlands drawn for engine and ties."""
TRIED = 300
"""Testlands on which each broken engine is tried."""
SEED = 2000


# Real law


def test_engine_and_proof_give_each_demand_territory_sex_and_reading_the_same_verdict(corpus):
    proofs, engine = Proofs(), dict[object, Verdict]()
    for day in DAYS:
        findings, asking = Findings(corpus, day), Questions(corpus, day)
        for cell in cells(corpus.requirements, corpus.territories):
            key = (day, cell.requirement.slug, *cell[1:])
            engine[key] = by_engine(findings, cell)
            proofs.ask(key, asking, cell)
    assert len(engine) == len(DAYS) * len(corpus.territories) * 6 * sum(
        demand.offence for demand in corpus.requirements
    )
    assert set(engine.values()) == {Verdict.COVERED, Verdict.PARTLY, Verdict.NOT_COVERED}
    assert differing(engine, proofs.verdicts()) == set()


@pytest.mark.whole
def test_engine_and_proof_leave_over_the_same_acts_of_each_demand(corpus):
    differences = Differences()
    for day in DAYS:
        findings, asking = Findings(corpus, day), Questions(corpus, day)
        for cell in cells(corpus.requirements, corpus.territories):
            key = (day, cell.requirement.slug, cell.territory, cell.reading)
            if key not in differences.asked:
                differences.ask(key, asking, findings, cell)
    assert differences.found() == set()


def test_engine_and_shapes_give_the_federal_law_of_today_the_same_verdicts(corpus, snapshots):
    findings = Findings(corpus, date.today())
    by_shapes = shaped(findings, FEDERAL, snapshots(findings.day, FEDERAL))
    assert differing(_engine(findings, FEDERAL), by_shapes) == set()


@pytest.mark.whole
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_engine_and_shapes_give_each_demand_territory_sex_and_reading_the_same_verdict(corpus, day):
    findings = Findings(corpus, day)
    for territory in corpus.territories:
        by_shapes = shaped(findings, territory, snapshot(findings, territory))
        assert differing(_engine(findings, territory), by_shapes) == set(), territory


def _engine(findings: Findings, territory: str) -> Verdicts:
    """The verdicts of the engine in a territory, those on provisions beside those on acts."""
    return {
        (cell.requirement.slug, cell.reading, cell.sex): findings.on_reading(cell)
        for cell in cells(findings.corpus.requirements, [territory])
    }
