"""`uv run pytest tests/bench` measures; the default test run leaves this folder out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter, sleep

import psutil
import pytest

from omissus.corpus import Corpus
from omissus.data import data_root
from omissus.findings import Findings
from omissus.pattern_book import PatternBook, read_pattern_book
from omissus.synth import StateLaw, write_world
from tests.bench.record import MIB, Record, peak_of

DAY = date(2026, 11, 24)
SEED = 1


@pytest.fixture(scope="session")
def record() -> Iterator[Record]:
    """Measurements, written when the run ends."""
    kept = Record()
    yield kept
    kept.write()


@pytest.fixture(scope="session")
def pakistan(corpus: Corpus) -> Findings:
    """The real corpus with every finding made."""
    findings = Findings(corpus, DAY)
    list(findings.cells())
    return findings


@pytest.fixture(scope="session")
def book(corpus: Corpus) -> PatternBook:
    return read_pattern_book(corpus)


@pytest.fixture
def worlds(book: PatternBook, tmp_path: Path):
    """Writes a world of so many States."""

    def write(states: int) -> Path:
        folder = tmp_path / f"world-{states}"
        list(write_world(book, data_root(), folder, states, SEED))
        return folder

    return write


@pytest.fixture
def state_of(book: PatternBook, tmp_path: Path):
    """Writes one State with so many offences."""

    def write(offences: int) -> Path:
        folder = tmp_path / f"offences-{offences}"
        shutil.copytree(data_root() / "ontology", folder / "ontology")
        for path, text in StateLaw(book, 1, SEED, offences).files():
            target = folder / "statutes" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def run():
    """Runs omissus as a user does: seconds and peak memory in MiB of all its processes."""

    def watched(*arguments: str) -> tuple[float, float]:
        command = [sys.executable, "-c", "from omissus.cli.main import run; run()", *arguments]
        begun, peak = perf_counter(), 0
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as started:
            process = psutil.Process(started.pid)
            while started.poll() is None:
                peak = peak_of(process, peak)
                sleep(0.02)
            taken = perf_counter() - begun
            assert started.stderr is not None
            assert started.returncode == 0, started.stderr.read().decode()
        return taken, peak / MIB

    return watched
