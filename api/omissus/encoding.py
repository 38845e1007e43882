"""Class expressions of requirements and offences, read element by element from the encoding.

The coverage engine compiles the same encoding into boxes; nothing of that is used here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from omissus.corpus import Corpus, Offence, Penalty, Requirement, Rule
from omissus.expressions import (
    NOTHING,
    Expression,
    Limit,
    in_silence,
    intersection,
    possible,
    regardless_of,
    union,
    without,
)
from omissus.patterns import Reading
from omissus.vocabulary import BROADER, ID, IN_SCHEME, MADE_BY, RDF_TYPE, om

IN_SILENCE = {
    "stage": ID + "stage/completed",
    "place": ID + "place/in-territory",
    "consequence": ID + "consequence/punishable",
}
"""What is meant on a facet of which a set of fact patterns says nothing."""
STRICTLY_IN_SILENCE = {"offender": ID + "offender/natural-person"}
"""What is meant, beside these, where an offence says nothing and is read strictly."""
ORDER = ("WideningRule", "StageRule", "JurisdictionRule", "ExtraditionRule")
AGE = "victim-age"


Acts = dict[Reading, frozenset[str]]
"""Instruments that are law in a territory: surely, on the strict reading, or at least arguably."""


class Encoding:
    """The law of one day as class expressions."""

    def __init__(self, corpus: Corpus, day: date) -> None:
        self.corpus = corpus
        self.graph = corpus.graph
        self.day = day
        self.values = dict(zip(corpus.facets.slugs, corpus.facets.atoms, strict=True))
        self._sets: dict[tuple[str, Reading], Expression] = {}
        self._reached: dict[tuple[str, Reading, frozenset[str], frozenset[str]], Expression] = {}
        self._rules = tuple(rule for rule in corpus.rules if rule.version.in_force(day))
        self._ruling = frozenset(rule.version.instrument for rule in self._rules)

    def required(self, requirement: Requirement) -> Expression:
        """The fact patterns that a required offence describes."""
        return self._confined(self._set(requirement.iri, Reading.STRICT), IN_SILENCE)

    def enacted(
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
        """The fact patterns that an offence punishes, by its own words and by rules upon it.

        Rules of one kind act side by side, but those that widen also on what others widened.
        """
        meant = IN_SILENCE | (STRICTLY_IN_SILENCE if reading is Reading.STRICT else {})
        reached = self._confined(self._set(offence.iri, reading), meant)
        for kind in ORDER:
            rules = [r for r in self._rules if r.kind == kind]
            acting = [r for r in rules if self._acts_on(r, offence, penalty, reading, acts)]
            carried = reached
            for _ in acting if kind == "WideningRule" else acting[:1]:
                carried = union([self._apply(r, carried, reading, acts) for r in acting])
                reached = union([reached, carried])
        return without(reached, self._exceptions(offence.iri, reading, acts))

    def leaves(self, value: str) -> frozenset[str]:
        """The undivided values within a value of a facet."""
        narrower = self.graph.subjects(BROADER, value)
        if not narrower:
            return frozenset([value])
        return frozenset[str]().union(*map(self.leaves, narrower))

    def _confined(self, expression: Expression, meant: dict[str, str]) -> Expression:
        for facet, value in meant.items():
            expression = in_silence(expression, facet, self.leaves(value))
        return expression

    def _set(self, owner: str, reading: Reading) -> Expression:
        """A set of fact patterns within its own elements and the sets that it is built on."""
        if (owner, reading) not in self._sets:
            own = intersection(self._limits(owner, reading))
            bases = self.graph.iris(owner, om("builtOn"))
            inherited = union(self._set(base, reading) for base in bases) if bases else own
            self._sets[owner, reading] = intersection([self._anew(owner, inherited, reading), own])
            if not bases:
                self._sets[owner, reading] = self._anew(owner, own, reading)
        return self._sets[owner, reading]

    def _limits(self, owner: str, reading: Reading) -> Iterator[Expression]:
        for element in self.graph.subjects(om("elementOf"), owner):
            if not self._replaces(element):
                yield self._element(element, reading)

    def _anew(self, owner: str, expression: Expression, reading: Reading) -> Expression:
        """A set with the facets that `owner` replaces set anew."""
        replaced: dict[str, frozenset[str]] = {}
        for element in filter(self._replaces, self.graph.subjects(om("elementOf"), owner)):
            facet = self._facet(element)
            whole = frozenset(self.values[facet])
            replaced[facet] = possible(self._element(element, reading), facet, whole)
        for facet in replaced:
            expression = regardless_of(expression, facet, self.values[facet])
        return intersection([expression, *(Limit(f, v) for f, v in replaced.items())])

    def _replaces(self, element: str) -> bool:
        return om("Replacement") in self.graph.iris(element, RDF_TYPE)

    def _facet(self, element: str) -> str:
        return (self.graph.iri(element, om("limits")) or "").removeprefix(ID + "facet/")

    def _element(self, element: str, reading: Reading) -> Expression:
        facet = self._facet(element)
        told = om("strictlyAllows" if reading is Reading.STRICT else "generouslyAllows")
        named = [*self.graph.iris(element, om("allows")), *self.graph.iris(element, told)]
        values = (self._value(value, facet, reading) for value in named)
        return union([self._ages(element, reading), *values])

    def _value(self, value: str, facet: str, reading: Reading) -> Expression:
        if self.graph.iri(value, IN_SCHEME) == f"{ID}facet/{facet}":
            return Limit(facet, self.leaves(value))
        return union(self._set(p, reading) for p in self.graph.subjects(om("placementOf"), value))

    def _ages(self, element: str, reading: Reading) -> Expression:
        low, below, wider = (
            self.graph.number(element, om(name))
            for name in ("ageFrom", "ageBelow", "generousAgeBelow")
        )
        if low is None and below is None and wider is None:
            return NOTHING
        ages = self.values[AGE]
        strict = ages[low or 0 : below] if below is not None or wider is None else ()
        generous = ages[low or 0 : wider if wider is not None else below]
        return Limit(AGE, frozenset(strict if reading is Reading.STRICT else (*strict, *generous)))

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
        conditions = self._limits(rule.iri, reading)
        carried = self._anew(rule.iri, intersection([reached, *conditions]), reading)
        return without(carried, self._exceptions(rule.iri, reading, acts))

    def _exceptions(self, target: str, reading: Reading, acts: Acts) -> Iterable[Expression]:
        return [
            self._set(rule.iri, reading)
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
