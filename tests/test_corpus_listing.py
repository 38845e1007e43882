"""What is encoded of each instrument, what was left out, and from which text."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.corpus_coverage import as_data, corpus_coverage
from omissus.vocabulary import RDF_TYPE, om


@pytest.fixture(scope="module")
def rows(corpus):
    return {row.citation: row for row in corpus_coverage(corpus)}


def test_an_instrument_is_listed_once_with_its_provisions_its_text_and_its_review(rows):
    row = rows["PTPA 2018"]
    assert row.provisions > 15
    assert row.made_by == "pk"
    assert "s 8: investigating agency" in row.left_out
    assert row.text_classes
    assert row.consolidated_to is not None
    assert row.review in {"coded", "second-read", "signed-off"}


def test_an_instrument_known_from_secondary_sources_says_so(rows):
    row = rows["KPCPWA 2010"]
    assert row.text_classes == ("secondary source",)
    assert row.consolidated_to is None


def test_an_instrument_that_was_read_and_of_which_nothing_is_encoded_is_listed(rows):
    assert rows["Majority Act 1875"].provisions == 0
    assert rows["Majority Act 1875"].left_out


def test_every_instrument_with_a_record_says_what_was_left_out(corpus, rows):
    graph = corpus.graph
    parts = {"crpc-1898-protection", "jjso-2000"}
    for record in graph.instances(om("EncodingRecord")):
        encoded = graph.iris(record, om("encodes"))
        instruments = [i for i in encoded if om("Instrument") in graph.iris(i, RDF_TYPE)]
        if record.rsplit("/", 1)[-1] not in parts and instruments:
            citation = corpus.citation(instruments[0])
            assert citation in rows
            assert rows[citation].left_out, citation


def test_each_instrument_stands_under_its_maker(rows):
    order = [row.made_by for row in rows.values()]
    assert order == sorted(order, key=order.index)
    assert order[0] == "pk"


def test_the_command_prints_the_same_as_json(rows):
    result = CliRunner().invoke(app, ["corpus", "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == [as_data(row) for row in rows.values()]


def test_the_command_prints_each_instrument_and_a_total(rows):
    result = CliRunner().invoke(app, ["corpus"])
    assert result.exit_code == 0, result.output
    assert "PTPA 2018" in result.stdout
    assert f"{len(rows)} instruments" in result.stdout
