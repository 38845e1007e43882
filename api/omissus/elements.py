"""Limits of sets of fact patterns, as the graph tells them: a facet, its values, whose words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from omissus.facets import Facets
from omissus.graph import DataError, Graph
from omissus.vocabulary import ID, RDF_TYPE, om


class Reading(StrEnum):
    """How the words of a law are taken."""

    STRICT = "strict"
    GENEROUS = "generous"


READINGS = tuple(Reading)
"""Both readings, in the order in which they are told."""


@dataclass(frozen=True, eq=False)
class Element:
    """A limit of a set of fact patterns on one facet, with the words on which it rests."""

    iri: str
    facet: str
    replaces: bool
    allows: tuple[str, ...]
    extra: dict[Reading, tuple[str, ...]]
    ages: dict[Reading, int | None]
    anchor: str | None
    pinpoint: str | None
    reason: str | None
    strict_reason: str | None
    generous_reason: str | None


def read_element(graph: Graph, facets: Facets, iri: str) -> Element:
    """The element of this name. Raises DataError where it limits no facet."""
    limits = graph.iri(iri, om("limits"))
    if limits is None:
        raise DataError(graph.where(iri), "an element without a facet", "Add om:limits.")
    facet = limits.removeprefix(ID + "facet/")
    if facet not in facets.position:
        raise DataError(graph.where(iri), f"unknown facet <{limits}>", "Use one of schemes.ttl.")
    extra = {
        Reading.STRICT: tuple(graph.iris(iri, om("strictlyAllows"))),
        Reading.GENEROUS: tuple(graph.iris(iri, om("generouslyAllows"))),
    }
    return Element(
        iri=iri,
        facet=facet,
        replaces=om("Replacement") in graph.iris(iri, RDF_TYPE),
        allows=tuple(graph.iris(iri, om("allows"))),
        extra=extra,
        ages=ages_of(graph, facets, iri, facet),
        anchor=graph.text(iri, om("anchor")),
        pinpoint=graph.iri(iri, om("pinpoint")),
        reason=graph.text(iri, om("reason")),
        strict_reason=graph.text(iri, om("strictReason")),
        generous_reason=graph.text(iri, om("generousReason")),
    )


def ages_of(graph: Graph, facets: Facets, iri: str, facet: str) -> dict[Reading, int | None]:
    """The ages that an element allows, as the bits of a number; None where it limits no age."""
    number = graph.number
    low, high = number(iri, om("ageFrom")), number(iri, om("ageBelow"))
    wider = number(iri, om("generousAgeBelow"))
    if facet != "victim-age" or (low is None and high is None and wider is None):
        return dict.fromkeys(READINGS)
    oldest = len(facets.atoms[facets.position[facet]])

    def mask(below: int) -> int:
        return sum(1 << age for age in range(low or 0, min(below, oldest)))

    strict = mask(high if high is not None else (0 if wider is not None else oldest))
    generous = mask(wider if wider is not None else (high if high is not None else oldest))
    return {Reading.STRICT: strict, Reading.GENEROUS: strict | generous}
