"""Coverage and verdicts, demand by demand and territory by territory, under the law of one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from omissus.answers import answered
from omissus.boxes import Box
from omissus.corpus import Requirement
from omissus.coverage import Coverage, Met, Verdict, bounds, combined, meeting, required_boxes
from omissus.elements import READINGS, Reading
from omissus.law import Law
from omissus.registry import Registry, read_registry
from omissus.vocabulary import ID

SEXES = ("girl", "boy", "transgender")

Key = tuple[str, str]
"""The short name of a demand, and a territory."""


class Verdicts(NamedTuple):
    """The verdict, and what it is on the strict and on the generous reading alone."""

    verdict: Verdict
    strict: Verdict
    generous: Verdict


@dataclass(frozen=True)
class Known:
    """What was found already: of a demand by its short name, or of a demand in a territory."""

    required: dict[str, tuple[Box, ...]] = field(default_factory=dict)
    met: dict[str, Met] = field(default_factory=dict)
    coverage: dict[Key, Coverage] = field(default_factory=dict)
    verdicts: dict[Key, dict[str, Verdicts]] = field(default_factory=dict)


class Assessment:
    """Measures demands against the law of one day, when asked, and keeps what it found."""

    def __init__(
        self, law: Law, known: Known | None = None, registry: Registry | None = None
    ) -> None:
        self.law = law
        self.corpus = law.corpus
        self.space = law.corpus.facets.space
        self.known = known or Known()
        self._registry = registry
        self._alike: dict[tuple[object, ...], Coverage] = {}

    @cached_property
    def registry(self) -> Registry:
        """What was searched."""
        return self._registry or read_registry(self.corpus)

    @cached_property
    def sexes(self) -> dict[str, Box]:
        """Each sex of the victim as a value of its facet."""
        return {sex: self.corpus.facets.mask(f"{ID}victim-sex/{sex}")[1] for sex in SEXES}

    @cached_property
    def _bounds(self) -> dict[Reading, list[Box]]:
        return bounds(self.law.offences)

    def required(self, requirement: Requirement) -> tuple[Box, ...]:
        """The fact patterns that a required offence describes."""
        known = self.known.required
        if requirement.slug not in known:
            known[requirement.slug] = required_boxes(self.corpus, requirement)
        return known[requirement.slug]

    def met(self, requirement: Requirement) -> Met:
        """The offences that meet a required offence anywhere."""
        known = self.known.met
        if requirement.slug not in known:
            required = self.required(requirement)
            known[requirement.slug] = meeting(
                self.space, requirement, required, self.law.offences, self._bounds
            )
        return known[requirement.slug]

    def coverage(self, requirement: Requirement, territory: str) -> Coverage:
        """What the law in force in a territory leaves over of a required offence."""
        key = requirement.slug, territory
        if key not in self.known.coverage:
            met = {
                reading: tuple(row for row in rows if (territory, reading) in row[0].places)
                for reading, rows in self.met(requirement).items()
            }
            alike = (requirement.slug, *(tuple(o for o, _ in met[reading]) for reading in READINGS))
            if alike not in self._alike:
                self._alike[alike] = Coverage(self.space, self.required(requirement), met)
            self.known.coverage[key] = self._alike[alike]
        return self.known.coverage[key]

    def verdicts(self, requirement: Requirement, territory: str) -> dict[str, Verdicts]:
        """The verdicts on one requirement in one territory, for each sex of the victim.

        Only a searched territory can have a gap: where patterns are left over on the strict
        reading and the law of the territory was not searched, the verdict is not assessed.
        """
        key = requirement.slug, territory
        if key not in self.known.verdicts:
            self.known.verdicts[key] = self._verdicts(requirement, territory)
        return self.known.verdicts[key]

    def _verdicts(self, requirement: Requirement, territory: str) -> dict[str, Verdicts]:
        if requirement.offence:
            share = self.coverage(requirement, territory).share
            shares = {
                sex: {reading: share(reading, mask) for reading in READINGS}
                for sex, mask in self.sexes.items()
            }
        else:
            shares = dict.fromkeys(SEXES, answered(self.law, requirement, territory))
        searched = self.registry.searched(territory, requirement.subjects, self.law.day)
        found = {}
        for sex, on_reading in shares.items():
            strict, generous = on_reading.values()
            verdict = combined(strict, generous, requirement.modality)
            if strict is not Verdict.COVERED and not searched:
                verdict = Verdict.NOT_ASSESSED
            found[sex] = Verdicts(verdict, strict, generous)
        return found
