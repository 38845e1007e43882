"""The law of one day: which fact patterns each offence in force punishes, on either reading."""

from __future__ import annotations

from collections.abc import Iterable
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


@dataclass(frozen=True)
class OffenceInForce:
    """An offence on one day: what it reaches on each reading, and its penalty."""

    offence: Offence
    reach: dict[Reading, tuple[Reach, ...]]
    penalty: Penalty | None
    criminal_code: bool


class Law:
    """The corpus as it stood on one day."""

    def __init__(self, corpus: Corpus, day: date) -> None:
        self.corpus = corpus
        self.day = day

    @cached_property
    def offences(self) -> tuple[OffenceInForce, ...]:
        """Every offence in force on the day, whatever its territory."""
        return tuple(
            self._in_force(offence)
            for offence in self.corpus.offences.values()
            if offence.version.in_force(self.day)
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule and exception in force on the day."""
        return tuple(rule for rule in self.corpus.rules if rule.version.in_force(self.day))

    def _in_force(self, offence: Offence) -> OffenceInForce:
        penalty = next((p for p in offence.penalties if p.version.in_force(self.day)), None)
        reach = {reading: self._reach(offence, penalty, reading) for reading in Reading}
        code = self.corpus.graph.flag(offence.version.instrument, om("criminalCode"))
        return OffenceInForce(offence, reach, penalty, code)

    def _reach(
        self, offence: Offence, penalty: Penalty | None, reading: Reading
    ) -> tuple[Reach, ...]:
        found: dict[Box, list[tuple[Rule, ...]]] = {
            box: [()]
            for box in self.corpus.patterns.compile(
                offence.iri, reading, meant_in_silence(self.corpus, reading)
            )
        }
        for kind in ("WideningRule", "StageRule", "JurisdictionRule", "ExtraditionRule"):
            rules = tuple(self._rules_on(offence, penalty, kind, reading))
            boxes = list(found)
            for box in boxes:  # grows while rules that widen are applied to what others widened
                for rule in rules:
                    for extended in self._apply(rule, box, reading):
                        if includes(box, extended) or rule in found[box][0]:
                            continue
                        if kind == "WideningRule" and extended not in found:
                            boxes.append(extended)
                        found.setdefault(extended, []).append((*found[box][0], rule))
        taken = self._excepted(offence.iri, reading)
        return tuple(
            Reach(piece, chain)
            for box, chains in found.items()
            for piece in difference([box], taken)
            for chain in chains
        )

    def _rules_on(
        self, offence: Offence, penalty: Penalty | None, kind: str, reading: Reading
    ) -> Iterable[Rule]:
        graph = self.corpus.graph
        instrument = offence.version.instrument
        targets = {offence.iri, instrument, *graph.iris(instrument, MADE_BY)}
        for rule in self.rules:
            if rule.kind != kind:
                continue
            reaches = rule.reaches
            if reading is Reading.GENEROUS:
                reaches = reaches | rule.generously_reaches
            if reaches & targets and _long_enough(rule, penalty, reading):
                yield rule

    def _apply(self, rule: Rule, box: Box, reading: Reading) -> list[Box]:
        patterns = self.corpus.patterns
        replaced = patterns.replacements(rule.iri, reading)
        if not all(replaced.values()):
            return []
        extended = [
            replace_values(both, replaced)
            for condition in patterns.conditions(rule.iri, reading)
            if (both := intersection(box, condition))
        ]
        return difference(extended, self._excepted(rule.iri, reading))

    def _excepted(self, target: str, reading: Reading) -> list[Box]:
        return [
            box
            for rule in self.rules
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
