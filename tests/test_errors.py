"""Bad data and bad requests: one clear line, a remedy, a status that is not zero."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from omissus.cli.main import app
from omissus.data import data_root, open_corpus
from omissus.graph import DataError
from tests.serving import serving

PTPA = Path("statutes/pk/ptpa-2018.ttl")


@pytest.fixture
def copy(tmp_path):
    for folder in ("ontology", "statutes", "shapes"):
        shutil.copytree(data_root() / folder, tmp_path / folder)
    return tmp_path


def spoil(root: Path, old: str, new: str, path: Path = PTPA) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    a om:EnactedOffence ;", "    a om:EnactedOffence", "broken Turtle"),
        ("term:commercial-sex-acts", "term:commercial-sex-act", "Did you mean"),
        ('"2018-06-02"^^xsd:date', '"2018-06-31"^^xsd:date', "is no date"),
        (
            "    om:enactedIn ptpa-2018:sec_3__subsec_1 ;\n.\n\nptpa-2018:sec_3__subsec_1__conduct",
            ".\n\nptpa-2018:sec_3__subsec_1__conduct",
            "an offence without a source",
        ),
        (
            'eli:date_no_longer_in_force "2025-04-23"',
            'eli:date_no_longer_in_force "2015-04-23"',
            "a version that ends on 2015-04-23",
        ),
        ("    om:limits facet:purpose ;", "    om:limits facet:means ;", "unless placed"),
    ],
    ids=["broken Turtle", "unknown name", "impossible day", "no source", "days reversed", "facet"],
)
def test_bad_data_is_told_with_place_and_remedy(copy, old, new, told):
    spoil(copy, old, new)
    if told == "unless placed":
        corpus = open_corpus(copy)
        assert corpus.offences  # a term may limit another facet than the element's own
        return
    with pytest.raises(DataError) as caught:
        open_corpus(copy)
    line = str(caught.value)
    assert told in line
    assert "statutes/pk/ptpa-2018.ttl:" in line
    assert "\n" not in line


def test_the_line_named_is_the_line_of_the_fault(copy):
    spoil(copy, '"2018-06-02"^^xsd:date', '"2018-06-31"^^xsd:date')
    lines = (copy / PTPA).read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "2018-06-31" in line)
    with pytest.raises(DataError, match=f"ptpa-2018.ttl:{number}: "):
        open_corpus(copy)


def test_a_wrong_anchor_is_told_and_fails(copy, texts):
    spoil(copy, "or attempts to do so", "or tries to do so")
    result = CliRunner().invoke(app, ["--data", str(copy), "verify", "--texts", str(texts)])
    assert result.exit_code == 3
    assert 'anchor "or tries to do so" is not in the section' in result.output
    assert "statutes/pk/ptpa-2018.ttl:" in result.output


def test_every_anchor_stands_in_its_section(texts):
    result = CliRunner().invoke(app, ["verify", "--texts", str(texts)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gaps", "--in", "pk-xx"], "no territory 'pk-xx'"),
        (["gaps", "--issue", "99"], "no paragraph '99'"),
        (["explain", "3-1-b-procurin"], "try 3-1-b-procuring"),
        (["gaps", "--at", "2023-02-30"], "2023-02-30"),
    ],
)
def test_a_request_for_what_there_is_not_says_what_there_is(arguments, told):
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.output.replace("│", " ").split())


@pytest.mark.parametrize("address", ["/sparql?query=ASK{}", "/?at=2026-11-24"])
def test_a_fault_of_the_server_is_told_as_one(corpus, stores, monkeypatch, caplog, address):
    from omissus.http.app import create_app
    from omissus.http.days import Days
    from omissus.http.front import Front

    front = Front(create_app(corpus, cache=stores))
    with serving(front, raise_server_exceptions=False) as client:
        monkeypatch.setattr(Days, "of", lambda *_: {}["a secret of the house"])
        answer = client.get(address)
    assert answer.status_code == 500
    assert "The server failed to answer this request" in answer.text
    assert "secret" not in answer.text
    assert ("secret" in caplog.text) == ("sparql" in address)  # the rest uvicorn logs
