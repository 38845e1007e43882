"""Verdicts read off the results of the gap shapes, and off nothing else known of the law."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pyoxigraph
from pyoxigraph import NamedNode
from rdflib.namespace import SH

from omissus.assessing import SEXES
from omissus.coverage import Verdict
from omissus.data import data_root
from omissus.elements import READINGS, Reading
from omissus.findings import Findings
from omissus.vocabulary import ID, om
from tests.shacl_engines import ENGINES, n_triples, told
from tests.witnesses import Verdicts

ANSWERED = {f"<{om(name)}>" for name in ("punishedBy", "metInPartBy")}
CONTESTED = "/shape/contested-"


def shaped(findings: Findings, quads: list[pyoxigraph.Quad]) -> Verdicts:
    """The verdict on each demand, reading and sex of the victim in the territory of a snapshot.

    A demand is a set of things asked for, acts or provisions: it is covered where the shapes find
    fault with none of them, and not covered where they find fault with each.
    """
    lacking: dict[Reading, set[str]] = {reading: set() for reading in READINGS}
    for row in ENGINES["shacl"](told(quads), _gap_shapes()):
        focus = row.focus.strip("<>")
        if row.path in ANSWERED and row.component == SH.MinCountConstraintComponent.n3():
            lacking[Reading.STRICT].add(focus)
            lacking[Reading.GENEROUS].add(focus)
        elif CONTESTED in row.source:
            lacking[Reading.STRICT].add(focus)
    asked = _asked(findings, quads)
    return {
        (demand.slug, reading, sex): _verdict(asked[demand.iri, sex], lacking[reading])
        for demand in findings.corpus.requirements
        for reading in READINGS
        for sex in SEXES
    }


def _verdict(asked: set[str], lacking: set[str]) -> Verdict:
    assert asked, "a demand of which the snapshot asks nothing"
    if asked.isdisjoint(lacking):
        return Verdict.COVERED
    return Verdict.NOT_COVERED if asked <= lacking else Verdict.PARTLY


def _asked(findings: Findings, quads: list[pyoxigraph.Quad]) -> dict[tuple[str, str], set[str]]:
    """For each demand and sex of the victim the acts or provisions asked for, in a snapshot."""
    sex_of = {f"{ID}victim-sex/{sex}": sex for sex in SEXES}
    victims, acts, stages = dict[str, str](), dict[str, str](), defaultdict[str, set[str]](set)
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            subject, value = quad.subject.value, quad.object.value
            if quad.predicate.value == om("shows") and value in sex_of:
                victims[subject] = sex_of[value]
            elif quad.predicate.value == om("patternOf"):
                acts[subject] = value
            elif quad.predicate.value == om("safeguardOf"):
                stages[value].add(subject)
    asked = defaultdict[tuple[str, str], set[str]](set)
    for act, demand in acts.items():
        asked[demand, victims[act]].add(act)
    for provision in findings.corpus.requirements:
        if not provision.offence:
            for sex in SEXES:
                asked[provision.iri, sex] = stages[provision.iri] or {provision.iri}
    return asked


@cache
def _gap_shapes() -> str:
    return n_triples(*sorted((data_root() / "shapes" / "gaps").glob("*.ttl")))
