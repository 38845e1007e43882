"""Findings: for each requirement, territory and sex of the victim, a verdict and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from omissus.answers import answers
from omissus.assessing import SEXES, Assessment
from omissus.boxes import united
from omissus.corpus import Corpus, Requirement
from omissus.coverage import Coverage, Verdict
from omissus.elements import READINGS, Reading
from omissus.evidence import Evidence
from omissus.exhibits import Exhibit
from omissus.law import Law, OffenceInForce
from omissus.provenance import words_held
from omissus.registry import Registry
from omissus.reported import Reported, read_reach, read_reported, reported_on
from omissus.vocabulary import ID


@dataclass(frozen=True)
class Cell:
    """The finding on one requirement in one territory for victims of one sex."""

    requirement: Requirement
    territory: str
    sex: str
    verdict: Verdict
    strict: Verdict
    generous: Verdict
    federal: Verdict
    findings: Findings = field(repr=False, compare=False)

    @cached_property
    def exhibit(self) -> Exhibit:
        """The reasons of the finding."""
        return self.findings.exhibit(self.requirement, self.territory, self.sex)

    @cached_property
    def unpunished_at_home(self) -> tuple[str, ...]:
        """Of acts beyond the territory: those that strictly are no offence even within it."""
        return self.findings.unpunished_at_home(self.requirement, self.territory, self.sex)

    @cached_property
    def reported(self) -> tuple[Reported, ...]:
        """Where no verdict could be given: provisions known from secondary sources only."""
        if self.verdict is not Verdict.NOT_ASSESSED:
            return ()
        return self.findings.reported(self.requirement, self.territory)

    @property
    def search(self) -> str:
        """What was searched, what was not held, and why federal law counts here or does not."""
        return self.findings.search(self.requirement, self.territory, self.reported)

    @property
    def id(self) -> str:
        """Name of the finding in addresses."""
        return f"{self.requirement.slug}.{self.territory.rsplit('/', 1)[-1]}.{self.sex}"


class Findings:
    """Every finding on the law of one day, computed when asked for and kept."""

    def __init__(self, corpus: Corpus, day: date, assessment: Assessment | None = None) -> None:
        self.corpus = corpus
        self.day = day
        self.assessment = assessment or Assessment(Law(corpus, day))
        self.law = self.assessment.law
        self.evidence = Evidence(self.law)
        self._exhibits: dict[tuple[object, ...], Exhibit] = {}
        self._words_held: dict[str, bool] = {}

    @property
    def registry(self) -> Registry:
        """What was searched."""
        return self.assessment.registry

    @cached_property
    def _reported(self) -> dict[str, tuple[Reported, ...]]:
        return read_reported(self.corpus)

    def reported(self, requirement: Requirement, territory: str) -> tuple[Reported, ...]:
        """What secondary sources report on a requirement of the law that a territory made."""
        return tuple(
            reported
            for reported in reported_on(self._reported, requirement.iri, self.day)
            if self.law.extends_to(reported.version.instrument, territory, Reading.GENEROUS)
        )

    def search(self, requirement: Requirement, territory: str, reported: Sequence[Reported]) -> str:
        """What was searched, what rests on secondary sources, and how far federal law reaches."""
        told = self.registry.statement(territory, requirement.subjects, self.day)
        if reported:
            told += f" Rests on a secondary source: {', '.join(map(str, reported))}."
        if claims := read_reach(self.corpus, territory):
            told += f" On the reach of federal law: {'; '.join(map(str, claims))}."
        return told

    def words_held(self, territory: str) -> bool:
        """Whether any law in force in a territory is held in words of its own."""
        if territory not in self._words_held:
            self._words_held[territory] = words_held(self.law, territory)
        return self._words_held[territory]

    def offences(self, territory: str) -> dict[Reading, Sequence[OffenceInForce]]:
        """Offences in force in a territory on each reading; the federal column has federal law."""
        return {
            reading: tuple(o for o in self.law.offences if (territory, reading) in o.places)
            for reading in READINGS
        }

    def coverage(self, requirement: Requirement, territory: str) -> Coverage:
        """What the law in force in a territory leaves over of a required offence."""
        return self.assessment.coverage(requirement, territory)

    def exhibit(self, requirement: Requirement, territory: str, sex: str) -> Exhibit:
        """The reasons of the finding on one requirement, territory and sex."""
        if not requirement.offence:
            return answers(self.law, requirement, territory)
        coverage = self.coverage(requirement, territory)
        key = (coverage, sex)
        if key not in self._exhibits:
            victims = self.assessment.sexes[sex]
            self._exhibits[key] = self.evidence.exhibit(requirement, coverage, victims)
        return self._exhibits[key]

    def cell(self, requirement: Requirement, territory: str, sex: str) -> Cell:
        """The finding on one requirement, territory and sex."""
        verdicts = self.assessment.verdicts(requirement, territory)[sex]
        state = self.corpus.state_of[territory]
        federal = self.assessment.verdicts(requirement, state)[sex].verdict
        return Cell(requirement, territory, sex, *verdicts, federal, self)

    def unpunished_at_home(
        self, requirement: Requirement, territory: str, sex: str
    ) -> tuple[str, ...]:
        """Of acts beyond the territory: those that strictly are no offence even within it."""
        if not requirement.bases or not self._beyond(requirement):
            return ()
        acts = [r for r in self.corpus.requirements if r.iri in requirement.bases]
        exhibits = (self.exhibit(act, territory, sex) for act in acts)
        return tuple(told for exhibit in exhibits for told in exhibit.left[Reading.STRICT])

    def _beyond(self, requirement: Requirement) -> bool:
        home = self.corpus.facets.mask(ID + "place/in-territory")[1]
        return not united(self.assessment.required(requirement)) & home

    def cells(
        self,
        requirements: Iterable[Requirement] | None = None,
        territories: Iterable[str] | None = None,
        sexes: Iterable[str] = SEXES,
    ) -> Iterator[Cell]:
        """Every finding asked for, in the order of the treaty."""
        places = tuple(territories) if territories is not None else self.corpus.territories
        wanted = tuple(sexes)
        for requirement in requirements if requirements is not None else self.corpus.requirements:
            for territory in places:
                for sex in wanted:
                    yield self.cell(requirement, territory, sex)

    def doubts(self) -> list[str]:
        """What is not certain about the day itself."""
        return [
            f"{version.citation}: the wording used from {version.start} may already have stood "
            f"on {self.day} (from {version.earliest} at the earliest)."
            for version in self.law.doubtful_versions()
        ]
