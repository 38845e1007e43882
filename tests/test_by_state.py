"""Invented worlds, and findings State by State."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from omissus.by_state import findings_by_state
from omissus.cli.main import app
from omissus.corpus_reading import read_corpus
from omissus.data import data_root, open_corpus
from omissus.findings import Findings
from omissus.graph import DataError, load, turtle_files
from omissus.pattern_book import read_pattern_book
from omissus.state_files import states_below
from omissus.synth import StateLaw, write_world
from omissus.vocabulary import TESTLAND, om
from tests.shacl_engines import n_triples, rust
from tests.worlds import HEAD, act

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def book(corpus):
    return read_pattern_book(corpus)


@pytest.fixture(scope="module")
def invented(book, tmp_path_factory) -> Path:
    """Three States."""
    folder = tmp_path_factory.mktemp("invented") / "world"
    assert list(write_world(book, data_root(), folder, 3, 7)) == [
        "Testland 001",
        "Testland 002",
        "Testland 003",
    ]
    return folder


def written(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in (folder / "statutes").rglob("*.ttl")
    }


def test_the_same_seed_gives_the_same_bytes_however_many_states_there_are(book, invented, tmp_path):
    list(write_world(book, data_root(), tmp_path / "two", 2, 7))
    list(write_world(book, data_root(), tmp_path / "other", 1, 8))
    all_three, two = written(invented), written(tmp_path / "two")
    assert two == {path: text for path, text in all_three.items() if "/t003" not in path}
    assert all_three.items() >= two.items()
    assert not written(tmp_path / "other").items() <= all_three.items()


def test_a_state_is_of_the_size_of_the_real_corpus(book):
    law = StateLaw(book, 1, 7)
    text = "".join(text for _, text in law.files())
    assert text.count("a om:Instrument ;") == 60
    assert 240 <= text.count("a om:EnactedOffence ;") < 360
    assert text.count("a om:Territory ;") == len(law.places) >= 4


def test_invented_law_is_sound_encoding_in_the_form_of_the_house(book, tmp_path):
    ontology = sorted((data_root() / "ontology").glob("*.ttl"))
    files = []
    for number, (_, text) in enumerate(StateLaw(book, 1, 7, offences=12, acts=4).files()):
        files.append(tmp_path / f"{number}.ttl")
        files[-1].write_text(text, encoding="utf-8")
        lines = [line for line in text.splitlines() if line[:1] not in "#@"]
        assert all(line == "." or not line.endswith(" .") for line in lines)
    shapes = sorted((data_root() / "shapes" / "integrity").glob("*.ttl"))
    assert rust(n_triples(*ontology, *files), n_triples(*shapes)) == Counter()


def test_every_thing_of_invented_law_bears_an_invented_name(invented):
    graph = load(invented)
    ours = {thing for thing in graph.statements if "statutes" in graph.origin[thing].parts}
    assert ours
    assert all(thing.startswith(TESTLAND) for thing in ours)
    assert not any("PPC" in line for line in map(str, graph.statements))


def test_invented_law_beside_real_law_is_refused(invented):
    real = sorted((data_root() / "statutes").rglob("territories.ttl"))
    with pytest.raises(DataError, match="invented law beside real law"):
        read_corpus(load(invented, [*turtle_files(invented), *real]))


def test_invented_law_of_a_real_territory_is_refused(tmp_path):
    path = tmp_path / "testland.ttl"
    path.write_text(HEAD + act("Code").replace("t:Code ", f"<{TESTLAND}act> "), encoding="utf-8")
    root = data_root()
    files = [*sorted((root / "ontology").glob("*.ttl")), root / "statutes/territories.ttl", path]
    with pytest.raises(DataError, match="of which one is invented"):
        read_corpus(load(root, files))


def test_each_state_is_found_as_it_would_be_alone(invented):
    found = list(findings_by_state(invented, DAY, None, ("girl", "boy")))
    assert [state.state for state in found] == list(states_below(invented))
    for state in found:
        alone = Findings(open_corpus(invented, state.state), DAY)
        cells = {
            cell.id: (cell.verdict, cell.strict, cell.generous, cell.federal)
            for cell in alone.cells(sexes=("girl", "boy"))
        }
        assert {row.id: tuple(row[1:]) for row in state.findings} == cells


def test_states_in_one_graph_are_found_as_they_would_be_alone(invented):
    together = Findings(read_corpus(load(invented)), DAY)
    demands = [r for r in together.corpus.requirements if r.slug.startswith("3-1-b")]
    for state in findings_by_state(invented, DAY, {r.slug for r in demands}, ("girl",)):
        iri = f"{TESTLAND}territory/{state.state}"
        places = next(s.territories for s in together.corpus.states if s.iri == iri)
        cells = together.cells(demands, places, ("girl",))
        told = {cell.id: (cell.verdict, cell.strict, cell.generous, cell.federal) for cell in cells}
        assert {row.id: tuple(row[1:]) for row in state.findings} == told


def test_a_state_without_a_search_is_not_assessed_where_anything_is_left_over(book, tmp_path):
    list(write_world(book, data_root(), tmp_path / "world", 1, 7))
    registry = tmp_path / "world" / "statutes" / "t001" / "registry.ttl"
    registry.write_text("# nothing was searched\n", encoding="utf-8")
    (state,) = findings_by_state(tmp_path / "world", DAY, None, ("boy",))
    assert {row.verdict for row in state.findings} == {"covered", "not assessed"}


def test_a_fault_in_one_state_is_told_with_its_file_and_line(book, tmp_path):
    list(write_world(book, data_root(), tmp_path / "world", 2, 7))
    registry = tmp_path / "world" / "statutes" / "t002" / "registry.ttl"
    registry.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"statutes/t002/registry.ttl:1: broken Turtle"):
        list(findings_by_state(tmp_path / "world", DAY, None, ("boy",)))


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_the_commands_write_a_world_and_stream_its_findings(tmp_path):
    out = tmp_path / "world"
    written = run("synth", "--states", "2", "--seed", "3", "--out", str(out))
    assert written.exit_code == 0, written.output
    again = run("synth", "--out", str(out))
    assert again.exit_code != 0
    assert "not an empty folder" in str(again.exception)
    shown = run("--data", str(out), "gaps")
    assert shown.exit_code == 0, shown.output
    assert [line.split(":")[0] for line in shown.stdout.splitlines()[1:3]] == [
        "Testland 001 (t001)",
        "Testland 002 (t002)",
    ]
    lines = run("--data", str(out), "gaps", "--json", "--issue", "10", "--victim", "boys").stdout
    states = [json.loads(line) for line in lines.splitlines()]
    assert [state["name"] for state in states] == ["Testland 001", "Testland 002"]
    assert all(row["id"].endswith(".boy") for state in states for row in state["findings"])
    column = run("--data", str(out), "gaps", "--in", "t002", "--issue", "10")
    assert column.stdout.startswith("Testland 002: law as at ")


def test_a_state_that_is_not_there_is_told_from_those_that_are(invented):
    asked = run("--data", str(invented), "gaps", "--in", "pk")
    assert asked.exit_code != 0
    assert "no law of a State 'pk'" in str(asked.exception)
    assert "t001, t002, t003" in str(asked.exception)


def test_real_offences_are_drawn_from_without_their_words(book, corpus):
    told = str(book)
    anchors = [corpus.graph.text(e, om("anchor")) for e in corpus.graph.instances(om("Element"))]
    assert not any(anchor and len(anchor) > 12 and anchor in told for anchor in anchors)
    assert 0 < book.shares["victim-sex"] < 1
