"""Acts chosen to be asked about: where offences meet, and where the law of two days may differ."""

from __future__ import annotations

from itertools import combinations

from omissus.corpus import Requirement
from omissus.coverage import required_boxes
from omissus.facets import intersection
from omissus.findings import Findings
from omissus.grain import Part, alike, chosen, reached, show, single_sexes, widest
from omissus.patterns import Reading


def where_offences_meet(
    findings: Findings, requirement: Requirement, territory: str, turn: int = 0
) -> list[Part]:
    """Acts of a required offence, at least one for any two offences that surely punish one."""
    facets = findings.corpus.facets
    found: list[Part] = []
    for home in required_boxes(findings.corpus, requirement):
        boxes = list(single_sexes(facets, home))
        offences = reached(findings, requirement, territory, home)[Reading.STRICT]
        for one, other in combinations(offences, 2):
            common = (intersection(box, limit) for box in one for limit in other)
            show(boxes, [box for box in common if box], turn)
        acts = [chosen(box, turn) for box in boxes]
        found += [Part(home, act, act, {}) for act in acts]
    return found


def where_days_differ(
    before: Findings, after: Findings, requirement: Requirement, territory: str, turn: int = 0
) -> list[Part]:
    """The parts of a required offence that are punished alike on each day and either reading."""
    facets = after.corpus.facets
    found: list[Part] = []
    for home in required_boxes(after.corpus, requirement):
        days = [reached(day, requirement, territory, home) for day in (before, after)]
        layers = [tuple(widest(offences)) for day in days for offences in day.values()]
        boxes = [box for one_sex in single_sexes(facets, home) for box in alike(one_sex, layers)]
        found += [Part(home, box, chosen(box, turn), {}) for box in boxes]
    return found
