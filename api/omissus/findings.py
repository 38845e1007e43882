"""Findings: for each requirement, territory and sex of the victim, a verdict and its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from omissus.answers import answered, answers
from omissus.corpus import Corpus, Requirement
from omissus.coverage import Coverage, Verdict, combined, cover, required_boxes
from omissus.evidence import Evidence
from omissus.exhibits import Exhibit
from omissus.law import Law, OffenceInForce
from omissus.patterns import Reading
from omissus.registry import Registry, read_registry
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
    exhibit: Exhibit
    search: str

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
        self._coverage: dict[tuple[str, tuple[str, ...]], Coverage] = {}
        self._exhibits: dict[tuple[str, tuple[str, ...], str], Exhibit] = {}

    @cached_property
    def registry(self) -> Registry:
        return read_registry(self.corpus)

    def offences(self, territory: str) -> dict[Reading, Sequence[OffenceInForce]]:
        """Offences in force in a territory on each reading; the federal column has federal law."""
        return {
            reading: tuple(
                o
                for o in self.law.offences
                if self.law.extends_to(o.offence.version.instrument, territory, reading)
            )
            for reading in Reading
        }

    @cached_property
    def _offences_by_territory(self) -> dict[str, dict[Reading, Sequence[OffenceInForce]]]:
        return {territory: self.offences(territory) for territory in self.corpus.territories}

    def _key(self, territory: str) -> tuple[str, ...]:
        found = self._offences_by_territory[territory]
        return tuple(f"{reading}:{o.offence.iri}" for reading in Reading for o in found[reading])

    def coverage(self, requirement: Requirement, territory: str) -> Coverage:
        """What the law in force in a territory leaves over of a required offence."""
        key = (requirement.slug, self._key(territory))
        if key not in self._coverage:
            required = required_boxes(self.corpus, requirement)
            found = self._offences_by_territory[territory]
            self._coverage[key] = cover(required, found, requirement.grave_months)
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

    def _exhibit(self, requirement: Requirement, territory: str, sex: str) -> Exhibit:
        key = (requirement.slug, self._key(territory), sex)
        if key not in self._exhibits:
            if requirement.offence:
                mask = self.corpus.facets.mask(f"{ID}victim-sex/{sex}")[1]
                coverage = self.coverage(requirement, territory)
                self._exhibits[key] = self.evidence.exhibit(
                    requirement,
                    coverage,
                    mask,
                    self._offences_by_territory[territory][Reading.STRICT],
                )
            else:
                self._exhibits[key] = answers(self.law, requirement, territory)
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
            exhibit=self._exhibit(requirement, territory, sex),
            search=self.registry.statement(territory, requirement.subjects, self.day),
        )

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
