"""What only a secondary source tells stands beside a verdict not given, and changes none."""

from __future__ import annotations

from datetime import date

import pytest

from omissus.coverage import Verdict
from omissus.findings import Findings
from omissus.graph import DataError
from omissus.reported import read_reach
from omissus.reports import cell_data
from omissus.verify import section_text
from omissus.vocabulary import ID, om
from tests.worlds import TESTLAND, act, cell_of, offence, searched, section, world

SLUG = "3-1-b-procuring"
REPORT = """
@prefix requirement: <https://w3id.org/omissus/id/requirement/> .
t:report a om:ReportedOffence ; rdfs:label "procuring"@en ; om:enactedIn t:Code-s1-v ;
    om:reportedFor requirement:3-1-b-procuring ; om:certainty "C" .
"""
SECTION_2 = section("Code", "s2", "2010-01-01", "2015-01-01")


def test_a_report_stands_beside_a_verdict_that_was_not_given(tmp_path):
    cell = cell_of(world(tmp_path, act("Code"), REPORT), SLUG)
    assert cell.verdict is Verdict.NOT_ASSESSED
    assert [str(reported) for reported in cell.reported] == ["Code 2000 s1 (certainty C)"]
    assert "Rests on a secondary source: Code 2000 s1 (certainty C)." in cell.search
    assert cell_data(cell)["reported"] == ["Code 2000 s1 (certainty C)"]


def test_a_report_neither_covers_nor_leaves_over(tmp_path):
    with_report = cell_of(world(tmp_path, act("Code"), REPORT), SLUG)
    without = cell_of(world(tmp_path, act("Code")), SLUG)
    assert (with_report.strict, with_report.generous) == (without.strict, without.generous)
    assert with_report.exhibit == without.exhibit


def test_a_report_is_not_told_of_another_demand(tmp_path):
    cell = cell_of(world(tmp_path, act("Code"), REPORT), "3-1-b-offering")
    assert cell.reported == ()
    assert "secondary source" not in cell.search


def test_where_the_law_was_searched_a_report_is_not_told(tmp_path):
    corpus = world(tmp_path, act("Code"), REPORT, searched("prostitution"))
    cell = cell_of(corpus, SLUG)
    assert cell.verdict is Verdict.NOT_COVERED
    assert cell.reported == ()


def test_where_the_act_is_covered_a_report_is_not_told(tmp_path):
    full = offence("o", "Code-s1-v", conduct="procuring", purpose="prostitution")
    assert cell_of(world(tmp_path, act("Code"), full, REPORT), SLUG).reported == ()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2009, 12, 31), 0),
        (date(2010, 1, 1), 1),
        (date(2014, 12, 31), 1),
        (date(2015, 1, 1), 0),
    ],
)
def test_a_report_is_told_on_the_days_of_its_provision(tmp_path, day, told):
    report = REPORT.replace("Code-s1-v", "Code-s2-v")
    corpus = world(tmp_path, act("Code"), SECTION_2, report)
    assert len(cell_of(corpus, SLUG, day=day).reported) == told


def test_a_report_is_told_only_where_its_instrument_is_law(tmp_path):
    corpus = world(tmp_path, act("Code"), REPORT)
    requirement = next(r for r in corpus.requirements if r.slug == SLUG)
    elsewhere = Findings(corpus, date(2020, 1, 1)).cell(requirement, TESTLAND + "-pb", "boy")
    assert elsewhere.verdict is Verdict.NOT_ASSESSED
    assert elsewhere.reported == ()


def test_a_report_of_no_provision_is_refused(tmp_path):
    corpus = world(tmp_path, act("Code"), REPORT.replace("om:enactedIn t:Code-s1-v ;", ""))
    with pytest.raises(DataError, match="a reported offence without a source"):
        assert cell_of(corpus, SLUG).reported


def test_a_report_of_no_known_certainty_is_refused(tmp_path):
    corpus = world(tmp_path, act("Code"), REPORT.replace('om:certainty "C"', 'om:certainty "D"'))
    with pytest.raises(DataError, match="of certainty 'D'"):
        assert cell_of(corpus, SLUG).reported


def test_no_provision_that_is_only_reported_has_an_encoded_offence(corpus):
    graph = corpus.graph
    encoded = {offence.version.instrument for offence in corpus.offences.values()}
    for iri in graph.instances(om("ReportedOffence")):
        version = corpus.versions[graph.iri(iri, om("enactedIn"))]
        source = graph.iri(version.iri, om("readFrom"))
        assert graph.iri(source, om("textClass")) == ID + "text-class/secondary", iri
        assert version.instrument not in encoded, iri


def test_each_row_of_the_notes_is_found_and_ends_where_the_next_begins(corpus, texts):
    graph, seen = corpus.graph, 0
    for version in corpus.versions:
        source = graph.iri(version, om("readFrom"))
        if source and graph.text(source, om("fileName")) == "provincial-instruments-notes.md":
            seen += 1
            assert "\n|" not in section_text(graph, version, texts).strip(), version
    assert seen > 60


def test_in_khyber_pakhtunkhwa_the_child_protection_act_is_reported_on_material(corpus):
    requirement = next(r for r in corpus.requirements if r.slug == "3-1-c-producing")
    cell = Findings(corpus, date(2026, 11, 24)).cell(requirement, ID + "territory/pk-kp", "boy")
    assert cell.verdict is Verdict.NOT_ASSESSED
    assert [r.version.citation for r in cell.reported] == ["KPCPWA 2010 s 48"]


@pytest.mark.parametrize(
    ("territory", "cited"),
    [
        ("pk-pb", "Constitution 1973 art 142(b)"),
        ("pk-is", "Constitution 1973 art 142(d)"),
        ("pk-gb", "GB Adaptation Act 2013"),
        ("pk-jk", "PECA 2016 s 42(1)"),
    ],
)
def test_the_search_says_why_federal_law_reaches_a_territory_or_does_not(corpus, territory, cited):
    place = f"{ID}territory/{territory}"
    told = " ".join(map(str, read_reach(corpus, place)))
    assert cited in told
    requirement = next(r for r in corpus.requirements if r.slug == SLUG)
    cell = Findings(corpus, date(2026, 11, 24)).cell(requirement, place, "girl")
    assert f"On the reach of federal law: {read_reach(corpus, place)[0]}" in cell.search


def test_a_search_says_why_what_is_not_held_changes_nothing(tmp_path):
    missing = 't:search om:notHeld "a list" ; om:reason "A list creates no offence." .'
    cell = cell_of(world(tmp_path, act("Code"), searched("prostitution"), missing), SLUG)
    assert cell.search.endswith("not held: a list. A list creates no offence.")
