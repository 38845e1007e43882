"""The description of the interface: true of every answer, and with an example of everything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from omissus.http import models
from tests.server import running

HERE = Path(__file__).parent
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.fixture(scope="module")
def description(client):
    return client.get("/openapi.json").json()


def operations(description):
    return {
        operation["operationId"]: operation
        for path in description["paths"].values()
        for operation in path.values()
    }


def test_the_names_of_operations_do_not_change(description):
    assert description["openapi"].startswith("3.1.")
    assert set(operations(description)) == {
        "data",
        "dataset",
        "dcat",
        "explanation",
        "gaps",
        "graph",
        "health",
        "ontology",
        "query",
        "queryByPost",
        "ready",
        "thing",
        "version",
        "void",
    }


def test_each_schema_has_an_example_that_it_describes(description):
    schemas = description["components"]["schemas"]
    assert "Problem" in schemas
    for name, schema in schemas.items():
        assert schema["examples"], name
        for example in schema["examples"]:
            getattr(models, name).model_validate(example)


def test_each_parameter_has_an_example(description):
    for name, operation in operations(description).items():
        for parameter in operation.get("parameters", ()):
            told = parameter.get("examples") or parameter["schema"].get("examples")
            assert told or parameter["schema"].get("enum"), (name, parameter["name"])


def test_a_report_is_described_member_by_member(client):
    answer = client.get("/api/v1/gaps/4-2-a-national-3-1-b.pk.boy/explanation?at=2023-09-29").json()
    told = models.Explanation.model_validate(answer)
    (cell,) = told.cells
    assert cell.offences
    assert not told.model_extra
    assert not cell.model_extra
    assert not any(offence.model_extra for offence in cell.offences)


def test_names_that_a_parameter_takes_are_told(description, corpus):
    told = {p["name"]: p["schema"] for p in operations(description)["gaps"]["parameters"]}
    assert told["victim"]["enum"] == ["girls", "boys", "transgender"]
    assert set(told["in"]["enum"]) == {corpus.slug(iri) for iri in corpus.territories}
    assert "9" in told["issue"]["enum"]


def test_schemathesis_finds_no_answer_other_than_described(stores, tmp_path, description):
    report = tmp_path / "report.xml"
    with running(stores) as address:
        done = subprocess.run(
            [
                *(SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml"),
                *("run", f"{address}/openapi.json", "--no-color"),
                *("--report", "junit", "--report-junit-path", report),
            ],
            cwd=HERE.parent,
            env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.schemathesis_hooks"},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    tried = {case.get("name") for case in ElementTree.parse(report).iter("testcase")}
    assert len(tried) >= len(operations(description))
