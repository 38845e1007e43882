"""States parties, and the territories for which each answers to the Committee."""

from __future__ import annotations

from dataclasses import dataclass

from omissus.graph import DataError, Graph
from omissus.vocabulary import LABEL, TITLE, om


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
