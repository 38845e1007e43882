"""Questions to the reasoner: a required set of acts, and the enacted sets that may meet it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from omissus.corpus import Corpus, Offence, Penalty, Requirement
from omissus.elements import Reading
from omissus.enacted import Enacted
from omissus.encoding import Encoding
from omissus.expressions import Complement, Expression, Limit, Union, intersection, possible
from omissus.owl import PROOF, Ontology
from omissus.vocabulary import ID

Standing = tuple[Offence, Penalty | None, Expression]
"""An offence that is law, its penalty, and the acts that it punishes."""

Bounds = dict[str, frozenset[str]]


@dataclass(frozen=True, eq=False)
class Question:
    """Is each act of a demand with victims of one sex in some offence, on one reading?

    `demanded` are the acts of the demand with victims of any sex; `enacted` the offences that are
    law in the territory and may meet it, each with the acts that it punishes.
    """

    requirement: Requirement
    territory: str
    reading: Reading
    sex: str
    demanded: Expression
    enacted: dict[Offence, Expression]

    @property
    def name(self) -> str:
        """Name of the question in addresses."""
        place = self.territory.rsplit("/", 1)[-1]
        return f"{self.requirement.slug}/{place}/{self.reading}/{self.sex}"

    @property
    def left(self) -> str:
        """Name of the class of what is left over: required acts that no offence punishes."""
        return f"{PROOF}/left/{self.name}"

    @property
    def met(self) -> str:
        """Name of the class of what is met: required acts that some offence punishes."""
        return f"{PROOF}/met/{self.name}"

    @property
    def required(self) -> tuple[Expression, Expression]:
        """The sets in both of which an act is required."""
        return self.demanded, Limit("victim-sex", frozenset([f"{ID}victim-sex/{self.sex}"]))

    @property
    def content(self) -> tuple[Expression, frozenset[Expression], str]:
        """What the answer depends on, and nothing else does."""
        return self.demanded, frozenset(self.enacted.values()), self.sex

    def put(self, ontology: Ontology, left: str, met: str) -> None:
        """Describe the class of what is left over, and that of what is met."""
        told = f"{self.requirement.label}, {self.reading} reading, victim a {self.sex}"
        sets = tuple(dict.fromkeys(self.enacted.values()))
        ontology.confine(left, f"left over: {told}", (*self.required, *map(Complement, sets)))
        ontology.confine(met, f"met: {told}", (*self.required, Union(sets)))

    def call(self, ontology: Ontology) -> None:
        """Give the sets in question the names of the demand and of the offences."""
        demand = self.requirement
        ontology.call(demand.iri, f"{demand.citation}: {demand.label}", self.demanded)
        for offence, punished in self.enacted.items():
            told = f"{offence.version.citation}: {offence.label}, {self.reading} reading"
            ontology.call(f"{offence.iri}/{self.reading}", told, punished)


class Questions:
    """Questions on the law of one day."""

    def __init__(self, corpus: Corpus, day: date) -> None:
        self.encoding = Encoding(corpus)
        self.law = Enacted(corpus, self.encoding, day)
        self._labels = corpus.facets.labels
        self._standing: dict[tuple[str, Reading], tuple[Standing, ...]] = {}
        self._demanded: dict[str, Expression] = {}
        self._bounds: dict[Expression, Bounds] = {}
        self._meet: dict[tuple[str, str], dict[Expression, bool]] = defaultdict(dict)

    def ontology(self) -> Ontology:
        """An ontology of fact patterns in which nothing is asked yet."""
        return Ontology(self.encoding.values, self._labels)

    def ask(self, requirement: Requirement, territory: str, reading: Reading, sex: str) -> Question:
        """The question whether a demand is met in a territory."""
        if requirement.iri not in self._demanded:
            self._demanded[requirement.iri] = self.encoding.required(requirement)
        if (territory, reading) not in self._standing:
            self._standing[territory, reading] = tuple(self.law.offences(territory, reading))
        question = Question(
            requirement, territory, reading, sex, self._demanded[requirement.iri], {}
        )
        for offence, penalty, punished in self._standing[territory, reading]:
            if self.law.grave_enough(requirement, penalty, reading) and self._may_meet(
                question, punished
            ):
                question.enacted[offence] = punished
        return question

    def _may_meet(self, question: Question, punished: Expression) -> bool:
        known = self._meet[question.requirement.iri, question.sex]
        if punished not in known:
            bounds = self.bounds(punished)
            known[punished] = not any(
                values.isdisjoint(bounds.get(facet, values))
                for facet, values in self.bounds(intersection(question.required)).items()
            )
        return known[punished]

    def bounds(self, expression: Expression) -> Bounds:
        """For the facets on which a set is bounded, the values beyond which no act of it lies.

        Sets that have no value in common on some facet have no act in common; nothing else is
        decided by bounds.
        """
        if expression not in self._bounds:
            self._bounds[expression] = {
                facet: found
                for facet, values in self.encoding.values.items()
                for found in [possible(expression, facet, frozenset(values))]
                if len(found) < len(values)
            }
        return self._bounds[expression]
