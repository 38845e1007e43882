"""omissus publish."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omissus.cli.choices import At, day_of

EXIT_STORE = 3


def publish(
    context: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS|FOLDER",
            help="Graph Store Protocol service of a store, or a folder for N-Quads files.",
        ),
    ],
    at: At = None,
    reports: Annotated[
        bool,
        typer.Option("--reports", help="With what the gap shapes find, which takes a minute."),
    ] = False,
) -> None:
    """Load the graphs of a day into a SPARQL store of other makers, or write them for its loader.

    Then OMISSUS_STORE=<query service of the store> omissus serve answers from that store.

    Examples:

      omissus publish http://127.0.0.1:3030/omissus/data

      omissus publish http://127.0.0.1:7878/store --at 2023-09-29

      omissus publish ./bulk --reports
    """
    from rich.console import Console
    from rich.progress import track

    from omissus import publishing
    from omissus.data import open_corpus
    from omissus.findings import Findings

    console = Console(stderr=True)
    findings = Findings(open_corpus(context.obj), day_of(at))
    if not target.startswith(("http://", "https://")):
        with console.status("computing the findings"):
            files = publishing.write(findings, Path(target), reports)
        typer.echo("\n".join(map(str, files)))
        return
    with console.status("computing the findings"):
        graphs = publishing.graphs_of(findings, reports)
    steps = publishing.put(graphs, target)
    try:
        done = list(track(steps, "publishing", total=len(graphs), console=console))
    except publishing.PublishingError as fault:
        typer.echo(f"error: {fault}", err=True)
        raise typer.Exit(EXIT_STORE) from None
    statements = sum(map(len, graphs.values()))
    typer.echo(f"{len(done)} graphs with {statements} statements, law as at {findings.day}.")
