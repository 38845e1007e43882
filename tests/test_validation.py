"""Validation reports as RDF: what the gap shapes find, and no gap where nothing was searched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyoxigraph
import pytest

from omissus.findings import Findings
from omissus.gap_shapes import gap_results
from omissus.graphs import validation_graph
from omissus.store import on_disk, report_file
from omissus.validation import validation_quads, write_reports
from tests.worlds import TESTLAND, act, offence, searched, world

DAY = date(2020, 1, 1)
REPORT = f"{validation_graph(DAY)}/pk"
GIRLS_ONLY = {"conduct": "procuring", "purpose": "prostitution", "victim_sex": "girl"}
PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX om: <https://w3id.org/omissus/def#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""


def of_testland(folder, *law):
    """Findings on procuring in Testland alone, so that the shapes have little to run on."""
    corpus = world(folder, act("Code", code=True), offence("o", "Code-s1-v", **GIRLS_ONLY), *law)
    few = tuple(r for r in corpus.requirements if r.slug == "3-1-b-procuring")
    return Findings(replace(corpus, requirements=few, territories=(TESTLAND,)), DAY)


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    return of_testland(tmp_path_factory.mktemp("searched"), searched("prostitution"))


@pytest.fixture(scope="module")
def store(findings):
    store = pyoxigraph.Store()
    store.extend(validation_quads(findings))
    return store


def rows(store, query):
    found = store.query(PREFIXES + query, use_default_graph_as_union=True)
    return [tuple(term.value for term in row) for row in found]


def test_a_report_has_the_results_of_the_gap_shapes(findings, store):
    query = """SELECT ?severity ?message {
      ?report a sh:ValidationReport ; sh:conforms false ; sh:result ?result .
      ?result a sh:ValidationResult ; sh:resultSeverity ?severity ; sh:resultMessage ?message ;
        sh:focusNode ?focus ; sh:sourceShape ?shape ; sh:sourceConstraintComponent ?component .
    }"""
    expected = [gap for gap in gap_results(findings, TESTLAND) if gap.assessed]
    assert {gap.name for gap in expected} >= {"uncriminalised act", "gender asymmetry"}
    told = [(severity.rsplit("#")[-1], message) for severity, message in rows(store, query)]
    assert sorted(told) == sorted((gap.severity, gap.message) for gap in expected)


def test_a_pattern_is_named_within_its_report_and_told_in_words(store):
    query = "SELECT ?focus { [] sh:focusNode ?focus . ?focus a om:FactPattern ; rdfs:label ?told }"
    query = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>" + query
    found = {focus for (focus,) in rows(store, query)}
    assert found
    assert all(focus.startswith(f"{REPORT}/pattern/3-1-b-procuring/") for focus in found)


def test_where_nothing_was_searched_there_is_no_result_and_no_conformity(tmp_path):
    store = pyoxigraph.Store()
    store.extend(validation_quads(of_testland(tmp_path)))
    query = f"SELECT ?conforms ?n {{ <{REPORT}> sh:conforms ?conforms ; om:resultsNotAssessed ?n }}"
    ((conforms, number),) = rows(store, query)
    assert conforms == "false"
    assert int(number) > 0
    demanded = "SELECT ?p { [] sh:focusNode ?p . ?p om:patternOf ?requirement }"
    assert rows(store, demanded) == []


def test_a_report_tells_of_which_law_it_is_and_how_it_was_computed(findings, store):
    query = f"""SELECT ?day ?territory ?release {{
      <{REPORT}> prov:wasDerivedFrom ?snapshot .
      ?snapshot om:standsAt ?day ; om:standsIn ?territory .
      <{validation_graph(DAY)}> prov:wasGeneratedBy/prov:used ?data .
      ?data <http://purl.org/dc/terms/identifier> ?release .
    }}"""
    assert rows(store, query) == [(DAY.isoformat(), TESTLAND, findings.corpus.graph.release)]


def test_the_same_law_gives_the_same_bytes_and_a_store_of_its_own(findings, tmp_path):
    plain = on_disk(findings, tmp_path)
    path = report_file(findings, tmp_path)
    write_reports(findings, path)
    first = path.read_bytes()
    write_reports(findings, path)
    assert path.read_bytes() == first
    complete = on_disk(findings, tmp_path)
    assert complete != plain
    graph = pyoxigraph.NamedNode(validation_graph(DAY))
    assert pyoxigraph.Store.read_only(str(complete)).contains_named_graph(graph)
    assert not pyoxigraph.Store.read_only(str(plain)).contains_named_graph(graph)
