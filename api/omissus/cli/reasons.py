"""The reasons of findings as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from omissus.cli.tables import Wording, title, verdict_text
from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.exhibits import Covering
from omissus.findings import Cell, Findings
from omissus.reports import SEX_LABELS
from omissus.verify import section_text
from omissus.vocabulary import om


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
    console.print(f"\n{who}: ", verdict_text(cell.verdict, Wording.FULL), end="")
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
