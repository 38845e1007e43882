"""What is encoded of each instrument, what was left out, and from which text."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.corpus_coverage import as_data, corpus_coverage
from omissus.vocabulary import RDF_TYPE, om
from tests.worlds import act, world


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


def record(*left_out):
    """A record of reading the Testland Act Code, and the copy that was read."""
    told = " ".join(f'om:leftOut "{line}" ;' for line in left_out)
    return (
        f't:copy a om:Text ; om:fileName "code.md" . t:record a om:EncodingRecord ; '
        f"om:encodes t:Code ; om:readFrom t:copy ; {told} . "
        "t:Code-s1-v om:readFrom t:copy ."
    )


COPY = """# Code
### Section 1. Dealing
### Section 2
### ⟨1⟩[2A. Put in later
### Section 3
### Section 632. This Act has been applied to the Islands by Notification No. 127
### Section 10. Rules
"""


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        (["s 2: title"], ["2"]),
        (["ss 2 to 3: title, rules"], ["2", "2A", "3"]),
        (["ss 2, 10: title and rules", "s 2A(1): part of it"], ["2", "2A", "10"]),
        (["of Chapter I: rules (ss 3 to 10)"], ["3", "10"]),
        (["all sections: nothing bears on a demand"], ["2", "2A", "3", "10"]),
        (["ss 2 save (2)(a), 3: title"], ["2", "3"]),
    ],
)
def test_each_section_of_a_copy_is_encoded_left_out_or_not_told(tmp_path, left_out, named):
    (tmp_path / "code.md").write_text(COPY, encoding="utf-8")
    law = act("Code").replace('"Code 2000 s1"', '"Code 2000 s 1"')
    corpus = world(tmp_path, law, record(*left_out))
    (row,) = (r for r in corpus_coverage(corpus, tmp_path) if r.citation == "Code 2000")
    assert row.sections.encoded == ("1",)
    assert list(row.sections.left_out) == named
    assert list(row.sections.untold) == [s for s in ("2", "2A", "3", "10") if s not in named]
    assert row.sections.number == 5


def test_a_note_on_where_an_act_was_applied_is_no_section(tmp_path):
    (tmp_path / "code.md").write_text(COPY, encoding="utf-8")
    corpus = world(tmp_path, act("Code"), record("all sections: nothing bears on a demand"))
    (row,) = (r for r in corpus_coverage(corpus, tmp_path) if r.citation == "Code 2000")
    assert "632" not in row.sections.left_out + row.sections.untold


def test_sections_are_counted_only_where_a_copy_has_headings_for_them(tmp_path):
    (tmp_path / "code.md").write_text("Section 1. Dealing\n", encoding="utf-8")
    corpus = world(tmp_path, act("Code"), record("s 2: title"))
    assert [row.sections for row in corpus_coverage(corpus, tmp_path)] == [None]
    assert [row.sections for row in corpus_coverage(corpus)] == [None]


def test_of_the_real_law_every_section_read_is_encoded_or_left_out_with_a_reason(corpus, texts):
    counted = [row.sections for row in corpus_coverage(corpus, texts) if row.sections]
    assert len(counted) > 30
    told = sum(len(c.encoded) + len(c.left_out) for c in counted)
    assert told == sum(c.number for c in counted)
    result = CliRunner().invoke(app, ["corpus", "--texts", str(texts)])
    assert "sections read: " in result.stdout
