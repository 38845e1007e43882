"""The W3C's SHACL suite: what each engine fails is known, and our shapes pass the shapes of SHACL.

The failures of pySHACL do not touch the project: a switch that is written as a number, prefixes
declared in an ontology that is imported, and the graph of the shapes in a query. No shape of ours
has one of them, and `omissus check` refuses the first and the last.
"""

from __future__ import annotations

import pytest

from omissus.data import data_root
from tests.shacl_engines import ENGINES, n_triples
from tests.shacl_suite import META_SHAPES, cases

PRE_BINDING = "sparql/pre-binding"
TO_REFUSE = [f"{PRE_BINDING}/unsupported-sparql-00{number}" for number in (1, 2, 3, 4, 6)]
FAILED = {
    "pySHACL": {
        "core/property/uniqueLang-002",
        "sparql/node/prefixes-001",
        f"{PRE_BINDING}/shapesGraph-001",
    },
    "shacl": {f"{PRE_BINDING}/unsupported-sparql-004"},
    "TopBraid": {f"{PRE_BINDING}/pre-binding-006", *TO_REFUSE},
}
FOLDERS = sorted({path.parent for path in (data_root() / "shapes").glob("*/*.ttl")})


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_fails_no_test_of_the_w3c_but_those_known(conformance, name):
    suite = cases(conformance)
    assert len(suite) == 120
    assert {case.name for case in suite if not case.met(ENGINES[name])} == FAILED[name]


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_the_shapes_are_sound_by_the_shapes_of_shacl_itself(conformance, folder, name):
    shapes = n_triples(*sorted(folder.glob("*.ttl")))
    assert not ENGINES[name](shapes, n_triples(conformance / META_SHAPES))


@pytest.mark.parametrize("name", ENGINES)
def test_a_shape_without_a_path_is_not_sound(conformance, name):
    bad = "<urn:s> <http://www.w3.org/ns/shacl#property> <urn:p> .\n"
    bad += '<urn:p> <http://www.w3.org/ns/shacl#minCount> "1" .\n'
    assert ENGINES[name](bad, n_triples(conformance / META_SHAPES))
