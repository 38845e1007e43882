"""Entries of the reference: what the graph says of a term, ready to be shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from omissus.corpus import Corpus
from omissus.usage import Use, uses
from omissus.vocabulary import DEFINITION, ID, LABEL, OM, PREF_LABEL, SOURCE


@dataclass(frozen=True)
class Name:
    """Something named in an entry; `iri` where it is a thing that may have an entry itself."""

    text: str
    iri: str | None = None


@dataclass(frozen=True)
class Fact:
    """One line of an entry: what is told, and the names told."""

    heading: str
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Entry:
    """One term. `anchor` is its place in the page, which is the end of its IRI."""

    iri: str
    anchor: str
    name: str
    label: str
    definition: str
    sources: tuple[str, ...]
    facts: tuple[Fact, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Group:
    """Entries under one heading; `head` is that of the facet or scheme that they belong to."""

    title: str
    anchor: str
    entries: tuple[Entry, ...]
    head: Entry | None = None


@dataclass(frozen=True)
class Page:
    """One page of the reference."""

    slug: str
    title: str
    lead: str
    groups: tuple[Group, ...]


class Terms:
    """What the graph says of terms, as entries tell it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self.graph = corpus, corpus.graph
        self.uses = uses(corpus.graph.root)
        declared = prefixes((corpus.graph.root / "ontology").glob("*.ttl"))
        self.spaces = sorted(((v, k) for k, v in declared.items()), key=lambda row: -len(row[0]))

    def short_name(self, iri: str) -> str:
        """A term as Turtle writes it: om:RequiredOffence, conduct:offering, xsd:integer."""
        for space, prefix in self.spaces:
            if iri.startswith(space):
                return f"{prefix}:{iri.removeprefix(space)}"
        return iri

    def name(self, iri: str) -> Name:
        """A thing by its label, else by the end of its IRI."""
        label = self.graph.text(iri, LABEL) or self.graph.text(iri, PREF_LABEL)
        return Name(label or self.short_name(iri), iri)

    def names(self, iris: Iterable[str]) -> tuple[Name, ...]:
        """Things by their labels, each once, in the order of the labels."""
        return tuple(sorted(map(self.name, set(iris)), key=lambda name: name.text.casefold()))

    def entry(self, iri: str, facts: Iterable[Fact]) -> Entry:
        """The entry of a term; facts that name nothing are left out."""
        return Entry(
            iri=iri,
            anchor=anchor(iri),
            name=self.short_name(iri),
            label=self.name(iri).text,
            definition=self.graph.text(iri, DEFINITION) or "",
            sources=tuple(map(str, self.graph.values(iri, SOURCE))),
            facts=tuple(fact for fact in facts if fact.names),
            uses=tuple(self.uses.get(iri, ())),
        )


def anchor(iri: str) -> str:
    """Where the term stands in its page: RequiredOffence, conduct/offering."""
    return iri.removeprefix(OM).removeprefix(ID)


def prefixes(files: Iterable[Path]) -> dict[str, str]:
    """The prefixes that some Turtle files declare, each with its namespace."""
    found: dict[str, str] = {}
    for path in files:
        reader = pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        deque(reader, maxlen=0)  # the prefixes are known once it has read them
        found |= reader.prefixes
    return found
