"""What was searched: without a search there is no gap, only a verdict not given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from omissus.corpus import Corpus
from omissus.vocabulary import ENDED_AT, LABEL, om


@dataclass(frozen=True)
class Search:
    """A search of one territory's law for one subject."""

    iri: str
    territory: str
    subject: str
    complete: bool
    instruments: tuple[str, ...]
    not_held: tuple[str, ...]
    consolidated_to: date | None
    since: date | None
    searched_on: date | None
    note: str | None
    reason: str | None

    def speaks_for(self, day: date) -> bool:
        """Whether the search bears out that a law is missing on that day."""
        return self.complete and (self.since is None or self.since <= day)


@dataclass(frozen=True)
class Registry:
    """All search records, by territory and subject."""

    searches: dict[tuple[str, str], Search]
    labels: dict[str, str]

    def find(self, territory: str, subjects: Iterable[str]) -> list[Search]:
        return [s for subject in subjects if (s := self.searches.get((territory, subject)))]

    def searched(self, territory: str, subjects: Iterable[str], day: date) -> bool:
        """Whether every subject was searched, completely, in the territory for that day."""
        wanted = tuple(subjects)
        found = self.find(territory, wanted)
        return len(found) == len(wanted) and all(s.speaks_for(day) for s in found)

    def statement(self, territory: str, subjects: Iterable[str], day: date) -> str:
        """In a few sentences: what was read, up to when, what was not held, and what that means."""
        parts = []
        for subject in subjects:
            search = self.searches.get((territory, subject))
            name = self.labels.get(subject, subject)
            if search is None:
                parts.append(f"{name}: this territory's own law was not searched")
                continue
            read = ", ".join(search.instruments) or "no instrument"
            told = f"{name}: searched {read}"
            if search.consolidated_to:
                told += f", consolidated to {search.consolidated_to}"
            if search.not_held:
                told += f"; not held: {', '.join(search.not_held)}"
            if search.since and day < search.since:
                told += f"; the search speaks only for days from {search.since}"
            if search.reason:
                told += f". {search.reason.rstrip('.')}"
            parts.append(told)
        return ". ".join(parts) + "."


def read_registry(corpus: Corpus) -> Registry:
    """Every search record of the corpus."""
    graph = corpus.graph
    searches = {}
    for iri in graph.instances(om("SearchRecord")):
        for territory in graph.iris(iri, om("searchedIn")):
            for subject in graph.iris(iri, om("searchedFor")):
                searches[territory, subject] = Search(
                    iri=iri,
                    territory=territory,
                    subject=subject,
                    complete=graph.flag(iri, om("complete")),
                    instruments=tuple(corpus.citation(i) for i in graph.iris(iri, om("searched"))),
                    not_held=tuple(str(v) for v in graph.values(iri, om("notHeld"))),
                    consolidated_to=graph.day(iri, om("consolidatedTo")),
                    since=graph.day(iri, om("searchedSince")),
                    searched_on=graph.day(iri, ENDED_AT),
                    note=graph.text(iri, LABEL),
                    reason=graph.text(iri, om("reason")),
                )
    return Registry(searches, corpus.facets.labels | _labels(corpus))


def _labels(corpus: Corpus) -> dict[str, str]:
    graph = corpus.graph
    name = "http://www.w3.org/2004/02/skos/core#prefLabel"
    concepts = graph.instances("http://www.w3.org/2004/02/skos/core#Concept")
    return {iri: graph.text(iri, name) or iri for iri in concepts}
