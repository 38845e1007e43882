"""Findings: for each requirement, territory and sex of the victim, a verdict and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from omissus.answers import answered, answers
from omissus.boxes import Box, united
from omissus.corpus import Corpus, Requirement
from omissus.coverage import Coverage, Met, Verdict, combined, meeting, required_boxes
from omissus.evidence import Evidence
from omissus.exhibits import Exhibit
from omissus.law import Law, OffenceInForce
from omissus.patterns import READINGS, Reading
from omissus.registry import Registry, read_registry
from omissus.reported import Reported, read_reach, read_reported, reported_on
from omissus.vocabulary import ID

SEXES = ("girl", "boy", "transgender")

Verdicts = tuple[Verdict, Verdict, Verdict]
"""The verdict, and what it is on the strict and on the generous reading alone."""


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

    def __init__(self, corpus: Corpus, day: date) -> None:
        self.corpus = corpus
        self.day = day
        self.law = Law(corpus, day)
        self.evidence = Evidence(self.law)
        self._boxes: dict[str, tuple[Box, ...]] = {}
        self._met: dict[str, Met] = {}
        self._alike: dict[tuple[object, ...], Coverage] = {}
        self._coverage: dict[tuple[str, str], Coverage] = {}
        self._answered: dict[tuple[str, str], dict[Reading, Verdict]] = {}
        self._verdicts: dict[tuple[str, str, str], Verdicts] = {}
        self._exhibits: dict[tuple[object, ...], Exhibit] = {}

    @cached_property
    def registry(self) -> Registry:
        return read_registry(self.corpus)

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

    def offences(self, territory: str) -> dict[Reading, Sequence[OffenceInForce]]:
        """Offences in force in a territory on each reading; the federal column has federal law."""
        return {
            reading: tuple(o for o in self.law.offences if (territory, reading) in o.places)
            for reading in READINGS
        }

    def coverage(self, requirement: Requirement, territory: str) -> Coverage:
        """What the law in force in a territory leaves over of a required offence."""
        key = (requirement.slug, territory)
        if key not in self._coverage:
            met = self._met_in(requirement, territory)
            alike = (requirement.slug, *(tuple(o for o, _ in met[reading]) for reading in READINGS))
            if alike not in self._alike:
                space, required = self.corpus.facets.space, self._required(requirement)
                self._alike[alike] = Coverage(space, required, met)
            self._coverage[key] = self._alike[alike]
        return self._coverage[key]

    def _required(self, requirement: Requirement) -> tuple[Box, ...]:
        if requirement.slug not in self._boxes:
            self._boxes[requirement.slug] = required_boxes(self.corpus, requirement)
        return self._boxes[requirement.slug]

    def _met_in(self, requirement: Requirement, territory: str) -> Met:
        if requirement.slug not in self._met:
            required = self._required(requirement)
            self._met[requirement.slug] = meeting(self.law, required, requirement.grave_months)
        return {
            reading: tuple(row for row in met if (territory, reading) in row[0].places)
            for reading, met in self._met[requirement.slug].items()
        }

    def exhibit(self, requirement: Requirement, territory: str, sex: str) -> Exhibit:
        """The reasons of the finding on one requirement, territory and sex."""
        if not requirement.offence:
            return answers(self.law, requirement, territory)
        coverage = self.coverage(requirement, territory)
        key = (coverage, sex)
        if key not in self._exhibits:
            self._exhibits[key] = self.evidence.exhibit(requirement, coverage, self._sexes[sex])
        return self._exhibits[key]

    @cached_property
    def _sexes(self) -> dict[str, Box]:
        return {sex: self.corpus.facets.mask(f"{ID}victim-sex/{sex}")[1] for sex in SEXES}

    def verdicts(self, requirement: Requirement, territory: str, sex: str) -> Verdicts:
        """The verdict on one requirement, territory and sex, and that of each reading.

        Only a searched territory can have a gap: where patterns are left over on the strict
        reading and the law of the territory was not searched, the verdict is not assessed.
        """
        key = (requirement.slug, territory, sex)
        if key not in self._verdicts:
            if requirement.offence:
                coverage = self.coverage(requirement, territory)
                strict, generous = (coverage.share(r, self._sexes[sex]) for r in READINGS)
            else:
                strict, generous = self._answers(requirement, territory).values()
            verdict = combined(strict, generous, requirement.modality)
            if strict is not Verdict.COVERED and not self._searched(requirement, territory):
                verdict = Verdict.NOT_ASSESSED
            self._verdicts[key] = verdict, strict, generous
        return self._verdicts[key]

    def _answers(self, requirement: Requirement, territory: str) -> dict[Reading, Verdict]:
        key = (requirement.slug, territory)
        if key not in self._answered:
            self._answered[key] = answered(self.law, requirement, territory)
        return self._answered[key]

    def cell(self, requirement: Requirement, territory: str, sex: str) -> Cell:
        """The finding on one requirement, territory and sex."""
        verdict, strict, generous = self.verdicts(requirement, territory, sex)
        federal, _, _ = self.verdicts(requirement, self.corpus.state_of[territory], sex)
        return Cell(requirement, territory, sex, verdict, strict, generous, federal, self)

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
        return not united(self._required(requirement)) & home

    def _searched(self, requirement: Requirement, territory: str) -> bool:
        return self.registry.searched(territory, requirement.subjects, self.day)

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
