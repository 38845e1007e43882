"""Findings on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from omissus.coverage import Verdict
from omissus.findings import Cell, Findings
from omissus.jurisdiction import BASES, BaseFinding
from omissus.reports import DISCLAIMER, SYMBOLS, act, family

STYLES = {
    Verdict.COVERED: "green",
    Verdict.CONTESTED: "yellow",
    Verdict.PARTLY: "dark_orange",
    Verdict.NOT_COVERED: "red",
    Verdict.NOT_ASSESSED: "dim",
    Verdict.OPTION_NOT_USED: "blue",
}
SHORT = {
    Verdict.PARTLY: "partly",
    Verdict.NOT_COVERED: "not cov.",
    Verdict.NOT_ASSESSED: "not ass.",
    Verdict.OPTION_NOT_USED: "not used",
}
HEADINGS = {
    "pk": "Federal",
    "pk-is": "ICT",
    "pk-pb": "Punjab",
    "pk-sd": "Sindh",
    "pk-kp": "KP",
    "pk-ba": "Baloch.",
    "pk-gb": "GB",
    "pk-jk": "AJK",
}


WIDE = 136
"""Columns of a terminal in which eight territories fit with their words; else symbols alone."""


class Wording(Enum):
    """How much of a verdict's word a cell has room for."""

    FULL = auto()
    SHORT = auto()
    SYMBOL = auto()


def _console() -> Console:
    """A console as wide as the terminal; where there is none, wide enough for the matrix."""
    return Console() if sys.stdout.isatty() or "COLUMNS" in os.environ else Console(width=WIDE)


def verdict_text(verdict: Verdict, wording: Wording) -> Text:
    """A verdict as its symbol and as much of its word as there is room for."""
    if wording is Wording.SYMBOL:
        return Text(SYMBOLS[verdict], style=STYLES[verdict])
    word = SHORT.get(verdict, verdict.value) if wording is Wording.SHORT else verdict.value
    return Text(f"{SYMBOLS[verdict]} {word}".replace(" ", "\u00a0"), style=STYLES[verdict])


def _by_sex(cells: Sequence[Cell], wording: Wording) -> Text:
    if len({cell.verdict for cell in cells}) == 1:
        return verdict_text(cells[0].verdict, wording)
    told = Text()
    for number, cell in enumerate(cells):
        told.append("\n" if number else "")
        told.append({"girl": "girls ", "boy": "boys ", "transgender": "trans. "}[cell.sex])
        told.append_text(verdict_text(cell.verdict, wording))
    return told


def title(findings: Findings, places: Iterable[str]) -> str:
    """Whose law of which day is told, from which release of the data, with what caveat."""
    corpus = findings.corpus
    asked = {corpus.state_of[place] for place in places}
    names = " and ".join(state.name for state in corpus.states if state.iri in asked)
    return (
        f"{names}: law as at {findings.day} (data release {findings.corpus.graph.release}). "
        f"{DISCLAIMER}"
    )


def print_matrix(findings: Findings, cells: Sequence[Cell], places: Sequence[str]) -> None:
    """The matrix of demands by territory, sexes apart where they differ, then a count of words."""
    console = _console()
    console.print(title(findings, places))
    for doubt in findings.doubts():
        console.print(f"[yellow]Date in doubt:[/] {escape(doubt)}")
    wording = Wording.FULL
    if len(places) > 2:
        wording = Wording.SHORT if console.width >= WIDE else Wording.SYMBOL
    table = Table(show_lines=False, header_style="bold", pad_edge=False)
    table.add_column("Demand", overflow="fold", min_width=22)
    for place in places:
        slug = findings.corpus.slug(place)
        if wording is Wording.SYMBOL:
            table.add_column(slug.rpartition("-")[2], min_width=3)
        else:
            heading = HEADINGS.get(slug, findings.corpus.label(place))
            table.add_column(heading, min_width=11)
    for heading, of_family in groupby(cells, key=lambda cell: family(cell.requirement)):
        table.add_section()
        table.add_row(Text(heading, style="bold"))
        for requirement, group in groupby(of_family, key=lambda cell: cell.requirement):
            row = list(group)
            by_place = [[c for c in row if c.territory == place] for place in places]
            columns = [_by_sex(found, wording) for found in by_place]
            table.add_row(f"  {act(requirement)}", *columns)
    console.print(table)
    if wording is not Wording.FULL:
        console.print("  ".join(f"{SYMBOLS[v]} {v.value}" for v in Verdict))
    without = [findings.corpus.label(p) for p in places if not findings.words_held(p)]
    if without:
        console.print(f"No text held of any law in force: {', '.join(without)}.")
    counts = [
        f"{sum(cell.verdict is verdict for cell in cells)} {verdict.value}" for verdict in Verdict
    ]
    console.print(f"{len(cells)} findings: {', '.join(counts)}.")
    console.print("Why: omissus explain REQUIREMENT, by short name or citation.")


def print_bases(bases: Sequence[BaseFinding]) -> None:
    """Bases of jurisdiction, Act by Act."""
    if not bases:
        return
    table = Table(title="Bases of jurisdiction beyond the territory, Act by Act", pad_edge=False)
    table.add_column("Act")
    for base in BASES:
        table.add_column(f"{base.short}\n{base.citation.removeprefix('OPSC ')}\n{base.modality}")
    for citation, group in groupby(bases, key=lambda row: row.citation):
        by_base = {row.base.slug: row for row in group}
        columns = [
            verdict_text(by_base[b.slug].verdict, Wording.SHORT) if b.slug in by_base else ""
            for b in BASES
        ]
        table.add_row(citation, *columns)
    _console().print(table)
