"""The structure of the figures that the Committee asks for: columns, codes, offences, steps."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from omissus.data import data_root
from omissus.graph import DataError, Graph, load
from omissus.vocabulary import BROADER, ID, IN_SCHEME, LABEL, NOTATION, PREF_LABEL, SKOS, SOURCE, om

QB = "http://purl.org/linked-data/cube#"
STRUCTURE = ID + "figures-structure"
TOTAL = "total"
NOT_STATED = "not-stated"
OFFENCE, YEAR, STEP, AGENCY = "offence", "year", "step", "agency"
YEARS_ASKED = 3


def normal(text: str) -> str:
    """A code or a heading as it is compared: ` Not stated` and `not_stated` are `not-stated`."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


@dataclass(frozen=True)
class Code:
    """One value of a code list: the word to write, what it says, whether it tells a group apart."""

    iri: str
    name: str
    label: str
    definition: str
    source: str
    group: bool


@dataclass(frozen=True)
class Dimension:
    """One respect in which figures are broken down; `open` where a State may add names."""

    iri: str
    column: str
    label: str
    scheme: str
    codes: dict[str, Code]
    open: bool

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes that tell groups of children apart: neither total nor not stated."""
        return tuple(name for name, code in self.codes.items() if code.group)


@dataclass(frozen=True)
class Structure:
    """What a table of figures may say, and what the Committee asks that it says.

    `asked` gives for each offence asked about the steps to count; `finer` the offences into
    which one divides; `one_sex` the one sex asked about, where there is one;
    `uncoded` the columns that take no codes.
    """

    offence: Dimension
    step: Dimension
    breakdowns: tuple[Dimension, ...]
    asked: dict[str, tuple[str, ...]]
    finer: dict[str, tuple[str, ...]]
    one_sex: dict[str, str]
    uncoded: tuple[Code, ...]

    @cached_property
    def wider(self) -> dict[str, str]:
        return {name: wide for wide, names in self.finer.items() for name in names}

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of a whole table, in order."""
        breakdowns = (dimension.column for dimension in self.breakdowns)
        return (OFFENCE, YEAR, *breakdowns, *self.step.codes, AGENCY)

    def steps(self, offence: str) -> tuple[str, ...]:
        """The steps that the Committee asks to be counted of an offence, or of its wider one."""
        return self.asked.get(offence) or self.asked[self.wider[offence]]

    def whole(self, offence: str) -> tuple[str, ...]:
        """The breakdown values of a row that counts all cases of an offence."""
        sex = self.one_sex.get(offence, TOTAL)
        return tuple(sex if d.column == "sex" else TOTAL for d in self.breakdowns)


def _code(graph: Graph, iri: str, label: str) -> Code:
    return Code(
        iri,
        graph.text(iri, NOTATION) or "",
        graph.text(iri, label) or iri,
        graph.text(iri, SKOS + "definition") or "",
        graph.text(iri, SOURCE) or "",
        graph.iri(iri, om("groupIn")) is not None,
    )


def _codes(graph: Graph, scheme: str) -> dict[str, Code]:
    codes = (_code(graph, iri, PREF_LABEL) for iri in graph.subjects(IN_SCHEME, scheme))
    return {code.name: code for code in codes}


def _dimension(graph: Graph, iri: str) -> Dimension:
    scheme = graph.iri(iri, QB + "codeList") or ""
    return Dimension(
        iri,
        graph.text(iri, NOTATION) or "",
        graph.text(iri, LABEL) or iri,
        scheme,
        _codes(graph, scheme),
        graph.flag(scheme, om("openToOthers")),
    )


def read_structure(root: Path | None = None) -> Structure:
    """The structure that ontology/statistics.ttl describes. Raises DataError where it does not."""
    root = root or data_root()
    graph = load(root, sorted((root / "ontology").glob("*.ttl")))
    specifications = graph.iris(STRUCTURE, QB + "component")
    iris = [i for s in specifications for i in graph.iris(s, QB + "dimension")]
    dimensions = {d.column: d for d in (_dimension(graph, iri) for iri in iris)}
    if OFFENCE not in dimensions or STEP not in dimensions:
        remedy = "Add ontology/statistics.ttl."
        raise DataError(str(root), "no structure of figures is declared", remedy)
    offence, step = dimensions[OFFENCE], dimensions[STEP]
    name = {code.iri: code.name for d in dimensions.values() for code in d.codes.values()}
    asked, finer, one_sex = {}, {}, {}
    for code in offence.codes.values():
        groups = graph.iris(code.iri, om("askedIn"))
        if groups:
            asked[code.name] = tuple(name[s] for s in graph.iris(groups[0], om("asksFor")))
        below = tuple(name[iri] for iri in graph.subjects(BROADER, code.iri))
        if below:
            finer[code.name] = below
        for sex in graph.iris(code.iri, om("askedOnlyOf")):
            one_sex[code.name] = name[sex]
    rest = tuple(d for d in dimensions.values() if d.column not in (OFFENCE, YEAR, STEP))
    uncoded = tuple(_code(graph, om(name), LABEL) for name in ("referenceYear", "agency"))
    return Structure(offence, step, rest, asked, finer, one_sex, uncoded)


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def template(
    structure: Structure,
    offences: Sequence[str],
    last_year: int,
    ethnic_origins: Sequence[str] = (),
) -> str:
    """An empty table in CSV: for each offence and year one row in total, then one for each group.

    Codes are filled in and figures left empty, so that only numbers remain to be written. Steps
    that the Committee does not ask about for any of the offences have no column.
    """
    steps = [s for s in structure.step.codes if any(s in structure.steps(o) for o in offences)]
    columns = [d.column for d in structure.breakdowns]
    rows = [[OFFENCE, YEAR, *columns, *steps, AGENCY]]
    blank = [""] * (len(steps) + 1)
    for offence in offences:
        whole = structure.whole(offence)
        for year in range(last_year - YEARS_ASKED + 1, last_year + 1):
            rows.append([offence, str(year), *whole, *blank])
            for index, dimension in enumerate(structure.breakdowns):
                if whole[index] != TOTAL:
                    continue
                names = [*dimension.groups, NOT_STATED]
                if dimension.column == "ethnic-origin":
                    names = [*ethnic_origins, *names]
                for name in names:
                    values = [*whole[:index], name, *whole[index + 1 :]]
                    rows.append([offence, str(year), *values, *blank])
    return _written(rows)


def code_table(structure: Structure, column: str | None = None) -> list[list[str]]:
    """Column, what to write, label, definition and source, for the clerk who fills a table in."""
    rows = [
        [dimension.column, code.name, code.label, code.definition, code.source]
        for dimension in (structure.offence, *structure.breakdowns)
        for code in dimension.codes.values()
    ]
    writings = dict.fromkeys(structure.step.codes, "a whole number, 0, or: not recorded")
    writings |= {YEAR: "four digits", AGENCY: "a name"}
    rows += [
        [code.name, writings[code.name], code.label, code.definition, code.source]
        for code in (*structure.step.codes.values(), *structure.uncoded)
    ]
    place = {name: number for number, name in enumerate(structure.columns)}
    rows.sort(key=lambda row: place[row[0]])
    return [row for row in rows if column in (None, row[0])]


def codes_as_csv(structure: Structure, column: str | None = None) -> str:
    """The codes as CSV, with a line of headings."""
    headings = ["column", "write", "label", "definition", "source"]
    return _written([headings, *code_table(structure, column)])
