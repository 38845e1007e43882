"""Beside the words: procedure, conditions, the text that was read and how far it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from omissus.corpus import Corpus, Offence, Penalty, Rule, Version
from omissus.elements import Reading
from omissus.exhibits import REVIEW_ORDER
from omissus.graph import Graph
from omissus.law import Law
from omissus.vocabulary import ID, LABEL, NOTATION, PREF_LABEL, om

STATED = (
    ("arrestWithoutWarrant", "arrest without warrant", "no arrest without warrant"),
    ("bailable", "bailable", "not bailable"),
    ("compoundable", "compoundable", "not compoundable"),
)

SECONDARY = ID + "text-class/secondary"
UNNAMED = (9, "no text named")


def _in_force(law: Law, iri: str) -> Version | None:
    version = law.corpus.versions.get(law.corpus.graph.iri(iri, om("enactedIn")) or "")
    return version if version and version.in_force(law.day) else None


def procedure(law: Law, offence: Offence) -> str | None:
    """How an offence is arrested for, bailed, compounded and tried, in one phrase."""
    graph = law.corpus.graph
    phrases = []
    for iri in graph.subjects(om("procedureFor"), offence.iri):
        version = _in_force(law, iri)
        if version is None:
            continue
        told = [
            yes if graph.flag(iri, om(name)) else no
            for name, yes, no in STATED
            if graph.values(iri, om(name))
        ]
        court = graph.text(iri, om("court"))
        told += [f"tried by {court}"] if court else []
        phrases.append(f"{', '.join(told)} ({version.citation})")
    return "; ".join(phrases) or None


def conditions(law: Law, offence: Offence, rules: Iterable[Rule]) -> tuple[str, ...]:
    """Without what an offence, or the rules by which it is reached, may not be prosecuted."""
    graph = law.corpus.graph
    targets = {offence.iri, offence.version.instrument, *(rule.iri for rule in rules)}
    return tuple(
        f"{graph.text(iri, LABEL)} ({version.citation})"
        for iri in graph.instances(om("ProceduralCondition"))
        if (version := _in_force(law, iri)) and targets & set(graph.iris(iri, om("conditionOn")))
    )


def review_state(graph: Graph, thing: str, instrument: str) -> str:
    """How far the encoding of a thing has been checked, by the records kept in the same file."""
    states = [
        (graph.iri(record, om("reviewState")) or REVIEW_ORDER[0]).rsplit("/", 1)[-1]
        for record in graph.subjects(om("encodes"), instrument)
        if graph.origin.get(record) == graph.origin.get(thing)
    ]
    return min(states, key=REVIEW_ORDER.index, default=REVIEW_ORDER[0])


def rests_on(
    graph: Graph, offence: Offence, penalty: Penalty | None, rules: Iterable[Rule]
) -> Iterator[str]:
    """Every version on whose words an offence, its penalty and what acts on it rest."""
    for version, elements in (
        (offence.version, offence.elements),
        *((rule.version, rule.elements) for rule in rules),
    ):
        yield version.iri
        yield from (element.pinpoint for element in elements if element.pinpoint)
    if penalty:
        yield penalty.version.iri
        yield from graph.iris(penalty.iri, om("pinpoint"))


def words_held(law: Law, territory: str) -> bool:
    """Whether any law in force in a territory on the day is held in words of its own."""
    graph = law.corpus.graph
    return any(
        version.in_force(law.day)
        and law.extends_to(version.instrument, territory, Reading.GENEROUS)
        and _text_class(graph, version.iri) != SECONDARY
        for version in law.corpus.versions.values()
    )


def text_class(graph: Graph, versions: Iterable[str]) -> str:
    """The kind of text from which some versions were read: of several, the least to be trusted."""
    found = [_class_of(graph, version) for version in versions]
    return max(found, default=UNNAMED)[1]


def _text_class(graph: Graph, version: str) -> str | None:
    source = graph.iri(version, om("readFrom"))
    return graph.iri(source, om("textClass")) if source else None


def _class_of(graph: Graph, version: str) -> tuple[int, str]:
    """How far down the text of a version stands in the order of trust, and its class."""
    found = _text_class(graph, version)
    label = graph.text(found, PREF_LABEL) if found else None
    return (graph.number(found, NOTATION) or 0, label) if found and label else UNNAMED


def consolidated_to(graph: Graph, version: Version) -> date | None:
    """The last day whose amendments the text of a version is known to carry."""
    source = graph.iri(version.iri, om("readFrom"))
    return graph.day(source, om("consolidatedTo")) if source else None


def cited(corpus: Corpus, iri: str | None) -> str | None:
    """How an instrument is cited."""
    return corpus.citation(iri) if iri else None
