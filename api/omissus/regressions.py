"""Regressions: acts punishable on one day and no longer on a later one, and by which Act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from omissus.boxes import Box
from omissus.corpus import Corpus, Requirement, Version
from omissus.coverage import Coverage
from omissus.elements import Reading
from omissus.findings import Findings
from omissus.leftover import newly_left, told_newly_left


@dataclass(frozen=True)
class Regression:
    """Patterns of a requirement that a reading covered the day before and no longer on `day`."""

    requirement: Requirement
    day: date
    reading: Reading
    lost: tuple[str, ...]
    more: int
    causes: tuple[str, ...]


def _sources(corpus: Corpus) -> tuple[Version, ...]:
    """Versions that carry offences, penalties or rules."""
    return tuple(
        dict.fromkeys(
            [
                *(o.version for o in corpus.offences.values()),
                *(p.version for o in corpus.offences.values() for p in o.penalties),
                *(rule.version for rule in corpus.rules),
            ]
        )
    )


def days_of_change(corpus: Corpus, since: date) -> tuple[date, ...]:
    """Every day from `since` on which a provision that bears on findings began or ended.

    So does every day on which an instrument came to be, or ceased to be, in force in a territory.
    """
    sources = _sources(corpus)
    days = {v.start for v in sources} | {v.end for v in sources if v.end}
    days |= {day for extent in corpus.extents for day in extent.days}
    return tuple(sorted(day for day in days if day >= since))


def _causes(
    corpus: Corpus,
    coverage: Coverage,
    lost: Sequence[Box],
    reading: Reading,
    territory: str,
    day: date,
) -> tuple[str, ...]:
    """With what the lost acts lost their punishment, and the Acts that ended it.

    That is a provision or an extent that ended, or an exception that began.
    """
    rested: dict[str, Version] = {}
    for offence, reaches in coverage.touching[reading]:
        for reach in reaches:
            if corpus.facets.space.intersections(lost, reach.box):
                rested[offence.offence.iri] = offence.offence.version
                rested |= {rule.iri: rule.version for rule in reach.rules}
    versions = dict.fromkeys(rested.values())
    ended = [(v.citation, v.ended_by) for v in versions if v.end == day]
    ended += [
        (rule.version.citation, None)
        for rule in corpus.rules
        if rule.kind == "Exception" and rule.version.start == day and rule.reaches & rested.keys()
    ]
    instruments = {v.instrument for v in versions}
    ended += [
        (f"{corpus.citation(e.instrument)} in {corpus.label(e.territory)}", e.ended_by)
        for e in corpus.extents
        if e.end == day and e.territory == territory and e.instrument in instruments
    ]
    return tuple(
        dict.fromkeys(
            f"{what}, ended by {corpus.citation(act)}" if act else what for what, act in ended
        )
    )


def losses_on(corpus: Corpus, territory: str, day: date) -> Iterator[Regression]:
    """Each act that a reading covered the day before `day` and no longer covers on it.

    Only acts demanded in themselves are looked at, not the demands built on them.
    """
    before, after = Findings(corpus, day - timedelta(days=1)), Findings(corpus, day)
    for act in corpus.requirements:
        if not act.offence or act.bases:
            continue
        old, new = before.coverage(act, territory), after.coverage(act, territory)
        for reading in Reading:
            lost = newly_left(corpus.facets.space, old, new, reading)
            if lost:
                sentences, more = told_newly_left(after.law, act, old, new, reading)
                causes = _causes(corpus, old, lost, reading, territory, day)
                yield Regression(act, day, reading, sentences, more, causes)
