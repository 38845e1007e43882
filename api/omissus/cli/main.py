"""omissus: the commands, and one way to report what went wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from omissus import __version__
from omissus.cli import (
    by_state,
    checking,
    conflicts,
    corpus_listing,
    figures,
    history,
    proving,
    publishing,
    reporting,
    serving,
    shaping,
    whatif,
)

EXIT_DATA = 3

EXAMPLES = """
Which acts the Optional Protocol on the sale of children requires a State to criminalise,
and its law leaves out.

Examples:

  omissus gaps --issue 9 --in pk-pb --victim boys

  omissus explain 3-1-b-procuring --at 2023-09-29

  omissus verify --texts ../texts
"""

app = typer.Typer(
    name="omissus",
    help=EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"omissus {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(
            envvar="OMISSUS_DATA",
            exists=True,
            file_okay=False,
            help="Folder with ontology/, statutes/ and shapes/ to use in place of Omissus's own.",
        ),
    ] = None,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    context.obj = data


app.command("gaps")(reporting.gaps)
app.command("explain")(reporting.explain)
app.command("regressions")(history.regressions)
app.command("conflicts")(conflicts.conflicts)
app.command("orphans")(conflicts.orphans)
app.command("shapes")(shaping.shapes)
app.command("whatif")(whatif.whatif)
app.command("synth")(by_state.synth)
app.command("corpus")(corpus_listing.corpus)
app.command("prove")(proving.prove)
app.command("check")(checking.check)
app.command("verify")(checking.verify)
app.command("publish")(publishing.publish)
app.command("serve")(serving.serve)
app.add_typer(figures.app, name="statistics")


def run() -> None:
    """Entry point: data errors are one line on standard error and exit status 3."""
    from omissus.graph import DataError

    try:
        app()
    except DataError as fault:
        typer.echo(f"error: {fault}", err=True)
        sys.exit(EXIT_DATA)
