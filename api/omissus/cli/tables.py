"""Findings on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from omissus.coverage import Verdict
from omissus.exhibits import Covering
from omissus.findings import Cell, Findings
from omissus.jurisdiction import BASES, BaseFinding
from omissus.patterns import Reading
from omissus.reports import DISCLAIMER, SEX_LABELS, SYMBOLS, act, family
from omissus.verify import section_text
from omissus.vocabulary import om

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


def _verdict(verdict: Verdict, wording: Wording) -> Text:
    if wording is Wording.SYMBOL:
        return Text(SYMBOLS[verdict], style=STYLES[verdict])
    word = SHORT.get(verdict, verdict.value) if wording is Wording.SHORT else verdict.value
    return Text(f"{SYMBOLS[verdict]} {word}".replace(" ", "\u00a0"), style=STYLES[verdict])


def _by_sex(cells: Sequence[Cell], wording: Wording) -> Text:
    if len({cell.verdict for cell in cells}) == 1:
        return _verdict(cells[0].verdict, wording)
    told = Text()
    for number, cell in enumerate(cells):
        told.append("\n" if number else "")
        told.append({"girl": "girls ", "boy": "boys ", "transgender": "trans. "}[cell.sex])
        told.append_text(_verdict(cell.verdict, wording))
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
            _verdict(by_base[b.slug].verdict, Wording.SHORT) if b.slug in by_base else ""
            for b in BASES
        ]
        table.add_row(citation, *columns)
    _console().print(table)


def _why_offence(console: Console, row: Covering) -> None:
    reading = "" if row.strict else " [yellow](on the generous reading only)[/]"
    console.print(f"  [bold]{escape(row.citation)}[/] {escape(row.label)}{reading}")
    if row.anchor:
        console.print(f'    words: "{escape(row.anchor)}"')
    until = f" until {row.until}" if row.until else ""
    source = f", by {row.introduced_by}" if row.introduced_by else ""
    console.print(f"    in force from {row.since}{until}{source}")
    place = "in the Criminal Code" if row.criminal_code else "outside the Criminal Code"
    if row.naming:
        place = f"{row.naming}; {place}"
    console.print(f"    {place}; review: {row.review}; text: {row.text_class}")
    for label, value in (("penalty", row.penalty), ("procedure", row.procedure)):
        if value:
            console.print(f"    {label}: {escape(value)}")
    for label, values in (("through", row.through), ("condition", row.conditions)):
        for value in values:
            console.print(f"    {label}: {escape(value)}")
    for limit in row.limits:
        words = f'"{limit.anchor}"' if limit.anchor else ""
        if row.penalty:
            console.print(f"    limit on {limit.facet}: {escape(words)} ({limit.citation})")
        for reason in limit.reasons:
            console.print(f"      {escape(reason)}")
    for limit in row.widened:
        console.print(f'    widened on {limit.facet}: "{limit.anchor}" ({limit.citation})')
        for reason in limit.reasons:
            console.print(f"      {escape(reason)}")
    for decision in row.decisions:
        console.print(f"    decision: {escape(decision)}")


def print_why(findings: Findings, cells: Sequence[Cell], texts: Path | None) -> None:
    """Why each finding is as it is; sexes with the same finding are told once."""
    console = Console(soft_wrap=True)
    console.print(title(findings, [cell.territory for cell in cells]))
    for doubt in findings.doubts():
        console.print(f"[yellow]Date in doubt:[/] {escape(doubt)}")
    shown: set[str] = set()
    for (requirement, territory), group in groupby(
        cells, key=lambda cell: (cell.requirement, cell.territory)
    ):
        rows = list(group)
        console.print()
        console.print(
            f"[bold]{requirement.citation}[/] {escape(requirement.label)} "
            f"({requirement.modality}), {findings.corpus.label(territory)}"
        )
        if requirement.note:
            console.print(escape(requirement.note))
        for _, same in groupby(rows, key=lambda cell: (cell.verdict, cell.exhibit.left)):
            alike = list(same)
            _why_cell(console, alike)
        for row in rows[0].exhibit.covering:
            if texts and row.iri not in shown:
                shown.add(row.iri)
                _print_section(console, findings, row, texts)


def _why_cell(console: Console, alike: Sequence[Cell]) -> None:
    cell = alike[0]
    who = ", ".join(SEX_LABELS[c.sex] for c in alike)
    console.print(f"\n{who}: ", _verdict(cell.verdict, Wording.FULL), end="")
    if cell.findings.words_held(cell.territory):
        _what_law_found_amounts_to(console, cell)
    else:
        console.print("\n  No text of any law in force there is held: nothing is said of it.")
    for reported in cell.reported:
        console.print(f"  Reported, words not held: {escape(str(reported))} {reported.label}")
    console.print(f"  Search: {escape(cell.search)}")


def _what_law_found_amounts_to(console: Console, cell: Cell) -> None:
    console.print(f" (strict reading: {cell.strict.value}; generous: {cell.generous.value})")
    if cell.verdict is Verdict.NOT_ASSESSED:
        console.print(f"  Federal law alone: {cell.federal.value}.")
    exhibit = cell.exhibit
    for reading in Reading:
        if exhibit.left[reading]:
            console.print(f"  Left over on the {reading.value} reading:")
        for sentence in exhibit.left[reading]:
            console.print(f"    - {escape(sentence)}")
        if exhibit.hidden[reading]:
            console.print(f"    - and {exhibit.hidden[reading]} more")
    if cell.unpunished_at_home:
        console.print("  Not an offence even when done in the territory:")
        for sentence in cell.unpunished_at_home:
            console.print(f"    - {escape(sentence)}")
    if exhibit.covering:
        console.print(f"  Reached by ({exhibit.expression}; {exhibit.code}):")
    for row in exhibit.covering:
        _why_offence(console, row)


def _print_section(console: Console, findings: Findings, row: Covering, texts: Path) -> None:
    graph = findings.corpus.graph
    version = graph.iri(row.iri, om("enactedIn"))
    if version is None:
        return
    try:
        text = section_text(graph, version, texts)
    except LookupError as fault:
        text = f"(not shown: it {fault})"
    console.rule(row.citation)
    console.print(escape(text.strip()))
