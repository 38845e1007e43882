"""Sets of fact patterns as class expressions, read element by element from the encoding.

The coverage engine compiles the same encoding into boxes; nothing of that is used here.
"""

from __future__ import annotations

from collections.abc import Iterator

from omissus.corpus import Corpus, Requirement
from omissus.elements import Reading
from omissus.expressions import (
    NOTHING,
    Expression,
    Limit,
    in_silence,
    intersection,
    possible,
    regardless_of,
    union,
)
from omissus.vocabulary import BROADER, ID, IN_SCHEME, RDF_TYPE, om

IN_SILENCE = {
    "stage": ID + "stage/completed",
    "place": ID + "place/in-territory",
    "consequence": ID + "consequence/punishable",
}
"""What is meant on a facet of which a set of fact patterns says nothing."""
AGE = "victim-age"


class Encoding:
    """What the encoding says of sets of fact patterns, whatever the day."""

    def __init__(self, corpus: Corpus) -> None:
        self.graph = corpus.graph
        self.values = dict(zip(corpus.facets.slugs, corpus.facets.atoms, strict=True))
        self._sets: dict[tuple[str, Reading], Expression] = {}

    def required(self, requirement: Requirement) -> Expression:
        """The fact patterns that a required offence describes."""
        return self.confined(self.set_of(requirement.iri, Reading.STRICT), IN_SILENCE)

    def leaves(self, value: str) -> frozenset[str]:
        """The undivided values within a value of a facet."""
        narrower = self.graph.subjects(BROADER, value)
        if not narrower:
            return frozenset([value])
        return frozenset[str]().union(*map(self.leaves, narrower))

    def confined(self, expression: Expression, meant: dict[str, str]) -> Expression:
        """A set confined to what is meant on facets of which it says nothing."""
        for facet, value in meant.items():
            expression = in_silence(expression, facet, self.leaves(value))
        return expression

    def set_of(self, owner: str, reading: Reading) -> Expression:
        """A set of fact patterns within its own elements and the sets that it is built on."""
        if (owner, reading) not in self._sets:
            own = intersection(self.limits(owner, reading))
            bases = self.graph.iris(owner, om("builtOn"))
            inherited = union(self.set_of(base, reading) for base in bases) if bases else own
            self._sets[owner, reading] = intersection([self.anew(owner, inherited, reading), own])
            if not bases:
                self._sets[owner, reading] = self.anew(owner, own, reading)
        return self._sets[owner, reading]

    def limits(self, owner: str, reading: Reading) -> Iterator[Expression]:
        """The limits that the elements of a set or a rule are, those that replace others aside."""
        for element in self.graph.subjects(om("elementOf"), owner):
            if not self._replaces(element):
                yield self._element(element, reading)

    def anew(self, owner: str, expression: Expression, reading: Reading) -> Expression:
        """A set with the facets that `owner` replaces set anew."""
        replaced: dict[str, frozenset[str]] = {}
        for element in filter(self._replaces, self.graph.subjects(om("elementOf"), owner)):
            facet = self._facet(element)
            whole = frozenset(self.values[facet])
            replaced[facet] = possible(self._element(element, reading), facet, whole)
        for facet in replaced:
            expression = regardless_of(expression, facet, self.values[facet])
        return intersection([expression, *(Limit(f, v) for f, v in replaced.items())])

    def freed(self, owner: str) -> frozenset[str]:
        """The facets that a set or a rule sets anew."""
        elements = self.graph.subjects(om("elementOf"), owner)
        return frozenset(self._facet(element) for element in elements if self._replaces(element))

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
        return union(self.set_of(p, reading) for p in self.graph.subjects(om("placementOf"), value))

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
