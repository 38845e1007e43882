"""Reading the tables of figures that a State submits: all of them, or every fault in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from omissus.graph import DataError
from omissus.statistics_cells import CellError, near, read_code, read_number, read_year
from omissus.statistics_codes import AGENCY, OFFENCE, TOTAL, YEAR, Structure, normal
from omissus.statistics_contradictions import columns_of, repeated, too_large

Read = TypeVar("Read")
AS_CSV = 'Save the table as "CSV UTF-8".'
DELIMITERS = ",;\t"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of spreadsheets begin, in their newer and their older form."""


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
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    file: str = ""
    line: int = 1

    def fault(self, column: str | None, what: str, remedy: str) -> None:
        where = f"{self.file}:{self.line}"
        if column:
            where = columns_of(where, column.split(", "))
        self.faults.append(DataError(where, what, remedy))

    def cell(self, column: str, read: Callable[[], Read]) -> Read | None:
        """What a cell says, or None and a fault."""
        try:
            return read()
        except CellError as wrong:
            self.fault(column, wrong.what, wrong.remedy)
            return None

    def read(self, path: Path) -> None:
        self.file, self.line = str(path), 1
        content = path.read_bytes()
        if content.startswith(WORKBOOKS):
            self.fault(None, "a spreadsheet's own file and no CSV text", AS_CSV)
            return
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as broken:
            self.line += broken.object[: broken.start].count(b"\n")
            self.fault(None, "not UTF-8 text", AS_CSV)
            return
        divided = io.StringIO(text, newline="")
        rows = csv.reader(divided, delimiter=_delimiter(text), strict=True)
        headings: list[str] | None = None
        count = 0
        try:
            for cells in rows:
                self.line = rows.line_num
                if not any(cell.strip() for cell in cells):
                    continue
                if headings is None:
                    headings = self.headings(cells)
                    continue
                count += 1
                self.row(headings, cells)
        except csv.Error as broken:
            self.line = rows.line_num
            self.fault(None, f"broken CSV ({broken})", "Close each quotation mark on its line.")
            return
        if headings is None:
            self.fault(None, "an empty file", "Begin with the headings of the template.")
        elif headings and not count:
            self.fault(None, "no figures below the headings", "Add a row for each year and group.")

    def headings(self, cells: list[str]) -> list[str]:
        """The columns that the headings name; none where a heading is at fault."""
        known, steps = self.structure.columns, self.structure.step.codes
        found: list[str] = []
        before = len(self.faults)
        for cell in cells:
            name = normal(cell)
            if name in found:
                self.fault(name, "the heading stands twice", "Keep one of the two columns.")
            elif name not in known:
                remedy = near(name, known, f"Write one of {', '.join(known)}.")
                self.fault(cell.strip() or None, "an unknown heading", remedy)
            found.append(name)
        for name in (OFFENCE, YEAR):
            if name not in found:
                self.fault(name, "the column is missing", f"Add the column {name}.")
        if not any(name in steps for name in found):
            self.fault(None, "no column of figures", f"Add one or more of {', '.join(steps)}.")
        if len(self.faults) > before:
            return []
        breakdowns = [dimension.column for dimension in self.structure.breakdowns]
        self.columns |= {column for column in breakdowns if column in found}
        self.missing[self.file] = tuple(column for column in breakdowns if column not in found)
        return found

    def row(self, headings: list[str], written: list[str]) -> None:
        """The figures of one row. A breakdown without a column is a total."""
        if not headings:
            return
        if len(written) != len(headings):
            what = f"{len(written)} cells below {len(headings)} headings"
            self.fault(None, what, "Give each column one cell; put a cell with a comma in quotes.")
            return
        cells = {name: text for name, text in zip(headings, written, strict=True) if name}
        offence = year = None
        if OFFENCE in cells:
            offence = self.cell(OFFENCE, partial(read_code, self.structure.offence, cells[OFFENCE]))
        if YEAR in cells:
            year = self.cell(YEAR, partial(read_year, cells[YEAR], self.this_year))
        breakdown = self.breakdown(offence, cells)
        numbers = self.numbers(offence, cells)
        if offence is None or year is None or breakdown is None:
            return
        agency = cells.get(AGENCY, "").strip() or None
        for step, number in numbers.items():
            self.figures.append(
                Figure(offence, year, breakdown, step, number, agency, self.file, self.line)
            )

    def breakdown(self, offence: str | None, cells: dict[str, str]) -> tuple[str, ...] | None:
        names: list[str | None] = []
        wholes = self.structure.whole(offence or "")
        for dimension, whole in zip(self.structure.breakdowns, wholes, strict=True):
            column = dimension.column
            if column not in cells:
                names.append(whole)
                continue
            read = partial(read_code, dimension, cells[column])
            name = self.cell(column, read)
            if name is not None and whole not in (TOTAL, name):
                what = f"{name!r} for an offence asked about {whole} alone"
                self.fault(column, what, f"Write {whole}.")
            names.append(name)
        given = tuple(name for name in names if name is not None)
        return given if len(given) == len(names) else None

    def numbers(self, offence: str | None, cells: dict[str, str]) -> dict[str, int | None]:
        """The figure of each step. An empty cell is one only where the step is not asked about."""
        asked = self.structure.steps(offence) if offence else ()
        found: dict[str, int | None] = {}
        empty: list[str] = []
        for step in (name for name in cells if name in self.structure.step.codes):
            if not cells[step].strip():
                empty += [step] if step in asked else []
                continue
            before = len(self.faults)
            number = self.cell(step, partial(read_number, cells[step]))
            if len(self.faults) == before:
                found[step] = number
        if empty:
            remedy = "Write a whole number, 0 where there was none, or: not recorded."
            self.fault(", ".join(empty), "an empty cell", remedy)
        return found


def _delimiter(text: str) -> str:
    """What divides the cells: in many countries spreadsheets write a semicolon for a comma."""
    headings = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=headings.count)


def read_tables(paths: Sequence[Path], structure: Structure, this_year: int) -> Submission:
    """The figures of some CSV tables, taken together.

    Raises TableError with every fault, file by file and line by line; nothing is half-loaded.
    """
    reader = _Reader(structure, this_year)
    for path in paths:
        reader.read(path)
    faults = (
        *reader.faults,
        *repeated(reader.figures, reader.missing),
        *too_large(reader.figures, structure),
    )
    if not faults and not reader.figures:
        what, remedy = "no figures", "Write a whole number, 0, or: not recorded in each row."
        faults = (DataError(", ".join(map(str, paths)), what, remedy),)
    if faults:
        raise TableError(faults)
    return Submission(tuple(reader.figures), frozenset(reader.columns))
