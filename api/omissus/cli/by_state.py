"""Findings of many States, one after the other, and invented worlds to try it on."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from omissus.by_state import StateFindings


def print_states(
    root: Path, day: date, demands: Collection[str] | None, sexes: Collection[str], as_json: bool
) -> None:
    """Findings State by State as they are found: a line each, or a line of JSON each."""
    from omissus.by_state import findings_by_state
    from omissus.reports import DISCLAIMER
    from omissus.state_files import states_below

    total = 0
    states = states_below(root)
    with _progress() as progress:
        task = progress.add_task("States", total=len(states))
        # where both go to one terminal, lines pass through the bar so as not to break it
        say = progress.console.print if sys.stdout.isatty() else typer.echo
        if not as_json:
            say(f"Law as at {day}. {DISCLAIMER}")
        for found in findings_by_state(root, day, demands, sexes):
            total += len(found.findings)
            say(json.dumps(_data(found, day), ensure_ascii=False) if as_json else _line(found))
            progress.advance(task)
        if not as_json:
            say(f"{len(states)} States, {total:,} findings. A column: omissus gaps --in TERRITORY.")


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
    )


def _line(found: StateFindings) -> str:
    from omissus.coverage import Verdict

    words = Counter(row.verdict for row in found.findings)
    counts = ", ".join(f"{words[verdict]} {verdict}" for verdict in Verdict)
    return f"{found.name} ({found.state}): {len(found.findings)} findings: {counts}."


def _data(found: StateFindings, day: date) -> dict[str, object]:
    from omissus.reports import DISCLAIMER

    names = ("id", "verdict", "strict_verdict", "generous_verdict", "federal_verdict")
    return {
        "state": found.state,
        "name": found.name,
        "at": day.isoformat(),
        "release": found.release,
        "disclaimer": DISCLAIMER,
        "findings": [dict(zip(names, row, strict=True)) for row in found.findings],
    }


def synth(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="A folder that is not there yet.")],
    states: Annotated[int, typer.Option("--states", min=1, max=999, help="How many States.")] = 1,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same bytes.")] = 0,
) -> None:
    """Write invented States, Testland 001 and so on, of the size and kind of the real corpus.

    They try how Omissus bears the law of many States: omissus --data FOLDER gaps. Their law is
    drawn at random from how real law is built, and says nothing of any State.
    """
    from omissus.data import data_root, open_corpus
    from omissus.pattern_book import read_pattern_book
    from omissus.synth import write_world

    root = context.obj or data_root()
    book = read_pattern_book(open_corpus(root))
    with _progress() as progress:
        task = progress.add_task("States", total=states)
        for _ in write_world(book, root, out, states, seed):
            progress.advance(task)
    typer.echo(f"{out}: {states} invented States. Try: omissus --data {out} gaps")
