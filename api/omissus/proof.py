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
from omissus.findings import Findings
from omissus.patterns import Reading
from omissus.questions import Question, Questions
from omissus.reasoner import Ontology, satisfiable
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


def prove(
    findings: Findings,
    territory: str,
    requirements: Iterable[Requirement],
    readings: Sequence[Reading] = tuple(Reading),
    sexes: Sequence[str] = SEXES,
) -> tuple[list[Proof], Ontology]:
    """A proof or a counter-example for each required offence, reading and sex of the victim.

    With it comes the ontology: a demand is proved where the class of what is left over of it can
    have no member. Raises ReasonerError where HermiT fails.
    """
    asking = Questions(findings, territory)
    questions = [
        asking.ask(requirement, reading, sex)
        for requirement in requirements
        if requirement.offence
        for reading in readings
        for sex in sexes
    ]
    refuted = satisfiable(asking.ontology, [question.iri for question in questions])
    confirming = Confirming(asking)
    enough = confirming.enough([q for q in questions if not refuted[q.iri]])
    examples = confirming.examples([q for q in questions if refuted[q.iri]])
    proofs = []
    for question in questions:
        sufficient, minimal = enough.get(question.iri, ((), False))
        proof = Proof(
            requirement=question.requirement,
            territory=territory,
            sex=question.sex,
            reading=question.reading,
            proved=not refuted[question.iri],
            sufficient=sufficient,
            minimal=minimal,
            counter_example=examples.get(question.iri),
            engine_agrees=_engine_covers(findings, territory, question)
            is not refuted[question.iri],
        )
        proofs.append(proof)
    return proofs, asking.ontology


def _engine_covers(findings: Findings, territory: str, question: Question) -> bool:
    sex = findings.corpus.facets.mask(f"{ID}victim-sex/{question.sex}")[1]
    coverage = findings.coverage(question.requirement, territory)
    return coverage.share(question.reading, sex) is Verdict.COVERED
