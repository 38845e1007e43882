"""Ontology and statutes together are OWL 2 DL, and HermiT and Openllet read them alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from omissus.consistency import as_rdf_xml, classified
from omissus.data import data_root
from omissus.graph import turtle_files
from omissus.vocabulary import om
from tests.owl_api import Classification, Reasoner, classify, violations

HEAD = """
@prefix om: <https://w3id.org/omissus/def#> .
@prefix t: <https://w3id.org/omissus/id/testland/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/omissus/id/testland> a owl:Ontology .
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ontology and statutes as one document."""
    path = tmp_path_factory.mktemp("owl") / "omissus.owl"
    path.write_bytes(as_rdf_xml(turtle_files(data_root())))
    return path


def written(folder: Path, turtle: str) -> Path:
    path = folder / "testland.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    return path


def test_ontology_and_statutes_are_owl_2_dl(whole):
    assert violations(whole) == []


@pytest.mark.parametrize(
    "fault",
    [
        't:a a om:Instrument .  om:Instrument a owl:Class .  t:a t:undeclared "x" .',
        't:p a owl:DatatypeProperty ; rdfs:range xsd:date .  t:a t:p "2020-01-01"^^xsd:date .',
        "t:p a owl:ObjectProperty , owl:DatatypeProperty .  t:a t:p t:b .",
        "t:p a owl:TransitiveProperty , owl:FunctionalProperty .",
        "t:c a owl:Class ; owl:unionOf t:not-a-list .",
    ],
    ids=["undeclared", "day", "two kinds of property", "transitive and functional", "no list"],
)
def test_what_is_outside_owl_2_dl_is_told(tmp_path, fault):
    assert violations(written(tmp_path, fault))


def test_reasoners_agree_on_the_classes_and_find_none_empty(whole):
    hermit, openllet = (classify(whole, reasoner) for reasoner in Reasoner)
    assert hermit.consistent
    assert hermit.empty == frozenset()
    assert hermit == openllet
    assert (om("StageRule"), om("Rule")) in hermit.within
    assert (om("Rule"), om("StageRule")) not in hermit.within
    world = classified(turtle_files(data_root()))
    as_checked = {
        (lower.iri, upper.iri) for lower in world.classes() for upper in lower.ancestors()
    }
    assert as_checked == hermit.within


@pytest.mark.parametrize("reasoner", Reasoner)
def test_a_class_that_can_have_no_member_is_found(tmp_path, reasoner):
    turtle = "t:a a owl:Class ; owl:disjointWith t:b .  t:b a owl:Class .\n"
    turtle += "t:c a owl:Class ; rdfs:subClassOf t:a , t:b ."
    found = classify(written(tmp_path, turtle), reasoner)
    assert {iri.rsplit("/", 1)[-1] for iri in found.empty} == {"c"}


@pytest.mark.parametrize("reasoner", Reasoner)
def test_a_contradiction_is_found(tmp_path, reasoner):
    turtle = "t:a a owl:Class ; owl:disjointWith t:b .  t:b a owl:Class .  t:x a t:a , t:b ."
    assert classify(written(tmp_path, turtle), reasoner) == Classification(consistent=False)
