"""omissus check and omissus verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXIT_DATA = 3


def check(context: typer.Context) -> None:
    """Check the data: Turtle, names and days, the shapes themselves, integrity, and consistency."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from omissus import consistency, shape_terms, shapes
    from omissus.corpus_reading import read_corpus
    from omissus.data import data_root
    from omissus.graph import load

    console = Console()
    root = context.obj or data_root()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading Turtle", total=None)
        graph = load(root)
        corpus = read_corpus(graph)
        progress.update(task, description="the shapes")
        broken = [str(fault) for fault in shape_terms.faults_below(root, graph.statements)]
        if not broken:
            progress.update(task, description="integrity shapes")
            broken = shapes.broken_integrity(graph, root)
            progress.update(task, description="consistency (HermiT)")
            broken += consistency.inconsistencies(graph)
    for fault in broken:
        console.print(f"error: {fault}", style="red", soft_wrap=True, markup=False)
    if broken:
        raise typer.Exit(EXIT_DATA)
    console.print(
        f"{len(graph.files)} files, {len(corpus.offences)} offences, {len(corpus.rules)} rules, "
        f"{len(corpus.requirements)} requirements: sound and consistent."
    )


def verify(
    context: typer.Context,
    texts: Annotated[
        Path,
        typer.Option(exists=True, file_okay=False, help="Folder of statute texts (Markdown)."),
    ],
) -> None:
    """Look up every anchor in its section of the texts, and report each one that is not there."""
    from rich.console import Console
    from rich.progress import track

    from omissus.data import data_root
    from omissus.graph import load
    from omissus.verify import anchored, miss

    console = Console()
    graph = load(context.obj or data_root())
    anchors = list(anchored(graph))
    missed = [
        fault
        for row in track(anchors, "verifying", console=console, transient=True)
        if (fault := miss(graph, texts, *row))
    ]
    for fault in missed:
        console.print(f"error: {fault}", style="red", soft_wrap=True, markup=False)
    console.print(f"{len(anchors)} anchors, {len(missed)} not found.")
    if missed:
        raise typer.Exit(EXIT_DATA)
