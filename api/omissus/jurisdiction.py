"""Bases of jurisdiction Act by Act: how far the offences of each Act reach beyond the border."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from omissus.coverage import Verdict, combined, required_boxes
from omissus.facets import Box, difference, intersection, size, without_included
from omissus.findings import Findings
from omissus.law import OffenceInForce
from omissus.patterns import Reading
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
        for base in BASES
        if (found := _finding(findings, base, offences, required))
        for verdict, rules in [found]
    )


def _finding(
    findings: Findings,
    base: Base,
    offences: dict[Reading, list[OffenceInForce]],
    required: Sequence[Box],
) -> tuple[Verdict, tuple[str, ...]] | None:
    facets = findings.corpus.facets
    place, aboard = facets.mask(f"{ID}place/{base.place}")
    tie = facets.position["connection"]
    wanted = (
        facets.mask(f"{ID}connection/{base.connection}")[1] if base.connection else facets.full[tie]
    )

    def carried(box: Box) -> Box:
        return tuple(
            aboard if i == place else wanted if i == tie else mask for i, mask in enumerate(box)
        )

    verdicts: dict[Reading, Verdict | None] = {}
    rules: dict[str, None] = {}
    for reading in Reading:
        reaches = [r for o in offences.get(reading, ()) for r in o.reach[reading]]
        at_home = _common((r.box for r in reaches), required)
        if not at_home:
            verdicts[reading] = None
            continue
        abroad = [carried(box) for box in at_home]
        taken = [r for r in reaches if any(intersection(r.box, box) for box in abroad)]
        rules.update(
            (rule.version.citation, None)
            for r in taken
            for rule in r.rules
            if rule.kind == "JurisdictionRule"
        )
        parts: list[Box] = []
        for box in abroad:
            parts.extend(difference([box], parts))
        left = difference(parts, (r.box for r in taken))
        whole = sum(map(size, parts))
        verdicts[reading] = (
            Verdict.COVERED
            if not left
            else Verdict.NOT_COVERED
            if sum(map(size, left)) == whole
            else Verdict.PARTLY
        )
    strict, generous = verdicts[Reading.STRICT], verdicts[Reading.GENEROUS]
    if generous is None:
        return None
    return combined(strict or Verdict.NOT_COVERED, generous, base.modality), tuple(rules)


def _common(boxes: Iterable[Box], required: Sequence[Box]) -> list[Box]:
    return without_included(
        both for box in boxes for other in required if (both := intersection(box, other))
    )
