"""omissus gaps and omissus explain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omissus.cli.choices import (
    At,
    In,
    Json,
    Victim,
    VictimOption,
    by_paragraph,
    day_of,
    named,
    territories,
)

if TYPE_CHECKING:
    from omissus.findings import Findings


def _findings(context: typer.Context, at: At, in_: In) -> Findings:
    from omissus.data import open_corpus
    from omissus.findings import Findings

    return Findings(open_corpus(context.obj, in_), day_of(at))


def gaps(
    context: typer.Context,
    issue: Annotated[
        str | None,
        typer.Option("--issue", help="Paragraph of the list of issues, such as 9 or 5(b)."),
    ] = None,
    in_: In = None,
    victim: VictimOption = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Show which demands the law meets, demand by demand and territory by territory."""
    from omissus.assessing import SEXES
    from omissus.cli.by_state import print_states
    from omissus.data import data_root
    from omissus.reports import report_data
    from omissus.selection import bases_asked
    from omissus.state_files import states_below

    sexes = (victim.sex,) if victim else SEXES
    if in_ is None and len(states_below(root := context.obj or data_root())) > 1:
        print_states(root, day_of(at), _demands(root, issue), sexes, as_json)
        return
    findings = _findings(context, at, in_)
    places = territories(findings.corpus, in_)
    requirements = by_paragraph(findings.corpus, issue)
    cells = tuple(findings.cells(requirements, places, sexes))
    bases = bases_asked(findings, requirements, places[0] if in_ else None)
    if as_json:
        typer.echo(json.dumps(report_data(findings, cells, bases), ensure_ascii=False, indent=1))
        return
    from omissus.cli.tables import print_bases, print_matrix

    print_matrix(findings, cells, places)
    print_bases(bases)


def _demands(root: Path, issue: str | None) -> list[str] | None:
    """Short names of the demands that answer a paragraph, read from what all States share."""
    from omissus.corpus_reading import read_corpus
    from omissus.graph import load
    from omissus.state_files import shared_files

    if issue is None:
        return None
    shared = read_corpus(load(root, shared_files(root)))
    return [requirement.slug for requirement in by_paragraph(shared, issue)]


def explain(
    context: typer.Context,
    requirement: Annotated[
        str, typer.Argument(help="Short name or citation: 3-1-b-procuring, 'OPSC art 3(1)(b)'.")
    ],
    in_: In = "pk",
    victim: VictimOption = None,
    at: At = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            exists=True, file_okay=False, help="Folder of statute texts: print the sections too."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say why: the offences that reach a demand, their limits, and what is left over."""
    from omissus.assessing import SEXES
    from omissus.reports import report_data

    findings = _findings(context, at, in_)
    places = territories(findings.corpus, in_)
    sexes = (victim.sex,) if isinstance(victim, Victim) else SEXES
    cells = tuple(findings.cells(named(findings.corpus, requirement), places, sexes))
    if as_json:
        data = report_data(findings, cells, in_full=True)
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    from omissus.cli.reasons import print_why

    print_why(findings, cells, texts)
