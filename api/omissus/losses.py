"""The law of two days in one territory as one graph: the second witness of regressions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from omissus.acts import where_days_differ
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.graph import XSD
from omissus.snapshot import (
    RESULTS,
    WORK,
    acts,
    constructed,
    finished,
    law_of_the_day,
    snapshot_iri,
    statement,
    ties,
)
from omissus.vocabulary import om


def two_days(before: Findings, after: Findings, territory: str, turn: int = 0) -> list[Quad]:
    """The snapshot of the later day, with what punished its fact patterns on the earlier one.

    Fact patterns are of the acts demanded in themselves, at the grain of both days. Each that is no
    longer punished, or no longer surely, is tied to what it was lost with, and that to its Act.
    """
    patterns = list(_patterns(before, after, territory, turn))
    now = law_of_the_day(after, territory)
    now.bulk_extend(patterns)
    now.add(_compared(after, territory, om("standsAgainst"), before.day))
    now.bulk_extend(ties(now, {r: (*asked, "excepted") for r, asked in RESULTS.items()}))
    now.bulk_extend(_ties_of_old(before, after, territory, patterns))
    return finished(now, "losses", "demands")


def _ties_of_old(
    before: Findings, after: Findings, territory: str, patterns: list[Quad]
) -> list[Quad]:
    """What punished the fact patterns on the earlier day, and what of that has ended."""
    then = law_of_the_day(before, territory)
    then.bulk_extend(patterns)
    then.add(_compared(before, territory, WORK + "comparedWith", after.day))
    tied = ties(then, {reading: (f"former-{reading}-result",) for reading in Reading})
    return [*tied, *constructed(then, "ended")]


def _compared(findings: Findings, territory: str, relation: str, other: date) -> Quad:
    day = Literal(other.isoformat(), datatype=NamedNode(XSD + "date"))
    return statement(snapshot_iri(findings, territory), relation, day)


def _patterns(before: Findings, after: Findings, territory: str, turn: int) -> Iterator[Quad]:
    for requirement in after.corpus.requirements:
        if requirement.offence and not requirement.bases:
            found = where_days_differ(before, after, requirement, territory, turn)
            yield from acts(after.corpus.facets, requirement, found)
