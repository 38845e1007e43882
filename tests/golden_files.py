"""Golden files of the findings: `uv run python -m tests.golden_files` writes them anew."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import groupby
from pathlib import Path

from omissus.corpus import Corpus
from omissus.data import open_corpus
from omissus.elements import Reading
from omissus.findings import Cell, Findings

FOLDER = Path(__file__).parent / "golden"
DAYS = (date(2018, 1, 1), date(2023, 9, 29), date(2026, 11, 24))
HEADER = (
    "requirement",
    "territory",
    "victim",
    "verdict",
    "strict",
    "generous",
    "expression",
    "criminal code",
    "reached by",
    "left over on the strict reading",
    "left over on the generous reading",
)
REASONS = HEADER.index("reached by")


def _row(findings: Findings, alike: list[Cell]) -> list[str]:
    cell = alike[0]
    exhibit = cell.exhibit
    reached = [
        f"{row.citation} ({row.label}){'' if row.strict else ' generously'}"
        for row in exhibit.covering
    ]
    return [
        cell.requirement.slug,
        findings.corpus.slug(cell.territory),
        " ".join(other.sex for other in alike),
        cell.verdict.value,
        cell.strict.value,
        cell.generous.value,
        exhibit.expression,
        exhibit.code,
        "; ".join(reached),
        " ".join(exhibit.left[Reading.STRICT]),
        " ".join(exhibit.left[Reading.GENEROUS]),
    ]


def golden(corpus: Corpus, day: date) -> str:
    """The findings of one day as CSV, sexes with the same finding on one line.

    Reasons that are those of the federal column, which comes first, are told as `as pk`.
    """
    findings = Findings(corpus, day)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    federal: dict[tuple[str, str], list[str]] = {}
    for _, group in groupby(
        findings.cells(), key=lambda cell: (cell.requirement.sequence, cell.territory)
    ):
        cells = list(group)
        seen: dict[tuple[object, ...], list[Cell]] = {}
        for cell in cells:
            seen.setdefault((cell.verdict, cell.exhibit.covering, *_told(cell)), []).append(cell)
        for alike in seen.values():
            row = _row(findings, alike)
            reasons = row[REASONS:]
            if federal.setdefault((row[0], row[2]), reasons) is not reasons:
                row[REASONS:] = ["as pk"] if federal[row[0], row[2]] == reasons else reasons
            writer.writerow(row)
    return out.getvalue()


def _told(cell: Cell) -> tuple[object, ...]:
    """Left-over patterns with the word for the sex taken out, so that like is told with like."""
    words = {"girl": "a girl", "boy": "a boy", "transgender": "a transgender or intersex child"}
    return tuple(
        sentence.replace(words[cell.sex], "a child")
        for reading in Reading
        for sentence in cell.exhibit.left[reading]
    )


def path_of(day: date) -> Path:
    """The golden file of a day."""
    return FOLDER / f"{day}.csv"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    the_corpus = open_corpus()
    for the_day in DAYS:
        path_of(the_day).write_text(golden(the_corpus, the_day), encoding="utf-8")
