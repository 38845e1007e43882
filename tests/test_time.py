"""The law of any day: findings move with the amendments that touch them, and with nothing else.

What an amendment touches is told from the encoding, facet by facet, and not by the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omissus.corpus import Corpus, Offence, Requirement, Version
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.law import Law
from omissus.patterns import PatternReader
from omissus.regressions import days_of_change, losses_on
from omissus.vocabulary import ID, MADE_BY, om
from tests.worlds import FEDERAL

SINCE = date(2000, 1, 1)
UNTIL = date(2026, 11, 24)
NIGHT = timedelta(days=1)
GAINED_AND_LOST = [date(2018, 6, 2), date(2023, 9, 1)]

State = dict[tuple[str, str], object]
"""For each territory and demand, what is left over or answers it, and whether it is assessed."""


class Touch:
    """Which demands an amendment of one day can touch in a territory, whatever the engine says."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        graph = corpus.graph
        self.answers = {
            iri: corpus.versions[graph.iri(iri, om("enactedIn")) or ""]
            for iri in graph.instances(om("Answer"))
        }
        self._near: dict[tuple[str, str], bool] = {}

    @cached_property
    def days(self) -> list[date]:
        """Every day since 2000 on which something begins or ends that a finding may rest on."""
        edges = {day for v in self.answers.values() for day in (v.start, v.end) if day}
        graph = self.corpus.graph
        searches = graph.instances(om("SearchRecord"))
        edges |= {day for s in searches if (day := graph.day(s, om("searchedSince")))}
        edges |= set(days_of_change(self.corpus, SINCE))
        return sorted(day for day in edges if SINCE <= day <= UNTIL)

    def demands(self, day: date, territory: str) -> set[str]:
        """The demands that what begins or ends on a day can touch in a territory."""
        offences = [
            o
            for o in self.corpus.offences.values()
            if self._moved(o.version, day, territory)
            or any(self._moved(p.version, day, territory) for p in o.penalties)
        ]
        offences += self._under_moved_rules(day, territory)
        touched = {
            demand.slug
            for demand in self.corpus.requirements
            if demand.offence and any(self.near(offence, demand) for offence in offences)
        }
        return touched | self._answered(day, territory) | self._searched(day, territory)

    def _moved(self, version: Version, day: date, territory: str) -> bool:
        extents = [
            e
            for e in self.corpus.extents
            if e.instrument == version.instrument and e.territory == territory
        ]
        if not extents:
            return False
        stands = any(version.in_force(d) for d in (day - NIGHT, day))
        return day in (version.start, version.end) or (
            stands and any(day in e.days for e in extents)
        )

    def _under_moved_rules(self, day: date, territory: str) -> Iterator[Offence]:
        """The offences on which a rule acts that begins or ends, or an exception to it does."""
        rules = {r.iri: r for r in self.corpus.rules}
        for rule in self.corpus.rules:
            if not self._moved(rule.version, day, territory):
                continue
            limited = [rules[i] for i in rule.reaches if i in rules]
            targets = {t for r in (rule, *limited) for t in r.reaches | r.generously_reaches}
            for offence in self.corpus.offences.values():
                instrument = offence.version.instrument
                makers = self.corpus.graph.iris(instrument, MADE_BY)
                if targets & {offence.iri, instrument, *makers}:
                    yield offence

    @cached_property
    def _replaced(self) -> set[str]:
        """The facets that some rule sets anew, on which an offence's own words do not bind."""
        return {e.facet for rule in self.corpus.rules for e in rule.elements if e.replaces}

    def near(self, offence: Offence, demand: Requirement) -> bool:
        """Whether on each facet that no rule sets anew the two have a value in common."""
        key = (offence.iri, demand.slug)
        if key not in self._near:
            patterns, facets = self.corpus.patterns, self.corpus.facets
            fixed = [slug for slug in facets.slugs if slug not in self._replaced]
            boxes = patterns.compile(offence.iri, Reading.GENEROUS)
            wanted = patterns.compile(demand.iri, Reading.STRICT)
            self._near[key] = any(
                all(set(facets.values(a, s)) & set(facets.values(b, s)) for s in fixed)
                for a in boxes
                for b in wanted
            )
        return self._near[key]

    def _answered(self, day: date, territory: str) -> set[str]:
        graph = self.corpus.graph
        return {
            self.corpus.slug(demand)
            for iri, version in self.answers.items()
            if self._moved(version, day, territory)
            for demand in graph.iris(iri, om("answers"))
        }

    def _searched(self, day: date, territory: str) -> set[str]:
        graph = self.corpus.graph
        subjects = {
            subject
            for search in graph.instances(om("SearchRecord"))
            if graph.day(search, om("searchedSince")) == day
            and territory in graph.iris(search, om("searchedIn"))
            for subject in graph.iris(search, om("searchedFor"))
        }
        return {r.slug for r in self.corpus.requirements if subjects & set(r.subjects)}


