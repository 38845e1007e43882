"""What only a secondary source tells: provisions reported to punish acts, whose words are not held.

Such a report changes no verdict; it is told beside a verdict that could not be given.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from omissus.corpus import Corpus, Version
from omissus.graph import DataError
from omissus.vocabulary import LABEL, om

CERTAINTIES = ("A", "B", "C")


@dataclass(frozen=True)
class Reported:
    """A provision that a secondary source reports to punish acts of a kind."""

    iri: str
    label: str
    version: Version
    certainty: str
    reason: str | None

    def __str__(self) -> str:
        return f"{self.version.citation} (certainty {self.certainty})"


def read_reported(corpus: Corpus) -> dict[str, tuple[Reported, ...]]:
    """Every reported offence, under each requirement that it is reported for."""
    graph = corpus.graph
    found: dict[str, list[Reported]] = defaultdict(list)
    for iri in graph.instances(om("ReportedOffence")):
        reported = _reported(corpus, iri)
        for requirement in graph.iris(iri, om("reportedFor")):
            found[requirement].append(reported)
    return {requirement: tuple(rows) for requirement, rows in found.items()}


def _reported(corpus: Corpus, iri: str) -> Reported:
    graph = corpus.graph
    version = corpus.versions.get(graph.iri(iri, om("enactedIn")) or "")
    if version is None:
        remedy = "Add om:enactedIn, the version of the provision that is reported."
        raise DataError(graph.where(iri), "a reported offence without a source", remedy)
    certainty = graph.text(iri, om("certainty"))
    if certainty not in CERTAINTIES:
        what = f"a reported offence of certainty {certainty!r}"
        raise DataError(graph.where(iri), what, "Write A, B or C in om:certainty.")
    return Reported(
        iri=iri,
        label=graph.text(iri, LABEL) or iri,
        version=version,
        certainty=certainty,
        reason=graph.text(iri, om("reason")),
    )


@dataclass(frozen=True)
class ReachClaim:
    """A reason why federal law does, or does not, reach a territory."""

    label: str
    citations: tuple[str, ...]
    reason: str | None

    def __str__(self) -> str:
        return f"{self.label} ({', '.join(self.citations)})" if self.citations else self.label


def read_reach(corpus: Corpus, territory: str) -> tuple[ReachClaim, ...]:
    """The claims on how far federal law reaches a territory."""
    graph = corpus.graph
    return tuple(
        ReachClaim(
            label=graph.text(iri, LABEL) or iri,
            citations=tuple(
                corpus.versions[v].citation
                for v in graph.iris(iri, om("pinpoint"))
                if v in corpus.versions
            ),
            reason=graph.text(iri, om("reason")),
        )
        for iri in graph.subjects(om("reachOf"), territory)
    )


def reported_on(
    found: dict[str, tuple[Reported, ...]], requirement: str, day: date
) -> tuple[Reported, ...]:
    """What is reported for a requirement of provisions that stood on a day."""
    return tuple(r for r in found.get(requirement, ()) if r.version.in_force(day))
