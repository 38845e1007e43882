"""The coverage engine and the proof asked the same, of real law or of many Testlands at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from random import Random
from typing import Any, NamedTuple

from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from omissus.assessing import SEXES
from omissus.boxes import Box
from omissus.corpus import Requirement
from omissus.coverage import Verdict
from omissus.elements import READINGS, Reading
from omissus.expressions import Complement, Expression, Intersection, Limit, Union, intersection
from omissus.findings import Findings
from omissus.owl import PROOF, Ontology
from omissus.proof import decided
from omissus.questions import Question, Questions
from omissus.reasoner import satisfiable
from tests.broken import Parts, engine
from tests.testlands import Law, Testlands, laws

DAY = date(2020, 1, 1)
BATCH = 40
"""Testlands in one corpus: each rule is held against each offence, so not too many."""


class Cell(NamedTuple):
    """What is asked for a verdict."""

    requirement: Requirement
    territory: str
    reading: Reading
    sex: str


Verdicts = dict[tuple[Hashable, ...], Verdict]


def cells(requirements: Iterable[Requirement], territories: Iterable[str]) -> Iterator[Cell]:
    """Everything that is asked of some demands."""
    return (Cell(*asked) for asked in product(requirements, territories, READINGS, SEXES))


def by_engine(findings: Findings, cell: Cell) -> Verdict:
    """The verdict of the coverage engine on one reading."""
    found = findings.assessment.verdicts(cell.requirement, cell.territory)[cell.sex]
    return found.strict if cell.reading is Reading.STRICT else found.generous


Asker = Callable[[Ontology, Sequence[str]], dict[str, bool]]
"""Which classes of an ontology can have a member, by a reasoner."""


@dataclass
class Proofs:
    """Questions put to a reasoner in one run, each once however many cells it answers.

    Questions on the law of several days and several corpora are asked together: sets told in the
    same words are the same class, whatever law they are of.
    """

    ontology: Ontology | None = None
    names: dict[object, tuple[str, str]] = field(default_factory=dict)
    asked: dict[tuple[Hashable, ...], tuple[str, str]] = field(default_factory=dict)

    def ask(self, key: tuple[Hashable, ...], asking: Questions, cell: Cell) -> None:
        """Ask for the verdict of a cell, which has the name `key` among the answers."""
        self.ontology = self.ontology or asking.ontology()
        question: Question = asking.ask(*cell)
        if question.content not in self.names:
            number = len(self.names)
            self.names[question.content] = (f"{PROOF}/left/{number}", f"{PROOF}/met/{number}")
            question.put(self.ontology, *self.names[question.content])
        self.asked[key] = self.names[question.content]

    def verdicts(self, reasoner: Asker = satisfiable) -> Verdicts:
        """The verdicts by HermiT."""
        assert self.ontology, "nothing was asked"
        found = reasoner(self.ontology, [name for both in self.names.values() for name in both])
        return {key: decided(found[left], found[met]) for key, (left, met) in self.asked.items()}


@dataclass
class Differences:
    """For each demand the acts that the engine leaves over and the proof does not, or the reverse.

    They are asked of HermiT as one class, which has no member where the two agree on every act.
    """

    ontology: Ontology | None = None
    names: dict[object, str] = field(default_factory=dict)
    asked: dict[tuple[Any, ...], str] = field(default_factory=dict)

    def ask(
        self, key: tuple[Hashable, ...], asking: Questions, findings: Findings, cell: Cell
    ) -> None:
        """Ask about a demand, a territory and a reading; the sex of the cell counts for nothing."""
        self.ontology = self.ontology or asking.ontology()
        questions = [asking.ask(*cell[:3], sex) for sex in SEXES]
        demanded = questions[0].demanded
        enacted = tuple({e: None for question in questions for e in question.enacted.values()})
        boxes = findings.coverage(cell.requirement, cell.territory).left[cell.reading]
        content = (demanded, frozenset(enacted), frozenset(boxes))
        if content not in self.names:
            left = Union(tuple(expression(asking.encoding.values, findings, box) for box in boxes))
            more = Intersection((demanded, *map(Complement, enacted), Complement(left)))
            fewer = Intersection((left, Union((Complement(demanded), *enacted))))
            self.names[content] = name = f"{PROOF}/differing/{len(self.names)}"
            self.ontology.confine(
                name, "acts on which two witnesses differ", [Union((more, fewer))]
            )
        self.asked[key] = self.names[content]

    def found(self, reasoner: Asker = satisfiable) -> set[tuple[Any, ...]]:
        """What there is such an act of."""
        assert self.ontology, "nothing was asked"
        found = reasoner(self.ontology, list(self.names.values()))
        return {key for key, name in self.asked.items() if found[name]}


def expression(values: dict[str, tuple[str, ...]], findings: Findings, box: Box) -> Expression:
    """A box of the engine as a set of fact patterns."""
    allowed = {facet: findings.corpus.facets.values(box, facet) for facet in values}
    return intersection(
        Limit(facet, frozenset(few))
        for facet, few in allowed.items()
        if len(few) < len(values[facet])
    )


def in_testlands(
    drawn: Sequence[Law],
) -> Iterator[tuple[Findings, list[tuple[tuple[Hashable, ...], Cell]]]]:
    """Some Testlands a batch at a time: its findings and the cells with a name of each."""
    for first in range(0, len(drawn), BATCH):
        lands = Testlands(tuple(drawn[first : first + BATCH]))
        named = [
            ((land.law, cell.requirement.slug, cell.territory.rsplit("/", 1)[-1], *cell[2:]), cell)
            for land in lands.lands
            for cell in cells(lands.demands(land), land.territories)
        ]
        yield Findings(lands.corpus, DAY), named


def differing_lands(
    drawn: Sequence[Law],
    engines: Mapping[str, Parts] | None = None,
    reasoner: Asker = satisfiable,
) -> dict[str, set[Law]]:
    """For each engine the Testlands in which it and the proof differ on some act.

    Without any it is the engine as it is, which is called sound. One put in the other's place is so
    while all is read, in the proof too: what it breaks, the proof must not use.
    """
    differences = Differences()
    engines = engines or {"sound": {}}
    for name, parts in engines.items():
        with engine(parts):
            for findings, named in in_testlands(drawn):
                asking = Questions(findings.corpus, DAY)
                for key, cell in named:
                    if cell.sex == SEXES[0]:
                        differences.ask((name, *key), asking, findings, cell)
    found = differences.found(reasoner)
    return {name: {law for other, law, *_ in found if other == name} for name in engines}


def differing(one: Verdicts, other: Verdicts) -> set[tuple[Hashable, ...]]:
    """The cells on which two witnesses differ; they must have been asked for the same."""
    assert one.keys() == other.keys()
    return {key for key, verdict in one.items() if verdict is not other[key]}


def drawn_by_lot(number: int, seed: int, apart: bool = False) -> list[Law]:
    """Testlands drawn by lot, the same for the same seed."""
    drawn: dict[Law, None] = {}
    smallest(number, seed, lambda law: drawn.setdefault(law) is not None, apart)
    return list(drawn)


def smallest(
    number: int, seed: int, wrong: Callable[[Law], bool], apart: bool = False
) -> Law | None:
    """The smallest Testland to which one that is wrong among those drawn by lot shrinks."""
    chosen = settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate, Phase.shrink]
    )
    try:
        return find(laws(apart), wrong, settings=chosen, random=Random(seed))
    except NoSuchExample:
        return None
