"""A change of the law found cell by cell is the same as a full run on the changed graph."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omissus.amending import AmendedGraph
from omissus.assessing import SEXES
from omissus.changed import change
from omissus.corpus_reading import read_corpus
from omissus.findings import Findings
from omissus.graph import DataError, Iri
from omissus.vocabulary import (
    ID,
    IN_FORCE_FROM,
    IN_SCHEME,
    NO_LONGER_IN_FORCE,
    RDF_TYPE,
    RELEVANT_FOR,
    om,
)
from tests.worlds import act, elements, offence, searched, section, world

DAY = date(2020, 1, 1)
DEMANDS = ("3-1-b-procuring", "3-1-b-providing", "3-1-b-offering", "8-1-f-safety")
KINDS = (
    "ProvisionVersion",
    "Penalty",
    "Element",
    "Replacement",
    "EnactedOffence",
    "Exception",
    "StageRule",
    "JurisdictionRule",
    "Extent",
    "Instrument",
    "SearchRecord",
    "Answer",
    "Placement",
)
"""Classes of the things that are changed, up to three at a time."""


def some_demands(requirement):
    """Demands that meet Testland's law by each of the ways in which law meets a demand."""
    return requirement.slug.endswith("3-1-b") or requirement.slug in DEMANDS


def alter(draw, graph, thing):
    """One thing changed as an Act, a correction or a review might change it."""
    told = graph.statements[thing]
    kinds = set(told.get(RDF_TYPE, []))
    changes = [lambda: remove(draw, graph, thing)]
    if om("ProvisionVersion") in kinds or om("Extent") in kinds:
        changes.append(lambda: move(draw, graph, thing, NO_LONGER_IN_FORCE))
        changes.append(lambda: move(draw, graph, thing, IN_FORCE_FROM))
    if om("Penalty") in kinds:
        changes.append(lambda: put(graph, thing, om("maximumMonths"), draw(st.integers(1, 300))))
        fine = ID + "fine/" + draw(st.sampled_from(["alternative", "none"]))
        changes.append(lambda: put(graph, thing, om("fine"), Iri(fine)))
    if told.get(om("limits")) == [ID + "facet/victim-age"]:
        changes.append(lambda: put(graph, thing, om("ageBelow"), draw(st.integers(1, 18))))
    elif om("limits") in told:
        values = graph.subjects(IN_SCHEME, told[om("limits")][0])
        changes.append(lambda: put(graph, thing, om("allows"), Iri(draw(st.sampled_from(values)))))
    if om("Instrument") in kinds:
        place = draw(st.sampled_from(graph.instances(om("Territory"))))
        changes.append(lambda: put(graph, thing, RELEVANT_FOR, Iri(place)))
    if om("SearchRecord") in kinds:
        changes.append(lambda: put(graph, thing, om("complete"), draw(st.booleans())))
    draw(st.sampled_from(changes))()


def remove(draw, graph, thing):
    """Take one statement out, but not the one that says what the thing is."""
    told = [
        (predicate, value)
        for predicate, values in graph.statements[thing].items()
        for value in values
        if predicate != RDF_TYPE
    ]
    if told:
        graph.remove(thing, *draw(st.sampled_from(told)))


def put(graph, thing, predicate, value):
    for old in list(graph.values(thing, predicate)):
        graph.remove(thing, predicate, old)
    graph.add(thing, predicate, value)


def move(draw, graph, thing, predicate):
    put(graph, thing, predicate, DAY + timedelta(days=draw(st.integers(-9000, 900))))


def told(findings, requirement, territory):
    return [
        (cell.verdict, cell.strict, cell.generous, cell.federal, cell.exhibit, cell.search)
        for sex in SEXES
        for cell in [findings.cell(requirement, territory, sex)]
    ]


def verdicts(findings, asked):
    requirements = [r for r in findings.corpus.requirements if asked(r)]
    return {
        cell.id: (cell.verdict, cell.strict, cell.generous, cell.federal)
        for cell in findings.cells(requirements)
    }


