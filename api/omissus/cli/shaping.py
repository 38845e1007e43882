"""omissus shapes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omissus.cli.choices import At, In, Json, day_of, territories

if TYPE_CHECKING:
    from omissus.gap_shapes import GapResult

STYLES = {"Violation": "red", "Warning": "yellow", "Info": "blue"}
WORDS = {"Violation": "shall", "Warning": "may, or by national law", "Info": "guidance"}


def shapes(
    context: typer.Context,
    in_: In = "pk",
    at: At = None,
    save: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, help="Write snapshot and shapes as Turtle for any SHACL engine."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask the SHACL gap shapes, the second witness, what the law of a day lacks."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from omissus.data import open_corpus
    from omissus.findings import Findings
    from omissus.gap_shapes import gap_results, portable
    from omissus.snapshot import snapshot

    findings = Findings(open_corpus(context.obj), day_of(at))
    place = territories(findings.corpus, in_)[0]
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("making the snapshot", total=None)
        quads = snapshot(findings, place)
        if save:
            save.write_bytes(portable(findings.corpus.graph.root, quads))
        progress.update(task, description="running the shapes")
        found = gap_results(findings, place, quads)
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1))
        return
    heading = f"{findings.corpus.label(place)}: law as at {findings.day}, read by the gap shapes."
    _print(heading, found)
    if save:
        typer.echo(f"Snapshot and shapes written to {save}.")


def _print(heading: str, found: list[GapResult]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Shape and demand", "Results", pad_edge=False, header_style="bold")
    for (name, severity), group in groupby(found, key=lambda row: (row.name, row.severity)):
        rows = list(group)
        table.add_section()
        shown = Text(f"{name} ({WORDS[severity]})", style=STYLES[severity])
        table.add_row(shown, Text(str(len(rows)), style="bold", justify="right"))
        counts = Counter((row.requirement, row.assessed) for row in rows)
        for (demand, assessed), number in counts.items():
            caveat = "" if assessed else " (not assessed: law not searched)"
            table.add_row(f"  {demand or 'penalties'}{caveat}", Text(str(number), justify="right"))
    console = Console()
    console.print(heading)
    console.print(table)
    totals = Counter(row.severity for row in found)
    told = ", ".join(f"{totals[severity]} {word}" for severity, word in WORDS.items())
    console.print(f"{len(found)} results: {told}. A result is one fact pattern or provision.")
