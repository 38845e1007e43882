"""Several States in one graph: each territory is measured against the law of its own."""

from __future__ import annotations

from datetime import date

import pytest

from omissus.coverage import Verdict
from omissus.findings import Findings
from omissus.graph import DataError
from tests.worlds import TESTLAND, act, offence, searched, world

DAY = date(2020, 1, 1)
OTHER, ISLAND = TESTLAND + "/other", TESTLAND + "/other-island"
STATE = f"""
<{OTHER}> a om:Territory ; rdfs:label "Otherland"@en ; om:slug "other" .
<{ISLAND}> a om:Territory ; rdfs:label "Island"@en ; om:slug "other-island" ;
    om:takenUpBy <{OTHER}> .
t:other-search a om:SearchRecord ; om:searchedIn <{OTHER}> , <{ISLAND}> ;
    om:searchedFor subject:prostitution ; om:complete true .
"""
FULL = {"conduct": "procuring", "purpose": "prostitution"}
LAW = (act("Code"), offence("o", "Code-s1-v", **FULL), searched("prostitution"), STATE)


def cell(corpus, territory):
    demand = next(r for r in corpus.requirements if r.slug == "3-1-b-procuring")
    return Findings(corpus, DAY).cell(demand, territory, "girl")


def test_a_territory_knows_the_state_that_answers_for_it(tmp_path):
    corpus = world(tmp_path, *LAW)
    assert [state.name for state in corpus.states] == ["Pakistan", "Otherland"]
    assert corpus.states[1].territories == (OTHER, ISLAND)
    assert corpus.state_of[ISLAND] == OTHER
    assert corpus.state_of[TESTLAND + "-jk"] == TESTLAND


def test_the_law_of_one_state_covers_nothing_in_another(tmp_path):
    corpus = world(tmp_path, *LAW)
    assert cell(corpus, TESTLAND).verdict is Verdict.COVERED
    found = cell(corpus, ISLAND)
    assert (found.verdict, found.federal) == (Verdict.NOT_COVERED, Verdict.NOT_COVERED)


def test_federal_law_is_that_of_the_territory_s_own_state(tmp_path):
    there = act("Act").replace("territory:pk", f"<{OTHER}>")
    corpus = world(tmp_path, *LAW, there, offence("p", "Act-s1-v", **FULL))
    found = cell(corpus, ISLAND)
    assert (found.verdict, found.federal) == (Verdict.NOT_COVERED, Verdict.COVERED)


def test_a_territory_taken_up_by_no_state_is_refused(tmp_path):
    rock = f't:rock a om:Territory ; rdfs:label "Rock"@en ; om:takenUpBy <{ISLAND}> .'
    with pytest.raises(DataError, match="which is no State"):
        world(tmp_path, *LAW, rock)
