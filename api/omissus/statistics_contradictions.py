"""Figures of a submission that cannot stand together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from omissus.graph import DataError

if TYPE_CHECKING:
    from omissus.statistics_codes import Structure
    from omissus.statistics_table import Figure


def repeated(
    figures: Sequence[Figure], missing: Mapping[str, tuple[str, ...]]
) -> Iterator[DataError]:
    """Rows of which some figures were given before, all at once in a table that lacks a column.

    `missing` are the breakdowns for which each file has no column.
    """
    first: dict[tuple[str, ...], Figure] = {}
    rows: dict[str, tuple[Figure, list[str]]] = {}
    for figure in figures:
        earlier = first.setdefault(figure.key, figure)
        if earlier is not figure:
            rows.setdefault(figure.line_of_file, (earlier, []))[1].append(figure.step)
    lacking: dict[str, list[str]] = {}
    for where, (earlier, steps) in rows.items():
        file = where.rpartition(":")[0]
        if missing[file]:
            lacking.setdefault(file, []).append(where)
        else:
            what = f"the same figures as on {earlier.line_of_file}"
            yield DataError(columns_of(where, steps), what, "Keep one of the two.")
    for file, places in lacking.items():
        earlier, steps = rows[places[0]]
        what = f"the same figures as on {earlier.line_of_file}"
        more = len(places) - 1
        what += f", and so on {more} more row{'s' if more > 1 else ''}" if more else ""
        columns = ", ".join(missing[file])
        remedy = f"Keep one row of each group, or add a column by which they differ: {columns}."
        yield DataError(columns_of(places[0], steps), what, remedy)


def columns_of(where: str, columns: Sequence[str]) -> str:
    """A place and the columns meant there."""
    return f"{where}, column{'s' if len(columns) > 1 else ''} {', '.join(columns)}"


def too_large(figures: Sequence[Figure], structure: Structure) -> Iterator[DataError]:
    """Parts that are larger than their whole."""
    first: dict[tuple[str, ...], Figure] = {}
    for figure in figures:
        first.setdefault(figure.key, figure)
    for figure in first.values():
        where = f"{figure.line_of_file}, column {figure.step}"
        key = (figure.offence, str(figure.year), *structure.whole(figure.offence), figure.step)
        whole = first.get(key)
        if whole and whole.number is not None and (figure.number or 0) > whole.number:
            what = f"{figure.number}, and only {whole.number} in all on {whole.line_of_file}"
            yield DataError(where, what, "Correct the part or the whole.")
