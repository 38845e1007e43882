"""Conflicts: one act of the Protocol that two provisions punish, with penalties far apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from omissus import wording
from omissus.boxes import Box, Space, includes, without_included
from omissus.corpus import Corpus, Penalty, Requirement
from omissus.coverage import required_boxes
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.law import OffenceInForce
from omissus.vocabulary import ID, om

ACTS = "OPSC art 3(1)"
FACTOR = 2
"""How many times longer one maximum is than the other, for the two to conflict."""
LIFE_IN_MONTHS = 300
"""What imprisonment for life, or death, counts for beside a term, as in PPC 1860 s 57."""


@dataclass(frozen=True)
class Side:
    """One of two offences that reach the same act."""

    iri: str
    citation: str
    label: str
    punishment: Penalty

    @property
    def penalty(self) -> str:
        """The penalty in one phrase."""
        return wording.penalty(self.punishment)


@dataclass(frozen=True)
class Conflict:
    """An act that two offences reach on the strict reading, with penalties that differ.

    `pattern` tells the largest set of cases that both reach, `apart` how many times longer the
    one maximum is than the other. Which of the two prevails is not judged.
    """

    requirement: Requirement
    heavier: Side
    lighter: Side
    pattern: str
    differences: tuple[str, ...]
    apart: float

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.heavier, self.lighter


@dataclass(frozen=True)
class Group:
    """The conflicts of one pair of provisions and penalties, one for each act."""

    citations: tuple[str, str]
    penalties: tuple[str, str]
    conflicts: tuple[Conflict, ...]


def acts_compared(corpus: Corpus) -> tuple[Requirement, ...]:
    """The acts on which penalties are compared, those of art 3(1)."""
    return tuple(
        act
        for act in corpus.requirements
        if act.offence and not act.bases and act.citation.startswith(ACTS)
    )


def conflicts(findings: Findings, territory: str) -> tuple[Conflict, ...]:
    """Every conflict between offences in force in a territory, the farthest apart first.

    Acts are those of art 3(1). A pair of provisions has at most one conflict for each act: that
    of the limbs farthest apart. Limbs of one provision, and an aggravated form beside the offence
    on which it is built, are graded by design and left out; so is an offence whose penalty is not
    held, of which nothing can be said.
    """
    widest: dict[tuple[str, ...], Conflict] = {}
    for act in acts_compared(findings.corpus):
        for provisions, conflict in _within(findings, act, territory):
            key = (act.slug, *provisions)
            if key not in widest or _order(conflict) < _order(widest[key]):
                widest[key] = conflict
    return tuple(sorted(widest.values(), key=_order))


def by_pair(found: tuple[Conflict, ...]) -> tuple[Group, ...]:
    """Conflicts of the same two provisions and penalties together, in the order of their first."""
    pairs: dict[tuple[tuple[str, str], tuple[str, str]], list[Conflict]] = {}
    for conflict in found:
        first, second = conflict.sides
        key = (first.citation, second.citation), (first.penalty, second.penalty)
        pairs.setdefault(key, []).append(conflict)
    return tuple(Group(*key, tuple(rows)) for key, rows in pairs.items())


def differences(heavier: Penalty, lighter: Penalty) -> tuple[str, ...]:
    """In what two penalties differ in kind or length, the first being the heavier of them."""
    told = []
    kinds = (
        ("death", heavier.death, lighter.death),
        ("life imprisonment", heavier.life, lighter.life),
    )
    for kind, first, second in kinds:
        if first != second:
            told.append(f"{kind} in the {'first' if first else 'second'} only")
    if _apart(heavier, lighter) >= FACTOR:
        told.append(f"the longest term is {_times(heavier, lighter)}")
    for has, words in (
        (_has_minimum, "a minimum"),
        (_fine_may_replace, "a fine in place of imprisonment"),
    ):
        if has(heavier) != has(lighter):
            told.append(f"{words} in the {'first' if has(heavier) else 'second'} only")
    return tuple(told)


def _within(
    findings: Findings, act: Requirement, territory: str
) -> Iterator[tuple[tuple[str, ...], Conflict]]:
    """Conflicts of offences that meet within one act, with the provisions that make them."""
    required, space = required_boxes(findings.corpus, act), findings.corpus.facets.space
    met = findings.coverage(act, territory).touching[Reading.STRICT]
    reached = [
        (offence, _reached(space, required, [reach.box for reach in reaches]))
        for offence, reaches in met
    ]
    for (one, boxes), (other, others) in combinations(reached, 2):
        if _graded(findings, one, other) or one.penalty is None or other.penalty is None:
            continue
        first, second = sorted((one, other), key=_weight, reverse=True)
        heavier, lighter = _side(first), _side(second)
        told = differences(heavier.punishment, lighter.punishment)
        if not told:
            continue
        common = _largest_common(space, boxes, others)
        if common:
            home = next(box for box in required if includes(box, common))
            pattern = wording.fact_pattern(findings.corpus.facets, act, common, home)
            apart = _apart(heavier.punishment, lighter.punishment)
            provisions = tuple(sorted(o.offence.version.provision for o in (one, other)))
            yield provisions, Conflict(act, heavier, lighter, pattern, told, apart)


def _reached(space: Space, required: tuple[Box, ...], boxes: list[Box]) -> list[Box]:
    """What some boxes reach of a required set, the largest first."""
    within = dict.fromkeys(both for box in boxes for both in space.intersections(required, box))
    return sorted(without_included(within), key=space.size, reverse=True)


def _largest_common(space: Space, boxes: list[Box], others: list[Box]) -> Box | None:
    common = (both for box in boxes for both in space.intersections(others, box))
    return max(common, key=space.size, default=None)


def _graded(findings: Findings, one: OffenceInForce, other: OffenceInForce) -> bool:
    """Whether two offences stand in one provision, or the one is built on the other."""
    first, second = one.offence, other.offence
    if first.version.provision == second.version.provision:
        return True
    return second.iri in _bases(findings, first.iri) or first.iri in _bases(findings, second.iri)


def _bases(findings: Findings, offence: str) -> set[str]:
    bases = set(findings.corpus.graph.iris(offence, om("builtOn")))
    return bases.union(*(_bases(findings, base) for base in bases))


def _side(found: OffenceInForce) -> Side:
    offence = found.offence
    if found.penalty is None:
        raise ValueError(f"{offence.iri} has no penalty")
    return Side(offence.iri, offence.version.citation, offence.label, found.penalty)


def _length(penalty: Penalty) -> int:
    if penalty.longest_months == float("inf"):
        return max(LIFE_IN_MONTHS, penalty.maximum_months or 0)
    return penalty.maximum_months or 0


def _weight(found: OffenceInForce) -> tuple[int, bool, bool, int, bool, str]:
    """Order of penalties: longest term, death, life, minimum, no fine in place of it, citation."""
    penalty = found.penalty
    if penalty is None:
        return 0, False, False, 0, False, found.offence.version.citation
    return (
        _length(penalty),
        penalty.death,
        penalty.life,
        penalty.minimum_months or 0,
        not _fine_may_replace(penalty),
        found.offence.version.citation,
    )


def _apart(heavier: Penalty, lighter: Penalty) -> float:
    long, short = _length(heavier), _length(lighter)
    if not short:
        return float("inf") if long else 1.0
    return long / short


def _times(heavier: Penalty, lighter: Penalty) -> str:
    apart = _apart(heavier, lighter)
    if apart == float("inf"):
        return "imprisonment against a fine only"
    number = f"{apart:.1f}".removesuffix(".0")
    life = heavier.longest_months == float("inf")
    return f"{number} times the other" + (", life counted as 25 years" if life else "")


def _has_minimum(penalty: Penalty) -> bool:
    """Whether the court may not go below some term; life with no other term is one."""
    endless = penalty.longest_months == float("inf") and not penalty.maximum_months
    return bool(penalty.minimum_months) or endless


def _fine_may_replace(penalty: Penalty) -> bool:
    return penalty.fine == ID + "fine/alternative"


def _order(conflict: Conflict) -> tuple[float, int, int, str, str]:
    return (
        -conflict.apart,
        -len(conflict.differences),
        conflict.requirement.sequence,
        conflict.heavier.citation,
        conflict.lighter.citation,
    )
