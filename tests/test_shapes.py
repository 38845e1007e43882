"""Every shape on invented Testland data that passes it and data that fails it, result by result."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, SH
from rdflib.util import from_n3

from omissus.data import data_root
from omissus.graph import DataError, load
from omissus.rdf import read_turtle
from omissus.shapes import broken_integrity, read_shapes, report, results
from tests.shacl_engines import ENGINES, Found, found, n_triples, pyshacl

SHAPES = data_root() / "shapes"
ONTOLOGY = sorted((data_root() / "ontology").glob("*.ttl"))
FOLDERS = ("integrity", "gaps", "conflicts", "regressions", "orphans")
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
    for path in ONTOLOGY:
        graph += read_turtle(path)
    return graph


@pytest.fixture(scope="module")
def ontology_text() -> str:
    return n_triples(*ONTOLOGY)


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


def as_told(rows: Counter[Found], values: set[str | None]) -> Counter[Expected]:
    """Results as a fixture tells them: no path of several steps, the value only where it does."""

    def plain(term: str) -> str | None:
        named = term[:1] == "<" and term[-1:] == ">"
        return str(from_n3(term)) if named or term[:1] == '"' else None

    found: Counter[Expected] = Counter()
    for row, number in rows.items():
        focus, source, value = plain(row.focus) or "", plain(row.source) or "", plain(row.value)
        severity = row.severity.strip("<>").rsplit("#", 1)[-1]
        shown = value if value in values else None
        found[focus, plain(row.path), severity, source, shown] += number
    return found


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_shape_gives_exactly_the_results_that_the_fixture_expects_by_every_engine(
    path, ontology, ontology_text
):
    shape = next(file for file in FILES if file.stem == path.parent.name)
    fixture = read_turtle(path)
    wanted = expected(fixture)
    assert bool(wanted) == path.stem.startswith("fail-")
    for result in fixture.subjects(RDF.type, SH.ValidationResult):
        fixture.remove((result, None, None))
    for triple in fixture:
        ontology.add(triple)
    try:
        rows = found(report(ontology, read_shapes(shape)))
    finally:
        for triple in fixture:
            ontology.remove(triple)
    assert as_told(rows, {row[4] for row in wanted}) == wanted
    data = ontology_text + fixture.serialize(format="nt")
    for engine in ENGINES.values():
        if engine is not pyshacl:
            assert engine(data, n_triples(shape)) == rows


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


def test_a_shape_that_pyshacl_cannot_run_is_an_error_and_not_a_result():
    shapes = rdflib.Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:x> a sh:NodeShape ; sh:targetNode <urn:y> ; sh:sparql <urn:q> .
        <urn:q> a sh:SPARQLConstraint ; sh:select "SELECT $this { VALUES $this { <urn:y> } }" .
        """
    )
    with pytest.raises(DataError, match="could not run"):
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
