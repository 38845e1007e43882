"""What makes a proof or a refutation plain: enough offences, or an act left over, both confirmed.

The coverage engine only guesses. What it guesses is told when HermiT has confirmed it; where HermiT
does not, every offence that meets the requirement is named, or HermiT itself searches for an act.
"""

from __future__ import annotations

from omissus import wording
from omissus.boxes import Box, united
from omissus.corpus import Offence
from omissus.coverage import Coverage
from omissus.expressions import Expression, Limit, intersection, possible, without
from omissus.leftover import sliced
from omissus.questions import Question, Questions
from omissus.reasoner import satisfiable
from omissus.vocabulary import ID


class Confirming:
    """Guesses at offences that suffice and at acts left over, put to HermiT."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.facets = questions.facets
        self.space = questions.facets.space
        self.ontology = questions.ontology.copy()

    def enough(self, proved: list[Question]) -> dict[str, tuple[tuple[Offence, ...], bool]]:
        """Offences that suffice, and whether HermiT confirms that none can be spared."""
        guesses = {question.iri: self._guess(question) for question in proved}
        asked: dict[str, bool] = {}
        for question in proved:
            guess = guesses[question.iri]
            for spared in (None, *guess):
                kept = [question.enacted[o] for o in guess if o is not spared]
                iri = f"{question.iri}/without/{guess.index(spared) if spared else 'others'}"
                self.ontology.confine(iri, iri, without(question.required, kept))
                asked[iri] = spared is not None
        found = satisfiable(self.ontology, asked)
        return {
            question.iri: (guesses[question.iri], True)
            if all(found[i] is asked[i] for i in asked if i.startswith(question.iri + "/"))
            else (tuple(question.enacted), False)
            for question in proved
        }

    def examples(self, refuted: list[Question]) -> dict[str, str]:
        """Left-over acts in words: the engine's where HermiT confirms them, else searched for."""
        boxes = {q.iri: box for q in refuted if (box := self._left_box(q)) is not None}
        asked: dict[str, bool] = {}
        for question in refuted:
            if question.iri in boxes:
                acts = self._expression(boxes[question.iri])
                asked[f"{question.iri}/acts"] = True
                self.ontology.confine(f"{question.iri}/acts", "acts left over", acts)
                asked[f"{question.iri}/beyond"] = False
                beyond = without(acts, [question.required])
                self.ontology.confine(f"{question.iri}/beyond", "acts not required", beyond)
                for number, enacted in enumerate(question.enacted.values()):
                    if self.questions.meet(acts, enacted):
                        iri = f"{question.iri}/punished-{number}"
                        asked[iri] = False
                        self.ontology.confine(iri, "acts punished", intersection([acts, enacted]))
        found = satisfiable(self.ontology, asked)
        wrong = {iri.rsplit("/", 1)[0] for iri, wanted in asked.items() if found[iri] is not wanted}
        lost = [q for q in refuted if q.iri not in boxes or q.iri in wrong]
        boxes.update(self._search(lost))
        return {question.iri: self._told(question, boxes[question.iri]) for question in refuted}

    def _guess(self, question: Question) -> tuple[Offence, ...]:
        """Offences that by the engine's boxes suffice, those of narrow reach dropped first."""
        coverage, facet, mask = self._engine(question)
        required = sliced(self.space, coverage.required, facet, mask)
        reach = {
            met.offence: [reach.box for reach in reaches]
            for met, reaches in coverage.touching[question.reading]
            if met.offence in question.enacted
        }
        for offence in sorted(reach, key=lambda o: sum(map(self.space.size, reach[o]))):
            others = [
                box for other, boxes in reach.items() if other is not offence for box in boxes
            ]
            if not self.space.difference(required, others):
                del reach[offence]
        return tuple(reach)

    def _left_box(self, question: Question) -> Box | None:
        coverage, facet, mask = self._engine(question)
        left = sliced(self.space, coverage.largest_left[question.reading], facet, mask)
        return max(left, key=self.space.size, default=None)

    def _expression(self, box: Box) -> Expression:
        return intersection(
            Limit(slug, frozenset(self.facets.values(box, slug))) for slug in self.facets.slugs
        )

    def _search(self, questions: list[Question]) -> dict[str, Box]:
        """A left-over act of each question, its values found facet by facet by HermiT alone."""
        fixed: dict[str, dict[str, str]] = {question.iri: {} for question in questions}
        for facet, values in self.questions.encoding.values.items() if questions else ():
            asked: dict[str, tuple[str, str]] = {}
            for question in questions:
                known = [Limit(f, frozenset([v])) for f, v in fixed[question.iri].items()]
                for value in possible(question.required, facet, frozenset(values)):
                    iri = f"{question.iri}/search/{facet}/{value.rsplit('/', 1)[-1]}"
                    tried = [question.left, *known, Limit(facet, frozenset([value]))]
                    self.ontology.confine(iri, iri, intersection(tried))
                    asked[iri] = (question.iri, value)
            for iri, can_be in satisfiable(self.ontology, sorted(asked)).items():
                if can_be:
                    fixed[asked[iri][0]][facet] = asked[iri][1]
        concepts = self.facets.concepts
        return {iri: united(concepts[v][1] for v in act.values()) for iri, act in fixed.items()}

    def _told(self, question: Question, box: Box) -> str:
        home = self.questions.bound(self.questions.encoding.required(question.requirement))
        return wording.fact_pattern(self.facets, question.requirement, box, home)

    def _engine(self, question: Question) -> tuple[Coverage, int, int]:
        """The engine's coverage, and the facet and mask of the victim's sex."""
        findings, territory = self.questions.findings, self.questions.territory
        facet, mask = self.facets.mask(f"{ID}victim-sex/{question.sex}")
        return findings.coverage(question.requirement, territory), facet, mask
