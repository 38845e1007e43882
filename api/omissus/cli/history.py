"""omissus regressions."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from omissus.cli.choices import At, In, Json, day_of, territories

if TYPE_CHECKING:
    from omissus.regressions import Regression

SEARCHED_SINCE = datetime(2006, 12, 2)


def regressions(
    context: typer.Context,
    in_: In = "pk",
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="First day looked at.")
    ] = SEARCHED_SINCE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Show acts that were punishable and no longer are, the day and the Act that ended it."""
    from rich.console import Console
    from rich.progress import track

    from omissus.data import open_corpus
    from omissus.regressions import days_of_change, losses_on

    corpus = open_corpus(context.obj, in_)
    place = territories(corpus, in_)[0]
    console = Console(stderr=True)
    days = [d for d in days_of_change(corpus, since.date()) if d <= day_of(at)]
    found: list[Regression] = []
    for day in track(days, "comparing days", console=console, transient=True):
        found.extend(losses_on(corpus, place, day))
    if as_json:
        typer.echo(json.dumps([_data(row) for row in found], ensure_ascii=False, indent=1))
        return
    _print(found, since.date(), day_of(at))


def _data(row: Regression) -> dict[str, object]:
    return {
        "requirement": row.requirement.slug,
        "citation": row.requirement.citation,
        "label": row.requirement.label,
        "day": row.day.isoformat(),
        "reading": row.reading.value,
        "lost": list(row.lost),
        "more": row.more,
        "causes": list(row.causes),
    }


def _print(found: list[Regression], since: date, until: date) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(soft_wrap=True)
    for row in found:
        console.print(
            f"\n[bold]{row.day}[/] {row.requirement.citation}, {row.reading.value} reading: "
            f"{escape('; '.join(row.causes))}"
        )
        for sentence in row.lost:
            console.print(f"  - {escape(sentence)}")
        if row.more:
            console.print(f"  - and {row.more} more")
    console.print(f"\n{len(found)} losses between {since} and {until}.")
