"""Offences in force as class expressions: what rules carry them to and exceptions take out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from omissus.corpus import Corpus, Offence, Penalty, Requirement, Rule
from omissus.elements import Reading
from omissus.encoding import IN_SILENCE, Encoding
from omissus.expressions import Expression, intersection, union, without
from omissus.vocabulary import ID, MADE_BY, om

STRICTLY_IN_SILENCE = {"offender": ID + "offender/natural-person"}
"""What is meant, beside what is always meant in silence, where an offence is read strictly."""
ORDER = ("WideningRule", "StageRule", "JurisdictionRule", "ExtraditionRule")
Acts = dict[Reading, frozenset[str]]
"""Instruments that are law in a territory: surely, on the strict reading, or at least arguably."""


class Enacted:
    """The offences of one day, where they are law, and what they punish there."""

    def __init__(self, corpus: Corpus, encoding: Encoding, day: date) -> None:
        self.corpus = corpus
        self.graph = corpus.graph
        self.encoding = encoding
        self.day = day
        self._reached: dict[tuple[str, Reading, frozenset[str], frozenset[str]], Expression] = {}
        self._rules = tuple(rule for rule in corpus.rules if rule.version.in_force(day))
        self._ruling = frozenset(rule.version.instrument for rule in self._rules)

    def offences(
        self, territory: str, reading: Reading
    ) -> Iterator[tuple[Offence, Penalty | None, Expression]]:
        """The offences that are law in a territory, each with its penalty and its fact patterns."""
        acts = self._acts(territory)
        ruling = {r: instruments & self._ruling for r, instruments in acts.items()}
        for offence in self.corpus.offences.values():
            if offence.version.in_force(self.day) and offence.version.instrument in acts[reading]:
                penalties = (p for p in offence.penalties if p.version.in_force(self.day))
                penalty = next(penalties, None)
                key = (offence.iri, reading, ruling[Reading.STRICT], ruling[Reading.GENEROUS])
                if key not in self._reached:
                    self._reached[key] = self._reach(offence, penalty, reading, ruling)
                yield offence, penalty, self._reached[key]

    def grave_enough(
        self, requirement: Requirement, penalty: Penalty | None, reading: Reading
    ) -> bool:
        """Whether an offence counts, where a demand asks for a penalty that is grave.

        On the strict reading a fine must not stand in its place.
        """
        generous = reading is Reading.GENEROUS
        if not requirement.grave_months or penalty is None:
            return generous or not requirement.grave_months
        fined = penalty.fine == f"{ID}fine/alternative"
        return penalty.longest_months >= requirement.grave_months and (generous or not fined)

    def _acts(self, territory: str) -> Acts:
        extents = [e for e in self.corpus.extents if e.territory == territory and e.holds(self.day)]
        surely = frozenset(extent.instrument for extent in extents if not extent.arguable)
        arguably = frozenset(extent.instrument for extent in extents)
        return {Reading.STRICT: surely, Reading.GENEROUS: arguably}

    def _reach(
        self, offence: Offence, penalty: Penalty | None, reading: Reading, acts: Acts
    ) -> Expression:
        """The fact patterns that an offence punishes, by its own words and by rules upon it."""
        meant = IN_SILENCE | (STRICTLY_IN_SILENCE if reading is Reading.STRICT else {})
        reached = self.encoding.confined(self.encoding.set_of(offence.iri, reading), meant)
        for kind in ORDER:
            rules = [r for r in self._rules if r.kind == kind]
            acting = [r for r in rules if self._acts_on(r, offence, penalty, reading, acts)]
            if kind == "WideningRule":
                reached = self._widened(reached, acting, reading, acts)
            else:
                carried = (self._apply(rule, reached, reading, acts) for rule in acting)
                reached = union([reached, *carried])
        return without(reached, self._exceptions(offence.iri, reading, acts))

    def _widened(
        self, reached: Expression, rules: list[Rule], reading: Reading, acts: Acts
    ) -> Expression:
        """A set with all that chains of rules make of it, none of which is twice in a chain."""
        found: list[tuple[Expression, tuple[Rule, ...]]] = [(reached, ())]
        for carried, chain in found:
            for rule in rules:
                if rule not in chain and not (chain and self._idle(chain[-1], rule, reading, acts)):
                    found.append((self._apply(rule, carried, reading, acts), (*chain, rule)))
        return union(carried for carried, _ in found)

    def _idle(self, before: Rule, rule: Rule, reading: Reading, acts: Acts) -> bool:
        """Whether a rule right after another carries nowhere that no other chain carries.

        It does not where it frees all facets that the other freed; and where neither speaks of what
        the other sets anew their order does not matter, so that one order is enough.
        """
        freed, freeing = self.encoding.freed(before.iri), self.encoding.freed(rule.iri)
        if freed <= freeing:
            return True
        return before.iri > rule.iri and not (
            freed & freeing
            or self._speaks(before, freeing, reading, acts)
            or self._speaks(rule, freed, reading, acts)
        )

    def _speaks(self, rule: Rule, facets: frozenset[str], reading: Reading, acts: Acts) -> bool:
        """Whether the conditions of a rule or the exceptions to it speak of some facets."""
        limits = [
            *self.encoding.limits(rule.iri, reading),
            *self._exceptions(rule.iri, reading, acts),
        ]
        return any(limit.facets & facets for limit in limits)

    def _acts_on(
        self, rule: Rule, offence: Offence, penalty: Penalty | None, reading: Reading, acts: Acts
    ) -> bool:
        instrument = offence.version.instrument
        targets = {offence.iri, instrument, *self.graph.iris(instrument, MADE_BY)}
        generously = rule.generously_reaches if reading is Reading.GENEROUS else frozenset[str]()
        reached = targets & (rule.reaches | generously)
        if not reached or rule.version.instrument not in acts[reading]:
            return False
        if rule.months is None:
            return True
        if penalty is None:
            return reading is Reading.GENEROUS
        return penalty.longest_months >= rule.months

    def _apply(self, rule: Rule, reached: Expression, reading: Reading, acts: Acts) -> Expression:
        conditions = self.encoding.limits(rule.iri, reading)
        carried = self.encoding.anew(rule.iri, intersection([reached, *conditions]), reading)
        return without(carried, self._exceptions(rule.iri, reading, acts))

    def _exceptions(self, target: str, reading: Reading, acts: Acts) -> list[Expression]:
        return [
            self.encoding.set_of(rule.iri, reading)
            for rule in self._rules
            if self._limits_here(rule, target, reading, acts)
        ]

    def _limits_here(self, rule: Rule, target: str, reading: Reading, acts: Acts) -> bool:
        """Whether an exception to `target` takes away here; strictly it does if its Act may be law.

        Generously its Act must surely be law, or be the Act of what it limits.
        """
        if rule.kind != "Exception" or target not in rule.reaches:
            return False
        act = rule.version.instrument
        limited = self.corpus.versions[self.graph.iri(target, om("enactedIn")) or ""].instrument
        doubt_taken = reading is Reading.STRICT or act == limited
        return act in acts[Reading.GENEROUS if doubt_taken else Reading.STRICT]
