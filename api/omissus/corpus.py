"""The corpus: instruments, versions, offences, rules and requirements, read from the graph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from omissus.extent import Extent, read_extents
from omissus.facets import Facets, read_facets
from omissus.graph import DataError, Graph
from omissus.patterns import Element, PatternReader
from omissus.states import State, read_states
from omissus.vocabulary import (
    IN_FORCE_FROM,
    LABEL,
    NO_LONGER_IN_FORCE,
    PART_OF,
    RDF_TYPE,
    REALIZES,
    om,
)


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


RULE_KINDS = ("WideningRule", "StageRule", "JurisdictionRule", "ExtraditionRule", "Exception")


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


def _required(graph: Graph, iri: str, predicate: str, what: str, remedy: str) -> str:
    value = graph.iri(iri, predicate)
    if value is None:
        raise DataError(graph.where(iri), what, remedy)
    return value


def _instrument(graph: Graph, provision: str) -> str:
    seen: set[str] = set()
    here = provision
    while om("Instrument") not in graph.iris(here, RDF_TYPE):
        parent = graph.iri(here, PART_OF)
        if parent is None or here in seen:
            remedy = "Add eli:is_part_of, up to the instrument."
            raise DataError(graph.where(provision), "a provision of no instrument", remedy)
        seen.add(here)
        here = parent
    return here


def _version(graph: Graph, iri: str) -> Version:
    provision = _required(graph, iri, REALIZES, "a version of no provision", "Add eli:realizes.")
    start = graph.day(iri, IN_FORCE_FROM)
    if start is None:
        remedy = "Add eli:first_date_entry_in_force."
        raise DataError(graph.where(iri), "a version without a day of entry in force", remedy)
    end = graph.day(iri, NO_LONGER_IN_FORCE)
    if end is not None and end <= start:
        what = f"a version that ends on {end} and begins on {start}"
        raise DataError(graph.where(iri), what, "Correct the days.")
    return Version(
        iri=iri,
        provision=provision,
        instrument=_instrument(graph, provision),
        citation=graph.text(provision, om("citation")) or provision,
        start=start,
        end=end,
        earliest=graph.day(iri, om("earliestPossibleDate")),
        date_note=graph.text(iri, om("dateNote")),
        introduced_by=graph.iri(iri, om("introducedBy")),
        ended_by=graph.iri(iri, om("endedBy")),
    )


def _enacted(graph: Graph, versions: dict[str, Version], iri: str, what: str) -> Version:
    remedy = "Add om:enactedIn, the version of the provision that makes it law."
    source = _required(graph, iri, om("enactedIn"), f"{what} without a source", remedy)
    if source not in versions:
        raise DataError(graph.where(iri), f"{what} enacted in <{source}>, no version", remedy)
    return versions[source]


def _penalties(graph: Graph, versions: dict[str, Version], offence: str) -> tuple[Penalty, ...]:
    return tuple(
        Penalty(
            iri=iri,
            offence=offence,
            version=_enacted(graph, versions, iri, "a penalty"),
            minimum_months=graph.number(iri, om("minimumMonths")),
            generous_minimum_months=graph.number(iri, om("generousMinimumMonths")),
            maximum_months=graph.number(iri, om("maximumMonths")),
            life=graph.flag(iri, om("lifeImprisonment")),
            death=graph.flag(iri, om("death")),
            fine=graph.iri(iri, om("fine")),
            minimum_fine=graph.number(iri, om("minimumFine")),
            maximum_fine=graph.number(iri, om("maximumFine")),
            anchor=graph.text(iri, om("anchor")),
        )
        for iri in graph.subjects(om("penaltyFor"), offence)
    )


def _all_elements(patterns: PatternReader, owner: str) -> list[Element]:
    elements = list(patterns.elements(owner))
    for base in patterns.graph.iris(owner, om("builtOn")):
        elements.extend(_all_elements(patterns, base))
    return elements


def _offence(patterns: PatternReader, versions: dict[str, Version], iri: str) -> Offence:
    graph = patterns.graph
    elements = _all_elements(patterns, iri)
    for facet in ("conduct", "object"):
        if not any(element.facet == facet for element in elements):
            remedy = f"Add an om:Element that limits facet:{facet}."
            raise DataError(graph.where(iri), f"an offence without its {facet}", remedy)
    return Offence(
        iri=iri,
        label=graph.text(iri, LABEL) or iri,
        version=_enacted(graph, versions, iri, "an offence"),
        elements=tuple(elements),
        penalties=_penalties(graph, versions, iri),
    )


def _rule(patterns: PatternReader, versions: dict[str, Version], kind: str, iri: str) -> Rule:
    graph = patterns.graph
    exception = kind == "Exception"
    reaches = graph.iris(iri, om("exceptionTo" if exception else "reaches"))
    generous = graph.iris(iri, om("generouslyReaches"))
    if not reaches and not generous:
        remedy = "Add om:exceptionTo." if exception else "Add om:reaches."
        raise DataError(graph.where(iri), f"{kind} that acts on nothing", remedy)
    elements = patterns.elements(iri)
    if not elements:
        raise DataError(graph.where(iri), f"{kind} without elements", "Add an om:Element.")
    return Rule(
        iri=iri,
        kind=kind,
        label=graph.text(iri, LABEL) or iri,
        version=_enacted(graph, versions, iri, f"{kind}"),
        reaches=frozenset(reaches),
        generously_reaches=frozenset(generous),
        months=graph.number(iri, om("onlyIfPunishableForMonths")),
        elements=elements,
    )


def _requirement(graph: Graph, iri: str, offence: bool) -> Requirement:
    modality = _required(graph, iri, om("modality"), "no modality", "Add om:modality.")
    questions = graph.subjects(om("answeredBy"), iri)
    return Requirement(
        iri=iri,
        slug=graph.text(iri, om("slug")) or iri.rsplit("/", 1)[-1],
        label=graph.text(iri, LABEL) or iri,
        citation=graph.text(iri, om("citation")) or iri,
        modality=modality.rsplit("/", 1)[-1],
        subjects=tuple(graph.iris(iri, om("concerns"))),
        defining=tuple(f.rsplit("/", 1)[-1] for f in graph.iris(iri, om("definingFacet"))),
        sequence=graph.number(iri, om("sequence")) or 0,
        grave_months=graph.number(iri, om("graveMaximumMonths")),
        offence=offence,
        bases=tuple(graph.iris(iri, om("builtOn"))),
        note=graph.text(iri, om("reason")),
        paragraphs=tuple(dict.fromkeys(graph.text(q, om("paragraph")) or "" for q in questions)),
    )


def read_corpus(graph: Graph) -> Corpus:
    """The typed corpus of a graph. Raises DataError on the first thing that cannot be read."""
    facets = read_facets(graph)
    patterns = PatternReader(graph, facets)
    versions = {v: _version(graph, v) for v in graph.instances(om("ProvisionVersion"))}
    offences = {
        iri: _offence(patterns, versions, iri) for iri in graph.instances(om("EnactedOffence"))
    }
    rules = tuple(
        _rule(patterns, versions, kind, iri)
        for kind in RULE_KINDS
        for iri in graph.instances(om(kind))
    )
    requirements = [_requirement(graph, i, True) for i in graph.instances(om("RequiredOffence"))]
    requirements += [
        _requirement(graph, i, False) for i in graph.instances(om("RequiredProvision"))
    ]
    return Corpus(
        graph=graph,
        facets=facets,
        patterns=patterns,
        versions=versions,
        offences=offences,
        rules=rules,
        requirements=tuple(sorted(requirements, key=lambda r: r.sequence)),
        territories=tuple(graph.instances(om("Territory"))),
        states=read_states(graph),
        extents=read_extents(graph),
    )
