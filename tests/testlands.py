"""Testlands drawn by lot, many of them in one corpus, each in territories of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

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
ACTS = NARROWING | {
    "purpose": some("prostitution", "sexual-exploitation", "term:compelled-labour", least=2),
    "stage": some("completed", "attempted"),
    "place": some("in-territory", "abroad"),
    "consequence": some("punishable", "extraditable"),
}
KEPT = {facet: NARROWING[facet] for facet in ("victim_age", "victim_sex", "consideration")}
"""Facets that no rule sets anew."""
ANEW = {
    "WideningRule": {facet: NARROWING[facet] for facet in ("means", "offender")},
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


@st.composite
def laws(draw: st.DrawFn, apart: bool = False) -> Law:
    """A small law: two Acts, offences, some built on others, penalties, rules and exceptions.

    Where rules are to keep `apart`, none speaks of what another sets anew.
    """
    blocks = [_act("Code", "surely", draw(EXTENT)), _act("Special", draw(EXTENT), draw(EXTENT))]
    offences = draw(st.integers(1, 5))
    for number in range(offences):
        blocks.append(draw(_offence(f"o{number}", [f"t:o{base}" for base in range(number)])))
    rules = draw(st.integers(0, 4))
    targets = [*["t:Code"] * 4, "t:Special", "territory:pk", f"t:o{offences - 1}"]
    for number in range(rules):
        blocks.append(draw(_rule(f"r{number}", targets, apart)))
    limited = [f"t:o{n}" for n in range(offences)] + [f"t:r{n}" for n in range(rules)]
    for number in range(draw(st.integers(0, 2))):
        blocks.append(draw(_exception(f"x{number}", limited, apart)))
    demands = st.lists(st.sampled_from(DEMANDS), min_size=3, max_size=4, unique=True)
    return Law(tuple(blocks), tuple(draw(demands)))


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


@st.composite
def _offence(draw: st.DrawFn, name: str, earlier: Sequence[str]) -> str:
    home = draw(HOME)
    bases = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
    own = draw(limits(ACTS))
    if bases:
        told = f't:{name} a om:EnactedOffence ; rdfs:label "{name}"@en ; om:enactedIn {home} ;'
        block = f"{told} om:builtOn {', '.join(bases)} .\n" + elements(f"t:{name}", **own)
    else:
        version = home.removeprefix("t:")
        block = offence(name, version, conduct=draw(CONDUCT), **own)
    if draw(st.booleans()):
        fine = draw(st.sampled_from(["alternative", "additional"]))
        own_act = [f"{home.split('-')[0]}-{number}-v" for number in ("s1", *SECTIONS)]
        block += (
            f"t:{name}-penalty a om:Penalty ; om:penaltyFor t:{name} ;"
            f" om:enactedIn {draw(st.sampled_from(own_act))} ;"
            f" om:fine fine:{fine} ; om:maximumMonths {draw(MONTHS)} .\n"
        )
    return block


@st.composite
def _rule(draw: st.DrawFn, name: str, targets: Sequence[str], apart: bool) -> str:
    kind = draw(st.sampled_from(["WideningRule", *ANEW]))
    reaches = draw(st.sampled_from(["reaches", "reaches", "generouslyReaches"]))
    months = draw(st.none() | st.none() | MONTHS)
    least = f"om:onlyIfPunishableForMonths {months} ; " if months else ""
    told = (
        f't:{name} a om:{kind} ; rdfs:label "{name}"@en ; om:enactedIn {draw(HOME)} ; {least}'
        f"om:{reaches} {draw(st.sampled_from(targets))} .\n"
    )
    one = apart and kind == "WideningRule"
    anew = draw(limits(ANEW[kind], least=1, most=1 if one else 3))
    asked = draw(limits(KEPT if apart else NARROWING, most=2))
    conditions = {facet: values for facet, values in asked.items() if facet not in anew}
    return told + elements(f"t:{name}", **conditions) + elements(f"t:{name}", "Replacement", **anew)


@st.composite
def _exception(draw: st.DrawFn, name: str, limited: Sequence[str], apart: bool) -> str:
    target = draw(st.sampled_from(limited))
    choice = KEPT if apart and target.startswith("t:r") else NARROWING
    told = f"t:{name} a om:Exception ; om:enactedIn {draw(HOME)} ; om:exceptionTo {target} .\n"
    return told + elements(f"t:{name}", **draw(limits(choice, least=1)))


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
