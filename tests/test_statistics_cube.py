"""Figures as an RDF Data Cube: the integrity constraints that matter, names, consistency."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef

from omissus.consistency import inconsistencies
from omissus.data import data_root
from omissus.graph import load, turtle_files
from omissus.statistics_codes import QB, Structure, read_structure
from omissus.statistics_cube import cube
from omissus.statistics_table import read_tables
from omissus.vocabulary import om
from tests.figure_tables import COMPLETE, THIS_YEAR, complete, written

CONSTRAINTS = sorted((Path(__file__).parent / "data_cube").glob("*.rq"))


@pytest.fixture(scope="module")
def structure() -> Structure:
    return read_structure()


def small(folder: Path) -> Graph:
    """Ontology and cube of a table small enough for the slow constraints."""
    rows = [r for r in complete() if r["year"] == "2001"][:3]
    rows.append(rows[0] | {"ethnic-origin": "Hill Folk", "reported": "1"})
    structure = read_structure()
    graph = cube(read_tables([written(folder, rows)], structure, THIS_YEAR), structure)
    return graph.parse(data_root() / "ontology" / "statistics.ttl", format="turtle")


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda path: path.stem)
def test_the_cube_keeps_the_integrity_constraints(tmp_path, constraint):
    assert small(tmp_path).query(constraint.read_text(encoding="utf-8")).askAnswer is False


BROKEN = {
    "ic-01": lambda g, o: g.remove((o, URIRef(QB + "dataSet"), None)),
    "ic-02": lambda g, _: g.remove((None, URIRef(QB + "structure"), None)),
    "ic-03": lambda g, _: g.remove((None, URIRef(QB + "measure"), None)),
    "ic-04": lambda g, _: g.remove((URIRef(om("countsSex")), None, None)),
    "ic-05": lambda g, _: g.remove((None, URIRef(QB + "codeList"), None)),
    "ic-06": lambda g, _: g.remove((None, URIRef(QB + "attribute"), None)),
    "ic-11": lambda g, o: g.remove((o, URIRef(om("countsSex")), None)),
    "ic-12": lambda g, o: [g.add((URIRef(o + "/again"), p, v)) for p, v in g.predicate_objects(o)],
    "ic-14": lambda g, o: g.add((o, URIRef(om("figure")), Literal(77))),
    "ic-19": lambda g, o: g.set((o, URIRef(om("countsSex")), URIRef(om("nothing")))),
}


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda path: path.stem)
def test_each_integrity_constraint_can_be_broken(tmp_path, constraint):
    graph = small(tmp_path)
    observation = min(graph.subjects(RDF.type, URIRef(QB + "Observation")))
    BROKEN[constraint.stem[:5]](graph, observation)
    assert graph.query(constraint.read_text(encoding="utf-8")).askAnswer is True


def test_equal_figures_have_equal_names_and_nothing_is_nameless(tmp_path, structure):
    graphs = [
        cube(read_tables([written(tmp_path, rows)], structure, THIS_YEAR), structure)
        for rows in (complete(), complete()[::-1])
    ]
    assert set(graphs[0]) == set(graphs[1])
    assert not any(isinstance(term, BNode) for triple in graphs[0] for term in triple)


def test_hermit_finds_the_cube_consistent_with_the_ontology(tmp_path, structure):
    graph = cube(read_tables([COMPLETE], structure, THIS_YEAR), structure)
    node = min(graph.subjects(RDF.type, URIRef(QB + "Observation")))
    saved = tmp_path / "cube.ttl"
    files = [*turtle_files(data_root()), saved]
    saved.write_text(graph.serialize(format="turtle"), encoding="utf-8")
    assert inconsistencies(load(data_root(), files)) == []
    graph.add((node, URIRef(om("figure")), Literal(77)))
    saved.write_text(graph.serialize(format="turtle"), encoding="utf-8")
    assert inconsistencies(load(data_root(), files)) != []
