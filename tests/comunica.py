"""Comunica, a SPARQL client of npm, installed by the tests' own means and kept between runs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

VERSION = "4.5.0"
"""The last version for Node.js 20."""
MANIFEST = {
    "private": True,
    "dependencies": {"@comunica/query-sparql": VERSION},
    # without it npm mixes two versions, and language tags are lost whatever the endpoint
    "overrides": {"rdf-data-factory": "2.1.0"},
}
INSTALL_SECONDS = 600
ANSWER_SECONDS = 120


def installed(folder: Path) -> Path:
    """The program below `folder`, installed if it is not there; the test is skipped if it can't."""
    program = folder / "node_modules" / ".bin" / "comunica-sparql"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("NO COMUNICA: install node and npm")
    (folder / "package.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund"]
    done = subprocess.run(
        [*command, "--ignore-scripts"],
        capture_output=True,
        text=True,
        timeout=INSTALL_SECONDS,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        pytest.skip(f"NO COMUNICA: npm could not install it: {done.stderr[-300:]}")
    return program


def asked(program: Path, query: str, media_type: str, *sources: str) -> str:
    """What Comunica answers from these sources, in a media type."""
    command = [str(program), *sources, "--query", query, "--outputType", media_type]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(program: Path, query: str, *sources: str) -> Any:
    """The rows that Comunica finds, as the JSON of SPARQL results."""
    return json.loads(asked(program, query, "application/sparql-results+json", *sources))
