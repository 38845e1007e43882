"""The reasons of a finding: which offences reach it, by which words, under which conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omissus import wording
from omissus.boxes import Box, Space, united
from omissus.corpus import Corpus, Offence, Requirement, Rule
from omissus.coverage import Coverage
from omissus.decisions import decisions_on
from omissus.elements import READINGS, Element, Reading
from omissus.exhibits import Covering, Exhibit, Limit, least_review, where_in_the_books
from omissus.law import Law, OffenceInForce
from omissus.leftover import left_over, sliced
from omissus.naming import named_facets
from omissus.provenance import (
    cited,
    conditions,
    consolidated_to,
    procedure,
    rests_on,
    review_state,
    text_class,
)
from omissus.reach import Reach
from omissus.wide_words import wide_words


class Evidence:
    """Gathers the reasons of findings on required offences under the law of one day."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.corpus: Corpus = law.corpus
        self.space: Space = law.corpus.facets.space

    def exhibit(self, requirement: Requirement, coverage: Coverage, sex: int) -> Exhibit:
        """The reasons of a finding, for victims of the sexes in the mask `sex`."""
        index = self.corpus.facets.position["victim-sex"]
        required = sliced(self.space, coverage.required, index, sex)
        told = {r: left_over(self.law, requirement, coverage, sex, r) for r in READINGS}
        covering = self._covering(requirement, coverage, required)
        return Exhibit(
            left={reading: told[reading][0] for reading in READINGS},
            hidden={reading: told[reading][1] for reading in READINGS},
            covering=covering,
            expression=self._expression(coverage, required, covering)
            if requirement.defining
            else "not asked",
            code=where_in_the_books(covering),
            review=least_review(covering),
        )

    def _covering(
        self, requirement: Requirement, coverage: Coverage, required: Sequence[Box]
    ) -> tuple[Covering, ...]:
        found: dict[str, dict[Reading, tuple[OffenceInForce, list[Reach]]]] = {}
        for reading in READINGS:
            for offence, reaches in coverage.touching[reading]:
                hits = [
                    r for r in reaches if any(self.space.intersection(r.box, b) for b in required)
                ]
                if hits:
                    found.setdefault(offence.offence.iri, {})[reading] = (offence, hits)
        rows = [self._row(requirement, required, readings) for readings in found.values()]
        return tuple(sorted(rows, key=lambda row: (not row.strict, not row.express, row.citation)))

    def _row(
        self,
        requirement: Requirement,
        required: Sequence[Box],
        readings: dict[Reading, tuple[OffenceInForce, list[Reach]]],
    ) -> Covering:
        strict = Reading.STRICT in readings
        in_force, reaches = readings[Reading.STRICT if strict else Reading.GENEROUS]
        offence = in_force.offence
        own = any(not reach.rules for reach in reaches)
        rules = () if own else _least_rules(reaches)
        graph, acting = self.corpus.graph, self._acting(in_force, readings)
        acts = () if strict else self._reached(required, reaches)
        asked, facets = requirement.defining, self.corpus.facets
        named = named_facets(self.corpus, requirement, offence, united(required))
        return Covering(
            iri=offence.iri,
            label=offence.label,
            citation=offence.version.citation,
            anchor=self._anchor(offence),
            since=offence.version.start,
            until=offence.version.end,
            introduced_by=cited(self.corpus, offence.version.introduced_by),
            strict=strict,
            generous=Reading.GENEROUS in readings,
            express=bool(asked) and named == asked,
            naming=wording.naming(*([facets.labels[s] for s in told] for told in (named, asked))),
            criminal_code=in_force.criminal_code,
            penalty=wording.penalty(in_force.penalty),
            procedure=procedure(self.law, offence),
            conditions=conditions(self.law, offence, rules),
            through=tuple(f"{rule.version.citation} ({rule.label})" for rule in rules),
            widened=self._widened(readings),
            limits=self._limits((*offence.elements, *_elements(rules)), required, acts),
            review=review_state(graph, offence.iri, offence.version.instrument),
            text_class=text_class(graph, rests_on(graph, offence, in_force.penalty, acting)),
            consolidated_to=consolidated_to(graph, offence.version),
            decisions=self._decisions(in_force, acting),
        )

    def _reached(self, required: Sequence[Box], reaches: Iterable[Reach]) -> Sequence[Box]:
        common = self.space.intersections
        return self.space.widest(act for reach in reaches for act in common(required, reach.box))

    def _acting(
        self,
        in_force: OffenceInForce,
        readings: dict[Reading, tuple[OffenceInForce, list[Reach]]],
    ) -> list[Rule]:
        """The rules by which an offence gets here, and the exceptions to it and to them."""
        rules = {rule for _, hits in readings.values() for reach in hits for rule in reach.rules}
        targets = {in_force.offence.iri, *(rule.iri for rule in rules)}
        return [
            rule
            for rule in self.law.rules
            if rule not in in_force.without
            if rule in rules or (rule.kind == "Exception" and rule.reaches & targets)
        ]

    def _decisions(self, in_force: OffenceInForce, acting: Iterable[Rule]) -> tuple[str, ...]:
        """Decisions on the words of an offence, of its penalty and of all that acts on it here."""
        offence = in_force.offence
        things = [offence.iri, *(e.iri for e in offence.elements)]
        things += [in_force.penalty.iri] if in_force.penalty else []
        for rule in acting:
            things += [rule.iri, *(element.iri for element in rule.elements)]
        return tuple(map(str, decisions_on(self.corpus.graph, things, self.law.day)))

    def _widened(
        self, readings: dict[Reading, tuple[OffenceInForce, list[Reach]]]
    ) -> tuple[Limit, ...]:
        """The widening rules at work, with the words on which they rest."""
        rules = dict.fromkeys(
            rule
            for _, reaches in readings.values()
            for reach in reaches
            for rule in reach.rules
            if rule.kind == "WideningRule"
        )
        return tuple(
            Limit(
                facet=self.corpus.facets.labels[element.facet],
                anchor=element.anchor,
                citation=rule.version.citation,
                reasons=tuple(
                    r for r in (element.reason, element.strict_reason, element.generous_reason) if r
                ),
            )
            for rule in rules
            for element in rule.elements
            if element.replaces
        )

    def _anchor(self, offence: Offence) -> str | None:
        by_facet = {e.facet: e.anchor for e in reversed(offence.elements) if e.anchor}
        return by_facet.get("conduct") or next(iter(by_facet.values()), None)

    def _limits(
        self, elements: tuple[Element, ...], required: Sequence[Box], acts: Sequence[Box]
    ) -> tuple[Limit, ...]:
        """What keeps an offence from all that is required, or from `acts` on the strict reading."""
        facets, patterns = self.corpus.facets, self.corpus.patterns
        wanted = united(required)
        wide = wide_words(self.corpus, elements, acts)
        found: dict[tuple[str, str | None], Limit] = {}
        for element in elements:
            if element.replaces:
                continue
            surely = patterns.boxes_of(element, Reading.STRICT)
            boxes = surely or patterns.boxes_of(element, Reading.GENEROUS)
            kept_out = wanted & ~united(boxes)
            own = (element.reason, element.strict_reason, element.generous_reason)
            reasons = (*(reason for reason in own if reason), *wide.get(element.iri, ()))
            for slug in facets.slugs:
                # what says nothing surely is why an offence is told on one reading only
                unsure = element.iri in wide and slug == element.facet
                if kept_out & facets.field(slug) or unsure:
                    limit = Limit(
                        facet=facets.labels[slug],
                        anchor=element.anchor,
                        citation=self._where(element),
                        reasons=reasons,
                    )
                    found.setdefault((slug, element.anchor), limit)
        return tuple(found.values())

    def _where(self, element: Element) -> str:
        version = self.corpus.versions.get(element.pinpoint or "")
        return version.citation if version else ""

    def _expression(
        self, coverage: Coverage, required: Sequence[Box], covering: Sequence[Covering]
    ) -> str:
        if not covering:
            return "none"
        express = {row.iri for row in covering if row.express}
        if not express:
            return "general"
        boxes = [
            box
            for offence, boxes in coverage.met[Reading.GENEROUS]
            if offence.offence.iri in express
            for box in boxes
        ]
        return "express in part" if self.space.difference(required, boxes) else "express"


def _least_rules(reaches: Sequence[Reach]) -> tuple[Rule, ...]:
    """The shortest chains of rules by which an offence gets where its own words do not."""
    fewest = min(len(reach.rules) for reach in reaches)
    chains = (reach.rules for reach in reaches if len(reach.rules) == fewest)
    return tuple(dict.fromkeys(rule for chain in chains for rule in chain))


def _elements(rules: Sequence[Rule]) -> tuple[Element, ...]:
    return tuple(element for rule in rules for element in rule.elements)
