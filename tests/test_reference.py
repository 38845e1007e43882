"""The reference of terms: an entry, with a place of its own, for each term that there is."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from omissus.http.app import create_app
from omissus.reference import pages, places
from omissus.reference_concepts import facets, statutory_terms
from omissus.reference_entries import Terms
from omissus.usage import Kind
from omissus.vocabulary import ID, OM, SKOS, om
from tests.pages import Page
from tests.worlds import act, offence, world

PATHS = (
    "/reference",
    "/reference/facets",
    "/reference/statutory-terms",
    "/reference/schemes",
)


@pytest.fixture(scope="module")
def read(corpus):
    return pages(corpus)


@pytest.fixture(scope="module")
def shown(corpus, stores):
    client = TestClient(create_app(corpus, cache=stores))
    answers = {path: client.get(path) for path in PATHS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: Page(answer.text) for path, answer in answers.items()}


def entries(read):
    return [entry for page in read for group in page.groups for entry in group.entries]


def test_every_term_facet_value_and_statutory_term_has_an_entry(read, corpus):
    graph = corpus.graph
    kinds = ("Facet", "FacetValue", "StatutoryTerm")
    wanted = {term for term in graph.statements if term.startswith(OM)}
    wanted |= {iri for kind in kinds for iri in graph.instances(om(kind))}
    wanted |= {c for c in graph.instances(SKOS + "Concept") if c.startswith(ID)}
    assert wanted <= set(places(read))


def test_every_entry_of_ours_has_a_label_a_definition_and_a_source(read):
    for entry in entries(read):
        if entry.iri.startswith((OM, ID)):
            assert entry.label, entry.iri
            assert entry.definition, entry.iri
            assert entry.sources, entry.iri


def test_a_class_tells_its_kinds_its_properties_and_where_it_is_used(read):
    offence = next(e for e in entries(read) if e.iri == om("EnactedOffence"))
    told = {fact.heading: {name.iri for name in fact.names} for fact in offence.facts}
    assert told["a kind of"] == {om("PatternSet")}
    assert om("CodeOffence") in told["kinds"]
    assert om("punishedBy") in told["properties that lead here"]
    assert {use.kind for use in offence.uses} == set(Kind)


def test_a_shape_that_uses_a_term_in_its_query_alone_is_told(read):
    built_on = next(e for e in entries(read) if e.iri == om("builtOn"))
    assert "no-circle" in {use.name for use in built_on.uses}


def test_a_word_of_a_statute_tells_its_place_the_reason_and_who_uses_it(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", conduct="term:recruits"))
    page = statutory_terms(Terms(corpus))
    (word,) = (e for g in page.groups for e in g.entries if e.iri == ID + "term/recruits")
    told = {fact.heading: [name.text for name in fact.names] for fact in word.facts}
    assert told["conduct"] == ["procuring"]
    assert told["conduct on the generous reading"] == ["obtaining"]
    assert told["in the provisions"] == ["Code 2000 s1"]
    assert "enlist a child for another" in told["because"][0]


def test_a_facet_value_tells_the_words_that_mean_it_and_the_offences_limited_to_it(tmp_path):
    corpus = world(tmp_path, act("Code"), offence("o", "Code-s1-v", conduct="procuring"))
    page = facets(Terms(corpus))
    (value,) = (e for g in page.groups for e in g.entries if e.iri == ID + "conduct/procuring")
    told = {fact.heading: [name.text for name in fact.names] for fact in value.facts}
    assert "recruits" in told["meant by the words"]
    assert told["in the provisions"] == ["Code 2000 s1"]
    assert "OPSC art 3(1)(b)" in told["in the demands"]


def test_each_term_of_the_ontology_has_its_place_under_its_own_name(shown, corpus):
    ids = set(shown["/reference"].attributes("id"))
    assert {t.removeprefix(OM) for t in corpus.graph.statements if t.startswith(OM)} <= ids


def test_every_address_in_the_reference_leads_to_a_place_that_is_there(shown):
    ids = {path: page.attributes("id") for path, page in shown.items()}
    for path, page in shown.items():
        assert len(ids[path]) == len(set(ids[path])), path
        for href in page.attributes("href"):
            target, _, place = href.partition("#")
            if place:
                assert place in ids[target or path], href


def test_the_reference_works_without_scripts_in_the_style_of_the_site(shown):
    for page in shown.values():
        assert "script" not in {tag for tag, _ in page.tags}
        assert "style" not in {tag for tag, _ in page.tags}
        assert not page.attributes("style")
        assert [a["href"] for t, a in page.tags if a.get("rel") == "stylesheet"] == [
            "/static/omissus.css"
        ]


def test_a_page_that_is_not_there_is_told(corpus, stores):
    answer = TestClient(create_app(corpus, cache=stores)).get("/reference/verbs")
    assert answer.status_code == 404
    assert "statutory-terms" in answer.text
