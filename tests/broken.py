"""Coverage engines that are broken on purpose, to see that the other witnesses contradict them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from omissus import elements, reach
from omissus.boxes import Box, Space, united
from omissus.coverage import Coverage
from omissus.elements import READINGS, Reading
from omissus.graph import Graph
from omissus.law import Law
from omissus.patterns import PatternReader
from omissus.vocabulary import om

Parts = dict[str, Any]
"""What is put in the place of which part of the engine."""


@contextmanager
def engine(parts: Parts) -> Iterator[None]:
    """An engine of which some parts are replaced."""
    with ExitStack() as replaced:
        for name, part in parts.items():
            replaced.enter_context(patch(f"omissus.{name}", part))
        yield


def _one_united(space: Space, boxes: Any) -> list[Box]:
    return [box] if (box := united(space_widest(space, boxes))) else []


def _all_offences(_space: Space, _demand: Any, _required: Any, offences: Any, *_: Any) -> Any:
    return {r: tuple((o, frozenset(o.boxes[r])) for o in offences) for r in READINGS}


def _largest_offence(coverage: Coverage) -> dict[Reading, tuple[Box, ...]]:
    space = coverage.space
    return {
        reading: tuple(
            max((boxes for _, boxes in rows), key=lambda b: sum(map(space.size, b)), default=())
        )
        for reading, rows in coverage.met.items()
    }


def _first_year_lost(graph: Graph, facets: Any, iri: str, facet: str) -> Any:
    low = graph.number(iri, om("ageFrom"))
    masks = ages(graph, facets, iri, facet)
    return {r: mask & ~(1 << low) if mask and low else mask for r, mask in masks.items()}


def _last_year_lost(graph: Graph, facets: Any, iri: str, facet: str) -> Any:
    masks = ages(graph, facets, iri, facet)
    return {r: mask & mask >> 1 if mask else mask for r, mask in masks.items()}


def _each_rule_alone(
    corpus: Any, offence: Any, penalty: Any, standing: Any, reading: Reading
) -> Any:
    exceptions = [rule for rule in standing if rule.kind == "Exception"]
    chosen = [[rule] for rule in standing if rule.kind != "Exception"] or [[]]
    found: dict[Box, Any] = {}
    for rules in chosen:
        found.update(reached(corpus, offence, penalty, [*rules, *exceptions], reading).pieces)
    return reach.Punished(tuple(found.items()))


def _whatever_the_conditions(self: PatternReader, rule: str, reading: Reading) -> Any:
    return replace(carrying(self, rule, reading), conditions=(self.facets.space.full,))


def _generously(self: PatternReader, element: Any, _reading: Reading) -> Any:
    return boxes_of(self, element, Reading.GENEROUS)


def _everywhere(law: Law) -> dict[str, dict[tuple[str, Reading], None]]:
    """Each Act is law in every territory of its own Testland."""
    return {
        instrument: {
            (territory, reading): None
            for territory in law.corpus.territories
            if instrument.startswith(territory.split("territory/")[0])
            for reading in READINGS
        }
        for instrument in law.corpus.graph.instances(om("Instrument"))
    }


space_widest: Callable[..., Any] = Space.widest
ages: Callable[..., Any] = elements.ages_of
boxes_of: Callable[..., Any] = PatternReader.boxes_of
carrying: Callable[..., Any] = PatternReader.carrying
reached: Callable[..., Any] = reach.punished

ENGINES: dict[str, Parts] = {
    "unites facet by facet (the patchwork fallacy)": {
        "boxes.Space.widest": _one_united,
        "assessing.meeting": _all_offences,
    },
    "asks one offence to cover everything (the single-statute fallacy)": {
        "coverage.Coverage.taken": property(_largest_offence)
    },
    "loses the first year of an age": {"elements.ages_of": _first_year_lost},
    "loses the last year of an age": {"elements.ages_of": _last_year_lost},
    "ignores exceptions": {"reach.excepted": lambda *_: []},
    "composes no rule with another": {"law.punished": _each_rule_alone},
    "ignores the conditions of rules": {
        "patterns.PatternReader.carrying": _whatever_the_conditions
    },
    "takes generous for strict": {"patterns.PatternReader.boxes_of": _generously},
    "ignores the territory": {"law.Law._extent": property(_everywhere)},
    "ignores penalties": {"coverage.grave": lambda *_: True},
    "takes silence for everything": {
        "reach.meant_in_silence": lambda *_: (),
        "coverage.meant_in_silence": lambda *_: (),
    },
}
