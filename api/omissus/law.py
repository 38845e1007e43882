"""The law of one day: which fact patterns each offence in force punishes, on either reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from omissus.boxes import Box
from omissus.corpus import Corpus, Offence, Penalty, Rule, Version
from omissus.elements import READINGS, Reading
from omissus.reach import Punished, Reach, punished, targets
from omissus.vocabulary import om

Place = tuple[str, Reading]
"""A territory and the reading on which it is asked what is law there."""

NOTHING: Mapping[str, tuple[OffenceInForce, ...]] = {}


@dataclass(frozen=True, eq=False)
class OffenceInForce:
    """An offence on one day: what it punishes on each reading, and its penalty.

    It stands so in `places`; `without` are the rules that act on it elsewhere and not there.
    """

    offence: Offence
    punished: dict[Reading, Punished]
    penalty: Penalty | None
    criminal_code: bool
    without: frozenset[Rule]
    places: frozenset[Place]

    @property
    def boxes(self) -> dict[Reading, tuple[Box, ...]]:
        """The boxes that the offence punishes on each reading, each once."""
        return {reading: self.punished[reading].boxes for reading in READINGS}

    @property
    def reach(self) -> dict[Reading, tuple[Reach, ...]]:
        """Each box once for each chain of rules by which the offence reaches it."""
        return {reading: self.punished[reading].reach for reading in READINGS}


class Law:
    """The corpus as it stood on one day; `known` are offences found on that day already."""

    def __init__(
        self, corpus: Corpus, day: date, known: Mapping[str, tuple[OffenceInForce, ...]] = NOTHING
    ) -> None:
        self.corpus = corpus
        self.day = day
        self.known = dict(known)

    @cached_property
    def offences(self) -> tuple[OffenceInForce, ...]:
        """Every offence in force on the day, once for each set of rules that act on it somewhere.

        A rule acts where its own Act is law: the `places` of each tell where it stands so.
        """
        return tuple(
            found
            for offence in self.corpus.offences.values()
            if offence.version.in_force(self.day)
            for found in self.standing(offence)
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule and exception in force on the day."""
        return tuple(rule for rule in self.corpus.rules if rule.version.in_force(self.day))

    def standing(self, offence: Offence) -> tuple[OffenceInForce, ...]:
        """An offence in force, once for each set of rules that act on it where it is law."""
        if offence.iri not in self.known:
            acting = self.acting(offence)
            places: dict[frozenset[Rule], list[Place]] = {}
            for place in self._extent.get(offence.version.instrument, ()):
                without = frozenset(rule for rule in acting if place not in self._acts_in[rule])
                places.setdefault(without, []).append(place)
            self.known[offence.iri] = tuple(
                self._in_force(offence, acting, without, frozenset(found))
                for without, found in places.items()
            )
        return self.known[offence.iri]

    @cached_property
    def _acts_in(self) -> dict[Rule, Collection[Place]]:
        """Where each rule acts: where its Act is law on the reading.

        An exception takes away on the strict reading wherever its Act may be law, on the generous
        one where its Act surely is, or is as arguably as what it limits, both being of one Act.
        """
        acts: dict[Rule, Collection[Place]] = {}
        for rule in self.rules:
            act = rule.version.instrument
            places = acts[rule] = self._extent.get(act, {})
            if rule.kind == "Exception":
                arguable = act in self._acts_limited[rule]
                acts[rule] = {
                    (territory, reading)
                    for territory, _ in places
                    for reading in READINGS
                    if reading is Reading.STRICT
                    or arguable
                    or (territory, Reading.STRICT) in places
                }
        return acts

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

    def acting(self, offence: Offence) -> tuple[Rule, ...]:
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

    def _in_force(
        self,
        offence: Offence,
        acting: Iterable[Rule],
        without: frozenset[Rule],
        places: frozenset[Place],
    ) -> OffenceInForce:
        penalty = next((p for p in offence.penalties if p.version.in_force(self.day)), None)
        rules = tuple(rule for rule in acting if rule not in without)
        found = {r: punished(self.corpus, offence, penalty, rules, r) for r in READINGS}
        code = self.corpus.graph.flag(offence.version.instrument, om("criminalCode"))
        return OffenceInForce(offence, found, penalty, code, without, places)

    def extends_to(self, instrument: str, territory: str, reading: Reading) -> bool:
        """Whether an instrument is in force in a territory on the day, on a reading."""
        return (territory, reading) in self._extent.get(instrument, ())

    @cached_property
    def _extent(self) -> dict[str, dict[Place, None]]:
        """The places in which each instrument is in force on the day, in a fixed order."""
        places: dict[str, dict[Place, None]] = {}
        for extent in self.corpus.extents:
            if extent.holds(self.day):
                found = places.setdefault(extent.instrument, {})
                for reading in (Reading.GENEROUS,) if extent.arguable else READINGS:
                    found[extent.territory, reading] = None
        return places

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
