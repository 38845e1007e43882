"""The grain of a snapshot: parts of a required set that the law treats alike, an act of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from omissus.corpus import Requirement
from omissus.coverage import grave, required_boxes
from omissus.facets import (
    Box,
    Facets,
    includes,
    intersection,
    size,
    subtract,
    without_included,
)
from omissus.findings import Findings
from omissus.patterns import Reading
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
    facets = findings.corpus.facets
    found: list[Part] = []
    for home in required_boxes(findings.corpus, requirement):
        met = reached(findings, requirement, territory, home)
        layers = [tuple(widest(offences)) for offences in met.values()]
        if named(requirement):
            layers = [view for layer in layers for view in _views(facets, home, layer)]
        boxes = [box for one_sex in single_sexes(facets, home) for box in alike(one_sex, layers)]
        for offences in met.values():
            for offence in offences:
                show(boxes, offence, turn)
        ages = _ages_apart(facets, met)
        for box in boxes:
            act = chosen(box, turn)
            twins = _twins(facets, home, act, ages) if named(requirement) else {}
            found.append(Part(home, box, act, twins))
    return found


def named(requirement: Requirement) -> bool:
    """Whether the required acts have a name of their own, and so are compared with their twins."""
    return bool(requirement.defining)


def chosen(box: Box, turn: int) -> Box:
    """One act of a box."""
    return tuple(_bits(mask)[turn % mask.bit_count()] for mask in box)


def _bits(mask: int) -> list[int]:
    return [1 << bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def reached(
    findings: Findings, requirement: Requirement, territory: str, home: Box
) -> dict[Reading, list[list[Box]]]:
    """For each reading, the boxes of `home` that each offence reaches, if it counts."""
    rows: dict[Reading, list[list[Box]]] = {}
    months = requirement.grave_months
    for reading, offences in findings.offences(territory).items():
        rows[reading] = []
        for found in offences:
            if months and not grave(found.penalty, months, reading):
                continue
            common = (intersection(reach.box, home) for reach in found.reach[reading])
            boxes = widest([[box for box in common if box]])
            if boxes:
                rows[reading].append(boxes)
    return rows


def widest(groups: Iterable[Iterable[Box]]) -> list[Box]:
    """The boxes of some groups that no other includes, the largest first."""
    return without_included(sorted({b for group in groups for b in group}, key=size, reverse=True))


def single_sexes(facets: Facets, home: Box) -> Iterator[Box]:
    """A box for each sex of the victim."""
    for bit in _bits(home[facets.position["victim-sex"]]):
        yield facets.with_values(home, "victim-sex", bit)


def _ages_apart(facets: Facets, met: dict[Reading, list[list[Box]]]) -> list[int]:
    """The youngest age of each group of ages between which no offence tells apart."""
    index = facets.position["victim-age"]
    limits = {box[index] for offences in met.values() for boxes in offences for box in boxes}
    groups: dict[tuple[bool, ...], int] = {}
    for age in _bits(facets.full[index]):
        groups.setdefault(tuple(bool(limit & age) for limit in sorted(limits)), age)
    return list(groups.values())


def _twins(facets: Facets, home: Box, act: Box, ages: list[int]) -> dict[str, tuple[Box, ...]]:
    sex, age, means = (facets.position[slug] for slug in COMPARED)
    none = facets.mask(NO_MEANS)[1]
    values = {
        "victim-sex": [bit for bit in _bits(home[sex]) if bit != act[sex]],
        "victim-age": [bit for bit in ages if bit & home[age] and bit < act[age]],
        "means": [bit for bit in _bits(home[means] & ~none) if act[means] == none],
    }
    return {
        slug: tuple(facets.with_values(act, slug, bit) for bit in bits)
        for slug, bits in values.items()
    }


def _views(facets: Facets, home: Box, layer: Layer) -> Iterator[Layer]:
    """The layer, and the layer as it looks from each twin: its boxes at one value of a facet."""
    seen = {layer}
    yield layer
    for slug in COMPARED:
        index = facets.position[slug]
        for bit in _bits(home[index]):
            at_value = [facets.with_values(b, slug, home[index]) for b in layer if b[index] & bit]
            view = tuple(widest([at_value]))
            if view not in seen:
                seen.add(view)
                yield view


def alike(box: Box, layers: Sequence[Layer]) -> Iterator[Box]:
    """A box cut so that each layer is all over every part or nowhere in it."""
    open_layers = []
    for layer in layers:
        cutting = tuple(other for other in layer if intersection(other, box))
        if cutting and not any(includes(other, box) for other in cutting):
            open_layers.append(cutting)
    if not open_layers:
        yield box
        return
    index, inside = _best_cut(box, open_layers)
    for mask in (inside, box[index] & ~inside):
        yield from alike((*box[:index], mask, *box[index + 1 :]), open_layers)


def _best_cut(box: Box, layers: Iterable[Layer]) -> tuple[int, int]:
    votes: Counter[tuple[int, int]] = Counter()
    for layer in layers:
        for other in layer:
            for index, (own, limit) in enumerate(zip(box, other, strict=True)):
                if own & ~limit:
                    votes[index, own & limit] += 1
    return max(votes.items(), key=lambda row: (row[1], row[0]))[0]


def show(parts: list[Box], offence: Sequence[Box], turn: int) -> None:
    """See to it that an offence reaches one of the acts chosen, if it reaches any."""
    if any(includes(box, chosen(part, turn)) for part in parts for box in offence):
        return
    for number, part in enumerate(parts):
        for box in offence:
            common = intersection(part, box)
            if common:
                parts[number : number + 1] = [common, *subtract(part, common)]
                return
