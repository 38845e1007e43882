"""The ontology as policy: every term used, every file read alike by two parsers, there and back."""

from __future__ import annotations

import ast
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat

from omissus.corpus import RULE_KINDS
from omissus.data import data_root
from omissus.graph import load
from omissus.usage import uses
from omissus.vocabulary import OM, om

PACKAGE = Path(__file__).parents[1] / "api" / "omissus"
TURTLE = sorted(
    path
    for folder in ("ontology", "statutes", "shapes")
    for path in (data_root() / folder).rglob("*.ttl")
)
LIMITS = ("allows", "generouslyAllows", "strictlyAllows")


@pytest.fixture(scope="module")
def graph():
    return load(data_root())


def named_in_the_code() -> set[str]:
    """Terms that the code reads or writes: the names in its calls of om()."""
    calls = (
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "om"
    )
    named = {om(a.value) for call in calls for a in call.args if isinstance(a, ast.Constant)}
    return named | {om(kind) for kind in RULE_KINDS}


def test_every_term_is_used_by_a_question_a_shape_or_the_code(graph):
    used = set(uses(data_root())) | named_in_the_code()
    assert [term for term in graph.statements if term.startswith(OM) and term not in used] == []


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
