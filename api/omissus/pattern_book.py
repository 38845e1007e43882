"""What encoded law looks like: how often a facet is limited and how, which penalties, which rules.

Only facets, values and numbers are taken up, never the words of an Act, its name or its reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from omissus.corpus import Corpus
from omissus.graph import Value
from omissus.registry import read_registry
from omissus.vocabulary import MADE_BY, RELEVANT_FOR, om

Told = tuple[tuple[str, Value], ...]
"""What is said of a thing: predicates and values."""

ELEMENT = tuple(
    om(name)
    for name in (
        "limits",
        "allows",
        "generouslyAllows",
        "strictlyAllows",
        "ageFrom",
        "ageBelow",
        "generousAgeBelow",
    )
)
PENALTY = tuple(
    om(name)
    for name in (
        "minimumMonths",
        "generousMinimumMonths",
        "maximumMonths",
        "lifeImprisonment",
        "death",
        "fine",
        "minimumFine",
        "maximumFine",
    )
)
ANSWER = (om("generousOnly"), om("atStage"))
CORE = ("conduct", "object")


@dataclass(frozen=True)
class RuleForm:
    """A rule without its words: its class, how widely it reaches, and its elements."""

    kind: str
    general: bool
    generous: bool
    months: int | None
    elements: tuple[tuple[str, Told], ...]


@dataclass(frozen=True)
class PatternBook:
    """The distribution of a corpus, to draw invented law from.

    `cores` are the elements on conduct and object of each offence, which are drawn together;
    `shares` tells how often each other facet is limited, `limits` by which elements. `extents` are
    the shares of the units of a State in which a federal Act is law, surely and arguably.
    """

    cores: tuple[tuple[Told, ...], ...]
    shares: dict[str, float]
    limits: dict[str, tuple[Told, ...]]
    penalties: tuple[Told, ...]
    spans: tuple[tuple[date, date | None], ...]
    rules: tuple[RuleForm, ...]
    exceptions: tuple[tuple[Told, ...], ...]
    extents: tuple[tuple[float, float], ...]
    answers: dict[str, tuple[Told, ...]]
    subjects: tuple[str, ...]
    searched: tuple[float, float]
    """Shares of the searches that are complete, of federal law and of that of the units."""


def read_pattern_book(corpus: Corpus) -> PatternBook:
    """The distribution of the offences, rules, extents, answers and searches of a corpus."""
    graph = corpus.graph
    told: dict[str, list[Told]] = {}
    cores = []
    for offence in corpus.offences.values():
        elements = [(e.facet, _said(corpus, e.iri, ELEMENT)) for e in offence.elements]
        cores.append(tuple(said for facet, said in elements if facet in CORE))
        for facet, said in elements:
            if facet not in CORE:
                told.setdefault(facet, []).append(said)
    whole = len(corpus.offences)
    return PatternBook(
        cores=tuple(cores),
        shares={facet: len(found) / whole for facet, found in told.items()},
        limits={facet: tuple(found) for facet, found in told.items()},
        penalties=tuple(
            _said(corpus, penalty.iri, PENALTY)
            for offence in corpus.offences.values()
            for penalty in offence.penalties
        ),
        spans=tuple((o.version.start, o.version.end) for o in corpus.offences.values()),
        rules=tuple(_rule_forms(corpus)),
        exceptions=tuple(
            tuple(_said(corpus, e.iri, ELEMENT) for e in rule.elements)
            for rule in corpus.rules
            if rule.kind == "Exception"
        ),
        extents=tuple(_extents(corpus)),
        answers={
            requirement.iri: tuple(
                _said(corpus, answer, ANSWER)
                for answer in graph.subjects(om("answers"), requirement.iri)
            )
            for requirement in corpus.requirements
            if not requirement.offence
        },
        subjects=tuple(dict.fromkeys(s for r in corpus.requirements for s in r.subjects)),
        searched=_searched(corpus),
    )


def _said(corpus: Corpus, thing: str, predicates: tuple[str, ...]) -> Told:
    return tuple((p, value) for p in predicates for value in corpus.graph.values(thing, p))


def _rule_forms(corpus: Corpus) -> list[RuleForm]:
    territories = set(corpus.territories)
    return [
        RuleForm(
            kind=rule.kind,
            general=not territories.isdisjoint(rule.reaches | rule.generously_reaches),
            generous=not rule.reaches,
            months=rule.months,
            elements=tuple(
                ("Replacement" if e.replaces else "Element", _said(corpus, e.iri, ELEMENT))
                for e in rule.elements
            ),
        )
        for rule in corpus.rules
        if rule.kind != "Exception"
    ]


def _extents(corpus: Corpus) -> list[tuple[float, float]]:
    graph = corpus.graph
    state = corpus.states[0]
    units = max(1, len(state.territories) - 1)
    acts = dict.fromkeys(offence.version.instrument for offence in corpus.offences.values())
    return [
        (
            sum(t != state.iri for t in graph.iris(act, RELEVANT_FOR)) / units,
            len(graph.iris(act, om("arguablyRelevantFor"))) / units,
        )
        for act in acts
        if graph.iri(act, MADE_BY) == state.iri
    ]


def _searched(corpus: Corpus) -> tuple[float, float]:
    state = corpus.states[0].iri
    searches = read_registry(corpus).searches.values()
    federal = [search.complete for search in searches if search.territory == state]
    own = [search.complete for search in searches if search.territory != state]
    return sum(federal) / max(1, len(federal)), sum(own) / max(1, len(own))
