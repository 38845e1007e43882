"""A graph with some statements added or taken out, the graph it is made from left as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

from omissus.graph import Graph, Iri, Value, statements_of
from omissus.vocabulary import PART_OF, REALIZES, om

RESTS_ON = (
    REALIZES,
    PART_OF,
    om("enactedIn"),
    om("builtOn"),
    om("allows"),
    om("generouslyAllows"),
    om("strictlyAllows"),
    om("searched"),
)
"""Relations by which what is known of the subject is read from the object too."""

MAKES_UP = (
    om("elementOf"),
    om("placementOf"),
    om("penaltyFor"),
    om("answeredBy"),
)
"""Relations by which what is known of the object is read from the subject too."""


class AmendedGraph(Graph):
    """A graph on top of another: what it adds or takes out is copied first, the rest is shared."""

    def __init__(self, before: Graph) -> None:
        super().__init__(
            root=before.root,
            files=before.files,
            statements=dict(before.statements),
            inverse=dict(before.inverse),
            origin=dict(before.origin),
            release=before.release,
        )
        self.before = before
        self.touched: set[str] = set()
        self._own: set[str | tuple[str, str]] = set()

    def add(self, subject: str, predicate: str, value: Value) -> None:
        self._about(subject).setdefault(predicate, []).append(value)
        if type(value) is Iri:
            self._pointing(predicate, value).append(subject)

    def remove(self, subject: str, predicate: str, value: Value) -> None:
        """Take a statement out. Raises ValueError where the graph does not have it."""
        told = self._about(subject)
        told[predicate].remove(value)
        if not told[predicate]:
            del told[predicate]
        if not told:
            del self.statements[subject]
        if type(value) is Iri:
            self._pointing(predicate, value).remove(subject)

    def read(self, path: Path) -> None:
        """Add all statements of a Turtle file. Raises DataError, as `load` does."""
        text = path.read_bytes()
        self.files = (*self.files, path)
        self.release = hashlib.sha256(self.release.encode() + text).hexdigest()[:12]
        for subject, predicate, value in statements_of(self.root, path, text):
            self.add(subject, predicate, value)
            self.origin.setdefault(subject, path)

    def _about(self, subject: str) -> dict[str, list[Value]]:
        if subject not in self.touched:
            self.touched.add(subject)
            told = self.statements.get(subject, {})
            self.statements[subject] = {p: list(values) for p, values in told.items()}
        return self.statements[subject]

    def _pointing(self, predicate: str, value: str) -> list[str]:
        """The subjects that point to a value, in a list that may be changed."""
        if predicate not in self._own:
            self._own.add(predicate)
            self.inverse[predicate] = dict(self.inverse.get(predicate, {}))
        if (predicate, value) not in self._own:
            self._own.add((predicate, value))
            self.inverse[predicate][value] = list(self.inverse[predicate].get(value, []))
        return self.inverse[predicate][value]

    def stale(self) -> frozenset[str]:
        """All things of which something else may be known than before, new ones among them."""
        found, known = set(self.touched), self.before.statements
        waiting = [subject for subject in self.touched if subject in known]
        for subject in self.touched:
            said = self.statements.get(subject, {})
            for predicate in MAKES_UP:
                if predicate in said:
                    waiting += [value for value in self.iris(subject, predicate) if value in known]
        while waiting:
            thing = waiting.pop()
            found.add(thing)
            for graph in (self.before, self):
                for told in (
                    *(graph.subjects(predicate, thing) for predicate in RESTS_ON),
                    *(graph.iris(thing, predicate) for predicate in MAKES_UP),
                ):
                    waiting.extend(other for other in told if other not in found)
        return frozenset(found)
