"""The coverage engine and the proof asked the same, of real law or of many Testlands at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from random import Random
from typing import NamedTuple

from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample

from omissus.corpus import Requirement
from omissus.coverage import Verdict
from omissus.findings import SEXES, Findings
from omissus.owl import PROOF, Ontology
from omissus.patterns import READINGS, Reading
from omissus.proof import decided
from omissus.questions import Question, Questions
from omissus.reasoner import satisfiable
from omissus.vocabulary import ID
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


Verdicts = dict[Hashable, Verdict]


def cells(requirements: Iterable[Requirement], territories: Iterable[str]) -> Iterator[Cell]:
    """Everything that is asked of some demands that describe acts."""
    acts = [requirement for requirement in requirements if requirement.offence]
    return (Cell(*asked) for asked in product(acts, territories, READINGS, SEXES))


def by_engine(findings: Findings, cell: Cell) -> Verdict:
    """The verdict of the coverage engine."""
    victims = findings.corpus.facets.mask(f"{ID}victim-sex/{cell.sex}")[1]
    return findings.coverage(cell.requirement, cell.territory).share(cell.reading, victims)


@dataclass
class Proofs:
    """Questions put to HermiT in one run, each once however many cells it answers.

    Questions on the law of several days and several corpora are asked together: sets told in the
    same words are the same class, whatever law they are of.
    """

    ontology: Ontology | None = None
    names: dict[object, tuple[str, str]] = field(default_factory=dict)
    asked: dict[Hashable, tuple[str, str]] = field(default_factory=dict)

    def ask(self, key: Hashable, asking: Questions, cell: Cell) -> None:
        """Ask for the verdict of a cell, which has the name `key` among the answers."""
        self.ontology = self.ontology or asking.ontology()
        question: Question = asking.ask(*cell)
        if question.content not in self.names:
            number = len(self.names)
            self.names[question.content] = (f"{PROOF}/left/{number}", f"{PROOF}/met/{number}")
            question.put(self.ontology, *self.names[question.content])
        self.asked[key] = self.names[question.content]

    def verdicts(self) -> Verdicts:
        """The verdicts by HermiT."""
        assert self.ontology, "nothing was asked"
        found = satisfiable(self.ontology, [name for both in self.names.values() for name in both])
        return {key: decided(found[left], found[met]) for key, (left, met) in self.asked.items()}


def in_testlands(drawn: Sequence[Law]) -> Iterator[tuple[Findings, list[tuple[Hashable, Cell]]]]:
    """Some Testlands a batch at a time: its findings and the cells with a name of each."""
    for first in range(0, len(drawn), BATCH):
        lands = Testlands(tuple(drawn[first : first + BATCH]))
        named = [
            ((land.law, cell.requirement.slug, cell.territory.rsplit("/", 1)[-1], *cell[2:]), cell)
            for land in lands.lands
            for cell in cells(lands.demands(land), land.territories)
        ]
        yield Findings(lands.corpus, DAY), named


def testlands_by_engine(drawn: Sequence[Law]) -> Verdicts:
    """Every verdict of the coverage engine on some Testlands."""
    return {
        key: by_engine(findings, cell)
        for findings, named in in_testlands(drawn)
        for key, cell in named
    }


def testlands_by_proof(drawn: Sequence[Law]) -> Verdicts:
    """Every verdict of the proof on some Testlands."""
    proofs = Proofs()
    for findings, named in in_testlands(drawn):
        asking = Questions(findings)
        for key, cell in named:
            proofs.ask(key, asking, cell)
    return proofs.verdicts()


def differing(one: Verdicts, other: Verdicts) -> set[Hashable]:
    """The cells on which two witnesses differ; they must have been asked for the same."""
    assert one.keys() == other.keys()
    return {key for key, verdict in one.items() if verdict is not other[key]}


def drawn_by_lot(number: int, seed: int) -> list[Law]:
    """Testlands drawn by lot, the same for the same seed."""
    drawn: dict[Law, None] = {}
    smallest(number, seed, lambda law: drawn.setdefault(law) is not None)
    return list(drawn)


def smallest(number: int, seed: int, wrong: Callable[[Law], bool]) -> Law | None:
    """The smallest Testland to which one that is wrong among those drawn by lot shrinks."""
    chosen = settings(
        max_examples=number, database=None, deadline=None, phases=[Phase.generate, Phase.shrink]
    )
    try:
        return find(laws(), wrong, settings=chosen, random=Random(seed))
    except NoSuchExample:
        return None
