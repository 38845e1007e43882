"""Decisions stand beside the words on which they bear, from the day on which they were given."""

from __future__ import annotations

from datetime import date

import pytest

from omissus.coverage import Verdict
from omissus.graph import DataError
from tests.worlds import act, cell_of, elements, offence, searched, world

WHOLE = {"conduct": "offering obtaining procuring providing", "purpose": "prostitution"}


def decision(on, more='om:supportsReading "strict" ;', day="2010-01-01"):
    return f"""
t:ruling a om:Decision ; om:citation "2010 TC 1" ; eli:date_document "{day}"^^xsd:date ;
    om:weight "bail order" ; om:atParagraph "7" ; om:readingOf {on} ; {more}
.
"""


PENALTY = """
t:p a om:Penalty ; om:penaltyFor t:o ; om:enactedIn t:Code-s1-v ; om:maximumMonths 120 .
"""
EXCEPTION = """
t:except a om:Exception ; om:exceptionTo t:o ; om:enactedIn t:Code-s1-v .
""" + elements("t:except", victim_age="7")
ATTEMPT = """
t:rule a om:StageRule ; rdfs:label "attempt"@en ; om:enactedIn t:Code-s1-v ; om:reaches t:Code .
""" + elements("t:rule", kind="Replacement", stage="attempted")


def decisions(folder, *law, slug="3-1-b-procuring", day=date(2020, 1, 1)):
    told = (PENALTY, EXCEPTION, ATTEMPT, searched("prostitution"))
    corpus = world(folder, act("Code"), offence("o", "Code-s1-v", **WHOLE), *told, *law)
    return {d for row in cell_of(corpus, slug, day=day).exhibit.covering for d in row.decisions}


@pytest.mark.parametrize("thing", ["t:o", "t:o-conduct", "t:p", "t:except", "t:except-victim-age"])
def test_a_decision_on_the_words_of_an_offence_its_penalty_or_its_exceptions_is_told(
    tmp_path, thing
):
    found = decisions(tmp_path, decision(thing))
    assert found == {"2010 TC 1 (bail order, para 7) supports the strict reading"}


def test_a_decision_on_a_rule_is_told_where_the_rule_is_at_work(tmp_path):
    assert decisions(tmp_path, decision("t:rule-stage")) == set()
    assert decisions(tmp_path, decision("t:rule-stage"), slug="3-2-attempt-3-1-b") != set()


def test_a_decision_is_not_told_before_it_was_given(tmp_path):
    assert decisions(tmp_path, decision("t:o"), day=date(2009, 12, 31)) == set()


def test_a_decision_that_supports_neither_reading_says_so(tmp_path):
    found = decisions(tmp_path, decision("t:o", more='om:reason "Left to the trial court." ;'))
    assert found == {"2010 TC 1 (bail order, para 7) settles no reading. Left to the trial court."}


def test_a_reading_that_is_neither_strict_nor_generous_is_refused(tmp_path):
    with pytest.raises(DataError, match="supports the reading 'middle'"):
        decisions(tmp_path, decision("t:o", more='om:supportsReading "middle" ;'))


def test_a_decision_moves_no_verdict(tmp_path):
    law = (act("Code"), offence("o", "Code-s1-v", **WHOLE), searched("prostitution"))
    corpus = world(tmp_path, *law, decision("t:o-conduct"))
    assert cell_of(corpus, "3-1-b-procuring").verdict is Verdict.COVERED


def test_every_decision_of_the_corpus_has_its_weight_and_its_day(corpus):
    graph = corpus.graph
    om = "https://w3id.org/omissus/def#"
    found = graph.instances(om + "Decision")
    assert len(found) >= 8
    for iri in found:
        assert graph.text(iri, om + "weight"), iri
        assert graph.text(iri, om + "reason"), iri
        assert graph.iris(iri, om + "readingOf"), iri
