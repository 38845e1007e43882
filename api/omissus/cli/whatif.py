"""omissus whatif."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from omissus.cli.choices import At, In, Json, territories

if TYPE_CHECKING:
    from omissus.changed import Change
    from omissus.conflicts import Conflict
    from omissus.findings import Cell
    from omissus.whatif import Moved

Pair = tuple["Cell", "Cell"]
VERDICTS = ("verdict", "strict_verdict", "generous_verdict", "federal_verdict")


def whatif(
    context: typer.Context,
    bill: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A Turtle file: the bill as law.")
    ],
    in_: In = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Show which verdicts a bill would change, and which conflicts it would bring.

    The bill is encoded as an Act is, with the days on which it would begin. It ends what it
    repeals with eli:date_no_longer_in_force. The law of the day on which all of it is in force is
    compared with and without it; the data is left as it is.
    """
    from omissus.data import open_corpus
    from omissus.whatif import moved, new_conflicts, what_if

    corpus = open_corpus(context.obj, in_)
    places = territories(corpus, in_)
    found = what_if(corpus, bill, at.date() if at else None)
    pairs = [pair for pair in found.verdicts() if pair[1].territory in places]
    acts = [row for row in moved(found) if row.territory in places]
    conflicts = {place: new_conflicts(found, place) for place in places}
    if as_json:
        data = _data(found, bill, pairs, acts, conflicts)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    _print(found, bill, places, pairs, acts, conflicts)


def _data(
    found: Change,
    bill: Path,
    pairs: list[Pair],
    acts: list[Moved],
    conflicts: dict[str, tuple[Conflict, ...]],
) -> dict[str, Any]:
    from omissus.cli.conflicts import conflict_data
    from omissus.reports import DISCLAIMER

    corpus = found.after.corpus
    return {
        "bill": bill.name,
        "at": found.after.day.isoformat(),
        "release": found.before.corpus.graph.release,
        "disclaimer": DISCLAIMER,
        "findings_touched": 3 * len(found.touched),
        "verdicts": [
            {
                "id": after.id,
                "slug": after.requirement.slug,
                "citation": after.requirement.citation,
                "label": after.requirement.label,
                "territory": corpus.slug(after.territory),
                "victim_sex": after.sex,
                "before": dict(zip(VERDICTS, _verdicts(before), strict=True)),
                "after": dict(zip(VERDICTS, _verdicts(after), strict=True)),
            }
            for before, after in pairs
        ],
        "acts": [
            {
                "slug": row.requirement.slug,
                "territory": corpus.slug(row.territory),
                "reading": row.reading.value,
                "covered": row.covered,
                "acts": list(row.acts),
                "more": row.more,
            }
            for row in acts
        ],
        "new_conflicts": {
            corpus.slug(place): [conflict_data(row) for row in rows]
            for place, rows in conflicts.items()
        },
    }


def _verdicts(cell: Cell) -> tuple[str, ...]:
    return tuple(v.value for v in (cell.verdict, cell.strict, cell.generous, cell.federal))


def _print(
    found: Change,
    bill: Path,
    places: Iterable[str],
    pairs: list[Pair],
    acts: list[Moved],
    conflicts: dict[str, tuple[Conflict, ...]],
) -> None:
    from rich.console import Console
    from rich.markup import escape

    from omissus.cli.conflicts import print_groups
    from omissus.cli.tables import title
    from omissus.conflicts import by_pair

    corpus, console = found.after.corpus, Console(soft_wrap=True)
    console.print(f"With [bold]{escape(bill.name)}[/] as law. {title(found.before, places)}")
    pairs = [(old, new) for old, new in pairs if _verdicts(old)[:3] != _verdicts(new)[:3]]
    for requirement, group in groupby(pairs, key=lambda pair: pair[1].requirement):
        console.print(f"\n[bold]{requirement.citation}[/] {escape(requirement.label)}")
        for line in _lines(found, list(group)):
            console.print(f"  {line}")
        alike: dict[tuple[str, bool, tuple[str, ...], int], list[str]] = {}
        for row in acts:
            if row.requirement is requirement:
                told = (row.reading.value, row.covered, row.acts, row.more)
                alike.setdefault(told, []).append(corpus.label(row.territory))
        for (reading, covered, sentences, more), where in alike.items():
            word = "no longer left over" if covered else "newly left over"
            console.print(f"  {word} on the {reading} reading in {', '.join(where)}:")
            for sentence in sentences:
                console.print(f"    - {escape(sentence)}")
            if more:
                console.print(f"    - and {more} more")
    for place, rows in conflicts.items():
        if rows:
            console.print(f"\nNew conflicts of penalties, {corpus.label(place)}, strict reading:")
            print_groups(console, by_pair(rows))
    touched = sum(territory in places for _, territory in found.touched)
    console.print(
        f"\n{len(pairs)} of {3 * touched} findings that the bill can touch have another verdict."
    )


def _lines(found: Change, pairs: list[Pair]) -> list[str]:
    """Changed verdicts of one demand: territories and sexes with the same change on one line."""
    from omissus.reports import SEX_LABELS, SYMBOLS

    alike: dict[tuple[str, str], dict[str, list[str]]] = {}
    for before, after in pairs:
        step = tuple(
            f"{SYMBOLS[cell.verdict]} {cell.verdict.value} "
            f"(strict: {cell.strict.value}; generous: {cell.generous.value})"
            for cell in (before, after)
        )
        place = found.after.corpus.label(after.territory)
        alike.setdefault((step[0], step[1]), {}).setdefault(place, []).append(SEX_LABELS[after.sex])
    lines = []
    for (old, new), by_place in alike.items():
        by_sexes: dict[str, list[str]] = {}
        for place, sexes in by_place.items():
            by_sexes.setdefault(", ".join(sexes), []).append(place)
        for who, where in by_sexes.items():
            lines.append(f"{', '.join(where)}; {who}: {old} → {new}")
    return lines
