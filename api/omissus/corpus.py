"""The corpus: versions, offences, rules, requirements, territories and extents, each typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from omissus.elements import Element
from omissus.extent import Extent
from omissus.facets import Facets
from omissus.graph import Graph
from omissus.patterns import PatternReader
from omissus.states import State
from omissus.vocabulary import LABEL, om


@dataclass(frozen=True)
class Version:
    """The wording of a provision between two days; `end` is the first day it no longer stands."""

    iri: str
    provision: str
    instrument: str
    citation: str
    start: date
    end: date | None
    earliest: date | None
    date_note: str | None
    introduced_by: str | None
    ended_by: str | None

    def in_force(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def date_doubtful(self, day: date) -> bool:
        """Whether it is not known if this wording stood on that day already."""
        return self.earliest is not None and self.earliest <= day < self.start


@dataclass(frozen=True)
class Penalty:
    """What a court may impose; months of imprisonment, fines in the State's currency."""

    iri: str
    offence: str
    version: Version
    minimum_months: int | None
    generous_minimum_months: int | None
    maximum_months: int | None
    life: bool
    death: bool
    fine: str | None
    minimum_fine: int | None
    maximum_fine: int | None
    anchor: str | None

    @property
    def longest_months(self) -> float:
        """Longest imprisonment, infinite where life or death may be imposed."""
        return float("inf") if self.life or self.death else float(self.maximum_months or 0)


@dataclass(frozen=True, eq=False)
class Offence:
    """An enacted offence: its version, its own and inherited elements, its penalties."""

    iri: str
    label: str
    version: Version
    elements: tuple[Element, ...]
    penalties: tuple[Penalty, ...]


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule or an exception that acts on offences."""

    iri: str
    kind: str
    label: str
    version: Version
    reaches: frozenset[str]
    generously_reaches: frozenset[str]
    months: int | None
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Requirement:
    """What the treaty demands or its Committee asks; `offence` tells acts from other contents."""

    iri: str
    slug: str
    label: str
    citation: str
    modality: str
    subjects: tuple[str, ...]
    defining: tuple[str, ...]
    sequence: int
    grave_months: int | None
    offence: bool
    bases: tuple[str, ...]
    note: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Corpus:
    """All that the graph says, typed; days of entry and end included, none left out."""

    graph: Graph
    facets: Facets
    patterns: PatternReader
    versions: dict[str, Version]
    offences: dict[str, Offence]
    rules: tuple[Rule, ...]
    requirements: tuple[Requirement, ...]
    territories: tuple[str, ...]
    states: tuple[State, ...]
    extents: tuple[Extent, ...]

    @cached_property
    def state_of(self) -> dict[str, str]:
        """For each territory the State that answers for it, in which federal law is told."""
        return {territory: state.iri for state in self.states for territory in state.territories}

    def slug(self, iri: str) -> str:
        return self.graph.text(iri, om("slug")) or iri.rsplit("/", 1)[-1]

    def label(self, iri: str) -> str:
        return self.graph.text(iri, LABEL) or self.facets.labels.get(iri) or iri

    def citation(self, iri: str) -> str:
        return self.graph.text(iri, om("citation")) or self.label(iri)
