"""Class expressions over the facets: sets of fact patterns in words that a reasoner reads.

Nothing here multiplies out facets: an expression is as its source states it, and what it amounts to
is left to a reasoner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, eq=False)
class Intersection(metaclass=_OneOfAKind):
    """The fact patterns that are in all of some sets."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class Union(metaclass=_OneOfAKind):
    """The fact patterns that are in any of some sets."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class Complement(metaclass=_OneOfAKind):
    """The fact patterns that are not in a set."""

    part: Expression


Expression = Limit | Intersection | Union | Complement
EVERYTHING = Intersection(())
NOTHING = Union(())


def intersection(parts: Iterable[Expression]) -> Expression:
    """The intersection of some sets, limits on the same facet made one."""
    limits: dict[str, frozenset[str]] = {}
    others: dict[Expression, None] = {}
    for given in parts:
        for part in given.parts if isinstance(given, Intersection) else (given,):
            if part == NOTHING:
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
            if part == EVERYTHING:
                return EVERYTHING
            if isinstance(part, Limit):
                limits[part.facet] = limits.get(part.facet, part.values) | part.values
            else:
                others[part] = None
    found = (*(Limit(facet, values) for facet, values in limits.items()), *others)
    return found[0] if len(found) == 1 else Union(found)


def without(whole: Expression, taken: Iterable[Expression]) -> Expression:
    """A set without the union of others."""
    return intersection([whole, *(Complement(part) for part in taken if part != NOTHING)])


def at_value(expression: Expression, facet: str, value: str) -> Expression:
    """What must hold on the other facets for a fact pattern with this value to be in the set."""
    if isinstance(expression, Limit):
        if expression.facet != facet:
            return expression
        return EVERYTHING if value in expression.values else NOTHING
    if isinstance(expression, Complement):
        part = at_value(expression.part, facet, value)
        opposites: dict[Expression, Expression] = {EVERYTHING: NOTHING, NOTHING: EVERYTHING}
        return opposites.get(part, Complement(part))
    parts = (at_value(part, facet, value) for part in expression.parts)
    return intersection(parts) if isinstance(expression, Intersection) else union(parts)


def mentions(expression: Expression, facet: str) -> bool:
    """Whether a set is told by this facet at all."""
    if isinstance(expression, Limit):
        return expression.facet == facet
    if isinstance(expression, Complement):
        return mentions(expression.part, facet)
    return any(mentions(part, facet) for part in expression.parts)


def regardless_of(expression: Expression, facet: str, values: Iterable[str]) -> Expression:
    """The fact patterns that are in the set with some value of the facet, whatever theirs is."""
    if not mentions(expression, facet):
        return expression
    if isinstance(expression, Union):
        return union(regardless_of(part, facet, values) for part in expression.parts)
    if isinstance(expression, Intersection):
        kept = [part for part in expression.parts if not mentions(part, facet)]
        told = intersection(part for part in expression.parts if mentions(part, facet))
        return intersection([*kept, union(at_value(told, facet, value) for value in values)])
    return union(at_value(expression, facet, value) for value in values)


def speaking_and_silent(expression: Expression, facet: str) -> tuple[Expression, Expression]:
    """The alternatives of a set that say something of a facet, and those that say nothing."""
    if isinstance(expression, Limit):
        told = expression.facet == facet
        return (expression, NOTHING) if told else (NOTHING, expression)
    if isinstance(expression, Complement):
        told = speaking_and_silent(expression.part, facet)[0] != NOTHING
        return (expression, NOTHING) if told else (NOTHING, expression)
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
    if isinstance(expression, Limit):
        return expression.values & values if expression.facet == facet else values
    if isinstance(expression, Complement):
        return values
    found = [possible(part, facet, values) for part in expression.parts]
    if isinstance(expression, Union):
        return frozenset().union(*found)
    return values.intersection(*found)
