"""Sets of fact patterns as the graph describes them, compiled into boxes for each reading."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from omissus.boxes import Box, includes, united, without_included
from omissus.elements import READINGS, Element, Reading, read_element
from omissus.facets import Facets
from omissus.graph import DataError, Graph
from omissus.vocabulary import CLOSE_MATCH, PREF_LABEL, om

Values = tuple[tuple[int, Box], ...]
"""Facets by their index, each with some of its values."""

Asked = tuple[Reading, Values, frozenset[int]]


@dataclass(frozen=True)
class Term:
    """A statutory term, the boxes that it denotes, and how it names them.

    A general word names nothing; `own_word_for` are the facet values that the treaty calls by it.
    """

    iri: str
    label: str
    boxes: dict[Reading, tuple[Box, ...]]
    general: bool
    own_word_for: frozenset[str]


@dataclass(frozen=True)
class Carrying:
    """How a rule carries fact patterns further: those it is confined to, and what it sets anew.

    `freed` are the fields of the facets set anew, `anew` the values set there.
    """

    conditions: tuple[Box, ...]
    freed: Box
    anew: Box


@dataclass(frozen=True, eq=False)
class PatternReader:
    """Reads elements from the graph and compiles them into boxes."""

    graph: Graph
    facets: Facets
    _terms: dict[str, Term] = field(default_factory=dict)
    _elements: dict[str, tuple[Element, ...]] = field(default_factory=dict)
    _compiled: dict[str, dict[Asked, tuple[Box, ...]]] = field(default_factory=dict)
    _limits: dict[str, dict[Reading, tuple[Box, ...]]] = field(default_factory=dict)
    _carrying: dict[str, dict[Reading, Carrying]] = field(default_factory=dict)

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Every statutory term of the graph, by IRI."""
        iris = self.graph.instances(om("StatutoryTerm"))
        return {iri: self._terms.get(iri) or self._term(iri) for iri in iris}

    def amended(self, graph: Graph, stale: Collection[str]) -> PatternReader:
        """The reader of a graph with the same facets, that knows all that is not stale."""
        kept = (
            dict(self.terms),
            dict(self._elements),
            dict(self._compiled),
            dict(self._limits),
            dict(self._carrying),
        )
        for known in kept:
            for thing in stale:
                known.pop(thing, None)
        return PatternReader(graph, self.facets, *kept)

    def _term(self, iri: str) -> Term:
        placements = self.graph.subjects(om("placementOf"), iri)
        if not placements:
            remedy = "Add an om:Placement with its reason."
            raise DataError(self.graph.where(iri), "a statutory term without a placement", remedy)
        boxes = {
            reading: tuple(
                box
                for placement in placements
                for box in self._product(self.elements(placement), reading)
            )
            for reading in READINGS
        }
        label = self.graph.text(iri, PREF_LABEL) or iri
        own_word_for = frozenset(self.graph.iris(iri, CLOSE_MATCH))
        return Term(iri, label, boxes, self.graph.flag(iri, om("generalWord")), own_word_for)

    def elements(self, owner: str) -> tuple[Element, ...]:
        """The elements of a set of fact patterns, its own and not those it is built on."""
        if owner not in self._elements:
            found = self.graph.subjects(om("elementOf"), owner)
            self._elements[owner] = tuple(
                read_element(self.graph, self.facets, iri) for iri in found
            )
        return self._elements[owner]

    def boxes_of(self, element: Element, reading: Reading) -> tuple[Box, ...]:
        """The fact patterns within the limit of one element."""
        known = self._limits.setdefault(element.iri, {})
        if reading not in known:
            known[reading] = self._boxes_of(element, reading)
        return known[reading]

    def _boxes_of(self, element: Element, reading: Reading) -> tuple[Box, ...]:
        index = self.facets.position[element.facet]
        space = self.facets.space
        single = (element.ages[reading] or 0) << space.offsets[index]
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
            several.append(space.limited(space.full, index, single))
        return tuple(without_included(self._merged(several, index)))

    def _merged(self, boxes: list[Box], index: int) -> list[Box]:
        """Boxes alike but for one facet, united on it."""
        groups: dict[Box, Box] = {}
        for box in boxes:
            rest = self.facets.space.limited(box, index, 0)
            groups[rest] = groups.get(rest, 0) | box
        return list(groups.values())

    def _product(self, elements: Iterable[Element], reading: Reading) -> tuple[Box, ...]:
        """The fact patterns within every limit, those that replace a limit left aside."""
        space = self.facets.space
        boxes: list[Box] = [space.full]
        for element in elements:
            if not element.replaces:
                limit = self.boxes_of(element, reading)
                boxes = [both for box in boxes for both in space.intersections(limit, box)]
        return tuple(without_included(boxes))

    def _replaced(self, elements: Iterable[Element], reading: Reading) -> Values:
        """What some elements set anew."""
        replaced: dict[int, Box] = {}
        for element in elements:
            if element.replaces:
                index = self.facets.position[element.facet]
                replaced[index] = (
                    united(self.boxes_of(element, reading)) & self.facets.space.fields[index]
                )
        return tuple(replaced.items())

    def compile(
        self,
        owner: str,
        reading: Reading,
        meant: Values = (),
        spoken: frozenset[int] = frozenset(),
    ) -> tuple[Box, ...]:
        """The fact patterns of a set, limited by those it is built on, on one reading.

        `meant` are facet and values of what is meant where neither the set nor what is built on it
        says anything of the facet; `spoken` are the facets of which the latter speaks.
        """
        known = self._compiled.setdefault(owner, {})
        asked = (reading, meant, spoken)
        if asked not in known:
            known[asked] = self._compile(owner, reading, meant, spoken)
        return known[asked]

    def _compile(
        self, owner: str, reading: Reading, meant: Values, spoken: frozenset[int]
    ) -> tuple[Box, ...]:
        elements = self.elements(owner)
        spoken = spoken | {self.facets.position[element.facet] for element in elements}
        own = self._product(elements, reading)
        replaced = self._replaced(elements, reading)
        bases = self.graph.iris(owner, om("builtOn"))
        if not bases:
            boxes = (self.replace(box, replaced) for box in own)
            told = (self._completed(box, meant, spoken) for box in boxes if box)
            return tuple(without_included(told))
        inherited = [
            self.replace(box, replaced)
            for base in bases
            for box in self.compile(base, reading, meant, spoken)
        ]
        intersections = self.facets.space.intersections
        return tuple(
            without_included(both for box in inherited for both in intersections(own, box))
        )

    def _completed(self, box: Box, meant: Values, spoken: frozenset[int]) -> Box:
        """A box with what is meant on facets of which neither it nor its set speaks."""
        fields = self.facets.space.fields
        silent = ((i, values) for i, values in meant if i not in spoken)
        return self.replace(box, ((i, v) for i, v in silent if includes(box, fields[i])))

    def replace(self, box: Box, replaced: Iterable[tuple[int, Box]]) -> Box:
        """`box` with the limits on some facets set anew, 0 where one of them allows nothing."""
        for index, values in replaced:
            if not values:
                return 0
            box = self.facets.space.limited(box, index, values)
        return box

    def carrying(self, rule: str, reading: Reading) -> Carrying:
        """How a rule carries the offences that it reaches; nowhere if it allows nothing anew."""
        known = self._carrying.setdefault(rule, {})
        if reading not in known:
            elements = self.elements(rule)
            replaced = dict(self._replaced(elements, reading))
            known[reading] = Carrying(
                conditions=self._product(elements, reading) if all(replaced.values()) else (),
                freed=united(self.facets.space.fields[index] for index in replaced),
                anew=united(replaced.values()),
            )
        return known[reading]
