"""Questions to the reasoner: a required class, the enacted classes, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass

from omissus.boxes import Box, united
from omissus.corpus import Offence, Penalty, Requirement
from omissus.coverage import grave
from omissus.encoding import Encoding
from omissus.expressions import Expression, Limit, intersection, possible, without
from omissus.findings import Findings
from omissus.patterns import Reading
from omissus.reasoner import PROOF, Ontology
from omissus.vocabulary import ID


@dataclass(frozen=True, eq=False)
class Question:
    """A required class and the enacted classes that may meet it; `iri` names what is left over."""

    iri: str
    requirement: Requirement
    sex: str
    reading: Reading
    required: Expression
    enacted: dict[Offence, Expression]

    @property
    def left(self) -> Expression:
        """The acts required and in no enacted class."""
        return without(self.required, self.enacted.values())


class Questions:
    """Questions on the law of one day in one territory, and the ontology they are asked of."""

    def __init__(self, findings: Findings, territory: str) -> None:
        self.findings = findings
        self.territory = territory
        self.facets = findings.corpus.facets
        self.encoding = Encoding(findings.corpus, findings.day, territory)
        self.ontology = Ontology(self.encoding.values, self.facets.labels)
        self._enacted: dict[Reading, list[tuple[Offence, Penalty | None, Expression]]] = {}
        self._bounds: dict[Expression, Box] = {}
        self._defined: set[str] = set()

    def ask(self, requirement: Requirement, reading: Reading, sex: str) -> Question:
        """The question whether a requirement is met for victims of one sex on one reading."""
        label = f"{requirement.citation}: {requirement.label}"
        whole = self.encoding.required(requirement)
        self._define(requirement.iri, label, whole)
        required = intersection([whole, Limit("victim-sex", frozenset([f"{ID}victim-sex/{sex}"]))])
        met: dict[Offence, Expression] = {}
        for offence, penalty, enacted in self._offences(reading):
            if requirement.grave_months and not grave(penalty, requirement.grave_months, reading):
                continue
            if self.meet(required, enacted):
                told = f"{offence.version.citation}: {offence.label}, {reading} reading"
                self._define(f"{offence.iri}/{reading}", told, enacted)
                met[offence] = enacted
        place = self.territory.rsplit("/", 1)[-1]
        iri = f"{PROOF}/left/{requirement.slug}/{place}/{reading}/{sex}"
        question = Question(iri, requirement, sex, reading, required, met)
        told = f"{requirement.label}, left over on the {reading} reading, victim a {sex}"
        self.ontology.confine(iri, told, question.left)
        return question

    def _offences(self, reading: Reading) -> list[tuple[Offence, Penalty | None, Expression]]:
        if reading not in self._enacted:
            self._enacted[reading] = [
                (offence, penalty, self.encoding.enacted(offence, penalty, reading))
                for offence, penalty in self.encoding.offences()
                if self.findings.law.extends_to(offence.version.instrument, self.territory, reading)
            ]
        return self._enacted[reading]

    def _define(self, iri: str, label: str, expression: Expression) -> None:
        if iri not in self._defined:
            self._defined.add(iri)
            self.ontology.define(iri, label, expression)

    def meet(self, one: Expression, other: Expression) -> bool:
        """False only where on some facet the two have no value in common, and so no act."""
        return bool(self.facets.space.intersection(self.bound(one), self.bound(other)))

    def bound(self, expression: Expression) -> Box:
        """Values that members may have, facet by facet: all acts of the set lie within."""
        if expression not in self._bounds:
            self._bounds[expression] = united(
                self.facets.mask(value)[1]
                for facet, values in self.encoding.values.items()
                for value in possible(expression, facet, frozenset(values))
            )
        return self._bounds[expression]
