"""One thing of the graph as a reader sees it: its name, what it says, and what speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from omissus.graph import Graph, Iri
from omissus.graph import Value as GraphValue
from omissus.vocabulary import (
    ID,
    IN_FORCE_FROM,
    LABEL,
    PREF_LABEL,
    RDF_TYPE,
    REALIZES,
    om,
)

NAMES = (om("citation"), PREF_LABEL, LABEL)
"""What a thing is called by, the best first."""
HIDDEN = {RDF_TYPE, om("citation"), PREF_LABEL}
PARTS = {
    REALIZES: "{whole} as from {day}",
    om("elementOf"): "limit on {facet}: {whole}",
    om("placementOf"): "placement of {whole}",
    om("penaltyFor"): "penalty for {whole}",
    om("procedureFor"): "procedure for {whole}",
    om("extentOf"): "extent of {whole}",
    om("faultIn"): "drafting fault in {whole}",
    om("encodes"): "encoding of {whole}",
}
"""What a thing without a name is called, by what it belongs to."""
MOST_VALUES = 100


@dataclass(frozen=True)
class Told:
    """A value: its text, and its IRI where it is a thing with a name of its own."""

    text: str
    iri: str | None


@dataclass(frozen=True)
class Row:
    """The values of one property, the first of them where there are many, and how many more."""

    label: str
    property: str
    values: tuple[Told, ...]
    more: int


@dataclass(frozen=True)
class Thing:
    """A thing with what the authored graph says of it and what there speaks of it."""

    iri: str
    name: str
    label: str
    kinds: tuple[str, ...]
    said: tuple[Row, ...]
    spoken_of: tuple[Row, ...]


def name_of(graph: Graph, iri: str) -> str:
    """The citation of a thing, else its label, else what it belongs to, else the end of its IRI."""
    for predicate in NAMES:
        if name := graph.text(iri, predicate):
            return name
    for relation, words in PARTS.items():
        if whole := graph.iri(iri, relation):
            return words.format(whole=name_of(graph, whole), **_details(graph, iri))
    return iri.removeprefix(ID)


def _details(graph: Graph, iri: str) -> dict[str, str]:
    facet, day = graph.iri(iri, om("limits")), graph.day(iri, IN_FORCE_FROM)
    return {"facet": name_of(graph, facet) if facet else "", "day": str(day or "")}


def thing(graph: Graph, iri: str) -> Thing | None:
    """The thing of this name, None where the graph describes none."""
    said = graph.statements.get(iri)
    if said is None:
        return None
    name = name_of(graph, iri)
    spoken_of = {p: subjects for p, by in graph.inverse.items() if (subjects := by.get(iri))}
    return Thing(
        iri=iri,
        name=name,
        label=graph.text(iri, LABEL) or name,
        kinds=tuple(name_of(graph, kind) for kind in graph.iris(iri, RDF_TYPE)),
        said=tuple(_row(graph, p, values) for p, values in said.items() if p not in HIDDEN),
        spoken_of=tuple(_row(graph, p, map(Iri, subjects)) for p, subjects in spoken_of.items()),
    )


def _row(graph: Graph, predicate: str, values: Iterable[GraphValue]) -> Row:
    told = [_told(graph, value) for value in values]
    label = graph.text(predicate, LABEL) or predicate.rpartition("/")[2].rpartition("#")[2]
    return Row(label, predicate, tuple(told[:MOST_VALUES]), max(0, len(told) - MOST_VALUES))


def _told(graph: Graph, value: GraphValue) -> Told:
    if isinstance(value, Iri):
        return Told(_full_name(graph, value), value)
    if isinstance(value, date):
        return Told(value.isoformat(), None)
    return Told(str(value).lower() if isinstance(value, bool) else str(value), None)


def _full_name(graph: Graph, iri: str) -> str:
    """Name and label, where they differ and the label says more."""
    name, label = name_of(graph, iri), graph.text(iri, LABEL)
    return name if label is None or label == name or label in name else f"{name}: {label}"
