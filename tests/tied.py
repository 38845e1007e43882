"""Which acts are tied to which offences: the second witness read back, beside the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from omissus.boxes import Box, includes, united
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.grain import parts
from omissus.snapshot import acts, law_of_the_day, ties
from omissus.vocabulary import ID, om
from tests.testlands import TERRITORIES, Law, Testland, Testlands
from tests.witnesses import DAY

TIES = {Reading.STRICT: om("strictlyPunishedBy"), Reading.GENEROUS: om("punishedBy")}
BATCH = 8
"""Testlands in one store: each act is held against each offence, so only a few."""


class Snapshot:
    """A snapshot read back: each pattern's act, its requirement and what punishes it."""

    def __init__(self, findings: Findings, quads: list[pyoxigraph.Quad]) -> None:
        facets = findings.corpus.facets
        values: dict[str, list[Box]] = defaultdict(list)
        self.requirement: dict[str, str] = {}
        self.classes: dict[str, set[str]] = defaultdict(set)
        self.tied: dict[Reading, dict[str, set[str]]] = {r: defaultdict(set) for r in Reading}
        for quad in quads:
            subject, value = quad.subject.value, quad.object.value
            if quad.predicate.value == om("shows"):
                values[subject].append(facets.mask(value)[1])
            elif quad.predicate.value == om("patternOf"):
                self.requirement[subject] = value
            elif quad.predicate.value.endswith("#type"):
                self.classes[subject].add(value)
            for reading, tie in TIES.items():
                if quad.predicate.value == tie:
                    self.tied[reading][subject].add(value)
        self.acts: dict[str, Box] = {pattern: united(shown) for pattern, shown in values.items()}


def disagreements(findings: Findings, territory: str, seen: Snapshot) -> list[tuple[str, ...]]:
    """Pattern, reading and offence of which only one witness says that it is punished."""
    demands = {r.iri: r for r in findings.corpus.requirements}
    found = []
    for pattern, requirement in seen.requirement.items():
        coverage = findings.coverage(demands[requirement], territory)
        for reading, rows in coverage.touching.items():
            engine = {
                in_force.offence.iri
                for in_force, reaches in rows
                if any(includes(reach.box, seen.acts[pattern]) for reach in reaches)
            }
            for differing in engine ^ seen.tied[reading][pattern]:
                found.append((pattern, reading.value, differing))
    return found


def differently_tied(drawn: Sequence[Law]) -> set[Law]:
    """Testlands in which the engine and the ties differ on some act and offence."""
    found: set[Law] = set()
    for first in range(0, len(drawn), BATCH):
        lands = Testlands(tuple(drawn[first : first + BATCH]))
        for place in range(len(TERRITORIES)):
            found |= _differently_tied(lands, place)
    return found


def _differently_tied(lands: Testlands, place: int) -> set[Law]:
    """The acts of all of them in one store, where what is law in any of them is law."""
    findings = Findings(lands.corpus, DAY)
    patterns = [quad for land in lands.lands for quad in _acts(findings, lands, land, place)]
    store = law_of_the_day(findings, f"{ID}territory/{TERRITORIES[place]}")
    store.bulk_extend(patterns)
    tied = ties(store, {reading: (f"{reading}-result",) for reading in Reading})
    return {
        land.law
        for land in lands.lands
        for seen in [Snapshot(findings, [*_of(land, patterns), *_of(land, tied)])]
        if disagreements(findings, land.territories[place], seen)
    }


def _of(land: Testland, quads: Sequence[Quad]) -> Iterator[Quad]:
    """What is said of the acts of one Testland, ties to the law of others left aside."""
    own = land.name("")
    for quad in quads:
        foreign = quad.predicate.value in TIES.values() and not quad.object.value.startswith(own)
        if quad.subject.value.startswith(own) and not foreign:
            yield quad


def _acts(findings: Findings, lands: Testlands, land: Testland, place: int) -> Iterator[Quad]:
    """Fact patterns of the demands that a Testland is asked about, with names of its own."""
    for requirement in lands.demands(land):
        of = [
            replace(part, twins={})
            for part in parts(findings, requirement, land.territories[place])
        ]
        for quad in acts(findings.corpus.facets, requirement, of):
            name = quad.subject.value.removeprefix(ID)
            yield Quad(NamedNode(land.name(name)), quad.predicate, quad.object)
