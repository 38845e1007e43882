"""Every shape on invented Testland data that passes it and data that fails it, result by result."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, SH

from omissus.data import data_root
from omissus.graph import load
from omissus.shapes import Result, broken_integrity, read_shapes, results

SHAPES = data_root() / "shapes"
FOLDERS = ("integrity", "gaps", "conflicts", "regressions")
FILES = sorted(path for folder in FOLDERS for path in (SHAPES / folder).glob("*.ttl"))
TESTED = sorted((Path(__file__).parent / "shapes").glob("*/*.ttl"))
FIXTURES = [path for path in TESTED if path.parent.name in {file.stem for file in FILES}]
SHAPE = "https://w3id.org/omissus/shape/"
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}

Expected = tuple[str, str | None, str, str, str | None]
"""Focus node, path, severity, source shape, and the value where the fixture tells it."""


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted((data_root() / "ontology").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def expected(fixture: rdflib.Graph) -> Counter[Expected]:
    def told(node: rdflib.term.Node, predicate: rdflib.URIRef) -> str | None:
        value = fixture.value(node, predicate)
        return None if value is None else str(value)

    return Counter(
        (
            told(node, SH.focusNode) or "",
            told(node, SH.resultPath),
            (told(node, SH.resultSeverity) or "").rsplit("#", 1)[-1],
            told(node, SH.sourceShape) or "",
            told(node, SH.value),
        )
        for node in fixture.subjects(RDF.type, SH.ValidationResult)
    )


def found(rows: tuple[Result, ...], values: set[str | None]) -> Counter[Expected]:
    return Counter(
        (r.focus, r.path, r.severity, r.source, r.value if r.value in values else None)
        for r in rows
    )


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_shape_gives_exactly_the_results_that_the_fixture_expects(path, ontology):
    shape = next(file for file in FILES if file.stem == path.parent.name)
    fixture = rdflib.Graph().parse(path, format="turtle")
    wanted = expected(fixture)
    law = [
        triple for triple in fixture if (triple[0], RDF.type, SH.ValidationResult) not in fixture
    ]
    assert bool(wanted) == path.stem.startswith("fail-")
    for triple in law:
        ontology.add(triple)
    try:
        rows = results(ontology, read_shapes(shape))
    finally:
        for triple in law:
            ontology.remove(triple)
    assert found(rows, {row[4] for row in wanted}) == wanted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shape_has_data_that_passes_and_data_that_fails(path):
    kinds = {f.stem.split("-")[0] for f in FIXTURES if f.parent.name == path.stem}
    assert kinds == {"pass", "fail"}


def test_no_fixture_is_left_without_its_shape():
    assert {f.parent.name for f in TESTED} <= {f.stem for f in SHAPES.glob("*/*.ttl")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shape_says_what_it_asks_from_which_source_and_how_gravely(path):
    graph = read_shapes(path)
    shape = rdflib.URIRef(SHAPE + path.stem)
    named = [s for s in graph.subjects(SH.name) if isinstance(s, rdflib.URIRef)]
    assert named == [shape]
    for predicate in (SH.name, SH.description, SH.severity, DCTERMS.source):
        assert len(list(graph.objects(shape, predicate))) == 1
    grave = {value for _, value in graph.subject_objects(SH.severity)}
    assert len(grave) == 1
    assert grave <= SEVERITIES
    if path.parent.name == "integrity":
        assert grave == {SH.Violation}
    assert path.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shape_uses_no_term_that_an_engine_would_skip_in_silence(path):
    for triple in read_shapes(path):
        for term in triple:
            if str(term).startswith(str(SH)):
                assert term in SH, term


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_query_of_a_shape_has_words_that_shacl_forbids(path):
    for query in read_shapes(path).objects(predicate=SH.select):
        words = set(str(query).upper().split())
        assert not words & {"VALUES", "MINUS", "SERVICE"}


def test_the_shapes_are_themselves_sound():
    shapes = read_shapes(*(SHAPES / folder for folder in FOLDERS))
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_a_shape_that_pyshacl_cannot_run_is_an_error_and_not_a_result():
    shapes = rdflib.Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:x> a sh:NodeShape ; sh:targetNode <urn:y> ; sh:sparql <urn:q> .
        <urn:q> a sh:SPARQLConstraint ; sh:select "SELECT $this { VALUES $this { <urn:y> } }" .
        """
    )
    with pytest.raises(RuntimeError, match="could not run"):
        results(rdflib.Graph(), shapes)


def test_our_own_data_is_sound():
    assert broken_integrity(load(data_root()), data_root()) == []


def test_broken_data_is_told_by_file_and_line_with_the_remedy(tmp_path):
    for folder in ("ontology", "shapes"):
        (tmp_path / folder).symlink_to(data_root() / folder)
    law = tmp_path / "statutes" / "testland.ttl"
    law.parent.mkdir()
    law.write_text(
        "@prefix om: <https://w3id.org/omissus/def#> .\n"
        "@prefix testland: <https://w3id.org/omissus/id/testland/> .\n\n"
        "testland:fault\n    a om:DraftingFault ;\n.\n",
        encoding="utf-8",
    )
    lines = broken_integrity(load(tmp_path), tmp_path)
    told = [line for line in lines if "statutes/testland.ttl:4: " in line]
    assert "statutes/testland.ttl:4: A fault without its reason. Add om:reason." in told
