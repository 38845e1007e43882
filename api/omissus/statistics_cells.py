"""One cell of a table of figures: the code, year or number that it says, or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from omissus.statistics_codes import Dimension, normal

NOT_RECORDED = "not-recorded"
FIRST_YEAR = 2000
SHOWN_CODES = 9
CLOSE = 0.8
NUMBER = re.compile(r"[0-9]{1,9}")
YEAR_FORM = re.compile(r"[0-9]{4}")
FREE_NAME = re.compile(r"[^\W\d_][\w .,'’()/&-]{0,79}")


@dataclass(eq=False)
class CellError(Exception):
    """What is wrong with a cell, and how to mend it."""

    what: str
    remedy: str


def near(name: str, known: Sequence[str], otherwise: str) -> str:
    """A remedy: the known name most like the one given, else `otherwise`."""
    close = get_close_matches(name, known, n=1)
    return f"Did you mean {close[0]}?" if close else otherwise


def read_code(dimension: Dimension, text: str) -> str:
    """The code that a cell writes, or a name of the State's own where those are allowed."""
    name, names = normal(text), tuple(dimension.codes)
    if name in dimension.codes:
        return name
    for code in dimension.codes.values():
        if normal(code.label) == name:
            return code.name
    remedy = f"Write {', '.join(names)}."
    if dimension.open:
        remedy = f"Write {', '.join(names)} or another name."
    elif len(names) > SHOWN_CODES:
        remedy = f"`omissus statistics codes {dimension.column}` lists the codes."
    if not name:
        raise CellError("an empty cell", remedy)
    if not dimension.open or get_close_matches(name, names, n=1, cutoff=CLOSE):
        raise CellError(f"no code {text.strip()!r}", near(name, names, remedy))
    if not FREE_NAME.fullmatch(text.strip()):
        raise CellError(f"no name {text.strip()!r}", "Write a name that begins with a letter.")
    return " ".join(text.split())


def read_year(text: str, this_year: int) -> int:
    """A year from `FIRST_YEAR` to this one."""
    year = text.strip()
    if YEAR_FORM.fullmatch(year) and FIRST_YEAR <= int(year) <= this_year:
        return int(year)
    remedy = f"Write a year in four digits, {FIRST_YEAR} to {this_year}."
    raise CellError(f"no year {year!r}" if year else "an empty cell", remedy)


def read_number(text: str) -> int | None:
    """A whole number, none below zero, or None where the State says that it is not recorded."""
    number = text.strip()
    if NUMBER.fullmatch(number):
        return int(number)
    if normal(number) == NOT_RECORDED:
        return None
    plain = re.sub(r"[\s,'’]", "", number)
    if NUMBER.fullmatch(plain):
        remedy = f"Write {int(plain)}, without spaces and commas."
    else:
        remedy = "Write digits alone, 0 where there was none, or: not recorded."
    raise CellError(f"no whole number {number!r}", remedy)
