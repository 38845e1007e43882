"""Competency questions: `uv run python -m tests.competency` writes the answers anew."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph

from omissus.data import open_corpus
from omissus.findings import Findings
from omissus.store import in_memory

FOLDER = Path(__file__).parent / "questions"
QUESTIONS = sorted(FOLDER.glob("*.rq"))
_AS_AT = re.compile(r"^# As at (\d{4}-\d{2}-\d{2})\.$", re.MULTILINE)


@cache
def store(day: date) -> pyoxigraph.Store:
    """Ontology, statutes and the findings of one day."""
    return in_memory(Findings(open_corpus(), day))


def answer(question: Path) -> str:
    """The answer to a question as CSV, on the day that the question names."""
    text = question.read_text(encoding="utf-8")
    named = _AS_AT.search(text)
    assert named, f"{question.name}: say for which day, as in `# As at 2026-11-24.`"
    day = date.fromisoformat(named[1])
    results = store(day).query(text, use_default_graph_as_union=True)
    assert isinstance(results, pyoxigraph.QuerySolutions)
    written = results.serialize(format=pyoxigraph.QueryResultsFormat.CSV)
    assert written is not None
    return written.decode("utf-8").replace("\r\n", "\n")


if __name__ == "__main__":
    for path in QUESTIONS:
        path.with_suffix(".csv").write_text(answer(path), encoding="utf-8")
