"""Extents: in which territory an instrument is in force, and between which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omissus.graph import DataError, Graph
from omissus.vocabulary import IN_FORCE_FROM, NO_LONGER_IN_FORCE, RELEVANT_FOR, om


@dataclass(frozen=True)
class Extent:
    """That an instrument is in force in a territory; without a day, since or until its own."""

    iri: str
    instrument: str
    territory: str
    start: date | None
    end: date | None
    arguable: bool
    ended_by: str | None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which the extent begins and ends, as far as they are told."""
        return tuple(day for day in (self.start, self.end) if day)


def read_extents(graph: Graph) -> tuple[Extent, ...]:
    """Every extent: the dated ones, then those that an instrument states without days."""
    dated = [_dated(graph, iri) for iri in graph.instances(om("Extent"))]
    undated = [
        Extent(instrument, instrument, territory, None, None, arguable, None)
        for arguable, relation in ((False, RELEVANT_FOR), (True, om("arguablyRelevantFor")))
        for instrument in graph.instances(om("Instrument"))
        for territory in graph.iris(instrument, relation)
    ]
    return (*dated, *undated)


def _dated(graph: Graph, iri: str) -> Extent:
    instrument, territory = graph.iri(iri, om("extentOf")), graph.iri(iri, om("extendsTo"))
    if instrument is None or territory is None:
        remedy = "Add om:extentOf and om:extendsTo."
        raise DataError(graph.where(iri), "an extent of nothing or to nowhere", remedy)
    start, end = graph.day(iri, IN_FORCE_FROM), graph.day(iri, NO_LONGER_IN_FORCE)
    if start and end and end <= start:
        what = f"an extent that ends on {end} and begins on {start}"
        raise DataError(graph.where(iri), what, "Correct the days.")
    return Extent(
        iri=iri,
        instrument=instrument,
        territory=territory,
        start=start,
        end=end,
        arguable=graph.flag(iri, om("arguable")),
        ended_by=graph.iri(iri, om("extentEndedBy")),
    )
