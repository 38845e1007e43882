"""Testlands drawn by lot, many of them in one corpus, each in territories of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import strategies as st

from omissus.corpus import Corpus, Requirement
from omissus.vocabulary import ID
from tests.worlds import elements, offence, section, world

TERRITORIES = ("pk", "pk-pb")
DEMANDS = (
    "3-1-b-procuring",
    "3-1-b-obtaining",
    "3-1-a-i-c-delivering",
    "3-2-attempt-3-1-b",
    "3-3-penalty-3-1-b",
    "3-4-legal-person-3-1-b",
    "4-2-a-national-3-1-b",
    "5-1-extradition-3-1-b",
)
SECTIONS = {"s1": None, "s2": "2010-01-01"}
"""Each Act's sections, with the day on which they end."""

Limits = dict[str, str]


@dataclass(frozen=True)
class Law:
    """The law of one Testland, block by block, and the demands that it is asked about."""

    blocks: tuple[str, ...]
    demands: tuple[str, ...]

    @property
    def rules(self) -> int:
        """How many rules it has."""
        return sum("Rule ;" in block for block in self.blocks)

    def __str__(self) -> str:
        return "\n".join((*self.blocks, f"# asked: {', '.join(self.demands)}"))


def some(*values: str, least: int = 1) -> st.SearchStrategy[str]:
    """A few values of a facet; with ~ one is meant on the generous reading only."""
    told = st.sampled_from([form for value in values for form in (value, value, f"~{value}")])
    few = st.lists(
        told, min_size=least, max_size=len(values), unique_by=lambda value: value.lstrip("~")
    )
    return few.map(" ".join)


def _ages(low: int, years: int, wider: int) -> str:
    """From an age, below another, and generously below a third."""
    below = min(low + years, 18)
    first = f"{low}-" if low else ""
    return f"{first}{below}" + (f"~{min(below + wider, 18)}" if wider else "")


AGES = st.builds(_ages, st.integers(0, 17), st.integers(1, 18), st.integers(0, 3))
CONDUCT = some("procuring", "obtaining", "delivering", "providing", "term:sells", least=2)
NARROWING = {
    "victim_age": AGES,
    "victim_sex": some("girl", "boy", "transgender"),
    "means": some("no-means", "deception", "coercion", "force", "abuse-of-vulnerability"),
    "offender": some("parent-or-guardian", "intermediary", "natural-person", "legal-person"),
    "consideration": some("for-consideration", "without-consideration"),
}
ACTS = {
    **{facet: NARROWING[facet] for facet in ("victim_age", "victim_sex", "consideration")},
    "purpose": some("prostitution", "sexual-exploitation", "term:compelled-labour", least=2),
    "stage": some("completed", "attempted"),
    "place": some("in-territory", "abroad"),
    "consequence": some("punishable", "extraditable"),
}
WIDENED = {facet: NARROWING[facet] for facet in ("means", "offender")}
"""Facets that rules which widen set anew."""
KEPT = {facet: limit for facet, limit in NARROWING.items() if facet not in WIDENED}
ANEW = {
    "WideningRule": WIDENED,
    "StageRule": {"stage": some("attempted", "participated")},
    "JurisdictionRule": {
        "place": some("abroad", "aboard"),
        "connection": some("offender-national", "victim-national"),
    },
    "ExtraditionRule": {"consequence": some("extraditable")},
}


def limits(
    choice: dict[str, st.SearchStrategy[str]], least: int = 0, most: int = 3
) -> st.SearchStrategy[Limits]:
    """Limits on a few of some facets."""
    names = st.lists(st.sampled_from(sorted(choice)), min_size=least, max_size=most, unique=True)
    return names.flatmap(lambda drawn: st.fixed_dictionaries({n: choice[n] for n in drawn}))


