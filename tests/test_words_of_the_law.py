"""Every limit has its words, and no verdict rests on a text that is weaker than it says."""

from __future__ import annotations

from datetime import date

import pytest
import rdflib
from rdflib.namespace import RDF

from omissus.corpus_reading import RULE_KINDS
from omissus.data import data_root
from omissus.findings import Findings
from omissus.graph import turtle_files
from omissus.rdf import read_turtle
from omissus.shapes import read_shapes, results
from omissus.vocabulary import ID, PREF_LABEL, om
from tests.worlds import FEDERAL, act, cell_of, elements, offence, section, world

INTEGRITY = data_root() / "shapes" / "integrity"
LIMITED = [rdflib.URIRef(om(kind)) for kind in ("EnactedOffence", *RULE_KINDS)]
TRUST = ["official", "official-extraction", "gazette-scan", "secondary"]
"""The classes of texts, the most to be trusted first."""


@pytest.fixture
def law():
    graph = rdflib.Graph()
    for path in turtle_files(data_root()):
        graph += read_turtle(path)
    return graph


def found(law, shape):
    return results(law, read_shapes(INTEGRITY / f"{shape}.ttl"))


def test_each_limit_of_the_real_law_is_missed_when_its_words_are_taken_away(law):
    of = rdflib.URIRef(om("elementOf"))
    limits = {
        str(element)
        for kind in LIMITED
        for thing in law.subjects(RDF.type, kind)
        for element in law.subjects(of, thing)
    }
    assert len(limits) > 500
    assert found(law, "anchored-element") == ()
    law.remove((None, rdflib.URIRef(om("anchor")), None))
    assert {row.value for row in found(law, "anchored-element")} == limits


def test_all_that_rests_on_a_text_is_missed_when_the_text_turns_out_secondary(law):
    assert found(law, "own-words") == ()
    text, kind = rdflib.URIRef(ID + "text/ppc-1860"), rdflib.URIRef(om("textClass"))
    assert law.value(text, kind)
    law.set((text, kind, rdflib.URIRef(ID + "text-class/secondary")))
    read_from, enacted = rdflib.URIRef(om("readFrom")), rdflib.URIRef(om("enactedIn"))
    offences = {
        str(thing)
        for version in law.subjects(read_from, text)
        for thing in law.subjects(enacted, version)
        if (thing, RDF.type, LIMITED[0]) in law
    }
    assert offences
    assert offences <= {row.focus for row in found(law, "own-words")}


def trust(corpus, version):
    """Place of the text of a version in the order of trust, 0 being the best."""
    graph = corpus.graph
    source = graph.iri(version, om("readFrom"))
    return TRUST.index(graph.iri(source, om("textClass")).removeprefix(ID + "text-class/"))


@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2026, 11, 24)], ids=str)
def test_no_reason_says_a_better_text_than_its_weakest(corpus, day):
    findings, graph = Findings(corpus, day), corpus.graph
    names = [graph.text(f"{ID}text-class/{c}", PREF_LABEL) for c in TRUST]
    seen = set()
    for cell in findings.cells(territories=[FEDERAL], sexes=["girl"]):
        for row in cell.exhibit.covering:
            versions = {graph.iri(row.iri, om("enactedIn"))}
            if found := corpus.offences.get(row.iri):
                versions |= {e.pinpoint for e in found.elements}
                versions |= {p.version.iri for p in found.penalties if p.version.in_force(day)}
            weakest = max(trust(corpus, version) for version in versions if version)
            assert names.index(row.text_class) >= weakest, row.citation
            seen.add(row.text_class)
    assert names[-1] not in seen
    assert len(seen) == len(TRUST) - 1


def text(name, text_class, *versions):
    """A text of Testland from which some versions were read."""
    read = " ".join(f"t:{version} om:readFrom t:{name} ." for version in versions)
    kind = f"<{ID}text-class/{text_class}>"
    return f't:{name} a om:Text ; om:fileName "{name}" ; om:textClass {kind} . {read}'


@pytest.mark.parametrize(
    ("penalty_in", "said"),
    [("Code-s1-v", "official text"), ("Code-s2-v", "scan of the official gazette")],
)
def test_an_offence_whose_penalty_stands_in_a_scan_rests_on_a_scan(tmp_path, penalty_in, said):
    law = (
        act("Code") + section("Code", "s2"),
        text("printed", "official", "Code-s1-v"),
        text("scanned", "gazette-scan", "Code-s2-v"),
        offence("o", "Code-s1-v", conduct="procuring", purpose="prostitution"),
        f"t:p a om:Penalty ; om:penaltyFor t:o ; om:enactedIn t:{penalty_in} ; "
        "om:maximumMonths 60 ; om:fine fine:additional .",
    )
    cell = cell_of(world(tmp_path, *law), "3-1-b-procuring")
    assert [row.text_class for row in cell.exhibit.covering] == [said]


def test_an_offence_that_gets_there_by_a_rule_rests_on_the_text_of_the_rule_too(tmp_path):
    rule = "t:rule a om:StageRule ; om:enactedIn t:Code-s2-v ; om:reaches t:Code ."
    law = (
        act("Code") + section("Code", "s2"),
        text("printed", "official", "Code-s1-v"),
        text("scanned", "gazette-scan", "Code-s2-v"),
        offence("o", "Code-s1-v", conduct="procuring", purpose="prostitution"),
        rule + elements("t:rule", kind="Replacement", stage="attempted"),
    )
    corpus = world(tmp_path, *law)
    by_rule = cell_of(corpus, "3-2-attempt-3-1-b").exhibit.covering
    by_itself = cell_of(corpus, "3-1-b-procuring").exhibit.covering
    assert [row.text_class for row in by_rule] == ["scan of the official gazette"]
    assert [row.text_class for row in by_itself] == ["official text"]
