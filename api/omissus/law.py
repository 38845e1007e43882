"""The law of one day: which fact patterns each offence in force punishes, on either reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from omissus.corpus import Corpus, Offence, Penalty, Rule, Version
from omissus.facets import Box, difference, includes, intersection
from omissus.patterns import Meant, Reading, replace_values
from omissus.vocabulary import ID, MADE_BY, om

DEFAULTS = {
    "stage": ID + "stage/completed",
    "place": ID + "place/in-territory",
    "consequence": ID + "consequence/punishable",
}
"""What a set of fact patterns is confined to on a facet of which it says nothing."""

NATURAL_PERSON = ID + "offender/natural-person"


@dataclass(frozen=True)
class Reach:
    """A box that an offence punishes, and the rules without which it would not."""

    box: Box
    rules: tuple[Rule, ...]


@dataclass(frozen=True, eq=False)
class OffenceInForce:
    """An offence on one day: what it reaches on each reading, and its penalty.

    `without` are the rules that act on it elsewhere and not where this holds.
    """

    offence: Offence
    reach: dict[Reading, tuple[Reach, ...]]
    penalty: Penalty | None
    criminal_code: bool
    without: frozenset[Rule]

    @cached_property
    def name(self) -> str:
        """What tells this offence, with the rules that act on it here, from every other."""
        return " without ".join((self.offence.iri, *sorted(rule.iri for rule in self.without)))


class Law:
    """The corpus as it stood on one day."""

    def __init__(self, corpus: Corpus, day: date) -> None:
        self.corpus = corpus
        self.day = day

    @cached_property
    def offences(self) -> tuple[OffenceInForce, ...]:
        """Every offence in force on the day, once for each set of rules that act on it somewhere.

        A rule acts where its own Act is law: `stands_in` tells which of them a territory has.
        """
        return tuple(
            self._in_force(self.corpus.offences[iri], without)
            for iri, places in self._without.items()
            for without in dict.fromkeys(places.values())
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule and exception in force on the day."""
        return tuple(rule for rule in self.corpus.rules if rule.version.in_force(self.day))

    def stands_in(self, found: OffenceInForce, territory: str, reading: Reading) -> bool:
        """Whether an offence is law in a territory on a reading, under just these rules."""
        return self._without[found.offence.iri].get((territory, reading)) == found.without

    @cached_property
    def _without(self) -> dict[str, dict[tuple[str, Reading], frozenset[Rule]]]:
        """Where each offence in force is law, and which rules upon it are not law there."""
        elsewhere = {
            (territory, reading): frozenset(
                rule for rule in self.rules if not self._acts_in(rule, territory, reading)
            )
            for territory in self.corpus.territories
            for reading in Reading
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
        if exception and (reading is Reading.STRICT or act in self._acts_limited(rule)):
            return self.extends_to(act, territory, Reading.GENEROUS)
        return self.extends_to(act, territory, Reading.STRICT if exception else reading)

    def _acts_limited(self, exception: Rule) -> set[str]:
        by_iri: dict[str, Offence | Rule] = {
            **self.corpus.offences,
            **{r.iri: r for r in self.rules},
        }
        return {by_iri[i].version.instrument for i in exception.reaches if i in by_iri}

    def _acting(self, offence: Offence) -> tuple[Rule, ...]:
        """The rules that act on an offence anywhere, and the exceptions to it and to them."""
        targets = self._targets(offence)
        found = [r for r in self.rules if targets & (r.reaches | r.generously_reaches)]
        limited = {offence.iri, *(rule.iri for rule in found)}
        return (*found, *(r for r in self.rules if r.kind == "Exception" and limited & r.reaches))

    def _targets(self, offence: Offence) -> set[str]:
        instrument = offence.version.instrument
        return {offence.iri, instrument, *self.corpus.graph.iris(instrument, MADE_BY)}

    def _in_force(self, offence: Offence, without: frozenset[Rule]) -> OffenceInForce:
        penalty = next((p for p in offence.penalties if p.version.in_force(self.day)), None)
        rules = tuple(rule for rule in self._acting(offence) if rule not in without)
        reach = {reading: self._reach(offence, penalty, rules, reading) for reading in Reading}
        code = self.corpus.graph.flag(offence.version.instrument, om("criminalCode"))
        return OffenceInForce(offence, reach, penalty, code, without)

    def _reach(
        self, offence: Offence, penalty: Penalty | None, standing: Sequence[Rule], reading: Reading
    ) -> tuple[Reach, ...]:
        found: dict[Box, list[tuple[Rule, ...]]] = {
            box: [()]
            for box in self.corpus.patterns.compile(
                offence.iri, reading, meant_in_silence(self.corpus, reading)
            )
        }
        for kind in ("WideningRule", "StageRule", "JurisdictionRule", "ExtraditionRule"):
            rules = [
                rule
                for rule in self._rules_on(offence, penalty, standing, reading)
                if rule.kind == kind
            ]
            boxes = list(found)
            for box in boxes:  # grows while rules that widen are applied to what others widened
                for rule in rules:
                    for extended in self._apply(rule, box, standing, reading):
                        if includes(box, extended) or rule in found[box][0]:
                            continue
                        if kind == "WideningRule" and extended not in found:
                            boxes.append(extended)
                        found.setdefault(extended, []).append((*found[box][0], rule))
        taken = self._excepted(offence.iri, standing, reading)
        return tuple(
            Reach(piece, chain)
            for box, chains in found.items()
            for piece in difference([box], taken)
            for chain in chains
        )

    def _rules_on(
        self, offence: Offence, penalty: Penalty | None, standing: Sequence[Rule], reading: Reading
    ) -> Iterator[Rule]:
        targets = self._targets(offence)
        for rule in standing:
            reaches = rule.reaches
            if reading is Reading.GENEROUS:
                reaches = reaches | rule.generously_reaches
            if reaches & targets and _long_enough(rule, penalty, reading):
                yield rule

    def _apply(self, rule: Rule, box: Box, standing: Sequence[Rule], reading: Reading) -> list[Box]:
        patterns = self.corpus.patterns
        replaced = patterns.replacements(rule.iri, reading)
        if not all(replaced.values()):
            return []
        extended = [
            replace_values(both, replaced)
            for condition in patterns.conditions(rule.iri, reading)
            if (both := intersection(box, condition))
        ]
        return difference(extended, self._excepted(rule.iri, standing, reading))

    def _excepted(self, target: str, standing: Sequence[Rule], reading: Reading) -> list[Box]:
        return [
            box
            for rule in standing
            if rule.kind == "Exception" and target in rule.reaches
            for box in self.corpus.patterns.compile(rule.iri, reading)
        ]

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
            for reading in Reading
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


def _long_enough(rule: Rule, penalty: Penalty | None, reading: Reading) -> bool:
    """Whether the penalty lets the rule reach the offence; one not held does so generously."""
    if rule.months is None:
        return True
    if penalty is None:
        return reading is Reading.GENEROUS
    return penalty.longest_months >= rule.months


def meant_in_silence(corpus: Corpus, reading: Reading | None = None) -> Meant:
    """What is meant on a facet of which nothing is said.

    With a reading it is asked of an enacted offence, whose offender is strictly a natural person.
    """
    meant = dict(DEFAULTS)
    if reading is Reading.STRICT:
        meant["offender"] = NATURAL_PERSON
    return tuple(corpus.facets.mask(value) for value in meant.values())
