"""omissus shapes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omissus.cli.choices import At, In, Json, day_of, territories

if TYPE_CHECKING:
    from omissus.gap_shapes import GapResult

STYLES = {"Violation": "red", "Warning": "yellow", "Info": "blue"}
WORDS = {"Violation": "shall", "Warning": "may, or by national law", "Info": "guidance"}


class About(StrEnum):
    """What the shapes are asked about."""

    GAPS = "gaps"
    CONFLICTS = "conflicts"
    REGRESSIONS = "regressions"
    ORPHANS = "orphans"


def shapes(
    context: typer.Context,
    in_: In = "pk",
    at: At = None,
    about: Annotated[
        About, typer.Option(help="What to ask about; regressions are between --since and --at.")
    ] = About.GAPS,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The earlier day, for regressions."),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, help="Write snapshot and shapes as Turtle for any SHACL engine."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Ask the SHACL shapes, the second witness, what the law of a day lacks."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from omissus.data import open_corpus
    from omissus.findings import Findings
    from omissus.gap_shapes import answers, portable
    from omissus.shape_families import FAMILIES
    from omissus.shapes import read_shapes

    earlier_day = _earlier(about, since, day_of(at))
    corpus = open_corpus(context.obj, in_)
    findings, family = Findings(corpus, day_of(at)), FAMILIES[about]
    earlier = Findings(corpus, earlier_day) if earlier_day else None
    place = territories(corpus, in_)[0]
    read_shapes(corpus.graph.root / family.folder)  # refused, if at all, before the long work
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("making the snapshot", total=None)
        quads = family.graph(findings, place, earlier)
        if save:
            save.write_bytes(portable(corpus.graph.root, quads, family.folder))
        progress.update(task, description="running the shapes")
        found = answers(findings, place, family.folder, quads)
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1))
        return
    beside = f" beside that of {earlier_day}" if earlier_day else ""
    heading = f"{corpus.label(place)}: law as at {findings.day}{beside}, "
    _print(heading + f"read by the shapes about {about}.", found)
    if save:
        typer.echo(f"Snapshot and shapes written to {save}.")


def _earlier(about: About, since: datetime | None, day: date) -> date | None:
    if about is not About.REGRESSIONS:
        if since:
            remedy = "Leave it out, or ask --about regressions."
            raise typer.BadParameter(
                f"only regressions have an earlier day. {remedy}", param_hint="--since"
            )
        return None
    if since is None or since.date() >= day:
        what = f"regressions need a day before {day}, such as 2018-01-01"
        raise typer.BadParameter(what, param_hint="--since")
    return since.date()


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
            table.add_row(
                f"  {demand or 'asked of no one demand'}{caveat}",
                Text(str(number), justify="right"),
            )
        causes = Counter(cause for row in rows for cause in row.causes)
        for cause, number in causes.most_common():
            table.add_row(f"  lost with {cause}", Text(str(number), justify="right"))
    console = Console()
    console.print(heading)
    console.print(table)
    totals = Counter(row.severity for row in found)
    told = ", ".join(f"{totals[severity]} {word}" for severity, word in WORDS.items())
    console.print(
        f"{len(found)} results: {told}. Each is about one fact pattern, provision or pair."
    )
