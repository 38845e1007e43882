"""Acts chosen to be asked about: where offences meet, and where the law of two days may differ."""

from __future__ import annotations

from itertools import chain, combinations

from omissus.corpus import Requirement
from omissus.coverage import required_boxes
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.grain import Part, alike, chosen, reached, show, single_sexes


def where_offences_meet(
    findings: Findings, requirement: Requirement, territory: str, turn: int = 0
) -> list[Part]:
    """Acts of a required offence, at least one for any two offences that surely punish one."""
    facets, space = findings.corpus.facets, findings.corpus.facets.space
    found: list[Part] = []
    for home in required_boxes(findings.corpus, requirement):
        boxes = list(single_sexes(facets, home))
        offences = reached(findings, requirement, territory, home)[Reading.STRICT]
        for one, other in combinations(offences, 2):
            common = [both for box in one for both in space.intersections(other, box)]
            show(space, boxes, common, turn)
        acts = [chosen(space, box, turn) for box in boxes]
        found += [Part(home, act, act, {}) for act in acts]
    return found


def where_days_differ(
    before: Findings, after: Findings, requirement: Requirement, territory: str, turn: int = 0
) -> list[Part]:
    """The parts of a required offence that are punished alike on each day and either reading."""
    facets, space = after.corpus.facets, after.corpus.facets.space
    found: list[Part] = []
    for home in required_boxes(after.corpus, requirement):
        days = [reached(day, requirement, territory, home) for day in (before, after)]
        layers = [tuple(space.widest(chain(*met))) for day in days for met in day.values()]
        apart = single_sexes(facets, home)
        boxes = [box for one_sex in apart for box in alike(space, one_sex, layers)]
        found += [Part(home, box, chosen(space, box, turn), {}) for box in boxes]
    return found
