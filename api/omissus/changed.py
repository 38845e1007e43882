"""A change of the law: only the findings that it can touch are found anew.

The result is that of a full run on the changed graph, by a property-based test.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from omissus.amending import AmendedGraph
from omissus.assessing import SEXES, Assessment, Key, Known
from omissus.corpus import Corpus, Requirement
from omissus.corpus_reading import read_corpus
from omissus.coverage import Met, bounds, meeting
from omissus.elements import READINGS
from omissus.findings import Cell, Findings
from omissus.graph import Graph
from omissus.law import Law, OffenceInForce
from omissus.registry import Registry, read_registry
from omissus.vocabulary import IN_SCHEME, RDF_TYPE, om

FRAMEWORK = ("Facet", "Territory", "RequiredOffence", "RequiredProvision")
"""Classes on whose members all findings hang: where one changes, all are found anew."""

ANSWERS = om("answers")


@dataclass(frozen=True)
class Change:
    """Findings before and after, and the demands and territories that the change can touch."""

    before: Findings
    after: Findings
    touched: tuple[tuple[Requirement, str], ...]

    def cells(self) -> Iterator[tuple[Cell, Cell]]:
        """Each finding that the change can touch, as it was and as it is; reasons may differ."""
        for requirement, territory in self.touched:
            for sex in SEXES:
                yield self._pair(requirement, territory, sex)

    def verdicts(self) -> Iterator[tuple[Cell, Cell]]:
        """Each finding whose verdict changes, alone or on one reading, as it was and as it is."""
        state_of = self.after.corpus.state_of
        for requirement, territory in self.touched:
            old, new, old_federal, new_federal = (
                findings.assessment.verdicts(requirement, place)
                for place in (territory, state_of[territory])
                for findings in (self.before, self.after)
            )
            for sex in SEXES:
                if (old[sex], old_federal[sex].verdict) != (new[sex], new_federal[sex].verdict):
                    yield self._pair(requirement, territory, sex)

    def _pair(self, requirement: Requirement, territory: str, sex: str) -> tuple[Cell, Cell]:
        return (
            self.before.cell(requirement, territory, sex),
            self.after.cell(requirement, territory, sex),
        )


def change(before: Findings, graph: AmendedGraph) -> Change:
    """What an amended graph makes of the findings on the graph that it amends.

    Raises DataError where the amended graph cannot be read.
    """
    stale = graph.stale()
    if any(_in_framework(g, thing) for g in (graph.before, graph) for thing in stale):
        after = Findings(read_corpus(graph), before.day)
        keys = {(r.slug, t) for r in after.corpus.requirements for t in after.corpus.territories}
    else:
        corpus = read_corpus(graph, before.corpus, stale)
        changing = _Changing(before.assessment, corpus, stale)
        after = Findings(corpus, before.day, changing.assessment())
        keys = changing.touched
    units = {state.iri: state.territories for state in after.corpus.states}
    keys |= {(slug, unit) for slug, territory in keys for unit in units.get(territory, ())}
    touched = tuple(
        (requirement, territory)
        for requirement in after.corpus.requirements
        for territory in after.corpus.territories
        if (requirement.slug, territory) in keys
    )
    return Change(before, after, touched)


def _in_framework(graph: Graph, thing: str) -> bool:
    return any(
        om(name) in graph.iris(candidate, RDF_TYPE)
        for candidate in (thing, *graph.iris(thing, IN_SCHEME))
        for name in FRAMEWORK
    )


class _Changing:
    """Carries an assessment over to a changed corpus, and notes what the change can touch."""

    def __init__(self, before: Assessment, corpus: Corpus, stale: Collection[str]) -> None:
        self.before = before
        self.corpus = corpus
        self.graphs = (before.corpus.graph, corpus.graph)
        self.stale = stale
        self.touched: set[Key] = set()
        self.acts: set[str] = set()
        if corpus.extents is not before.corpus.extents:
            extents = (*before.corpus.extents, *corpus.extents)
            self.acts = {extent.instrument for extent in extents if extent.iri in stale}

    def assessment(self) -> Assessment:
        """The assessment of the changed corpus, knowing all that the change does not touch."""
        law, gone, come = self._law()
        met = self._met(law, gone, come)
        self._note_answers()
        registry = self._registry()
        old = self.before.known
        known = Known(old.required, met, dict(old.coverage), dict(old.verdicts))
        for key in self.touched:
            known.coverage.pop(key, None)
            known.verdicts.pop(key, None)
        return Assessment(law, known, registry)

    def _law(self) -> tuple[Law, set[OffenceInForce], list[OffenceInForce]]:
        """The law after the change, the offences in force that went, and those that came."""
        before, law = self.before.law, Law(self.corpus, self.before.law.day)
        old, new = before.corpus, self.corpus
        affected = {
            i
            for i in (*old.offences, *new.offences)
            if old.offences.get(i) is not new.offences.get(i)
        }
        rules = set(old.rules) ^ set(new.rules)
        rules |= {rule for rule in new.rules if rule.version.instrument in self.acts}
        for iri, offence in new.offences.items():
            if offence.version.instrument in self.acts or any(
                not rules.isdisjoint(on_day.acting(offence)) for on_day in (before, law) if rules
            ):
                affected.add(iri)
        found = before.offences
        law.known.update(before.known)
        for iri in affected:
            law.known.pop(iri, None)
        gone = {offence for offence in found if offence.offence.iri in affected}
        come = [offence for offence in law.offences if offence.offence.iri in affected]
        return law, gone, come

    def _met(
        self, law: Law, gone: set[OffenceInForce], come: list[OffenceInForce]
    ) -> dict[str, Met]:
        """The offences that meet each demand, without those that went and with those that came."""
        order = {offence: number for number, offence in enumerate(law.offences)}
        bounds_come = bounds(come)
        met = {}
        for requirement in self.corpus.requirements:
            if not requirement.offence:
                continue
            old = self.before.met(requirement)
            required = self.before.required(requirement)
            new = meeting(self.before.space, requirement, required, come, bounds_come)
            rows = {}
            for reading in READINGS:
                lost = [row for row in old[reading] if row[0] in gone]
                rows[reading] = old[reading]
                if lost or new[reading]:
                    kept = [row for row in old[reading] if row[0] not in gone]
                    kept.extend(new[reading])
                    rows[reading] = tuple(sorted(kept, key=lambda row: order[row[0]]))
                for offence, _ in (*lost, *new[reading]):
                    places = (territory for territory, on in offence.places if on is reading)
                    self._note(requirement, places)
            met[requirement.slug] = rows
        return met

    def _note_answers(self) -> None:
        """Note the demands that are met by provisions which the change can touch."""
        answering = [thing for thing in self.stale for g in self.graphs if g.values(thing, ANSWERS)]
        if self.acts:
            answering += [
                answer
                for graph in self.graphs
                for answers in graph.inverse.get(ANSWERS, {}).values()
                for answer in answers
                if self._of_acts(graph, answer)
            ]
        demands = {
            iri for answer in answering for g in self.graphs for iri in g.iris(answer, ANSWERS)
        }
        for requirement in self.corpus.requirements if demands else ():
            if requirement.iri in demands:
                self._note(requirement, self.corpus.territories)

    def _of_acts(self, graph: Graph, answer: str) -> bool:
        version = self.corpus.versions.get(graph.iri(answer, om("enactedIn")) or "")
        return version is not None and version.instrument in self.acts

    def _registry(self) -> Registry:
        """The searches after the change; demands on subjects searched otherwise are noted."""
        old = self.before.registry
        records = {iri for graph in self.graphs for iri in graph.instances(om("SearchRecord"))}
        if records.isdisjoint(self.stale):
            return old
        new = read_registry(self.corpus)
        for territory, subject in {**old.searches, **new.searches}:
            if old.searches.get((territory, subject)) != new.searches.get((territory, subject)):
                for requirement in self.corpus.requirements:
                    if subject in requirement.subjects:
                        self._note(requirement, (territory,))
        return new

    def _note(self, requirement: Requirement, territories: Iterable[str]) -> None:
        self.touched.update((requirement.slug, territory) for territory in territories)
