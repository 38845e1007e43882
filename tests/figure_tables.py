"""Invented tables of figures: Testland's complete table, changed as a test needs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from omissus.statistics import check
from omissus.statistics_codes import read_structure
from omissus.statistics_table import TableError, read_tables

TABLES = Path(__file__).parent / "testland"
COMPLETE = TABLES / "figures-complete.csv"
LACKING = TABLES / "figures-lacking.csv"
KILNS = "sale-labour-brick-kilns"
THIS_YEAR = 2026
Row = dict[str, str]


def rows_of(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def complete() -> list[Row]:
    """The rows of the invented table that lacks nothing on its one offence."""
    return rows_of(COMPLETE.read_text(encoding="utf-8"))


def written(folder: Path, rows: list[Row], name: str = "table.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def lacking(folder: Path, rows: list[Row], *offences: str, **options: int) -> list[str]:
    """What a table of these rows lacks, a line each; measured on the brick kilns unless told."""
    path = written(folder, rows)
    found = check([path], None, offences or (KILNS,), this_year=THIS_YEAR, **options)
    return [str(lack) for lack in found.lacking]


def faults(*paths: Path) -> list[str]:
    """Every fault that reading the tables finds, as it is told."""
    with pytest.raises(TableError) as caught:
        read_tables(paths, read_structure(), THIS_YEAR)
    return [str(fault) for fault in caught.value.faults]
