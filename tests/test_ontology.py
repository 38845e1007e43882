"""The ontology as policy: every term used, every file read alike by two parsers, there and back."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat

from omissus.data import data_root
from omissus.graph import load
from omissus.usage import uses
from omissus.vocabulary import DEFINITION, LABEL, OM, PREF_LABEL, om

TURTLE = sorted(
    path
    for folder in ("ontology", "statutes", "shapes")
    for path in (data_root() / folder).rglob("*.ttl")
)
LIMITS = ("allows", "generouslyAllows", "strictlyAllows")


@pytest.fixture(scope="module")
def graph():
    return load(data_root())


@pytest.fixture(scope="module")
def used():
    return uses(data_root())


def test_every_term_is_used_by_a_question_or_a_shape(graph, used):
    """The rules that make the graphs which shapes look at count with the shapes."""
    assert [term for term in graph.statements if term.startswith(OM) and term not in used] == []


def test_a_term_that_only_one_question_asks_by_has_no_other_use(used):
    assert [use.name for use in used[om("savingNote")]] == ["63-after-a-repeal"]


def test_no_definition_begins_with_the_term_that_it_defines(graph):
    defined = [iri for iri, told in graph.statements.items() if DEFINITION in told]
    assert len(defined) > 400
    for iri in defined:
        label = graph.text(iri, LABEL) or graph.text(iri, PREF_LABEL)
        assert not re.match(rf"(an? )?{re.escape(label)}\b", graph.text(iri, DEFINITION), re.I), iri


def test_every_facet_limits_something_and_every_statutory_term_is_a_limit(graph):
    limiting = {iri for name in LIMITS for iri in graph.inverse[om(name)]}
    assert [f for f in graph.instances(om("Facet")) if not graph.subjects(om("limits"), f)] == []
    assert [t for t in graph.instances(om("StatutoryTerm")) if t not in limiting] == []


def canonical(text: bytes | str) -> Dataset:
    """The statements of a Turtle document, with blank nodes named alike in like graphs."""
    found = Dataset(Quad(*quad) for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


def by_rdflib(text: bytes | str) -> str:
    """What rdflib reads in a Turtle document, written out again by it."""
    return rdflib.Graph().parse(data=text, format="turtle").serialize(format="turtle")


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_two_parsers_read_one_graph_there_and_back(path):
    text = path.read_bytes()
    first = canonical(text)
    triples = (pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in first)
    written = pyoxigraph.serialize(triples, format=RdfFormat.TURTLE)
    assert written is not None
    assert len(first) > 0
    assert canonical(by_rdflib(text)) == first
    assert canonical(by_rdflib(written)) == first
