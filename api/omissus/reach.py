"""How far an offence reaches: its own fact patterns, and those to which rules carry them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from omissus.boxes import Box, united
from omissus.corpus import Corpus, Offence, Penalty, Rule
from omissus.elements import Reading
from omissus.patterns import Values
from omissus.vocabulary import ID, MADE_BY

DEFAULTS = {
    "stage": ID + "stage/completed",
    "place": ID + "place/in-territory",
    "consequence": ID + "consequence/punishable",
}
"""What a set of fact patterns is confined to on a facet of which it says nothing."""

NATURAL_PERSON = ID + "offender/natural-person"
CARRYING = ("WideningRule", "StageRule", "JurisdictionRule", "ExtraditionRule")
"""Kinds of rules in the order in which they carry an offence further."""
EXCEPTION = "Exception"

Chain = tuple[Rule, ...]


class Reach(NamedTuple):
    """A box that an offence punishes, and the rules without which it would not."""

    box: Box
    rules: Chain


@dataclass(frozen=True, eq=False)
class Punished:
    """The boxes that an offence punishes, each with the chains of rules that carry it there."""

    pieces: tuple[tuple[Box, Sequence[Chain]], ...]

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Each box once."""
        return tuple(dict.fromkeys(box for box, _ in self.pieces))

    @cached_property
    def bound(self) -> Box:
        """The least box in which all of them lie."""
        return united(self.boxes)

    @cached_property
    def reach(self) -> tuple[Reach, ...]:
        """Each box once for each chain of rules."""
        return tuple(Reach(box, chain) for box, chains in self.pieces for chain in chains)


def targets(corpus: Corpus, offence: Offence) -> set[str]:
    """What a rule may name to reach an offence: the offence, its Act, or who made the Act."""
    instrument = offence.version.instrument
    return {offence.iri, instrument, *corpus.graph.iris(instrument, MADE_BY)}


def punished(
    corpus: Corpus,
    offence: Offence,
    penalty: Penalty | None,
    standing: Sequence[Rule],
    reading: Reading,
) -> Punished:
    """What an offence punishes on a reading under some rules."""
    patterns, space = corpus.patterns, corpus.facets.space
    found: dict[Box, list[Chain]] = {
        box: [()]
        for box in patterns.compile(offence.iri, reading, meant_in_silence(corpus, reading))
    }
    named = targets(corpus, offence)
    rules = [
        rule
        for rule in standing
        if _names(rule, named, reading) and _long_enough(rule, penalty, reading)
    ]
    exceptions = [rule for rule in standing if rule.kind == EXCEPTION]
    for kind in CARRYING:
        acting = [
            (rule, how, excepted(corpus, rule.iri, exceptions, reading))
            for rule in rules
            if rule.kind == kind
            for how in [patterns.carrying(rule.iri, reading)]
        ]
        boxes = list(found)
        for box in boxes if acting else ():  # grows while what was widened is widened again
            chain = found[box][0]
            for rule, how, taken in acting:
                if rule in chain:
                    continue
                for extended in space.carried(box, how.conditions, how.anew, how.freed, taken):
                    if kind == "WideningRule" and extended not in found:
                        boxes.append(extended)
                    found.setdefault(extended, []).append((*chain, rule))
    taken = excepted(corpus, offence.iri, exceptions, reading)
    if not taken:
        return Punished(tuple(found.items()))
    return Punished(
        tuple(
            (piece, chains)
            for box, chains in found.items()
            for piece in space.difference([box], taken)
        )
    )


def _names(rule: Rule, named: set[str], reading: Reading) -> bool:
    generously = reading is Reading.GENEROUS and not named.isdisjoint(rule.generously_reaches)
    return generously or not named.isdisjoint(rule.reaches)


def excepted(
    corpus: Corpus, target: str, exceptions: Iterable[Rule], reading: Reading
) -> list[Box]:
    """What some exceptions take out of an offence or a rule."""
    return [
        box
        for exception in exceptions
        if target in exception.reaches
        for box in corpus.patterns.compile(exception.iri, reading)
    ]


def _long_enough(rule: Rule, penalty: Penalty | None, reading: Reading) -> bool:
    """Whether the penalty lets the rule reach the offence; one not held does so generously."""
    if rule.months is None:
        return True
    if penalty is None:
        return reading is Reading.GENEROUS
    return penalty.longest_months >= rule.months


def meant_in_silence(corpus: Corpus, reading: Reading | None = None) -> Values:
    """What is meant on a facet of which nothing is said.

    With a reading it is asked of an enacted offence, whose offender is strictly a natural person.
    """
    meant = dict(DEFAULTS)
    if reading is Reading.STRICT:
        meant["offender"] = NATURAL_PERSON
    return tuple(corpus.facets.mask(value) for value in meant.values())
