"""The named graphs of the store: what stands where, and where computed graphs came from."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import NamedNode

from omissus import __version__
from omissus.findings import Findings
from omissus.findings_rdf import findings_graph
from omissus.graphs import ONTOLOGY_GRAPH, REGISTRY_GRAPH, authored_quads
from omissus.store import in_memory
from omissus.vocabulary import ID, om
from tests.worlds import act, offence, world

PTPA = ID + "akn/pk/act/2018/34"
DAY = date(2020, 1, 1)


@pytest.fixture(scope="module")
def places(corpus):
    """The graphs in which each subject is described."""
    found: dict[str, set[str]] = {}
    for quad in authored_quads(corpus.graph):
        found.setdefault(quad.subject.value, set()).add(quad.graph_name.value)
    return found


def test_each_instrument_is_a_graph_of_its_own(corpus, places):
    instruments = set(corpus.graph.instances(om("Instrument")))
    names = set().union(*places.values())
    assert names == {ONTOLOGY_GRAPH, REGISTRY_GRAPH} | instruments
    for instrument in instruments:
        assert places[instrument] == {instrument}


def test_what_an_instrument_says_stands_in_its_graph(corpus, places):
    for version in corpus.versions.values():
        assert places[version.iri] == {version.instrument}
        assert places[version.provision] == {version.instrument}
    for offence_ in corpus.offences.values():
        assert places[offence_.iri] == {offence_.version.instrument}


def test_the_record_of_an_encoding_stands_with_what_it_encodes(places):
    assert places[ID + "record/ptpa-2018"] == {PTPA}
    assert places[ID + "text/ptpa-2018-enacted"] == {PTPA}


def test_what_speaks_of_no_single_instrument_stands_in_the_registry(corpus, places):
    for kind in ("SearchRecord", "Territory", "Decision"):
        for thing in corpus.graph.instances(om(kind)):
            assert places[thing] == {REGISTRY_GRAPH}


def test_a_day_of_findings_tells_how_it_was_computed_and_by_no_clock(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", conduct="procuring"))
    store = in_memory(Findings(corpus, DAY))
    query = """
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?release ?version ?day FROM <GRAPH> {
          <GRAPH> prov:wasGeneratedBy ?activity ; <https://w3id.org/omissus/def#standsAt> ?day .
          ?activity prov:used/dcterms:identifier ?release ;
            prov:wasAssociatedWith/dcterms:identifier ?version .
        }""".replace("GRAPH", findings_graph(DAY))
    (row,) = store.query(query)
    told = (row["release"].value, row["version"].value, row["day"].value)
    assert told == (corpus.graph.release, __version__, DAY.isoformat())
    graph = NamedNode(findings_graph(DAY))
    again = in_memory(Findings(corpus, DAY))
    assert set(store.quads_for_pattern(None, None, None, graph)) == set(
        again.quads_for_pattern(None, None, None, graph)
    )