EXTENT = st.sampled_from(["surely", "surely", "surely", "arguably", "not"])
HOME = st.sampled_from([*["t:Code-s1-v"] * 7, *["t:Special-s1-v"] * 3, "t:Code-s2-v"])
MONTHS = st.sampled_from([12, 48, 60])
INDEX = st.integers(0, 3)
"""Which of some things is meant, counted round and round."""


class Penalty(NamedTuple):
    """A penalty of an offence, in a section of the same Act."""

    section: str
    fine: str
    months: int


class Offence(NamedTuple):
    """An offence; where it is built on earlier ones it says nothing of conduct itself."""

    home: str
    bases: list[int]
    conduct: str
    limits: Limits
    penalty: Penalty | None

    def told(self, number: int) -> str:
        """Its Turtle."""
        name, version = f"o{number}", self.home.removeprefix("t:")
        bases = ", ".join(
            f"t:o{base}" for base in sorted({b % number for b in self.bases if number})
        )
        if bases:
            told = f't:{name} a om:EnactedOffence ; rdfs:label "{name}"@en ;'
            told += f" om:enactedIn {self.home} ; om:builtOn {bases} .\n"
            told += elements(f"t:{name}", **self.limits)
        else:
            told = offence(name, version, conduct=self.conduct, **self.limits)
        if self.penalty:
            act = self.home.split("-")[0]
            told += (
                f"t:{name}-penalty a om:Penalty ; om:penaltyFor t:{name} ;"
                f" om:enactedIn {act}-{self.penalty.section}-v ; om:fine fine:{self.penalty.fine} ;"
                f" om:maximumMonths {self.penalty.months} .\n"
            )
        return told


class Rule(NamedTuple):
    """A rule; `target` is an Act, a maker of law, or none for the last offence."""

    kind: str
    home: str
    reaches: str
    target: str | None
    months: int | None
    conditions: Limits
    anew: Limits

    def told(self, number: int, last: str) -> str:
        """Its Turtle."""
        name = f"r{number}"
        least = f" om:onlyIfPunishableForMonths {self.months} ;" if self.months else ""
        asked = {
            facet: values for facet, values in self.conditions.items() if facet not in self.anew
        }
        return (
            f't:{name} a om:{self.kind} ; rdfs:label "{name}"@en ; om:enactedIn {self.home} ;'
            f"{least} om:{self.reaches} {self.target or last} .\n"
            + elements(f"t:{name}", **asked)
            + elements(f"t:{name}", "Replacement", **self.anew)
        )


class Taken(NamedTuple):
    """An exception: what is taken out of one of some offences or rules."""

    home: str
    target: int
    limits: Limits

    def told(self, name: str, targets: Sequence[str]) -> str:
        """Its Turtle, or nothing where there is nothing to limit."""
        if not targets:
            return ""
        target = targets[self.target % len(targets)]
        told = f"t:{name} a om:Exception ; om:enactedIn {self.home} ; om:exceptionTo {target} .\n"
        return told + elements(f"t:{name}", **self.limits)


def _both(one: Limits, other: Limits) -> Limits:
    return one | other


PENALTY = st.builds(
    Penalty,
    st.sampled_from(["s1", *SECTIONS]),
    st.sampled_from(["alternative", "additional"]),
    MONTHS,
)
OFFENCE = st.builds(
    Offence,
    HOME,
    st.lists(INDEX, max_size=2),
    CONDUCT,
    st.builds(_both, limits(WIDENED), limits(ACTS, most=2)),
    st.none() | PENALTY,
)


@st.composite
def _rules(draw: st.DrawFn, apart: bool) -> Rule:
    kind = draw(st.sampled_from(["WideningRule", *ANEW]))
    one = apart and kind == "WideningRule"
    return Rule(
        kind,
        draw(HOME),
        draw(st.sampled_from(["reaches", "reaches", "generouslyReaches"])),
        draw(st.sampled_from([*["t:Code"] * 4, "t:Special", "territory:pk", None])),
        draw(st.none() | st.none() | MONTHS),
        draw(limits(KEPT if apart else NARROWING, most=2)),
        draw(limits(ANEW[kind], least=1, most=1 if one else 2)),
    )


