"""States parties, and the territories for which each answers to the Committee."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from omissus.extent import Extent
from omissus.graph import DataError, Graph
from omissus.vocabulary import LABEL, TESTLAND, TITLE, om


@dataclass(frozen=True)
class State:
    """A State party: its own territory, in which federal law is told, its name and its units."""

    iri: str
    name: str
    territories: tuple[str, ...]


def read_states(graph: Graph) -> tuple[State, ...]:
    """Every State of the graph with its territories, its own first among them in their order.

    Raises DataError where a territory is taken up by what is no State.
    """
    units: dict[str, list[str]] = {}
    territories = graph.instances(om("Territory"))
    for territory in territories:
        if graph.iri(territory, om("takenUpBy")) is None:
            units[territory] = []
    for territory in territories:
        state = graph.iri(territory, om("takenUpBy")) or territory
        if state not in units:
            what = f"a territory taken up by <{state}>, which is no State"
            raise DataError(graph.where(territory), what, "Name a State party in om:takenUpBy.")
        units[state].append(territory)
    return tuple(
        State(state, graph.text(state, TITLE) or graph.text(state, LABEL) or state, tuple(found))
        for state, found in units.items()
    )


def refuse_mixed(graph: Graph, extents: Iterable[Extent]) -> None:
    """Raise DataError where invented law stands beside real law, or is law of a real territory."""
    remedy = "Keep invented law in a folder of its own."
    territories = graph.instances(om("Territory"))
    invented = [territory for territory in territories if territory.startswith(TESTLAND)]
    if invented and len(invented) < len(territories):
        raise DataError(graph.where(invented[0]), "invented law beside real law", remedy)
    for extent in extents:
        if extent.instrument.startswith(TESTLAND) != extent.territory.startswith(TESTLAND):
            what = f"<{extent.instrument}> in <{extent.territory}>, of which one is invented"
            raise DataError(graph.where(extent.iri), what, remedy)
