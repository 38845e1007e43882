"""The grain of a snapshot: parts of a required set that the law treats alike, an act of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from omissus.boxes import Box, Space, includes, united, values_of
from omissus.corpus import Requirement
from omissus.coverage import grave, required_boxes
from omissus.elements import Reading
from omissus.facets import Facets
from omissus.findings import Findings
from omissus.wording import NO_MEANS

COMPARED = ("victim-sex", "victim-age", "means")
"""Facets on which an act is compared with its twins, which differ from it on that facet alone."""

Layer = tuple[Box, ...]
"""Boxes that are either all over a part or nowhere in it, once the part is small enough."""


@dataclass(frozen=True)
class Part:
    """A part of a required set that is punished alike on either reading, and an act out of it.

    `home` is the required box that holds the part; `act` has one value on each facet. `twins` are,
    for each facet of comparison, the acts with victims of the other sexes, with younger victims,
    and, where the act is without means, with each of the means.
    """

    home: Box
    box: Box
    act: Box
    twins: dict[str, tuple[Box, ...]]


def parts(
    findings: Findings, requirement: Requirement, territory: str, turn: int = 0
) -> list[Part]:
    """The parts of a required offence, sexes of the victim always apart.

    Acts are chosen by `turn`: another turn takes other acts out of the same parts.
    """
    facets, space = findings.corpus.facets, findings.corpus.facets.space
    found: list[Part] = []
    for home in required_boxes(findings.corpus, requirement):
        met = reached(findings, requirement, territory, home)
        layers = [tuple(space.widest(chain(*offences))) for offences in met.values()]
        if named(requirement):
            layers = [view for layer in layers for view in _views(facets, home, layer)]
        apart = single_sexes(facets, home)
        boxes = [box for one_sex in apart for box in alike(space, one_sex, layers)]
        for offences in met.values():
            for offence in offences:
                show(space, boxes, offence, turn)
        ages = _ages_apart(facets, met)
        for box in boxes:
            act = chosen(space, box, turn)
            twins = _twins(facets, home, act, ages) if named(requirement) else {}
            found.append(Part(home, box, act, twins))
    return found


def named(requirement: Requirement) -> bool:
    """Whether the required acts have a name of their own, and so are compared with their twins."""
    return bool(requirement.defining)


def chosen(space: Space, box: Box, turn: int) -> Box:
    """One act of a box."""
    facets = [list(values_of(box & field)) for field in space.fields]
    return united(values[turn % len(values)] for values in facets)


def reached(
    findings: Findings, requirement: Requirement, territory: str, home: Box
) -> dict[Reading, list[list[Box]]]:
    """For each reading, the boxes of `home` that each offence reaches, if it counts."""
    rows: dict[Reading, list[list[Box]]] = {}
    space = findings.corpus.facets.space
    months = requirement.grave_months
    for reading, offences in findings.offences(territory).items():
        rows[reading] = []
        for found in offences:
            if months and not grave(found.penalty, months, reading):
                continue
            boxes = space.widest(space.intersections(found.boxes[reading], home))
            if boxes:
                rows[reading].append(boxes)
    return rows


def single_sexes(facets: Facets, home: Box) -> Iterator[Box]:
    """A box for each sex of the victim."""
    for sex in values_of(home & facets.field("victim-sex")):
        yield facets.space.limited(home, facets.position["victim-sex"], sex)


def _ages_apart(facets: Facets, met: dict[Reading, list[list[Box]]]) -> list[Box]:
    """The youngest age of each group of ages between which no offence tells apart."""
    ages = facets.field("victim-age")
    limits = {box & ages for offences in met.values() for boxes in offences for box in boxes}
    groups: dict[tuple[bool, ...], Box] = {}
    for age in values_of(ages):
        groups.setdefault(tuple(bool(limit & age) for limit in sorted(limits)), age)
    return list(groups.values())


def _twins(facets: Facets, home: Box, act: Box, ages: list[Box]) -> dict[str, tuple[Box, ...]]:
    sex, age, means = (facets.field(slug) for slug in COMPARED)
    none = facets.mask(NO_MEANS)[1]
    values = {
        "victim-sex": [value for value in values_of(home & sex) if not act & value],
        "victim-age": [value for value in ages if value & home and value < act & age],
        "means": [value for value in values_of(home & means & ~none) if act & none],
    }
    return {
        slug: tuple(facets.space.limited(act, facets.position[slug], value) for value in told)
        for slug, told in values.items()
    }


def _views(facets: Facets, home: Box, layer: Layer) -> Iterator[Layer]:
    """The layer, and the layer as it looks from each twin: its boxes at one value of a facet."""
    seen = {layer}
    yield layer
    for slug in COMPARED:
        field = facets.field(slug)
        for value in values_of(home & field):
            at_value = (box | home & field for box in layer if box & value)
            view = tuple(facets.space.widest(at_value))
            if view not in seen:
                seen.add(view)
                yield view


def alike(space: Space, box: Box, layers: Sequence[Layer]) -> Iterator[Box]:
    """A box cut so that each layer is all over every part or nowhere in it."""
    open_layers = []
    for layer in layers:
        cutting = tuple(other for other in layer if space.intersection(other, box))
        if cutting and not any(includes(other, box) for other in cutting):
            open_layers.append(cutting)
    if not open_layers:
        yield box
        return
    index, inside = _best_cut(space, box, open_layers)
    for values in (inside, box & space.fields[index] & ~inside):
        yield from alike(space, space.limited(box, index, values), open_layers)


def _best_cut(space: Space, box: Box, layers: Iterable[Layer]) -> tuple[int, Box]:
    """The facet, and the values on it, that most boxes of the layers part from the rest."""
    votes: Counter[tuple[int, Box]] = Counter()
    for layer in layers:
        for other in layer:
            for index, field in enumerate(space.fields):
                if box & ~other & field:
                    votes[index, box & other & field] += 1
    return max(votes.items(), key=lambda row: (row[1], row[0]))[0]


def show(space: Space, parts: list[Box], offence: Sequence[Box], turn: int) -> None:
    """See to it that an offence reaches one of the acts chosen, if it reaches any."""
    if any(includes(box, chosen(space, part, turn)) for part in parts for box in offence):
        return
    for number, part in enumerate(parts):
        for box in offence:
            common = space.intersection(part, box)
            if common:
                parts[number : number + 1] = [common, *space.subtract(part, common)]
                return
