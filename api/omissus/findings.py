"""Findings: for each requirement, territory and sex of the victim, a verdict and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from omissus.answers import answered, answers
from omissus.corpus import Corpus, Requirement
from omissus.coverage import (
    Coverage,
    Touching,
    Verdict,
    combined,
    cover,
    required_boxes,
    touching,
)
from omissus.evidence import Evidence
from omissus.exhibits import Exhibit
from omissus.law import Law, OffenceInForce
from omissus.patterns import Reading
from omissus.registry import Registry, read_registry
from omissus.reported import Reported, read_reach, read_reported, reported_on
from omissus.vocabulary import ID

FEDERAL = ID + "territory/pk"
SEXES = ("girl", "boy", "transgender")


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
        self._touching: dict[str, Touching] = {}
        self._coverage: dict[tuple[str, ...], Coverage] = {}
        self._exhibits: dict[tuple[str, ...], Exhibit] = {}

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
            reading: tuple(
                o for o in self.law.offences if self.law.stands_in(o, territory, reading)
            )
            for reading in Reading
        }

    def _met(self, requirement: Requirement) -> Touching:
        if requirement.slug not in self._touching:
            self._touching[requirement.slug] = touching(
                required_boxes(self.corpus, requirement),
                self.law.offences,
                requirement.grave_months,
            )
        return self._touching[requirement.slug]

    def _met_in(self, requirement: Requirement, territory: str) -> Touching:
        return {
            reading: tuple(
                row
                for row in self._met(requirement)[reading]
                if self.law.stands_in(row[0], territory, reading)
            )
            for reading in Reading
        }

    def _key(self, requirement: Requirement, territory: str) -> tuple[str, ...]:
        """What a coverage depends on: the requirement and the offences that meet it there."""
        met = self._met_in(requirement, territory)
        return (
            requirement.slug,
            *(f"{reading}:{row[0].name}" for reading in Reading for row in met[reading]),
        )

    def coverage(self, requirement: Requirement, territory: str) -> Coverage:
        """What the law in force in a territory leaves over of a required offence."""
        key = self._key(requirement, territory)
        if key not in self._coverage:
            required = required_boxes(self.corpus, requirement)
            self._coverage[key] = cover(required, self._met_in(requirement, territory))
        return self._coverage[key]

    def _verdicts(
        self, requirement: Requirement, territory: str, sex: str
    ) -> dict[Reading, Verdict]:
        if not requirement.offence:
            return answered(self.law, requirement, territory)
        facet = self.corpus.facets.position["victim-sex"]
        mask = self.corpus.facets.mask(f"{ID}victim-sex/{sex}")[1]
        coverage = self.coverage(requirement, territory)
        return {reading: coverage.share(reading, facet, mask) for reading in Reading}

    def exhibit(self, requirement: Requirement, territory: str, sex: str) -> Exhibit:
        """The reasons of the finding on one requirement, territory and sex."""
        if not requirement.offence:
            return answers(self.law, requirement, territory)
        key = (*self._key(requirement, territory), sex)
        if key not in self._exhibits:
            mask = self.corpus.facets.mask(f"{ID}victim-sex/{sex}")[1]
            coverage = self.coverage(requirement, territory)
            self._exhibits[key] = self.evidence.exhibit(requirement, coverage, mask)
        return self._exhibits[key]

    def cell(self, requirement: Requirement, territory: str, sex: str) -> Cell:
        """The finding on one requirement, territory and sex.

        Only a searched territory can have a gap: where patterns are left over on the strict
        reading and the law of the territory was not searched, the verdict is not assessed.
        """
        verdicts = self._verdicts(requirement, territory, sex)
        strict, generous = verdicts[Reading.STRICT], verdicts[Reading.GENEROUS]
        verdict = combined(strict, generous, requirement.modality)
        federal = self._verdicts(requirement, FEDERAL, sex)
        federal_verdict = combined(
            federal[Reading.STRICT], federal[Reading.GENEROUS], requirement.modality
        )
        if strict is not Verdict.COVERED and not self._searched(requirement, territory):
            verdict = Verdict.NOT_ASSESSED
        if federal[Reading.STRICT] is not Verdict.COVERED and not self._searched(
            requirement, FEDERAL
        ):
            federal_verdict = Verdict.NOT_ASSESSED
        return Cell(
            requirement=requirement,
            territory=territory,
            sex=sex,
            verdict=verdict,
            strict=strict,
            generous=generous,
            federal=federal_verdict,
            findings=self,
        )

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
        place, home = self.corpus.facets.mask(ID + "place/in-territory")
        boxes = required_boxes(self.corpus, requirement)
        return not any(box[place] & home for box in boxes)

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
