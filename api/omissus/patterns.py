"""Sets of fact patterns as the graph describes them, compiled into boxes for each reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from omissus.facets import Box, Facets, intersection, without_included
from omissus.graph import DataError, Graph
from omissus.vocabulary import ID, PREF_LABEL, RDF_TYPE, om

Meant = tuple[tuple[int, int], ...]
"""Facet index and mask of what is meant where nothing is said."""

Compiled = tuple[str, "Reading", Meant, frozenset[int]]


class Reading(StrEnum):
    """How the words of a law are taken."""

    STRICT = "strict"
    GENEROUS = "generous"


@dataclass(frozen=True)
class Term:
    """A statutory term, the boxes that it denotes, and whether it is a general word."""

    iri: str
    label: str
    boxes: dict[Reading, tuple[Box, ...]]
    general: bool


@dataclass(frozen=True, eq=False)
class Element:
    """A limit of a set of fact patterns on one facet, with the words on which it rests."""

    iri: str
    facet: str
    replaces: bool
    allows: tuple[str, ...]
    extra: dict[Reading, tuple[str, ...]]
    ages: dict[Reading, int | None]
    anchor: str | None
    pinpoint: str | None
    reason: str | None
    strict_reason: str | None
    generous_reason: str | None


@dataclass(frozen=True, eq=False)
class PatternReader:
    """Reads elements from the graph and compiles them into boxes."""

    graph: Graph
    facets: Facets
    _elements: dict[str, tuple[Element, ...]] = field(default_factory=dict)
    _compiled: dict[Compiled, tuple[Box, ...]] = field(default_factory=dict)
    _limits: dict[tuple[str, Reading], tuple[Box, ...]] = field(default_factory=dict)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Every statutory term of the graph, by IRI."""
        return {iri: self._term(iri) for iri in self.graph.instances(om("StatutoryTerm"))}

    def _term(self, iri: str) -> Term:
        placements = self.graph.subjects(om("placementOf"), iri)
        if not placements:
            remedy = "Add an om:Placement with its reason."
            raise DataError(self.graph.where(iri), "a statutory term without a placement", remedy)
        boxes = {
            reading: tuple(
                box
                for placement in placements
                for box in self._product(self.elements(placement), reading, {})
            )
            for reading in Reading
        }
        label = self.graph.text(iri, PREF_LABEL) or iri
        return Term(iri, label, boxes, self.graph.flag(iri, om("generalWord")))

    def elements(self, owner: str) -> tuple[Element, ...]:
        """The elements of a set of fact patterns, its own and not those it is built on."""
        if owner not in self._elements:
            found = self.graph.subjects(om("elementOf"), owner)
            self._elements[owner] = tuple(self._element(iri) for iri in found)
        return self._elements[owner]

    def _element(self, iri: str) -> Element:
        graph = self.graph
        limits = graph.iri(iri, om("limits"))
        if limits is None:
            raise DataError(graph.where(iri), "an element without a facet", "Add om:limits.")
        facet = limits.removeprefix(ID + "facet/")
        if facet not in self.facets.position:
            raise DataError(
                graph.where(iri), f"unknown facet <{limits}>", "Use one of schemes.ttl."
            )
        extra = {
            Reading.STRICT: tuple(graph.iris(iri, om("strictlyAllows"))),
            Reading.GENEROUS: tuple(graph.iris(iri, om("generouslyAllows"))),
        }
        return Element(
            iri=iri,
            facet=facet,
            replaces=om("Replacement") in graph.iris(iri, RDF_TYPE),
            allows=tuple(graph.iris(iri, om("allows"))),
            extra=extra,
            ages=self._ages(iri, facet),
            anchor=graph.text(iri, om("anchor")),
            pinpoint=graph.iri(iri, om("pinpoint")),
            reason=graph.text(iri, om("reason")),
            strict_reason=graph.text(iri, om("strictReason")),
            generous_reason=graph.text(iri, om("generousReason")),
        )

    def _ages(self, iri: str, facet: str) -> dict[Reading, int | None]:
        number = self.graph.number
        low, high = number(iri, om("ageFrom")), number(iri, om("ageBelow"))
        wider = number(iri, om("generousAgeBelow"))
        if facet != "victim-age" or (low is None and high is None and wider is None):
            return dict.fromkeys(Reading)
        oldest = len(self.facets.atoms[self.facets.position[facet]])

        def mask(below: int) -> int:
            return sum(1 << age for age in range(low or 0, min(below, oldest)))

        strict = mask(high if high is not None else (0 if wider is not None else oldest))
        generous = mask(wider if wider is not None else (high if high is not None else oldest))
        return {Reading.STRICT: strict, Reading.GENEROUS: strict | generous}

    def boxes_of(self, element: Element, reading: Reading) -> tuple[Box, ...]:
        """The fact patterns within the limit of one element."""
        key = (element.iri, reading)
        if key not in self._limits:
            self._limits[key] = self._boxes_of(element, reading)
        return self._limits[key]

    def _boxes_of(self, element: Element, reading: Reading) -> tuple[Box, ...]:
        index = self.facets.position[element.facet]
        single = element.ages[reading] or 0
        several: list[Box] = []
        for value in (*element.allows, *element.extra[reading]):
            if value in self.facets.concepts:
                facet, mask = self.facets.concepts[value]
                if facet != index:
                    remedy = f"Name a value of the facet {element.facet}."
                    what = f"<{value}> is no value of {element.facet}"
                    raise DataError(self.graph.where(element.iri), what, remedy)
                single |= mask
            elif value in self.terms:
                several.extend(self.terms[value].boxes[reading])
            else:
                remedy = "Name a facet value or a statutory term."
                raise DataError(self.graph.where(element.iri), f"unknown value <{value}>", remedy)
        if single:
            several.append(self.facets.with_values(self.facets.full, element.facet, single))
        return tuple(without_included(_merged(several, index)))

    def _product(
        self, elements: Iterable[Element], reading: Reading, replaced: dict[int, int]
    ) -> tuple[Box, ...]:
        boxes: list[Box] = [self.facets.full]
        for element in elements:
            index = self.facets.position[element.facet]
            limit = self.boxes_of(element, reading)
            if element.replaces:
                replaced[index] = 0
                for box in limit:
                    replaced[index] |= box[index]
                continue
            boxes = [both for box in boxes for other in limit if (both := intersection(box, other))]
        return tuple(without_included(boxes))

    def compile(
        self,
        owner: str,
        reading: Reading,
        meant: Meant = (),
        spoken: frozenset[int] = frozenset(),
    ) -> tuple[Box, ...]:
        """The fact patterns of a set, limited by those it is built on, on one reading.

        `meant` are facet and mask of what is meant where neither the set nor what is built on it
        says anything of the facet; `spoken` are the facets of which the latter speaks.
        """
        key = (owner, reading, meant, spoken)
        if key not in self._compiled:
            self._compiled[key] = self._compile(owner, reading, meant, spoken)
        return self._compiled[key]

    def _compile(
        self, owner: str, reading: Reading, meant: Meant, spoken: frozenset[int]
    ) -> tuple[Box, ...]:
        replaced: dict[int, int] = {}
        elements = self.elements(owner)
        spoken = spoken | {self.facets.position[element.facet] for element in elements}
        own = self._product(elements, reading, replaced)
        bases = self.graph.iris(owner, om("builtOn"))
        if not bases:
            boxes = [replace_values(box, replaced) for box in own]
            return tuple(without_included(self._completed(box, meant, spoken) for box in boxes))
        inherited = [
            replace_values(box, replaced)
            for base in bases
            for box in self.compile(base, reading, meant, spoken)
        ]
        return tuple(
            without_included(
                both for box in inherited for other in own if (both := intersection(box, other))
            )
        )

    def _completed(self, box: Box, meant: Meant, spoken: frozenset[int]) -> Box:
        """A box with what is meant on facets of which neither it nor its set speaks."""
        full = self.facets.full
        silent = {i: mask for i, mask in meant if i not in spoken and box[i] == full[i]}
        return replace_values(box, silent)

    def replacements(self, owner: str, reading: Reading) -> dict[int, int]:
        """Facet index and mask of what a rule sets anew in the offences that it reaches."""
        replaced: dict[int, int] = {}
        for element in self.elements(owner):
            if element.replaces:
                self._product([element], reading, replaced)
        return replaced

    def conditions(self, owner: str, reading: Reading) -> tuple[Box, ...]:
        """The fact patterns to which a rule is confined."""
        return self._product((e for e in self.elements(owner) if not e.replaces), reading, {})


def replace_values(box: Box, replaced: dict[int, int]) -> Box:
    """`box` with the limits on some facets set anew."""
    return tuple(replaced.get(index, mask) for index, mask in enumerate(box))


def _merged(boxes: list[Box], index: int) -> list[Box]:
    """Boxes alike but for one facet, united on it."""
    groups: dict[Box, int] = {}
    for box in boxes:
        rest = (*box[:index], *box[index + 1 :])
        groups[rest] = groups.get(rest, 0) | box[index]
    return [(*rest[:index], mask, *rest[index:]) for rest, mask in groups.items()]
