"""What the shapes on figures found lacking, told by offence, year and step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDF, SH, Graph, URIRef

from omissus.statistics_codes import Dimension, Structure
from omissus.statistics_cube import Asked
from omissus.statistics_table import Submission
from omissus.vocabulary import SOURCE, om
from omissus.wording import joined

FIGURES_GIVEN = "https://w3id.org/omissus/shape/figures-given"
FEW = 3

When = tuple[int, str]
"""Year and step."""
Extent = tuple[tuple[int, ...], tuple[str, ...]]
"""Years and steps; neither where it is always so."""


@dataclass(frozen=True)
class Lacking:
    """One thing that the tables lack: of which offences and, where not always, when.

    `years` and `steps` are empty where the offences lack it throughout. `not_recorded` tells what
    the State says it does not record from what is not in its tables at all.
    """

    shape: str
    severity: str
    message: str
    source: str
    offences: tuple[str, ...]
    of: str
    years: tuple[int, ...]
    steps: tuple[str, ...]
    not_recorded: bool
    remedy: str | None

    @property
    def asked(self) -> bool:
        """Whether the Committee asks for it; what is only welcome leaves a table complete."""
        return self.severity != "Info"

    def __str__(self) -> str:
        when = [joined([str(year) for year in self.years], "and"), joined(self.steps, "and")]
        told = ", ".join(part for part in (self.of, *when) if part)
        why = ", stated as not recorded" if self.not_recorded else ""
        line = f"{self.message}{why}: {told} [{self.source}]."
        return f"{line} {self.remedy}" if self.remedy else line


@dataclass(frozen=True)
class _Shape:
    """A shape and what it looks for: a dimension, one code of it, or neither."""

    iri: str
    severity: str
    source: str
    dimension: Dimension | None
    code: str | None
    order: tuple[int, int]


def _shape(shapes: Graph, iri: str, structure: Structure) -> _Shape:
    node = URIRef(iri)
    severity = str(shapes.value(node, SH.severity)).rsplit("#")[-1]
    source = str(shapes.value(node, URIRef(SOURCE)))
    wanted = str(shapes.value(node, URIRef(om("looksFor"))))
    for place, dimension in enumerate(structure.breakdowns):
        if dimension.iri == wanted:
            return _Shape(iri, severity, source, dimension, None, (place, 0))
        for number, code in enumerate(dimension.codes.values(), 1):
            if code.iri == wanted:
                return _Shape(iri, severity, source, dimension, code.name, (place, number))
    first = -1 if iri == FIGURES_GIVEN else len(structure.breakdowns)
    return _Shape(iri, severity, source, None, None, (first, 0))


def _extents(lacked: set[When], possible: set[When]) -> list[Extent]:
    """The fewest years and steps that tell which of the possible ones are lacked."""
    if lacked == possible:
        return [((), ())]
    years = sorted({y for y, _ in lacked if {w for w in possible if w[0] == y} <= lacked})
    steps = [s for s in _in_order(lacked) if {w for w in possible if w[1] == s} <= lacked]
    if all(step in steps for _, step in lacked):
        return [((), tuple(steps))]
    rest = {(y, s) for y, s in lacked if y not in years and s not in steps}
    extents: list[Extent] = [(tuple(years), ())] if years else []
    extents += [((), tuple(steps))] if steps else []
    by_steps: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for year in sorted({y for y, _ in rest}):
        by_steps[tuple(_in_order(w for w in rest if w[0] == year))].append(year)
    return extents + [(tuple(some), names) for names, some in by_steps.items()]


def _in_order(whens: Iterable[When]) -> list[str]:
    return sorted({step for _, step in whens})


def _remedy(shape: _Shape, submission: Submission) -> str:
    if shape.dimension is None:
        if shape.iri == FIGURES_GIVEN:
            return "Add rows and columns for them, with 0 where there was none."
        return "Add the column agency."
    column = shape.dimension.column
    if column not in submission.columns:
        return f"The tables have no column {column}: add it."
    if shape.code:
        return f"Add rows with {column} {shape.code}, with 0 where there was none."
    names = ", ".join(shape.dimension.groups) or "the names of groups"
    return f"Add rows with {column} {names}."


class _Results:
    def __init__(
        self,
        structure: Structure,
        submission: Submission,
        data: Graph,
        index: dict[str, Asked],
    ) -> None:
        self.structure, self.submission = structure, submission
        self.data, self.index = data, index

    def stated_unrecorded(self, shape: _Shape, node: str) -> bool:
        """Whether the State says of a figure asked for that what the shape wants has no record."""
        for stated in self.data.objects(URIRef(node), URIRef(om("statedUnrecordedBy"))):
            if shape.dimension is None:
                return shape.iri == FIGURES_GIVEN
            value = self.data.value(stated, URIRef(shape.dimension.iri))
            if shape.code:
                if str(value) == shape.dimension.codes[shape.code].iri:
                    return True
            elif value is not None and (value, URIRef(om("groupIn")), None) in self.data:
                return True
        return False

    def of(self, offences: tuple[str, ...], possible: set[str]) -> str:
        """Names the offences, by those that are not meant where they are many."""
        codes = self.structure.offence.codes
        others = [name for name in self.structure.asked if name in possible - set(offences)]
        if len(possible) > 1 and not others:
            return "every offence asked about"
        if len(others) <= FEW < len(offences):
            return f"every offence asked about but {joined([codes[n].label for n in others])}"
        return "; ".join(codes[name].label for name in offences)

    def told(
        self, shape: _Shape, message: str, nodes: set[str], possible: set[str], stated: bool
    ) -> Iterator[Lacking]:
        lacked: dict[str, set[When]] = defaultdict(set)
        may: dict[str, set[When]] = defaultdict(set)
        for group, into in ((nodes, lacked), (possible, may)):
            for node in group:
                offence, year, step = self.index[node]
                into[offence].add((year, step))
        by_extent: dict[Extent, list[str]] = defaultdict(list)
        for offence in (name for name in self.structure.offence.codes if name in lacked):
            for extent in _extents(lacked[offence], may[offence]):
                by_extent[extent].append(offence)
        for (years, steps), offences in by_extent.items():
            yield Lacking(
                shape.iri,
                shape.severity,
                message,
                shape.source,
                tuple(offences),
                self.of(tuple(offences), set(may)),
                years,
                tuple(name for name in self.structure.step.codes if name in steps),
                stated,
                None if stated else _remedy(shape, self.submission),
            )


def lacking(
    report: Graph,
    shapes: Graph,
    data: Graph,
    index: dict[str, Asked],
    submission: Submission,
    structure: Structure,
) -> tuple[Lacking, ...]:
    """The results of the shapes, each thing once: every offence together that lacks it alike.

    A figure that is not given at all is told once, and not again for each breakdown. `index` says
    of which offence, year and step each focus node is.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, message = (report.value(result, p) for p in (SH.focusNode, SH.resultMessage))
        found[str(report.value(result, SH.sourceShape))][str(focus)] = str(message)
    results = _Results(structure, submission, data, index)
    given = set(index) - set(found.get(FIGURES_GIVEN, ()))
    told: list[Lacking] = []
    kinds = [_shape(shapes, iri, structure) for iri in found]
    for shape in sorted(kinds, key=lambda kind: kind.order):
        nodes = found[shape.iri]
        possible = set(index) if shape.iri == FIGURES_GIVEN else given
        stated = {node for node in nodes if results.stated_unrecorded(shape, node)}
        words = next(iter(nodes.values()))
        for group, is_stated in ((set(nodes) - stated, False), (stated, True)):
            told += results.told(shape, words, group, possible, is_stated)
    return tuple(told)
