"""The third witness: is every act that a requirement describes in some offence in force?

HermiT decides it on class expressions taken from the encoding. The coverage engine only guesses what
makes an answer plain, a left-over set of acts or a small set of offences that suffices, and a guess
is shown when HermiT has confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from omissus import wording
from omissus.corpus import Offence, Penalty, Requirement
from omissus.coverage import Verdict, grave
from omissus.encoding import Encoding
from omissus.expressions import Expression, Limit, intersection, possible, union, without
from omissus.facets import Box, difference, size
from omissus.findings import SEXES, Findings
from omissus.leftover import sliced
from omissus.patterns import Reading
from omissus.reasoner import PROOF, Ontology, satisfiable
from omissus.vocabulary import ID


@dataclass(frozen=True)
class Proof:
    """What HermiT found of one requirement for victims of one sex on one reading.

    On a proof `sufficient` are offences that suffice, none of which can be spared where `minimal`.
    On a refusal `counter_example` tells acts that are required and that no offence punishes.
    """

    requirement: Requirement
    territory: str
    sex: str
    reading: Reading
    proved: bool
    sufficient: tuple[Offence, ...]
    minimal: bool
    counter_example: str | None
    engine_agrees: bool


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


class Prover:
    """Questions on the law of one day in one territory, and the ontology they are asked of."""

    def __init__(self, findings: Findings, territory: str) -> None:
        self.findings = findings
        self.territory = territory
        self.facets = findings.corpus.facets
        self.encoding = Encoding(findings.corpus, findings.day)
        self.ontology = Ontology(self.encoding.values, self.facets.labels)
        self._enacted: dict[Reading, list[tuple[Offence, Penalty | None, Expression]]] = {}
        self._bounds: dict[Expression, Box] = {}
        self._defined: set[str] = set()

    def prove(
        self,
        requirements: Iterable[Requirement],
        readings: Sequence[Reading] = tuple(Reading),
        sexes: Sequence[str] = SEXES,
    ) -> list[Proof]:
        """A proof or a counter-example for each required offence, reading and sex of the victim."""
        questions = [
            self._question(requirement, reading, sex)
            for requirement in requirements
            if requirement.offence
            for reading in readings
            for sex in sexes
        ]
        for question in questions:
            told = f"left over: {question.requirement.label}, {question.reading}, {question.sex}"
            self.ontology.confine(question.iri, told, question.left)
        refuted = satisfiable(self.ontology, [question.iri for question in questions])
        enough = self._enough([q for q in questions if not refuted[q.iri]])
        examples = self._examples([q for q in questions if refuted[q.iri]])
        return [
            Proof(
                question.requirement,
                self.territory,
                question.sex,
                question.reading,
                proved=not refuted[question.iri],
                sufficient=enough.get(question.iri, ((), False))[0],
                minimal=enough.get(question.iri, ((), False))[1],
                counter_example=examples.get(question.iri),
                engine_agrees=self._engine_covers(question) is not refuted[question.iri],
            )
            for question in questions
        ]

    def _question(self, requirement: Requirement, reading: Reading, sex: str) -> Question:
        label = f"{requirement.citation}: {requirement.label}"
        whole = self.encoding.required(requirement)
        self._define(requirement.iri, label, whole)
        required = intersection([whole, Limit("victim-sex", frozenset([f"{ID}victim-sex/{sex}"]))])
        met: dict[Offence, Expression] = {}
        for offence, penalty, enacted in self._offences(reading):
            if requirement.grave_months and not grave(penalty, requirement.grave_months, reading):
                continue
            bounds = zip(self._bound(required), self._bound(enacted), strict=True)
            if all(a & b for a, b in bounds):  # else they have no act in common
                told = f"{offence.version.citation}: {offence.label}, {reading} reading"
                self._define(f"{offence.iri}/{reading}", told, enacted)
                met[offence] = enacted
        place = self.territory.rsplit("/", 1)[-1]
        iri = f"{PROOF}/left/{requirement.slug}/{place}/{reading}/{sex}"
        return Question(iri, requirement, sex, reading, required, met)

    def _offences(self, reading: Reading) -> list[tuple[Offence, Penalty | None, Expression]]:
        if reading not in self._enacted:
            self._enacted[reading] = [
                (offence, penalty, self.encoding.enacted(offence, penalty, reading))
                for offence, penalty in self.encoding.offences()
                if self.findings.law.extends_to(
                    offence.version.instrument, self.territory, reading
                )
            ]
        return self._enacted[reading]

    def _define(self, iri: str, label: str, expression: Expression) -> None:
        if iri not in self._defined:
            self._defined.add(iri)
            self.ontology.define(iri, label, expression)

    def _bound(self, expression: Expression) -> Box:
        """Values that members may have, facet by facet: all acts of the set lie within."""
        if expression not in self._bounds:
            self._bounds[expression] = tuple(
                sum(
                    self.facets.mask(value)[1]
                    for value in possible(expression, facet, frozenset(values))
                )
                for facet, values in self.encoding.values.items()
            )
        return self._bounds[expression]

    def _engine_covers(self, question: Question) -> bool:
        facet, mask = self.facets.mask(f"{ID}victim-sex/{question.sex}")
        coverage = self.findings.coverage(question.requirement, self.territory)
        return coverage.share(question.reading, facet, mask) is Verdict.COVERED

    def _enough(self, proved: list[Question]) -> dict[str, tuple[tuple[Offence, ...], bool]]:
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

    def _guess(self, question: Question) -> tuple[Offence, ...]:
        """Offences that by the engine's boxes suffice, those of narrow reach dropped first."""
        coverage = self.findings.coverage(question.requirement, self.territory)
        facet, mask = self.facets.mask(f"{ID}victim-sex/{question.sex}")
        required = sliced(coverage.required, facet, mask)
        reach = {
            met.offence: [reach.box for reach in reaches]
            for met, reaches in coverage.touching[question.reading]
            if met.offence in question.enacted
        }
        for offence in sorted(reach, key=lambda o: sum(map(size, reach[o]))):
            others = [box for other, boxes in reach.items() if other is not offence for box in boxes]
            if not difference(required, others):
                del reach[offence]
        return tuple(reach)

    def _examples(self, refuted: list[Question]) -> dict[str, str]:
        """Left-over acts in words: the engine's where HermiT confirms them, else searched for."""
        boxes = {q.iri: box for q in refuted if (box := self._left_box(q)) is not None}
        asked: dict[str, bool] = {}
        for question in refuted:
            if question.iri in boxes:
                acts = self._expression(boxes[question.iri])
                for name, wanted, expression in (
                    ("acts", True, acts),
                    ("acts-beyond-the-required", False, without(acts, [question.required])),
                    ("acts-punished", False, intersection([acts, union(question.enacted.values())])),
                ):
                    iri = f"{question.iri}/{name}"
                    self.ontology.confine(iri, iri, expression)
                    asked[iri] = wanted
        found = satisfiable(self.ontology, asked)
        wrong = {iri.rsplit("/", 1)[0] for iri, wanted in asked.items() if found[iri] is not wanted}
        lost = [q for q in refuted if q.iri not in boxes or q.iri in wrong]
        boxes.update(self._search(lost))
        return {question.iri: self._told(question, boxes[question.iri]) for question in refuted}

    def _left_box(self, question: Question) -> Box | None:
        coverage = self.findings.coverage(question.requirement, self.territory)
        facet, mask = self.facets.mask(f"{ID}victim-sex/{question.sex}")
        left = sliced(coverage.largest_left[question.reading], facet, mask)
        return max(left, key=size, default=None)

    def _expression(self, box: Box) -> Expression:
        return intersection(
            Limit(slug, frozenset(self.facets.values(box, slug))) for slug in self.facets.slugs
        )

    def _search(self, questions: list[Question]) -> dict[str, Box]:
        """A left-over act of each question, its values found facet by facet by HermiT alone."""
        fixed: dict[str, dict[str, str]] = {question.iri: {} for question in questions}
        for facet, values in self.encoding.values.items() if questions else ():
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
        return {iri: tuple(self._masks(found)) for iri, found in fixed.items()}

    def _masks(self, found: dict[str, str]) -> Iterator[int]:
        return (self.facets.mask(found[slug])[1] for slug in self.facets.slugs)

    def _told(self, question: Question, box: Box) -> str:
        home = self._bound(self.encoding.required(question.requirement))
        return wording.fact_pattern(self.facets, question.requirement, box, home)
