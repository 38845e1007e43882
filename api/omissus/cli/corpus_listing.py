"""omissus corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omissus.cli.choices import Json

if TYPE_CHECKING:
    from omissus.corpus_coverage import Encoded
    from omissus.sections_read import SectionsRead


def corpus(
    context: typer.Context,
    texts: Annotated[
        Path | None,
        typer.Option(
            exists=True, file_okay=False, help="Folder of the texts: count the sections read."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """List the instruments: what is encoded, what was left out and why, text and review."""
    from omissus.corpus_coverage import as_data, corpus_coverage
    from omissus.data import open_corpus

    rows = corpus_coverage(open_corpus(context.obj), texts)
    if as_json:
        typer.echo(json.dumps([as_data(row) for row in rows], ensure_ascii=False, indent=1))
        return
    _print(rows)


def _print(rows: tuple[Encoded, ...]) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(soft_wrap=True)
    for row in rows:
        text = ", ".join(row.text_classes) or "no text named"
        until = f", consolidated to {row.consolidated_to}" if row.consolidated_to else ""
        corrected = "" if row.corrections is None else f", corrections: {row.corrections}"
        console.print(f"[bold]{escape(row.citation)}[/] {escape(row.label)} ({row.made_by})")
        console.print(f"  {row.provisions} provisions encoded; text: {text}{until}")
        console.print(f"  review: {row.review}{corrected}")
        if row.sections:
            console.print(f"  {_sections(row.sections)}")
        for left_out in row.left_out:
            console.print(f"  left out: {escape(left_out)}")
    provisions = sum(row.provisions for row in rows)
    console.print(f"{len(rows)} instruments, {provisions} provisions encoded.")
    counted = [row.sections for row in rows if row.sections]
    if counted:
        told = _numbers(
            sum(len(c.encoded) for c in counted),
            sum(len(c.left_out) for c in counted),
            sum(len(c.untold) for c in counted),
        )
        console.print(f"{len(counted)} copies with a heading for each section: {told}.")


def _sections(found: SectionsRead) -> str:
    told = _numbers(len(found.encoded), len(found.left_out), len(found.untold))
    return f"{told}{': ' if found.untold else ''}{', '.join(found.untold)}"


def _numbers(encoded: int, left_out: int, untold: int) -> str:
    whole = encoded + left_out + untold
    told = f"{whole} sections read: {encoded} encoded, {left_out} left out with a reason"
    return f"{told}, {untold} not told" if untold else told
