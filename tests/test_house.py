"""Rules of the house that a machine can keep."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from omissus.consistency import inconsistencies
from omissus.data import data_root
from omissus.graph import load, turtle_files

PACKAGE = Path(__file__).parents[1] / "api" / "omissus"
OUTER = ("http", "cli")
WEB_AND_TERMINAL = {"fastapi", "starlette", "uvicorn", "typer", "click", "rich"}
CORE = [p for p in PACKAGE.rglob("*.py") if p.relative_to(PACKAGE).parts[0] not in OUTER]
TURTLE = sorted(
    path
    for folder in ("ontology", "statutes", "shapes")
    for path in (data_root() / folder).rglob("*.ttl")
)


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_the_core_imports_neither_web_nor_terminal(path):
    names = imported(path)
    assert not {name.split(".")[0] for name in names} & WEB_AND_TERMINAL
    assert not {name for name in names if name.startswith(("omissus.http", "omissus.cli"))}


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_a_lone_full_stop_closes_each_block(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        quoted_query = line.startswith(" " * 8)
        if not quoted_query and not line.startswith(("#", "@")):
            assert line == "." or not line.endswith(" ."), f"{path.name}:{number}"


def test_hermit_finds_the_data_consistent_and_every_class_possible():
    assert inconsistencies(load(data_root())) == []


def test_hermit_objects_to_a_contradiction(tmp_path):
    contradiction = tmp_path / "contradiction.ttl"
    contradiction.write_text(
        "@prefix om: <https://w3id.org/omissus/def#> .\n"
        "<https://w3id.org/omissus/id/x> a om:Instrument , om:Penalty .\n",
        encoding="utf-8",
    )
    files = [*turtle_files(data_root()), contradiction]
    assert inconsistencies(load(data_root(), files)) != []


def test_the_ontology_has_the_version_of_the_package():
    header = (data_root() / "ontology" / "omissus.ttl").read_text(encoding="utf-8")
    assert f"<https://w3id.org/omissus/def/{version('omissus')}>" in header


def test_help_does_not_load_the_core():
    code = "import sys, omissus.cli.main; print([m for m in sys.modules if m in "
    code += "('rdflib', 'pyshacl', 'pyoxigraph', 'fastapi', 'owlready2', 'networkx')])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
