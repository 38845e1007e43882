"""What makes a proof or a refutation plain: enough offences, or an act left over, both confirmed.

The coverage engine only guesses. What it guesses is told when HermiT has confirmed it; where HermiT
does not, every offence that meets the requirement is named, or HermiT itself searches for an act.
"""

from __future__ import annotations

from omissus import wording
from omissus.boxes import Box, united
from omissus.corpus import Offence
from omissus.coverage import Coverage
from omissus.expressions import (
    Complement,
    Expression,
    Limit,
    Union,
    intersection,
    possible,
)
from omissus.findings import Findings
from omissus.leftover import sliced
from omissus.owl import PROOF, Ontology
from omissus.questions import Question
from omissus.reasoner import satisfiable
from omissus.vocabulary import ID


class Confirming:
    """Guesses at offences that suffice and at acts left over, to be put to HermiT.

    `asked` are the classes that the guesses add to the ontology, each with whether it can have a
    member if the guess is right.
    """

    def __init__(self, findings: Findings, ontology: Ontology) -> None:
        self.findings = findings
        self.ontology = ontology
        self.facets = findings.corpus.facets
        self.space = self.facets.space
        self.values = ontology.values
        self.asked: dict[Question, dict[str, bool]] = {}
        self._enough: dict[Question, tuple[Offence, ...]] = {}
        self._acts: dict[Question, Box] = {}

    def guess(self, question: Question) -> None:
        """Guess at an act left over, or else at offences that suffice."""
        self.asked[question] = {}
        coverage, facet, victims = self._engine(question)
        left = sliced(self.space, coverage.largest_left[question.reading], facet, victims)
        if left:
            self._acts[question] = max(left, key=self.space.size)
            self._guess_left(question, self._expression(self._acts[question]))
        else:
            self._enough[question] = self._sufficient(question)
            self._guess_enough(question, self._enough[question])

    def enough(
        self, question: Question, found: dict[str, bool]
    ) -> tuple[tuple[Offence, ...], bool]:
        """Offences that suffice, and whether HermiT confirms that none can be spared.

        None suffice where something is left over.
        """
        if found[question.left]:
            return (), False
        if question in self._enough and self._right(question, found):
            return self._enough[question], True
        return tuple(question.enacted), False

    def examples(self, questions: list[Question], found: dict[str, bool]) -> dict[Question, str]:
        """Acts left over in words: the guess where HermiT confirms it, else one searched for."""
        right = [q for q in questions if q in self._acts and self._right(q, found)]
        boxes = {question: self._acts[question] for question in right}
        boxes |= self._search([question for question in questions if question not in boxes])
        return {question: self._told(question, box) for question, box in boxes.items()}

    def _told(self, question: Question, box: Box) -> str:
        home = united(
            self.facets.mask(value)[1]
            for facet, values in self.values.items()
            for value in possible(question.demanded, facet, frozenset(values))
        )
        return wording.fact_pattern(self.facets, question.requirement, box, home)

    def _right(self, question: Question, found: dict[str, bool]) -> bool:
        return all(found[iri] is wanted for iri, wanted in self.asked[question].items())

    def _ask(self, question: Question, what: str, parts: list[Expression], wanted: bool) -> None:
        iri = f"{PROOF}/{what}/{question.name}"
        self.ontology.confine(iri, what, parts)
        self.asked[question][iri] = wanted

    def _guess_enough(self, question: Question, offences: tuple[Offence, ...]) -> None:
        for spared in (None, *offences):
            kept = [question.enacted[offence] for offence in offences if offence is not spared]
            what = f"without-{offences.index(spared)}" if spared else "enough"
            self._ask(
                question, what, [*question.required, *map(Complement, kept)], spared is not None
            )

    def _guess_left(self, question: Question, acts: Expression) -> None:
        self._ask(question, "acts", [acts], True)
        answered = (*map(Complement, question.required), *question.enacted.values())
        self._ask(question, "acts-not-left", [acts, Union(answered)], False)

    def _sufficient(self, question: Question) -> tuple[Offence, ...]:
        """Offences that by the engine's boxes suffice, those of narrow reach dropped first."""
        coverage, facet, victims = self._engine(question)
        required = sliced(self.space, coverage.required, facet, victims)
        reach = {
            met.offence: boxes
            for met, boxes in coverage.met[question.reading]
            if met.offence in question.enacted
        }
        for offence in sorted(reach, key=lambda o: sum(map(self.space.size, reach[o]))):
            others = [
                box for other, boxes in reach.items() if other is not offence for box in boxes
            ]
            if not self.space.difference(required, self.space.widest(others)):
                del reach[offence]
        return tuple(reach)

    def _expression(self, box: Box) -> Expression:
        return intersection(
            Limit(slug, frozenset(self.facets.values(box, slug))) for slug in self.facets.slugs
        )

    def _search(self, questions: list[Question]) -> dict[Question, Box]:
        """A left-over act for each question, its values found facet by facet by HermiT alone."""
        fixed: dict[Question, list[Limit]] = {question: [] for question in questions}
        for facet in self.values:
            tried = {question: self._tried(question, facet) for question in questions}
            asked = [iri for limits in tried.values() if len(limits) > 1 for iri in limits]
            for question, limits in tried.items():
                for iri, limit in limits.items() if len(limits) > 1 else ():
                    self.ontology.confine(
                        iri, iri, [*self._left(question), *fixed[question], limit]
                    )
            found = satisfiable(self.ontology, asked)
            for question, limits in tried.items():
                can_be = (limit for iri, limit in limits.items() if found.get(iri, True))
                fixed[question].append(next(can_be))
        return {
            question: united(self.facets.concepts[v][1] for limit in limits for v in limit.values)
            for question, limits in fixed.items()
        }

    def _tried(self, question: Question, facet: str) -> dict[str, Limit]:
        """The values that a left-over act may have on a facet; one if nothing turns on them."""
        values = sorted(possible(question.demanded, facet, frozenset(self.values[facet])))
        if not any(facet in part.facets for part in self._left(question)):
            del values[1:]
        name = f"{PROOF}/search/{question.name}/{facet}"
        return {f"{name}/{n}": Limit(facet, frozenset([v])) for n, v in enumerate(values)}

    @staticmethod
    def _left(question: Question) -> list[Expression]:
        return [*question.required, *map(Complement, question.enacted.values())]

    def _engine(self, question: Question) -> tuple[Coverage, int, Box]:
        """The engine's coverage, and the facet and value of the victim's sex."""
        facet, victims = self.facets.mask(f"{ID}victim-sex/{question.sex}")
        return self.findings.coverage(question.requirement, question.territory), facet, victims