def _exceptions(choice: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[Taken]:
    return st.builds(Taken, HOME, INDEX, limits(choice, least=1))


@st.composite
def laws(draw: st.DrawFn, apart: bool = False) -> Law:
    """A small law: two Acts, offences, some built on others, penalties, rules and exceptions.

    Where rules are to keep `apart`, none speaks of what another sets anew.
    """
    offences = draw(st.lists(OFFENCE, min_size=1, max_size=5))
    rules = draw(st.lists(_rules(apart), max_size=5))
    to_offences = draw(st.lists(_exceptions(NARROWING), max_size=2))
    to_rules = draw(st.lists(_exceptions(KEPT if apart else NARROWING), max_size=1))
    named = [f"t:o{number}" for number in range(len(offences))]
    ruling = [f"t:r{number}" for number in range(len(rules))]
    blocks = (
        _act("Code", "surely", draw(EXTENT)),
        _act("Special", draw(EXTENT), draw(EXTENT)),
        *(each.told(number) for number, each in enumerate(offences)),
        *(each.told(number, named[-1]) for number, each in enumerate(rules)),
        *(each.told(f"x{number}", named) for number, each in enumerate(to_offences)),
        *(each.told(f"y{number}", ruling) for number, each in enumerate(to_rules)),
    )
    demands = st.lists(st.sampled_from(DEMANDS), min_size=1, max_size=4, unique=True)
    return Law(tuple(filter(None, blocks)), tuple(draw(demands)))


def _act(name: str, *extents: str) -> str:
    relations = {"surely": "eli:relevant_for", "arguably": "om:arguablyRelevantFor"}
    told = "".join(
        f" {relations[extent]} territory:{place}, everywhere:{place} ;"
        for place, extent in zip(TERRITORIES, extents, strict=True)
        if extent in relations
    )
    head = (
        f't:{name} a om:Instrument ; rdfs:label "{name}"@en ; om:citation "{name} 2000" ;{told}'
        f" om:criminalCode {str(name == 'Code').lower()} ; eli:jurisdiction territory:pk .\n"
    )
    return head + "".join(section(name, s, end=end) for s, end in SECTIONS.items())


@dataclass(frozen=True)
class Testland:
    """One of many Testlands in one corpus."""

    law: Law
    number: int

    def name(self, local: str) -> str:
        """The IRI of something in it."""
        return f"{ID}testland/{self.number}/{local}"

    @property
    def territories(self) -> tuple[str, ...]:
        """Its two territories."""
        return tuple(self.name(f"territory/{place}") for place in TERRITORIES)

    def turtle(self) -> str:
        """Its law, with all that it names in a space of its own."""
        spaces = (
            f"@prefix t: <{self.name('')}> .\n@prefix territory: <{self.name('territory/')}> .\n"
        )
        spaces += f"@prefix everywhere: <{ID}territory/> .\n"
        state, unit = (f"territory:{place}" for place in TERRITORIES)
        places = f"{state} a om:Territory .\n{unit} a om:Territory ; om:takenUpBy {state} .\n"
        return "\n".join((spaces, places, *self.law.blocks))


@dataclass(frozen=True)
class Testlands:
    """Many Testlands as one corpus."""

    laws: tuple[Law, ...]

    @cached_property
    def lands(self) -> tuple[Testland, ...]:
        return tuple(Testland(law, number) for number, law in enumerate(self.laws))

    @cached_property
    def _folder(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory()

    @cached_property
    def corpus(self) -> Corpus:
        return world(Path(self._folder.name), *(land.turtle() for land in self.lands))

    def demands(self, land: Testland) -> list[Requirement]:
        """The demands that one of them is asked about."""
        return [r for r in self.corpus.requirements if r.slug in land.law.demands]
