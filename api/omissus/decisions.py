"""Decisions of courts: on which words they bear, which reading they support, with what weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from omissus.elements import Reading
from omissus.graph import DataError, Graph
from omissus.vocabulary import DATE_DOCUMENT, om


@dataclass(frozen=True)
class Decision:
    """What is known of a decision; one that settles no reading has none."""

    iri: str
    citation: str
    day: date | None
    weight: str | None
    paragraphs: str | None
    reading: Reading | None
    reason: str | None

    def __str__(self) -> str:
        where = self.paragraphs or ""
        paragraphs = f"{'para' if where.isdecimal() else 'paras'} {where}" if where else None
        known = ", ".join(part for part in (self.weight, paragraphs) if part)
        side = self.reading.value if self.reading else None
        held = f"supports the {side} reading" if side else "settles no reading"
        told = f"{self.citation} ({known}) {held}" if known else f"{self.citation} {held}"
        return f"{told}. {self.reason}" if self.reason else told


def decisions_on(graph: Graph, things: Iterable[str], day: date) -> tuple[Decision, ...]:
    """Decisions, given by the day, that bear on elements, penalties, rules or exceptions."""
    found = dict.fromkeys(
        iri
        for thing in things
        for iri in (*graph.iris(thing, om("supportedBy")), *graph.subjects(om("readingOf"), thing))
    )
    decisions = (_decision(graph, iri) for iri in found)
    return tuple(d for d in decisions if d.day is None or d.day <= day)


def _decision(graph: Graph, iri: str) -> Decision:
    reading = graph.text(iri, om("supportsReading"))
    if reading is not None and reading not in set(Reading):
        what = f"a decision that supports the reading {reading!r}"
        raise DataError(graph.where(iri), what, "Write strict or generous, or leave it out.")
    return Decision(
        iri=iri,
        citation=graph.text(iri, om("citation")) or iri,
        day=graph.day(iri, DATE_DOCUMENT),
        weight=graph.text(iri, om("weight")),
        paragraphs=graph.text(iri, om("atParagraph")),
        reading=Reading(reading) if reading else None,
        reason=graph.text(iri, om("reason")),
    )
