"""omissus prove."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from omissus.cli.choices import At, day_of, named, territories

if TYPE_CHECKING:
    from omissus.proof import Proof

EXIT_DISAGREEMENT = 1
SUFFIXES = (".owl", ".rdf", ".ttl")
VICTIMS = {"girl": "girls", "boy": "boys", "transgender": "transgender children"}


def prove(
    context: typer.Context,
    requirement: Annotated[
        str | None,
        typer.Argument(help="Short name or citation: 3-1-b-procuring; all if left out."),
    ] = None,
    in_: Annotated[str, typer.Option("--in", help="One territory, such as pk or pk-pb.")] = "pk",
    at: At = None,
    reading: Annotated[
        str | None, typer.Option("--reading", help="strict or generous; both if left out.")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, help="Write the OWL ontology: Turtle (.ttl) or RDF/XML (.owl, .rdf)."
        ),
    ] = None,
) -> None:
    """Prove with an OWL reasoner that offences in force cover a demand, or show an act left out."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from omissus import proof
    from omissus.data import open_corpus
    from omissus.elements import Reading
    from omissus.findings import Findings

    if reading not in (None, *Reading):
        raise typer.BadParameter("strict or generous", param_hint="--reading")
    if save is not None and save.suffix not in SUFFIXES:
        raise typer.BadParameter(f"a file that ends in {', '.join(SUFFIXES)}", param_hint="--save")
    findings = Findings(open_corpus(context.obj, in_), day_of(at))
    corpus = findings.corpus
    place = territories(corpus, in_)[0]
    asked = named(corpus, requirement) if requirement else corpus.requirements
    demands = [demand for demand in asked if demand.offence]
    if not demands:
        what = "asks for a provision and describes no acts: there is nothing to prove"
        raise typer.BadParameter(f"{asked[0].citation} {what}", param_hint="REQUIREMENT")
    began = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    readings = (Reading(reading),) if reading else tuple(Reading)
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        asking = progress.add_task("asking HermiT", total=None)

        def heard(answered: int, asked: int) -> None:
            progress.update(asking, completed=answered, total=asked)

        proofs, ontology = proof.prove(findings, place, demands, readings, heard=heard)
    _print(proofs, time.monotonic() - began)
    if save is not None:
        ontology.save(save)
    if not all(found.engine_agrees for found in proofs):
        raise typer.Exit(EXIT_DISAGREEMENT)


def _print(proofs: list[Proof], seconds: float) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(soft_wrap=True, highlight=False)
    slug = None
    for proof in proofs:
        if proof.requirement.slug != slug:
            slug = proof.requirement.slug
            told = f"{proof.requirement.citation}: {proof.requirement.label} ({slug})"
            console.print(f"\n[bold]{escape(told)}[/]")
        console.print(f"  {_line(proof)}", markup=False)
        if not proof.engine_agrees:
            console.print("    the coverage engine finds otherwise", style="red")
    proved = sum(proof.proved for proof in proofs)
    console.print(
        f"\n{proved} proved, {len(proofs) - proved} refuted by HermiT in {seconds:.0f} s; "
        f"{sum(not proof.engine_agrees for proof in proofs)} times the engine finds otherwise."
    )


def _line(proof: Proof) -> str:
    who = f"{proof.reading} reading, {VICTIMS[proof.sex]}: "
    if not proof.proved:
        return f"{who}refuted, {proof.verdict}. {proof.counter_example}"
    by = ", ".join(dict.fromkeys(offence.version.citation for offence in proof.sufficient))
    spare = "none of these can be spared" if proof.minimal else "perhaps not all are needed"
    return f"{who}proved by {by} ({spare})."
