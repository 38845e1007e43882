"""The law of one day: which fact patterns each offence in force punishes, on either reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from omissus.boxes import Box, united
from omissus.corpus import Corpus, Offence, Penalty, Rule, Version
from omissus.patterns import READINGS, Reading
from omissus.reach import Chain, Reach, reach, targets
from omissus.vocabulary import om

Place = tuple[str, Reading]
"""A territory and the reading on which it is asked what is law there."""


@dataclass(frozen=True, eq=False)
class OffenceInForce:
    """An offence on one day: what it punishes on each reading, by which rules, and its penalty.

    `without` are the rules that act on it elsewhere and not where this holds.
    """

    offence: Offence
    punishes: dict[Reading, tuple[tuple[Box, Sequence[Chain]], ...]]
    penalty: Penalty | None
    criminal_code: bool
    without: frozenset[Rule]

    @cached_property
    def boxes(self) -> dict[Reading, tuple[Box, ...]]:
        """The boxes that the offence punishes on each reading, each once."""
        return {r: tuple(dict.fromkeys(box for box, _ in self.punishes[r])) for r in READINGS}

    @cached_property
    def reach(self) -> dict[Reading, tuple[Reach, ...]]:
        """Each box once for each chain of rules by which the offence reaches it."""
        return {
            reading: tuple(
                Reach(box, chain) for box, chains in self.punishes[reading] for chain in chains
            )
            for reading in READINGS
        }


class Law:
    """The corpus as it stood on one day."""

    def __init__(self, corpus: Corpus, day: date) -> None:
        self.corpus = corpus
        self.day = day

    @cached_property
    def offences(self) -> tuple[OffenceInForce, ...]:
        """Every offence in force on the day, once for each set of rules that act on it somewhere.

        A rule acts where its own Act is law: `standing` tells which of them a territory has.
        """
        return tuple(
            self._in_force(self.corpus.offences[iri], without)
            for iri, places in self._without.items()
            for without in dict.fromkeys(places.values())
        )

    @cached_property
    def bounds(self) -> dict[Reading, tuple[Box, ...]]:
        """For each offence, in their order, the least box in which all that it punishes lies."""
        return {r: tuple(united(found.boxes[r]) for found in self.offences) for r in READINGS}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule and exception in force on the day."""
        return tuple(rule for rule in self.corpus.rules if rule.version.in_force(self.day))

    def standing(self, territory: str, reading: Reading) -> frozenset[OffenceInForce]:
        """The offences that are law in a territory on a reading, under the rules that act there."""
        return self._standing[territory, reading]

    @cached_property
    def _standing(self) -> dict[Place, frozenset[OffenceInForce]]:
        standing: dict[Place, list[OffenceInForce]] = {place: [] for place in self._places}
        for found in self.offences:
            for place, without in self._without[found.offence.iri].items():
                if without == found.without:
                    standing[place].append(found)
        return {place: frozenset(offences) for place, offences in standing.items()}

    @cached_property
    def _places(self) -> tuple[Place, ...]:
        return tuple((t, reading) for t in self.corpus.territories for reading in READINGS)

    @cached_property
    def _without(self) -> dict[str, dict[Place, frozenset[Rule]]]:
        """Where each offence in force is law, and which rules upon it are not law there."""
        elsewhere = {
            place: frozenset(rule for rule in self.rules if not self._acts_in(rule, *place))
            for place in self._places
        }
        return {
            offence.iri: {
                place: acting & rules
                for place, rules in elsewhere.items()
                if self.extends_to(offence.version.instrument, *place)
            }
            for offence in self.corpus.offences.values()
            if offence.version.in_force(self.day)
            for acting in [frozenset(self._acting(offence))]
        }

    def _acts_in(self, rule: Rule, territory: str, reading: Reading) -> bool:
        """Whether a rule acts in a territory: where its Act is law on the reading.

        An exception takes away on the strict reading wherever its Act may be law, on the generous
        one where its Act surely is, or is as arguably as what it limits, both being of one Act.
        """
        act, exception = rule.version.instrument, rule.kind == "Exception"
        if exception and (reading is Reading.STRICT or act in self._acts_limited[rule]):
            return self.extends_to(act, territory, Reading.GENEROUS)
        return self.extends_to(act, territory, Reading.STRICT if exception else reading)

    @cached_property
    def _acts_limited(self) -> dict[Rule, set[str]]:
        """For each exception the Acts of what it limits."""
        by_iri: dict[str, Offence | Rule] = {
            **self.corpus.offences,
            **{rule.iri: rule for rule in self.rules},
        }
        return {
            rule: {by_iri[i].version.instrument for i in rule.reaches if i in by_iri}
            for rule in self.rules
            if rule.kind == "Exception"
        }

    def _acting(self, offence: Offence) -> tuple[Rule, ...]:
        """The rules that act on an offence anywhere, and the exceptions to it and to them."""
        named = targets(self.corpus, offence)
        found = [
            rule
            for rule in self.rules
            if not (named.isdisjoint(rule.reaches) and named.isdisjoint(rule.generously_reaches))
        ]
        limited = {offence.iri, *(rule.iri for rule in found)}
        return (
            *found,
            *(r for r in self.rules if r.kind == "Exception" and not limited.isdisjoint(r.reaches)),
        )

    def _in_force(self, offence: Offence, without: frozenset[Rule]) -> OffenceInForce:
        penalty = next((p for p in offence.penalties if p.version.in_force(self.day)), None)
        rules = tuple(rule for rule in self._acting(offence) if rule not in without)
        punishes = {r: reach(self.corpus, offence, penalty, rules, r) for r in READINGS}
        code = self.corpus.graph.flag(offence.version.instrument, om("criminalCode"))
        return OffenceInForce(offence, punishes, penalty, code, without)

    def extends_to(self, instrument: str, territory: str, reading: Reading) -> bool:
        """Whether an instrument is in force in a territory on the day, on a reading."""
        return (instrument, territory) in self._extent[reading]

    @cached_property
    def _extent(self) -> dict[Reading, frozenset[tuple[str, str]]]:
        return {
            reading: frozenset(
                (extent.instrument, extent.territory)
                for extent in self.corpus.extents
                if extent.holds(self.day) and (reading is Reading.GENEROUS or not extent.arguable)
            )
            for reading in READINGS
        }

    def doubtful_versions(self) -> tuple[Version, ...]:
        """Versions that bear on findings and may have stood on the day already."""
        corpus = self.corpus
        sources = dict.fromkeys(
            [
                *(o.version for o in corpus.offences.values()),
                *(p.version for o in corpus.offences.values() for p in o.penalties),
                *(rule.version for rule in corpus.rules),
            ]
        )
        return tuple(version for version in sources if version.date_doubtful(self.day))
