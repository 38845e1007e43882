"""The third witness: is every act that a requirement describes in some offence in force?

HermiT decides it on class expressions taken from the encoding, and not from the engine's boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from omissus.assessing import SEXES
from omissus.confirming import Confirming
from omissus.corpus import Offence, Requirement
from omissus.coverage import Verdict
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.owl import Ontology
from omissus.questions import Question, Questions
from omissus.reasoner import Heard, satisfiable
from omissus.vocabulary import ID

READING_GUIDE = (
    "Classes under /left/ hold required acts that no offence punishes: one that can have no member "
    "is a demand proved to be covered. Those under /met/ hold required acts that some offence "
    "punishes. The members of a class lie in the set of acts that its label tells, or outside it; "
    "axioms lead from a class to its parts and never back, which loses no answer on whether it can "
    "have a member."
)


@dataclass(frozen=True)
class Proof:
    """What HermiT found of one requirement for victims of one sex on one reading.

    On a proof `sufficient` are offences that suffice, none of which can be spared where `minimal`.
    On a refusal `counter_example` tells acts that are required and that no offence punishes.
    `engine` is what the coverage engine finds.
    """

    requirement: Requirement
    territory: str
    sex: str
    reading: Reading
    verdict: Verdict
    sufficient: tuple[Offence, ...]
    minimal: bool
    counter_example: str | None
    engine: Verdict

    @property
    def proved(self) -> bool:
        """Whether every act required is in some offence."""
        return self.verdict is Verdict.COVERED

    @property
    def engine_agrees(self) -> bool:
        """Whether the coverage engine comes to the same verdict."""
        return self.verdict is self.engine


def prove(
    findings: Findings,
    territory: str,
    requirements: Iterable[Requirement],
    readings: Sequence[Reading] = tuple(Reading),
    sexes: Sequence[str] = SEXES,
    heard: Heard | None = None,
) -> tuple[list[Proof], Ontology]:
    """A proof or a counter-example for each required offence, reading and sex of the victim.

    With it comes the ontology: a demand is proved where the class of what is left over of it can
    have no member. `heard` is called at each answer of HermiT. Raises ReasonerError where it fails.
    """
    asking = Questions(findings.corpus, findings.day)
    questions = [
        asking.ask(requirement, territory, reading, sex)
        for requirement in requirements
        if requirement.offence
        for reading in readings
        for sex in sexes
    ]
    ontology = asking.ontology()
    place = findings.corpus.slug(territory)
    ontology.explain(f"Law as at {findings.day}, {place}. {READING_GUIDE}")
    for question in questions:
        question.call(ontology)
    for question in questions:
        question.put(ontology, question.left, question.met)
    confirming = Confirming(findings, ontology.copy())
    for question in questions:
        confirming.guess(question)
    classes = [c for q in questions for c in (q.left, q.met, *confirming.asked[q])]
    found = satisfiable(confirming.ontology, classes, heard)
    examples = confirming.examples([q for q in questions if found[q.left]], found)
    proofs = [
        Proof(
            requirement=question.requirement,
            territory=territory,
            sex=question.sex,
            reading=question.reading,
            verdict=decided(found[question.left], found[question.met]),
            sufficient=sufficient,
            minimal=minimal,
            counter_example=examples.get(question),
            engine=engine_verdict(findings, question),
        )
        for question in questions
        for sufficient, minimal in [confirming.enough(question, found)]
    ]
    return proofs, ontology


def decided(can_be_left: bool, can_be_met: bool) -> Verdict:
    """The verdict, given whether a required act can be left over, and whether one can be met."""
    if not can_be_left:
        return Verdict.COVERED
    return Verdict.PARTLY if can_be_met else Verdict.NOT_COVERED


def engine_verdict(findings: Findings, question: Question) -> Verdict:
    """What the coverage engine answers to a question."""
    victims = findings.corpus.facets.mask(f"{ID}victim-sex/{question.sex}")[1]
    coverage = findings.coverage(question.requirement, question.territory)
    return coverage.share(question.reading, victims)