def found_or_refused(run, asked):
    """Findings with the verdicts asked for, or the error that there are none."""
    try:
        findings = run()
        return findings, verdicts(findings, asked)
    except DataError as fault:
        return None, type(fault)


def compare(before, graph, draw, asked):
    """Every verdict of the change is that of a full run; so are the reasons of what it touches."""
    full, wanted = found_or_refused(lambda: Findings(read_corpus(graph), before.day), asked)
    _, given_after = found_or_refused(lambda: change(before, graph).after, asked)
    assert given_after == wanted
    if full is None:
        return
    found = change(before, graph)
    touched = [(r, t) for r, t in found.touched if asked(r)]
    requirements = [r for r in full.corpus.requirements if asked(r)]
    others = {(r, t) for r in requirements for t in full.corpus.territories} - set(touched)
    some = draw(st.lists(st.sampled_from(sorted(others, key=str)), max_size=20)) if others else []
    for requirement, territory in [*touched, *some]:
        assert told(found.after, requirement, territory) == told(full, requirement, territory)
    changed = {after.id for _, after in found.verdicts() if asked(after.requirement)}
    old = verdicts(before, asked)
    assert changed == {name for name in wanted if old.get(name) != wanted[name]}


def changed_at_random(before, draw, asked, within=""):
    """Up to three things changed, of those with a name in which `within` occurs."""
    graph = AmendedGraph(before.corpus.graph)
    pool = [thing for kind in KINDS for thing in graph.instances(om(kind)) if within in thing]
    for thing in draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3)):
        if thing in graph.statements:
            alter(draw, graph, thing)
    compare(before, graph, draw, asked)


@pytest.fixture(scope="module")
def pakistan(corpus):
    findings = Findings(corpus, date(2026, 11, 24))
    list(findings.cells())
    return findings


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_change_of_the_real_law_is_found_as_by_a_full_run(pakistan, data):
    changed_at_random(pakistan, data.draw, lambda _: True)


