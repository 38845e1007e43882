"""Class expressions over the facets: sets of fact patterns in words that a reasoner reads.

Nothing here multiplies out facets: an expression is as its source states it, and what it amounts to
is left to a reasoner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from weakref import WeakValueDictionary


class _OneOfAKind(type):
    """Sets told in the same words are the same object, and so compared at once however deep."""

    _known: ClassVar[WeakValueDictionary[tuple[Any, ...], Any]] = WeakValueDictionary()

    def __call__(cls, *told: Any) -> Any:
        key = (cls, *told)
        found = cls._known.get(key)
        if found is None:
            found = cls._known[key] = super().__call__(*told)
        return found


@dataclass(frozen=True, eq=False)
class Limit(metaclass=_OneOfAKind):
    """The fact patterns that have one of some values on a facet."""

    facet: str
    values: frozenset[str]

    @cached_property
    def facets(self) -> frozenset[str]:
        """The facets by which the set is told."""
        return frozenset([self.facet])


class _Composed:
    parts: tuple[Expression, ...]

    @cached_property
    def facets(self) -> frozenset[str]:
        """The facets by which the set is told."""
        return frozenset[str]().union(*(part.facets for part in self.parts))


@dataclass(frozen=True, eq=False)
class Intersection(_Composed, metaclass=_OneOfAKind):
    """The fact patterns that are in all of some sets."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class Union(_Composed, metaclass=_OneOfAKind):
    """The fact patterns that are in any of some sets."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class Complement(metaclass=_OneOfAKind):
    """The fact patterns that are not in a set."""

    part: Expression

    @cached_property
    def facets(self) -> frozenset[str]:
        """The facets by which the set is told."""
        return self.part.facets


Expression = Limit | Intersection | Union | Complement
EVERYTHING = Intersection(())
NOTHING = Union(())


def intersection(parts: Iterable[Expression]) -> Expression:
    """The intersection of some sets, limits on the same facet made one."""
    limits: dict[str, frozenset[str]] = {}
    others: dict[Expression, None] = {}
    for given in parts:
        for part in given.parts if isinstance(given, Intersection) else (given,):
            if part is NOTHING:
                return NOTHING
            if isinstance(part, Limit):
                limits[part.facet] = limits.get(part.facet, part.values) & part.values
            else:
                others[part] = None
    if not all(limits.values()):
        return NOTHING
    found = (*(Limit(facet, values) for facet, values in limits.items()), *others)
    return found[0] if len(found) == 1 else Intersection(found)


def union(parts: Iterable[Expression]) -> Expression:
    """The union of some sets, limits on the same facet made one."""
    limits: dict[str, frozenset[str]] = {}
    others: dict[Expression, None] = {}
    for given in parts:
        for part in given.parts if isinstance(given, Union) else (given,):
            if part is EVERYTHING:
                return EVERYTHING
            if isinstance(part, Limit):
                limits[part.facet] = limits.get(part.facet, part.values) | part.values
            else:
                others[part] = None
    found = (*(Limit(facet, values) for facet, values in limits.items()), *others)
    return found[0] if len(found) == 1 else Union(found)


def without(whole: Expression, taken: Iterable[Expression]) -> Expression:
    """A set without the union of others."""
    return intersection([whole, *(Complement(part) for part in taken if part is not NOTHING)])


def at_value(expression: Expression, facet: str, value: str) -> Expression:
    """What must hold on the other facets for a fact pattern with this value to be in the set."""
    if facet not in expression.facets:
        return expression
    if isinstance(expression, Limit):
        return EVERYTHING if value in expression.values else NOTHING
    if isinstance(expression, Complement):
        part = at_value(expression.part, facet, value)
        opposites: dict[Expression, Expression] = {EVERYTHING: NOTHING, NOTHING: EVERYTHING}
        return opposites.get(part, Complement(part))
    parts = (at_value(part, facet, value) for part in expression.parts)
    return intersection(parts) if isinstance(expression, Intersection) else union(parts)


def regardless_of(expression: Expression, facet: str, values: Iterable[str]) -> Expression:
    """The fact patterns that are in the set with some value of the facet, whatever theirs is."""
    if facet not in expression.facets:
        return expression
    if isinstance(expression, Union):
        return union(regardless_of(part, facet, values) for part in expression.parts)
    if isinstance(expression, Intersection):
        kept = [part for part in expression.parts if facet not in part.facets]
        told = intersection(part for part in expression.parts if facet in part.facets)
        return intersection([*kept, union(at_value(told, facet, value) for value in values)])
    return union(at_value(expression, facet, value) for value in values)


def speaking_and_silent(expression: Expression, facet: str) -> tuple[Expression, Expression]:
    """The alternatives of a set that say something of a facet, and those that say nothing."""
    if facet not in expression.facets:
        return NOTHING, expression
    if isinstance(expression, Limit | Complement):
        return expression, NOTHING
    halves = [speaking_and_silent(part, facet) for part in expression.parts]
    speaking, silent = [half[0] for half in halves], [half[1] for half in halves]
    if isinstance(expression, Union):
        return union(speaking), union(silent)
    return intersection([expression, union(speaking)]), intersection(silent)


def in_silence(expression: Expression, facet: str, meant: frozenset[str]) -> Expression:
    """The set confined to the values meant wherever it says nothing of the facet."""
    speaking, silent = speaking_and_silent(expression, facet)
    return union([speaking, intersection([silent, Limit(facet, meant)])])


def possible(expression: Expression, facet: str, values: frozenset[str]) -> frozenset[str]:
    """Values, perhaps too many and never too few, that members of the set may have on a facet."""
    if expression is NOTHING:
        return frozenset()
    if facet not in expression.facets or isinstance(expression, Complement):
        return values
    if isinstance(expression, Limit):
        return expression.values & values
    found = [possible(part, facet, values) for part in expression.parts]
    if isinstance(expression, Union):
        return frozenset().union(*found)
    return values.intersection(*found)
