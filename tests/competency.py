"""Competency questions: `uv run python -m tests.competency` writes the answers anew.

A question is asked of ontology, statutes and the findings of one day, unless it names another graph
that `omissus shapes --save` or `omissus statistics check --save` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph

from omissus.data import data_root, open_corpus
from omissus.findings import Findings
from omissus.shape_families import FAMILIES
from omissus.statistics import figure_graph
from omissus.statistics_codes import read_structure
from omissus.statistics_cube import figures_asked
from omissus.statistics_table import read_tables
from omissus.store import in_memory
from omissus.validation import report_quads
from omissus.vocabulary import ID

FOLDER = Path(__file__).parent / "questions"
QUESTIONS = sorted(FOLDER.glob("*.rq"))
HEADER = re.compile(
    r"^# As at (?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:, of the (?P<graph>\w+) in (?P<where>\S+?)(?: since (?P<since>\d{4}-\d{2}-\d{2}))?)?\.$",
    re.MULTILINE,
)
ASKED_IN = re.compile(r"^# Asked in: (?P<citations>.+)\.$", re.MULTILINE)


def asked_in(question: Path) -> frozenset[str]:
    """Citations of the treaty and of the list of issues to which a question belongs, if to any."""
    told = ASKED_IN.search(question.read_text(encoding="utf-8"))
    return frozenset(told["citations"].split("; ")) if told else frozenset()


@cache
def store(day: date, graph: str | None, where: str | None, since: date | None) -> pyoxigraph.Store:
    """What a question is asked of."""
    if graph is None or where is None:
        return in_memory(Findings(open_corpus(), day))
    found = pyoxigraph.Store()
    if graph == "figures":
        found.load(_figures(where, day), format=pyoxigraph.RdfFormat.TURTLE)
    else:
        found.extend(_snapshot(day, graph, f"{ID}territory/{where}", since))
    return found


def _figures(name: str, day: date) -> bytes:
    """A table with its structure and the figures asked for, as the shapes see them."""
    structure = read_structure()
    submission = read_tables([FOLDER.parent / name], structure, day.year)
    asked, _ = figures_asked(submission, structure, structure.asked, submission.years[-1])
    return figure_graph(submission, structure, asked, data_root()).serialize(encoding="utf-8")


def _snapshot(
    day: date, graph: str, territory: str, since: date | None
) -> Iterator[pyoxigraph.Quad]:
    findings = Findings(open_corpus(), day)
    if graph == "reports":
        return report_quads(findings, territory)
    earlier = Findings(open_corpus(), since) if since else None
    return iter(FAMILIES[graph].graph(findings, territory, earlier))


def answer(question: Path) -> str:
    """The answer to a question as CSV, on the day that the question names."""
    text = question.read_text(encoding="utf-8")
    told = HEADER.search(text)
    assert told, f"{question.name}: say for which day, as in `# As at 2026-11-24.`"
    since = date.fromisoformat(told["since"]) if told["since"] else None
    asked = store(date.fromisoformat(told["day"]), told["graph"], told["where"], since)
    results = asked.query(text, use_default_graph_as_union=True)
    assert isinstance(results, pyoxigraph.QuerySolutions)
    written = results.serialize(format=pyoxigraph.QueryResultsFormat.CSV)
    assert written is not None
    return written.decode("utf-8").replace("\r\n", "\n")


if __name__ == "__main__":
    for path in QUESTIONS:
        path.with_suffix(".csv").write_text(answer(path), encoding="utf-8")