@pytest.fixture(scope="module")
def testland(tmp_path_factory):
    """Offences that share cover or rest on one that ended, rules on them, exceptions to both."""
    full = {"conduct": "procuring providing", "purpose": "prostitution"}
    corpus = world(
        tmp_path_factory.mktemp("testland"),
        act("Code", code=True).replace(
            "eli:relevant_for territory:pk .", "eli:relevant_for territory:pk, territory:pk-pb ."
        ),
        act("Rules").replace(
            "eli:relevant_for territory:pk .",
            "eli:relevant_for territory:pk ; om:arguablyRelevantFor territory:pk-pb .",
        ),
        section("Code", "s2", "2000-01-01", "2030-01-01"),
        section("Code", "s3", "2000-01-01", "2010-01-01"),
        offence("basic", "Code-s3-v", conduct="offering", purpose="prostitution"),
        offence("whole", "Code-s1-v", **full),
        offence("girls", "Code-s2-v", **full, victim_sex="girl", victim_age="16"),
        't:hires a om:StatutoryTerm ; <http://www.w3.org/2004/02/skos/core#prefLabel> "hires"@en .',
        "t:hiring a om:Placement ; om:placementOf t:hires .",
        elements("t:hiring", conduct="procuring obtaining", consideration="for-consideration"),
        offence("hired", "Rules-s1-v", conduct="t:hires", purpose="prostitution ~adoption"),
        "t:aggravated a om:EnactedOffence ; om:enactedIn t:Code-s2-v ; om:builtOn t:basic ;"
        ' rdfs:label "aggravated"@en .',
        elements("t:aggravated", victim_age="14"),
        "t:p a om:Penalty ; om:penaltyFor t:whole ; om:enactedIn t:Code-s1-v ;"
        " om:maximumMonths 84 ; om:fine fine:additional .",
        't:attempt a om:StageRule ; rdfs:label "attempt"@en ; om:enactedIn t:Rules-s1-v ;'
        " om:reaches t:Code ; om:onlyIfPunishableForMonths 60 .",
        elements("t:attempt", "Replacement", stage="attempted"),
        't:abroad a om:JurisdictionRule ; rdfs:label "abroad"@en ; om:enactedIn t:Code-s1-v ;'
        " om:reaches territory:pk .",
        elements("t:abroad", "Replacement", place="abroad", connection="offender-national"),
        't:spare a om:Exception ; rdfs:label "spare"@en ; om:enactedIn t:Rules-s1-v ;'
        " om:exceptionTo t:whole .",
        elements("t:spare", offender="parent-or-guardian"),
        't:child a om:Exception ; rdfs:label "child"@en ; om:enactedIn t:Code-s1-v ;'
        " om:exceptionTo t:attempt .",
        elements("t:child", victim_sex="boy"),
        't:safe a om:Answer ; om:enactedIn t:Rules-s1-v ; rdfs:label "safe"@en ;'
        " om:answers <https://w3id.org/omissus/id/requirement/8-1-f-safety> .",
        "t:extent a om:Extent ; om:extentOf t:Code ; om:extendsTo territory:pk-sd ;"
        ' eli:first_date_entry_in_force "2005-01-01"^^xsd:date .',
        "t:extent-2 a om:Extent ; om:extentOf t:Rules ; om:extendsTo territory:pk-sd ;"
        ' eli:date_no_longer_in_force "2025-01-01"^^xsd:date ; om:arguable true .',
        searched("prostitution", "extradition", "victims"),
    )
    findings = Findings(corpus, DAY)
    list(findings.cells())
    return findings


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_change_of_invented_law_is_found_as_by_a_full_run(testland, data):
    changed_at_random(testland, data.draw, some_demands, within="/testland/")


def test_what_a_change_cannot_touch_is_not_found_anew(pakistan):
    corpus = pakistan.corpus
    ended = next(o for o in corpus.offences.values() if o.iri.endswith("sec_22B__offence_a"))
    graph = AmendedGraph(corpus.graph)
    graph.add(ended.version.iri, NO_LONGER_IN_FORCE, pakistan.day)
    found = change(pakistan, graph)
    everywhere = {(r, t) for r in corpus.requirements for t in corpus.territories}
    untouched = {(r, t) for r, t in everywhere - set(found.touched) if r.offence}
    assert found.touched
    assert len(untouched) > len(found.touched)
    for requirement, territory in untouched:
        kept = pakistan.coverage(requirement, territory)
        assert found.after.coverage(requirement, territory) is kept


def test_a_change_leaves_the_graph_it_starts_from_as_it_is(pakistan):
    graph = pakistan.corpus.graph
    said = {thing: {p: list(v) for p, v in t.items()} for thing, t in graph.statements.items()}
    pointing = {p: {v: list(s) for v, s in by.items()} for p, by in graph.inverse.items()}
    amended = AmendedGraph(graph)
    for thing in list(graph.instances(om("Element")))[:50]:
        for predicate, values in list(amended.statements[thing].items()):
            for value in list(values):
                amended.remove(thing, predicate, value)
    amended.add("https://w3id.org/omissus/id/testland/x", RDF_TYPE, Iri(om("Element")))
    assert (graph.statements, graph.inverse) == (said, pointing)


def test_a_new_demand_or_facet_value_is_found_by_a_full_run(testland):
    graph = AmendedGraph(testland.corpus.graph)
    demand = next(r for r in testland.corpus.requirements if r.slug == "3-1-b-procuring")
    put(graph, demand.iri, om("sequence"), -1)
    found = change(testland, graph)
    assert found.after.corpus.requirements[0].slug == "3-1-b-procuring"
    assert len(found.touched) == len(testland.corpus.requirements) * 8
