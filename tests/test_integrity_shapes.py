"""The integrity shapes together: what they look at, and that they miss nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from omissus.data import data_root
from omissus.graph import load
from omissus.shapes import read_shapes, results
from omissus.vocabulary import ELI, OM, RDF_TYPE

SHAPES = data_root() / "shapes"
SOUND = Path(__file__).parent / "testland" / "sound.ttl"
TESTLAND = "https://w3id.org/omissus/id/testland/"

MAY_BE_LEFT_OUT = {
    ("Agent", "type"),
    ("Answer", "generousOnly"),
    ("Element", "allows"),
    ("Element", "generouslyAllows"),
}
"""Statements of the sound Act that may go without any result, as kind of thing and name."""


@pytest.fixture(scope="module")
def integrity() -> rdflib.Graph:
    return read_shapes(SHAPES / "integrity")


@pytest.fixture(scope="module")
def sound() -> rdflib.Graph:
    """The sound Act of Testland, with the ontology's classes and nothing else of it."""
    graph = rdflib.Graph().parse(SOUND, format="turtle")
    for path in sorted((data_root() / "ontology").glob("*.ttl")):
        for triple in rdflib.Graph().parse(path, format="turtle"):
            if triple[1] == RDFS.subClassOf:
                graph.add(triple)
    return graph


def kind(graph: rdflib.Graph, subject: rdflib.term.Node) -> str:
    return str(graph.value(subject, RDF.type)).rsplit("#", 1)[-1]


def short(predicate: rdflib.term.Node) -> str:
    return re.split("[#/]", str(predicate))[-1]


def without_any_one(graph: rdflib.Graph) -> Iterator[tuple[str, str]]:
    """Each kind of thing and statement of it that the graph is, for a moment, without."""
    tried = set()
    for triple in sorted(graph):
        told = kind(graph, triple[0]), short(triple[1])
        if str(triple[0]).startswith(TESTLAND) and told not in tried:
            tried.add(told)
            graph.remove(triple)
            yield told
            graph.add(triple)


def test_the_sound_act_of_testland_has_no_result(sound, integrity):
    assert results(sound, integrity) == ()


def test_no_statement_of_the_sound_act_can_be_left_out_unnoticed(sound):
    shapes = read_shapes(SHAPES / "integrity")
    shapes.remove((None, SH.sparql, None))  # slow, and nothing but values is left to them
    unnoticed = {told for told in without_any_one(sound) if not results(sound, shapes)}
    assert unnoticed == MAY_BE_LEFT_OUT


def test_the_sound_act_has_one_thing_of_every_kind_in_the_statutes(sound):
    present = {str(value) for value in sound.objects(predicate=RDF.type)}
    assert not _kinds_in_the_statutes() - present - _rules(sound)


def test_every_kind_of_thing_in_the_statutes_is_looked_at_by_a_shape(sound, integrity):
    targets = set(integrity.objects(predicate=SH.targetClass))
    seen = {
        str(name)
        for name in map(rdflib.URIRef, _kinds_in_the_statutes())
        if targets & set(sound.transitive_objects(name, RDFS.subClassOf))
    }
    assert _kinds_in_the_statutes() - seen == set()


def _kinds_in_the_statutes() -> set[str]:
    graph = load(data_root())
    return {
        str(value)
        for subject, path in graph.origin.items()
        if "statutes" in path.parts
        for value in graph.values(subject, RDF_TYPE)
        if str(value).startswith(OM)
    }


def _rules(graph: rdflib.Graph) -> set[str]:
    return {str(name) for name in graph.subjects(RDFS.subClassOf, rdflib.URIRef(OM + "Rule"))}


def test_every_message_of_an_integrity_shape_tells_the_remedy(integrity):
    for message in integrity.objects(predicate=SH.message):
        assert re.fullmatch(r"[A-Z][^.]*\. [A-Z].*\.", str(message)), message


def test_a_version_that_ends_on_the_day_it_begins_is_found(sound, integrity):
    version = rdflib.URIRef(TESTLAND + "sec-1-v")
    end = rdflib.URIRef(ELI + "date_no_longer_in_force")
    first = sound.value(version, rdflib.URIRef(ELI + "first_date_entry_in_force"))
    last = sound.value(version, end)
    sound.set((version, end, first))
    try:
        sources = {row.source.rsplit("/", 1)[-1] for row in results(sound, integrity)}
    finally:
        sound.set((version, end, last))
    assert sources == {"version-complete__start"}
