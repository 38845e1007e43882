"""Offences in force that surely punish one act, as a graph: the second witness of conflicts."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from omissus.acts import where_offences_meet
from omissus.conflicts import acts_compared
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.snapshot import acts, finished, law_of_the_day, ties


def overlaps(findings: Findings, territory: str, turn: int = 0) -> list[Quad]:
    """The law of the day with its overlaps: two offences, an act of both, what each carries."""
    store = law_of_the_day(findings, territory)
    store.bulk_extend(_patterns(findings, territory, turn))
    store.bulk_extend(ties(store, {Reading.STRICT: ("strict-result",)}))
    return finished(store, "overlaps")


def _patterns(findings: Findings, territory: str, turn: int) -> Iterator[Quad]:
    for requirement in acts_compared(findings.corpus):
        found = where_offences_meet(findings, requirement, territory, turn)
        yield from acts(findings.corpus.facets, requirement, found)
