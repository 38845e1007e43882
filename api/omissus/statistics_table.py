"""Reading the tables of figures that a State submits: all of them, or every fault in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from omissus.graph import DataError
from omissus.statistics_cells import CellError, near, read_code, read_number, read_year
from omissus.statistics_codes import AGENCY, OFFENCE, TOTAL, YEAR, Structure, normal

AS_CSV = 'Save the table as "CSV UTF-8 (comma delimited)".'


@dataclass(frozen=True)
class Figure:
    """One figure of a table; `number` is None where the State says that it is not recorded."""

    offence: str
    year: int
    breakdown: tuple[str, ...]
    step: str
    number: int | None
    agency: str | None
    file: str
    line: int

    @property
    def key(self) -> tuple[str, ...]:
        """What the figure is of: offence, year, breakdown and step."""
        return (self.offence, str(self.year), *map(normal, self.breakdown), self.step)

    @property
    def line_of_file(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Submission:
    """All figures of the submitted tables, and the breakdowns for which they have a column."""

    figures: tuple[Figure, ...]
    columns: frozenset[str]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({figure.year for figure in self.figures}))


@dataclass(eq=False)
class TableError(Exception):
    """Tables that cannot be read, with every fault found in them."""

    faults: tuple[DataError, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


@dataclass
class _Reader:
    structure: Structure
    this_year: int
    faults: list[DataError] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    file: str = ""
    line: int = 1

    def fault(self, column: str | None, what: str, remedy: str) -> None:
        where = f"{self.file}:{self.line}" + (f", column {column}" if column else "")
        self.faults.append(DataError(where, what, remedy))

    def cell[T](self, column: str, reader: Callable[[], T]) -> T | None:
        try:
            return reader()
        except CellError as wrong:
            self.fault(column, wrong.what, wrong.remedy)
            return None
