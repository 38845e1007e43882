"""What a SHACL engine would pass over in silence is refused, by file and line, with the remedy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.data import data_root
from omissus.graph import DataError, load
from omissus.shape_terms import faults, faults_below, unknown_names
from omissus.shapes import read_shapes
from tests.shacl_engines import ENGINES, FailedError, n_triples

REFUSED = sorted((Path(__file__).parent / "shapes_refused").glob("*.ttl"))
BAD = REFUSED[0].with_name("misspelt-count.ttl")


def header(path: Path, name: str) -> list[str]:
    """What a known-bad file says of itself, in the lines `# Name: ...`."""
    return re.findall(rf"^# {name}: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def silent(path: Path) -> list[str]:
    """The engines that neither find anything in a file nor object to it."""
    text, found = n_triples(path), []
    for name, engine in ENGINES.items():
        try:
            if not engine(text, text):
                found.append(name)
        except FailedError:
            continue
    return found


@pytest.fixture(scope="module")
def known() -> set[str]:
    return set(load(data_root()).statements)


def told(path: Path, known: set[str]) -> list[str]:
    return [str(fault) for fault in faults([path]) + unknown_names([path], known)]


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_shape_that_an_engine_would_skip_is_refused_with_file_line_and_remedy(path, known):
    lines = path.read_text(encoding="utf-8").splitlines()
    here = [number for number, line in enumerate(lines, 1) if line.endswith("# here")]
    where = f"tests/shapes_refused/{path.name}"
    wanted = [f"{where}:{n}: {what}" for n, what in zip(here, header(path, "Refused"), strict=True)]
    assert sorted(told(path, known)) == sorted(wanted)


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_is_refused_is_what_some_engine_passes_over_in_silence(path):
    assert silent(path) == header(path, "Silent")[0].split(", ")


def test_shapes_with_a_fault_are_not_run():
    with pytest.raises(DataError, match="Did you mean sh:minCount"):
        read_shapes(BAD)


@pytest.mark.parametrize("command", ["check", "shapes"])
def test_a_folder_of_data_with_such_a_shape_is_refused_by_the_command(tmp_path, command):
    for folder in ("ontology", "statutes", "shapes/integrity"):
        (tmp_path / folder).parent.mkdir(exist_ok=True)
        (tmp_path / folder).symlink_to(data_root() / folder)
    (tmp_path / "shapes" / "gaps").mkdir()
    shutil.copy(BAD, tmp_path / "shapes" / "gaps")
    result = CliRunner().invoke(app, ["--data", str(tmp_path), command])
    assert result.exit_code == 3 or isinstance(result.exception, DataError)
    assert f"shapes/gaps/{BAD.name}:26: sh:minCuont" in result.output + str(result.exception)


def test_a_severity_that_is_misspelt_is_refused(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:x> a sh:NodeShape ; sh:targetNode <urn:y> ;\n    sh:severity sh:Violaton .\n",
        encoding="utf-8",
    )
    (fault,) = faults([path])
    assert fault.where.endswith("x.ttl:3")
    assert fault.remedy == "Did you mean sh:Violation?"


@pytest.mark.parametrize("query", ["SELECT $this WHERE {", "SELECT $this WHERE { $this none:x 1 }"])
def test_a_query_that_cannot_be_read_is_told_with_its_line(tmp_path, query):
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:x>\n    a sh:NodeShape ;\n    sh:targetNode <urn:y> ;\n    sh:sparql <urn:q> ;\n.\n"
        f'<urn:q>\n    a sh:SPARQLConstraint ;\n    sh:select "{query}" ;\n.\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"x\.ttl:9: no SPARQL: .* Mend the query"):
        unknown_names([path], ())


def test_a_prefix_of_shacl_itself_is_no_term_of_it(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:p> a sh:PrefixDeclaration ;\n"
        '    sh:prefix "sh" ; sh:namespace "http://www.w3.org/ns/shacl#" .\n',
        encoding="utf-8",
    )
    assert faults([path]) == []


def test_a_folder_without_shapes_is_an_error_and_not_the_absence_of_gaps(tmp_path):
    with pytest.raises(DataError, match="no shapes"):
        read_shapes(tmp_path / "gaps")


def test_no_engine_would_pass_over_anything_in_our_own_shapes(known):
    assert faults_below(data_root(), known) == []
