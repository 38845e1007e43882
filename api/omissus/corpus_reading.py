"""The corpus read from a graph: whole, or what a change of the graph makes stale."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from omissus.corpus import Corpus, Offence, Penalty, Requirement, Rule, Version
from omissus.elements import Element
from omissus.extent import read_extents
from omissus.facets import read_facets
from omissus.graph import DataError, Graph
from omissus.patterns import PatternReader
from omissus.states import read_states, refuse_mixed
from omissus.vocabulary import (
    IN_FORCE_FROM,
    LABEL,
    NO_LONGER_IN_FORCE,
    PART_OF,
    RDF_TYPE,
    REALIZES,
    om,
)

RULE_KINDS = ("WideningRule", "StageRule", "JurisdictionRule", "ExtraditionRule", "Exception")

Thing = TypeVar("Thing")


def read_corpus(graph: Graph, before: Corpus | None = None, stale: Collection[str] = ()) -> Corpus:
    """The typed corpus of a graph. Raises DataError on the first thing that cannot be read.

    Of a corpus from `before` a change all is kept but what is `stale`; the facets must be the same.
    """
    if before is None:
        before = _empty(graph)
    patterns = before.patterns.amended(graph, stale)
    known = _Known(graph, before.graph, stale)
    versions = known.each("ProvisionVersion", before.versions, partial(_version, graph))
    offences = known.each("EnactedOffence", before.offences, partial(_offence, patterns, versions))
    rules = [
        rule
        for kind in RULE_KINDS
        for rule in known.each(
            kind,
            {rule.iri: rule for rule in before.rules if rule.kind == kind},
            partial(_rule, patterns, versions, kind),
        ).values()
    ]
    requirements = [
        requirement
        for kind in ("RequiredOffence", "RequiredProvision")
        for requirement in known.each(
            kind,
            {r.iri: r for r in before.requirements if r.offence == (kind == "RequiredOffence")},
            partial(_requirement, graph, kind == "RequiredOffence"),
        ).values()
    ]
    territories, places = known.kept("Territory"), known.kept("Extent", "Instrument")
    extents = before.extents if places else read_extents(graph)
    if not (territories and places):
        refuse_mixed(graph, extents)
    return Corpus(
        graph=graph,
        facets=patterns.facets,
        patterns=patterns,
        versions=versions,
        offences=offences,
        rules=tuple(rules),
        requirements=tuple(sorted(requirements, key=lambda r: r.sequence)),
        territories=before.territories if territories else tuple(graph.instances(om("Territory"))),
        states=before.states if territories else read_states(graph),
        extents=extents,
    )


def _empty(graph: Graph) -> Corpus:
    """A corpus in which nothing is known but the facets."""
    nothing = Graph(graph.root)
    patterns = PatternReader(nothing, read_facets(graph))
    return Corpus(nothing, patterns.facets, patterns, {}, {}, (), (), (), (), ())


@dataclass(frozen=True)
class _Known:
    """Tells what of a corpus from before a change is still to be trusted."""

    graph: Graph
    before: Graph
    stale: Collection[str]

    def each(
        self, kind: str, known: dict[str, Thing], read: Callable[[str], Thing]
    ) -> dict[str, Thing]:
        """All things of a class, those that are not known or stale read anew."""
        iris = self.graph.instances(om(kind))
        fresh = {iri for iri in iris if iri not in known or iri in self.stale}
        if not fresh and len(iris) == len(known):
            return known
        return {iri: read(iri) if iri in fresh else known[iri] for iri in iris}

    def kept(self, *kinds: str) -> bool:
        """Whether the things of some classes are the same as before."""
        return bool(self.before.statements) and all(
            thing not in self.stale
            for graph in (self.before, self.graph)
            for kind in kinds
            for thing in graph.instances(om(kind))
        )


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


def _requirement(graph: Graph, offence: bool, iri: str) -> Requirement:
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
