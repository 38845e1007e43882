"""omissus conflicts and omissus orphans."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import typer

from omissus.cli.choices import At, In, Json, day_of, territories

if TYPE_CHECKING:
    from rich.console import Console

    from omissus.conflicts import Conflict, Group, Side
    from omissus.orphans import Orphan


def conflicts(context: typer.Context, in_: In = "pk", at: At = None, as_json: Json = False) -> None:
    """Show acts that two offences in force reach with penalties that differ in kind or length."""
    from omissus.conflicts import by_pair
    from omissus.conflicts import conflicts as conflicts_of
    from omissus.data import open_corpus
    from omissus.findings import Findings

    corpus = open_corpus(context.obj, in_)
    place = territories(corpus, in_)[0]
    day = day_of(at)
    found = conflicts_of(Findings(corpus, day), place)
    if as_json:
        typer.echo(json.dumps([conflict_data(row) for row in found], ensure_ascii=False, indent=1))
        return
    _print_conflicts(by_pair(found), corpus.label(place), day)


def orphans(context: typer.Context, at: At = None, as_json: Json = False) -> None:
    """Show references in force to provisions that are gone, or that never existed."""
    from omissus.data import open_corpus
    from omissus.orphans import orphans as orphans_of

    day = day_of(at)
    found = orphans_of(open_corpus(context.obj), day)
    if as_json:
        typer.echo(json.dumps([_orphan(row) for row in found], ensure_ascii=False, indent=1))
        return
    _print_orphans(found, day)


def _side(side: Side) -> dict[str, object]:
    return {
        "iri": side.iri,
        "citation": side.citation,
        "label": side.label,
        "penalty": side.penalty,
    }


def conflict_data(row: Conflict) -> dict[str, object]:
    return {
        "requirement": row.requirement.slug,
        "citation": row.requirement.citation,
        "label": row.requirement.label,
        "pattern": row.pattern,
        "first": _side(row.heavier),
        "second": _side(row.lighter),
        "differences": list(row.differences),
        "times_longer": row.apart if row.apart != float("inf") else None,
    }


def _orphan(row: Orphan) -> dict[str, object]:
    return {
        "iri": row.iri,
        "citation": row.citation,
        "since": row.since.isoformat(),
        "anchor": row.anchor,
        "names": row.names,
        "names_iri": row.names_iri,
        "never_existed": row.missing,
        "ended": row.ended.isoformat() if row.ended else None,
        "ended_by": row.ended_by,
        "reason": row.reason,
        "note": row.note,
    }


def _print_conflicts(groups: tuple[Group, ...], place: str, day: date) -> None:
    from rich.console import Console

    console = Console(soft_wrap=True)
    print_groups(console, groups)
    console.print(
        f"\n{len(groups)} pairs of provisions, law as at {day}, {place}, strict reading. "
        "Both reach the cases told; which of the two prevails is not judged."
    )


def print_groups(console: Console, groups: Iterable[Group]) -> None:
    """Pairs of provisions with what they punish otherwise, act by act."""
    from rich.markup import escape

    for group in groups:
        first, second = group.conflicts[0].sides
        console.print(f"\n[bold]{escape(first.citation)}[/] {escape(first.label)}: {first.penalty}")
        console.print(
            f"[bold]{escape(second.citation)}[/] {escape(second.label)}: {second.penalty}"
        )
        console.print(f"  {escape('; '.join(group.conflicts[0].differences))}")
        for row in group.conflicts:
            console.print(f"  - {row.requirement.citation} {escape(row.pattern)}")


def _print_orphans(found: tuple[Orphan, ...], day: date) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(soft_wrap=True)
    for row in found:
        console.print(f"- {escape(row.sentence)}")
        if row.anchor:
            console.print(f'  words: "{escape(row.anchor)}"')
        if row.reason:
            console.print(f"  {escape(row.reason)}")
    for note in dict.fromkeys(row.note for row in found if row.note):
        console.print(f"\n{escape(note)}")
    console.print(f"\n{len(found)} references to what is gone or never was, law as at {day}.")
