"""Bases of jurisdiction Act by Act: how far the offences of each Act reach beyond the border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from omissus.boxes import Box, Space, united, without_included
from omissus.coverage import Verdict, combined, required_boxes
from omissus.elements import READINGS, Reading
from omissus.facets import Facets
from omissus.findings import Findings
from omissus.law import OffenceInForce
from omissus.reach import Reach
from omissus.vocabulary import ID


@dataclass(frozen=True)
class Base:
    """A tie between an act and the State on which jurisdiction may rest."""

    slug: str
    short: str
    label: str
    citation: str
    modality: str
    place: str
    connection: str | None


BASES = (
    Base(
        "ship",
        "aboard",
        "aboard a registered ship or aircraft",
        "OPSC art 4(1)",
        "shall",
        "aboard",
        None,
    ),
    Base(
        "national",
        "national",
        "offender a national",
        "OPSC art 4(2)(a)",
        "may",
        "abroad",
        "offender-national",
    ),
    Base(
        "resident",
        "resident",
        "offender an habitual resident",
        "OPSC art 4(2)(a)",
        "may",
        "abroad",
        "offender-resident",
    ),
    Base(
        "victim",
        "victim",
        "victim a national",
        "OPSC art 4(2)(b)",
        "may",
        "abroad",
        "victim-national",
    ),
    Base(
        "present",
        "present",
        "offender a national, present and not extradited",
        "OPSC art 4(3)",
        "shall",
        "abroad",
        "present-not-extradited",
    ),
)


Reached = dict[Reading, tuple[list[Reach], list[Box]]]


@dataclass(frozen=True)
class BaseFinding:
    """Whether an Act's offences, as far as they meet art 3(1), are carried beyond the border."""

    instrument: str
    citation: str
    base: Base
    verdict: Verdict
    rules: tuple[str, ...]


def bases_of_jurisdiction(findings: Findings, territory: str) -> tuple[BaseFinding, ...]:
    """For each Act with an offence that meets art 3(1), and each base of art 4, a finding."""
    corpus = findings.corpus
    acts = [r for r in corpus.requirements if r.offence and r.citation.startswith("OPSC art 3(1)")]
    required = [box for r in acts for box in required_boxes(corpus, r)]
    by_act: dict[str, dict[Reading, list[OffenceInForce]]] = {}
    for reading, offences in findings.offences(territory).items():
        for offence in offences:
            readings = by_act.setdefault(offence.offence.version.instrument, {})
            readings.setdefault(reading, []).append(offence)
    return tuple(
        BaseFinding(act, corpus.citation(act), base, verdict, rules)
        for act, offences in sorted(by_act.items(), key=lambda row: corpus.citation(row[0]))
        for reached in [_reached(corpus.facets.space, offences, required)]
        for base in BASES
        if (found := _finding(corpus.facets, base, reached))
        for verdict, rules in [found]
    )


def _reached(
    space: Space, offences: dict[Reading, list[OffenceInForce]], required: Sequence[Box]
) -> Reached:
    """What the offences of an Act reach on each reading, and what of the acts demanded that is."""
    found: Reached = {}
    for reading in READINGS:
        reach = [r for offence in offences.get(reading, ()) for r in offence.reach[reading]]
        boxes = without_included(dict.fromkeys(r.box for r in reach))
        common = (both for box in boxes for both in space.intersections(required, box))
        found[reading] = reach, without_included(dict.fromkeys(common))
    return found


def _finding(
    facets: Facets, base: Base, reached: Reached
) -> tuple[Verdict, tuple[str, ...]] | None:
    space, connection = facets.space, facets.position["connection"]
    place, aboard = facets.mask(f"{ID}place/{base.place}")
    tie = facets.field("connection")
    if base.connection:
        tie = facets.mask(f"{ID}connection/{base.connection}")[1]
    verdicts: dict[Reading, Verdict | None] = {}
    rules: dict[str, None] = {}
    for reading, (reach, at_home) in reached.items():
        if not at_home:
            verdicts[reading] = None
            continue
        abroad = without_included(
            space.limited(space.limited(box, place, aboard), connection, tie) for box in at_home
        )
        bound = united(abroad)
        taken = [
            r
            for r in reach
            if space.intersection(r.box, bound) and space.intersections(abroad, r.box)
        ]
        rules.update(
            (rule.version.citation, None)
            for r in taken
            for rule in r.rules
            if rule.kind == "JurisdictionRule"
        )
        left = space.difference(abroad, dict.fromkeys(r.box for r in taken))
        verdicts[reading] = (
            Verdict.COVERED if not left else Verdict.PARTLY if taken else Verdict.NOT_COVERED
        )
    strict, generous = verdicts[Reading.STRICT], verdicts[Reading.GENEROUS]
    if generous is None:
        return None
    return combined(strict or Verdict.NOT_COVERED, generous, base.modality), tuple(rules)
