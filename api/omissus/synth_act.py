"""One invented Act as Turtle: sections, offences, penalties, exceptions, rules, answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from omissus.graph import Iri, Value
from omissus.pattern_book import PatternBook, RuleForm, Told
from omissus.turtle_form import TurtleForm
from omissus.vocabulary import (
    ENDED_AT,
    ID,
    IN_FORCE_FROM,
    LABEL,
    MADE_BY,
    NO_LONGER_IN_FORCE,
    PART_OF,
    RDF_TYPE,
    REALIZES,
    RELEVANT_FOR,
    TESTLAND,
    om,
)

READ_ON = date(2026, 1, 1)
AGENT = Iri(TESTLAND + "agent/synth")
PROV = "http://www.w3.org/ns/prov#"
NOTICE = "Invented; law of no State."
REASONS = ((om("strictReason"), "invented"), (om("generousReason"), "invented"))
LEAST = om("generousMinimumMonths")
Pairs = list[tuple[str, Value]]


@dataclass
class Act:
    """An invented Act in the making: who made it, where it is law, and what it is to hold."""

    iri: str
    slug: str
    citation: str
    made_by: str
    relevant_for: list[str]
    arguably: list[str]
    year: int
    code: bool
    offences: int = 0
    rules: list[RuleForm] = field(default_factory=list)
    answers: list[tuple[str, Told]] = field(default_factory=list)


def territory(slug: str) -> Iri:
    """Name of an invented territory."""
    return Iri(f"{TESTLAND}territory/{slug}")


class ActFile:
    """Draws what an Act holds from the pattern book, section by section."""

    def __init__(self, act: Act, book: PatternBook, draw: Random, places: Sequence[str]) -> None:
        self.act = act
        self.book = book
        self.draw = draw
        self.places = places
        self.form = TurtleForm(f"{act.citation}. {NOTICE}", {"act": f"{act.iri}/"})
        self.text_read = Iri(f"{TESTLAND}text/{act.slug}")
        self._sections = 0
        self._anchors = 0

    def turtle(self) -> str:
        """The whole file."""
        self._head()
        for _ in range(self.act.offences):
            self._offence_section()
        for rule in self.act.rules:
            self._rule_section(rule)
        for requirement, told in self.act.answers:
            self._answer_section(requirement, told)
        return self.form.text()

    def _block(self, subject: str, kind: str, *told: tuple[str, Value]) -> None:
        self.form.block(subject, [(RDF_TYPE, Iri(om(kind))), *told])

    def _head(self) -> None:
        act = self.act
        self._block(
            act.iri,
            "Instrument",
            (LABEL, act.citation),
            (om("citation"), act.citation),
            (om("slug"), act.slug),
            (om("criminalCode"), act.code),
            (MADE_BY, territory(act.made_by)),
            *((RELEVANT_FOR, territory(place)) for place in act.relevant_for),
            *((om("arguablyRelevantFor"), territory(place)) for place in act.arguably),
        )
        self._block(
            self.text_read,
            "Text",
            (LABEL, f"text of {act.citation}"),
            (om("fileName"), f"{act.slug}.md"),
            (om("textClass"), Iri(ID + "text-class/official")),
            (om("consolidatedTo"), READ_ON),
        )
        self._block(
            f"{TESTLAND}record/{act.slug}",
            "EncodingRecord",
            (LABEL, f"encoding of {act.citation}"),
            (om("encodes"), Iri(act.iri)),
            (om("readFrom"), self.text_read),
            (om("reviewState"), Iri(ID + "review/coded")),
            (PROV + "wasAssociatedWith", AGENT),
            (ENDED_AT, READ_ON),
        )

    def _section(self, label: str) -> str:
        """A new section; its local name."""
        self._sections += 1
        name = f"sec_{self._sections}"
        self._block(
            f"{self.act.iri}/{name}",
            "Provision",
            (LABEL, label),
            (om("citation"), f"{self.act.citation} s {self._sections}"),
            (PART_OF, Iri(self.act.iri)),
        )
        return name

    def _version(self, section: str, start: date, end: date | None) -> Iri:
        namespace = f"{self.act.iri}/eng@{start}/"
        self.form.prefix(f"at-{start}", namespace)
        version = Iri(namespace + section)
        told: Pairs = [
            (REALIZES, Iri(f"{self.act.iri}/{section}")),
            (IN_FORCE_FROM, start),
            *([(NO_LONGER_IN_FORCE, end)] if end else []),
            (om("introducedBy"), Iri(self.act.iri)),
            *([(om("endedBy"), Iri(self.act.iri))] if end else []),
            (om("readFrom"), self.text_read),
            (om("textFrom"), f"Section {self._sections}"),
        ]
        self._block(version, "ProvisionVersion", *told)
        return version

    def _words(self, version: Iri) -> Pairs:
        """An anchor, which are words of no Act, and where they stand."""
        self._anchors += 1
        return [(om("anchor"), f"invented words {self._anchors}"), (om("pinpoint"), version)]

    def _elements(self, owner: Iri, version: Iri, drawn: Iterable[tuple[str, Told]]) -> None:
        for number, (kind, told) in enumerate(drawn, 1):
            generous = any(p in (om("generouslyAllows"), om("generousAgeBelow")) for p, _ in told)
            self._block(
                f"{owner}-{number}",
                kind,
                (om("elementOf"), owner),
                *told,
                *self._words(version),
                *(REASONS if generous else ()),
            )

    def _offence_section(self) -> None:
        """An offence, and where its wording ended the one that followed, narrower or wider."""
        start, end = self._span()
        section = self._section(f"invented offence {self._sections + 1}")
        limits = self._limits()
        self._offence(section, start, end, limits)
        if end:
            facet = self.draw.choice(list(self.book.limits))
            limits[facet] = ("Element", self.draw.choice(self.book.limits[facet]))
            self._offence(section, end, None, limits)

    def _span(self) -> tuple[date, date | None]:
        """From when to when a wording stands: as in real law, but not before the Act."""
        start, end = self.draw.choice(self.book.spans)
        begun = max(start, date(self.act.year, 7, 1))
        return begun, end if end and end > begun else None

    def _limits(self) -> dict[str, tuple[str, Told]]:
        core = self.draw.choice(self.book.cores)
        limits = {f"core {number}": ("Element", told) for number, told in enumerate(core)}
        for facet, share in self.book.shares.items():
            if self.draw.random() < share:
                limits[facet] = ("Element", self.draw.choice(self.book.limits[facet]))
        return limits

    def _offence(
        self, section: str, start: date, end: date | None, limits: dict[str, tuple[str, Told]]
    ) -> None:
        version = self._version(section, start, end)
        offence = Iri(f"{version}__offence")
        label = f"invented offence {self._sections}"
        self._block(offence, "EnactedOffence", (LABEL, label), (om("enactedIn"), version))
        self._elements(offence, version, limits.values())
        penalty = self.draw.choice(self.book.penalties)
        self._block(
            f"{version}__penalty",
            "Penalty",
            (om("penaltyFor"), offence),
            (om("enactedIn"), version),
            *penalty,
            *self._words(version),
            *(REASONS[1:] if any(p == LEAST for p, _ in penalty) else ()),
        )
        if self.draw.random() < len(self.book.exceptions) / len(self.book.cores):
            exception = Iri(f"{version}__exception")
            told = [(om("exceptionTo"), offence), (om("enactedIn"), version)]
            self._block(exception, "Exception", (LABEL, "invented exception"), *told)
            elements = self.draw.choice(self.book.exceptions)
            self._elements(exception, version, [("Element", said) for said in elements])

    def _rule_section(self, form: RuleForm) -> None:
        """A rule on the law of the whole State, or on its own Act."""
        section = self._section(f"invented rule {self._sections + 1}")
        version = self._version(section, self._span()[0], None)
        rule = Iri(f"{version}__rule")
        reached = [territory(p) for p in self.places] if form.general else [Iri(self.act.iri)]
        relation = om("generouslyReaches" if form.generous else "reaches")
        self._block(
            rule,
            form.kind,
            (LABEL, f"invented {form.kind}"),
            (om("enactedIn"), version),
            *((relation, target) for target in reached),
            *([(om("onlyIfPunishableForMonths"), form.months)] if form.months else []),
            (om("reason"), "invented"),
            *self._words(version),
        )
        self._elements(rule, version, form.elements)

    def _answer_section(self, requirement: str, told: Told) -> None:
        section = self._section(f"invented answer {self._sections + 1}")
        version = self._version(section, self._span()[0], None)
        self._block(
            f"{version}__answer",
            "Answer",
            (LABEL, f"invented answer {self._sections}"),
            (om("answers"), Iri(requirement)),
            (om("enactedIn"), version),
            *told,
            *self._words(version),
            *(REASONS if (om("generousOnly"), True) in told else ()),
        )
