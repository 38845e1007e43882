"""What a user may ask for, checked against what the corpus has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from omissus.corpus import Corpus, Requirement


class Victim(StrEnum):
    """Sex of the victim, as asked for."""

    GIRLS = "girls"
    BOYS = "boys"
    TRANSGENDER = "transgender"

    @property
    def sex(self) -> str:
        return self.value.removesuffix("s") if self is not Victim.TRANSGENDER else self.value


At = Annotated[
    datetime | None,
    typer.Option("--at", formats=["%Y-%m-%d"], help="The law of this day; today if left out."),
]
In = Annotated[str | None, typer.Option("--in", help="One territory, such as pk, pk-is or pk-pb.")]
VictimOption = Annotated[Victim | None, typer.Option("--victim", help="Victims of one sex.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def day_of(at: datetime | None) -> date:
    return at.date() if at else date.today()


def territories(corpus: Corpus, wanted: str | None) -> tuple[str, ...]:
    """The IRIs of the territories asked for, all where none is."""
    if wanted is None:
        return corpus.territories
    known = {corpus.slug(iri): iri for iri in corpus.territories}
    if wanted not in known:
        raise _unknown("territory", wanted, known, "--in")
    return (known[wanted],)


def by_paragraph(corpus: Corpus, issue: str | None) -> tuple[Requirement, ...]:
    """The requirements that answer a paragraph of the list of issues, all where none is asked."""
    if issue is None:
        return corpus.requirements
    found = tuple(r for r in corpus.requirements if issue in r.paragraphs)
    if not found:
        known = sorted({p for r in corpus.requirements for p in r.paragraphs}, key=len)
        raise _unknown("paragraph", issue, known, "--issue")
    return found


def named(corpus: Corpus, name: str) -> tuple[Requirement, ...]:
    """The requirements with this short name, citation or citation without `OPSC art`."""
    wanted = name.casefold().removeprefix("opsc art ").removeprefix("art ").strip()
    found = tuple(
        r
        for r in corpus.requirements
        if wanted in (r.slug.casefold(), r.citation.casefold().removeprefix("opsc art "))
    )
    if not found:
        known = [*(r.slug for r in corpus.requirements), *(r.citation for r in corpus.requirements)]
        raise _unknown("requirement", name, known, "REQUIREMENT")
    return found


def _unknown(kind: str, given: str, known: Iterable[str], where: str) -> typer.BadParameter:
    names = list(dict.fromkeys(known))
    near = get_close_matches(given, names, n=3)
    shown = near or names[:12]
    return typer.BadParameter(f"no {kind} {given!r}; try {', '.join(shown)}", param_hint=where)
