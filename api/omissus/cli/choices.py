"""What a user may ask for, checked against what the corpus has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
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
    from omissus import selection

    with _told_of("--in"):
        return selection.territories(corpus, wanted)


def by_paragraph(corpus: Corpus, issue: str | None) -> tuple[Requirement, ...]:
    """The requirements that answer a paragraph of the list of issues, all where none is asked."""
    from omissus import selection

    with _told_of("--issue"):
        return selection.by_paragraph(corpus, issue)


def named(corpus: Corpus, name: str) -> tuple[Requirement, ...]:
    """The requirements with this short name, citation or citation without `OPSC art`."""
    from omissus import selection

    with _told_of("REQUIREMENT"):
        return selection.named(corpus, name)


@contextmanager
def _told_of(where: str) -> Iterator[None]:
    from omissus.selection import UnknownNameError

    try:
        yield
    except UnknownNameError as fault:
        raise typer.BadParameter(str(fault), param_hint=where) from None
