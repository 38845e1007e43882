"""Questions to the graph: those kept with their answers, and those that a form completes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from omissus.corpus import Corpus
from omissus.data import question_files
from omissus.selection import VICTIMS, UnknownNameError
from omissus.store import QUERIES
from omissus.things import name_of
from omissus.vocabulary import ID, IN_SCHEME, PART_OF, om

PLACE = re.compile(r"\{(\w+)\}")
AS_AT = re.compile(r"^# As at (\d{4}-\d{2}-\d{2})\.$", re.MULTILINE)
SUBJECT = re.compile(r"^# Subject: (.+)\.$", re.MULTILINE)


@dataclass(frozen=True)
class Kept:
    """A competency question: its words, its subject, the day it is asked of, and its query."""

    name: str
    words: str
    subject: str
    day: str
    query: str


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen for a place in a question."""

    iri: str
    label: str


@dataclass(frozen=True)
class Form:
    """A question with places to fill, each with its choices, the first of them taken if none is."""

    name: str
    words: str
    places: dict[str, tuple[Choice, ...]]
    query: str

    def chosen(self, given: dict[str, str]) -> dict[str, Choice]:
        """What is asked for at each place: what was given, or the first choice.

        Raises UnknownNameError where something is given that is no choice.
        """
        found = {}
        for place, choices in self.places.items():
            known = {choice.iri.removeprefix(ID): choice for choice in choices}
            wanted = given.get(place) or next(iter(known))
            if wanted not in known:
                raise UnknownNameError(place, wanted, tuple(known))
            found[place] = known[wanted]
        return found

    def asked(self, chosen: dict[str, Choice]) -> str:
        """The query with what is chosen in its places."""
        query = self.query
        for place, choice in chosen.items():
            query = query.replace(f"<urn:ask:{place}>", f"<{choice.iri}>")
        return query

    def told(self, chosen: dict[str, Choice]) -> str:
        """The question in words."""
        return PLACE.sub(lambda match: chosen[match[1]].label, self.words)


@cache
def kept_questions(root: Path) -> dict[str, list[Kept]]:
    """The competency questions that the store of a day answers, by subject, in their order."""
    found: dict[str, list[Kept]] = {}
    for path in question_files(root):
        text = path.read_text(encoding="utf-8")
        day, subject = AS_AT.search(text), SUBJECT.search(text)
        if day and subject:
            words = text.partition("\n")[0].removeprefix("# ")
            kept = Kept(path.stem, words, subject[1], day[1], text)
            found.setdefault(kept.subject, []).append(kept)
    return found


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    paths = sorted((QUERIES / "forms").glob("*.rq"))
    return tuple((path.stem[3:], path.read_text(encoding="utf-8")) for path in paths)


def forms(corpus: Corpus) -> tuple[Form, ...]:
    """The questions that need no SPARQL, with what the corpus has to choose from."""
    every = _choices(corpus)
    found = []
    for name, text in _texts():
        words = text.partition("\n")[0].removeprefix("# ")
        places = {place: every[place] for place in PLACE.findall(words)}
        found.append(Form(name, words, places, text))
    return tuple(found)


def _choices(corpus: Corpus) -> dict[str, tuple[Choice, ...]]:
    graph = corpus.graph
    connections = graph.subjects(IN_SCHEME, ID + "facet/connection")
    described = {graph.iri(section, PART_OF) for section in graph.instances(om("Provision"))}
    instruments = (i for i in graph.instances(om("Instrument")) if i in described)
    return {
        "demand": tuple(Choice(r.iri, f"{r.citation} {r.label}") for r in corpus.requirements),
        "territory": tuple(Choice(iri, _place(corpus, iri)) for iri in corpus.territories),
        "victims": tuple(Choice(f"{ID}victim-sex/{sex}", label) for label, sex in VICTIMS.items()),
        "instrument": _by_label(Choice(iri, name_of(graph, iri)) for iri in instruments),
        "connection": tuple(Choice(iri, name_of(graph, iri)) for iri in connections),
    }


def _place(corpus: Corpus, iri: str) -> str:
    """The name of a territory, or of the State where the column is that of its federal law."""
    state = next((state for state in corpus.states if state.iri == iri), None)
    return f"{state.name} (federal law)" if state else corpus.label(iri)


def _by_label(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice.label.casefold()))
