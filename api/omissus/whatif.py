"""Bills: law of a day that has not come, laid over the law that there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from omissus.amending import AmendedGraph
from omissus.changed import Change, change
from omissus.conflicts import Conflict, conflicts
from omissus.corpus import Corpus, Requirement
from omissus.elements import READINGS, Reading
from omissus.findings import Findings
from omissus.graph import DataError, Graph, refuse_unknown
from omissus.leftover import told_newly_left
from omissus.vocabulary import IN_FORCE_FROM, NO_LONGER_IN_FORCE, om

ENDS = (NO_LONGER_IN_FORCE, om("endedBy"), om("extentEndedBy"))
"""What a bill may say of law that there is: on which day it ends, and by which Act."""


def read_bill(graph: Graph, path: Path) -> AmendedGraph:
    """The graph with a bill in it; the graph itself is left as it is.

    A bill adds new things and ends old ones. Raises DataError where it is broken, names what
    there is not, says anything else of what there is, or ends what has ended already.
    """
    amended = AmendedGraph(graph)
    amended.read(path)
    if not amended.touched:
        raise DataError(str(path), "a bill that says nothing", "Add the versions it brings.")
    for thing in amended.touched:
        if thing in graph.statements:
            _refuse_edit(amended, thing, path)
    refuse_unknown(amended, amended.touched)
    return amended


def _refuse_edit(amended: AmendedGraph, thing: str, path: Path) -> None:
    old, new = amended.before.statements[thing], amended.statements[thing]
    for predicate, values in new.items():
        if values == old.get(predicate, []):
            continue
        what = f"a bill that changes what <{thing}> is"
        remedy = "End its version with eli:date_no_longer_in_force, and add a new one."
        if predicate in ENDS:
            if predicate not in old:
                continue
            what = f"a bill that ends <{thing}> once more"
            remedy = "Leave out eli:date_no_longer_in_force: it has ended already."
        raise DataError(str(path), what, remedy)


def in_force_from(bill: AmendedGraph) -> date:
    """The first day on which all that a bill brings and ends is done. Raises DataError if none."""
    days = [
        day
        for thing in bill.touched
        for predicate in (IN_FORCE_FROM, NO_LONGER_IN_FORCE)
        if (day := bill.day(thing, predicate))
    ]
    if not days:
        remedy = "Add eli:first_date_entry_in_force to the versions it brings."
        raise DataError(str(bill.files[-1]), "a bill without a day", remedy)
    return max(days)


def what_if(corpus: Corpus, path: Path, day: date | None = None) -> Change:
    """What a bill makes of the findings of a day, or of the day on which all of it is law."""
    bill = read_bill(corpus.graph, path)
    return change(Findings(corpus, day or in_force_from(bill)), bill)


@dataclass(frozen=True)
class Moved:
    """Acts of a demand that a reading covers in a territory after a change and did not before.

    Or, where `covered` is false, the other way round. `more` tells how many are not listed.
    """

    requirement: Requirement
    territory: str
    reading: Reading
    covered: bool
    acts: tuple[str, ...]
    more: int


def moved(found: Change) -> Iterator[Moved]:
    """What a change covers and uncovers, demand by demand, territory by territory."""
    before, after = found.before, found.after
    for requirement, territory in found.touched:
        if not requirement.offence:
            continue
        old, new = (on.coverage(requirement, territory) for on in (before, after))
        for reading in READINGS:
            for covered, first, second in ((True, new, old), (False, old, new)):
                acts, more = told_newly_left(after.law, requirement, first, second, reading)
                if acts:
                    yield Moved(requirement, territory, reading, covered, acts, more)


def new_conflicts(found: Change, territory: str) -> tuple[Conflict, ...]:
    """Conflicts of penalties in a territory that there were none of before the change."""
    before = {_told(conflict) for conflict in conflicts(found.before, territory)}
    return tuple(c for c in conflicts(found.after, territory) if _told(c) not in before)


def _told(conflict: Conflict) -> tuple[object, ...]:
    return conflict.requirement.slug, conflict.heavier, conflict.lighter, conflict.differences