@pytest.fixture(scope="module")
def touch(corpus):
    return Touch(corpus)


@pytest.fixture(scope="module")
def states(corpus):
    """States by day, each computed once."""
    known: dict[date, State] = {}

    def of(day: date) -> State:
        if day not in known:
            known[day] = state(corpus, day)
        return known[day]

    return of


def state(corpus: Corpus, day: date) -> State:
    findings = Findings(corpus, day)
    found: State = {}
    for territory in corpus.territories:
        for demand in corpus.requirements:
            searched = findings.registry.searched(territory, demand.subjects, day)
            if demand.offence:
                coverage = findings.coverage(demand, territory)
                told: object = [frozenset(coverage.left[reading]) for reading in Reading]
            else:
                cell = findings.cell(demand, territory, "girl")
                told = [cell.strict, cell.generous, *(row.iri for row in cell.exhibit.covering)]
            found[territory, demand.slug] = (told, searched)
    return found


def changed(before: State, after: State) -> set[tuple[str, str]]:
    return {cell for cell in after if before[cell] != after[cell]}


def beyond(touch: Touch, day: date, cells: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The cells that changed and that nothing of that day touches."""
    return {(place, slug) for place, slug in cells if slug not in touch.demands(day, place)}


def test_there_are_many_amendments_since_2000_and_most_touch_few_cells(touch):
    assert len(touch.days) > 30
    whole = len(touch.corpus.requirements)
    touched = [len(touch.demands(day, FEDERAL)) for day in touch.days]
    assert sum(touched) < whole * len(touch.days) / 2


def test_across_each_amendment_only_cells_that_it_touches_change(touch, states):
    moved = 0
    for day in touch.days:
        cells = changed(states(day - NIGHT), states(day))
        assert beyond(touch, day, cells) == set(), day
        moved += bool(cells)
    assert moved > 20


def test_from_each_amendment_to_the_eve_of_the_next_no_cell_changes(touch, states):
    edges = [SINCE, *touch.days, UNTIL + NIGHT]
    for first, following in pairwise(edges):
        assert changed(states(first), states(following - NIGHT)) == set(), (first, following)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_on_any_day_the_cells_are_those_of_the_last_amendment(touch, states, corpus, data):
    day = SINCE + timedelta(days=data.draw(st.integers(0, (UNTIL - SINCE).days)))
    last = max([SINCE, *(d for d in touch.days if d <= day)])
    assert changed(states(last), state(corpus, day)) == set()


def test_an_engine_a_day_late_is_caught(touch, corpus, monkeypatch):
    day = GAINED_AND_LOST[0]
    monkeypatch.setattr(Version, "in_force", lambda v, d: v.start < d and not (v.end and v.end < d))
    cells = changed(state(corpus, day), state(corpus, day + NIGHT))
    assert cells
    assert day + NIGHT not in touch.days


def test_an_engine_that_carries_an_amendment_beyond_its_territory_is_caught(
    touch, corpus, monkeypatch
):
    day = GAINED_AND_LOST[1]
    monkeypatch.setattr(Law, "extends_to", lambda *_: True)
    cells = changed(state(corpus, day - NIGHT), state(corpus, day))
    assert {place for place, _ in beyond(touch, day, cells)} == {
        f"{ID}territory/pk-gb",
        f"{ID}territory/pk-jk",
    }


def test_an_engine_that_forgets_what_an_offence_does_is_caught(touch, corpus, monkeypatch):
    day, sound = GAINED_AND_LOST[1], PatternReader.boxes_of

    def careless(self, element, reading):
        forgotten = element.facet == "conduct"
        return (self.facets.space.full,) if forgotten else sound(self, element, reading)

    monkeypatch.setattr(PatternReader, "boxes_of", careless)
    spoilt = replace(corpus, patterns=PatternReader(corpus.graph, corpus.facets))
    cells = changed(state(spoilt, day - NIGHT), state(spoilt, day))
    assert beyond(touch, day, cells)


@pytest.mark.parametrize(
    ("day", "slug", "cause"),
    [
        (GAINED_AND_LOST[0], "2-a-sale", "PPC 1860 s 369A, ended by PTPA 2018"),
        (GAINED_AND_LOST[1], "3-1-c-producing", "PPC 1860 s 292B(1), ended by Act XXXVII of 2023"),
    ],
)
def test_acts_lost_are_told_with_the_act_that_lost_them(corpus, day, slug, cause):
    rows = [row for row in losses_on(corpus, FEDERAL, day) if row.requirement.slug == slug]
    assert any(cause in row.causes and row.lost for row in rows)
