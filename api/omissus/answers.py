"""Findings on requirements other than offences: provisions that have the content required."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omissus.corpus import Requirement, Version
from omissus.coverage import Verdict
from omissus.elements import READINGS, Reading
from omissus.exhibits import Covering, Exhibit, Limit, least_review, where_in_the_books
from omissus.law import Law
from omissus.provenance import cited, consolidated_to, review_state, text_class
from omissus.vocabulary import LABEL, PREF_LABEL, om

Holds = dict[Reading, bool]
Answer = tuple[str, Version, Holds]


def _answers(law: Law, requirement: Requirement, territory: str) -> Iterator[Answer]:
    graph = law.corpus.graph
    for iri in graph.subjects(om("answers"), requirement.iri):
        version = law.corpus.versions.get(graph.iri(iri, om("enactedIn")) or "")
        if version is None or not version.in_force(law.day):
            continue
        holds = {
            reading: law.extends_to(version.instrument, territory, reading)
            and not (reading is Reading.STRICT and graph.flag(iri, om("generousOnly")))
            for reading in READINGS
        }
        if any(holds.values()):
            yield iri, version, holds


def answered(law: Law, requirement: Requirement, territory: str) -> dict[Reading, Verdict]:
    """Whether provisions in force in the territory have the content required.

    What is asked at several stages of proceedings is covered where it is met at each of them.
    """
    rows = list(_answers(law, requirement, territory))
    return {reading: _verdict(law, requirement, rows, reading) for reading in READINGS}


def _verdict(
    law: Law, requirement: Requirement, rows: Sequence[Answer], reading: Reading
) -> Verdict:
    if not any(holds[reading] for _, _, holds in rows):
        return Verdict.NOT_COVERED
    return Verdict.PARTLY if _lacking(law, requirement, rows, reading) else Verdict.COVERED


def _lacking(
    law: Law, requirement: Requirement, rows: Sequence[Answer], reading: Reading
) -> tuple[str, ...]:
    """The stages of proceedings at which the content is asked for and no provision has it."""
    graph = law.corpus.graph
    met = {
        stage
        for iri, _, holds in rows
        if holds[reading]
        for stage in graph.iris(iri, om("atStage"))
    }
    return tuple(s for s in graph.iris(requirement.iri, om("asksAtStage")) if s not in met)


def _row(law: Law, iri: str, version: Version, holds: Holds) -> Covering:
    graph = law.corpus.graph
    anchor = graph.text(iri, om("anchor"))
    names = ("reason", "strictReason", "generousReason")
    reasons = tuple(text for name in names if (text := graph.text(iri, om(name))))
    return Covering(
        iri=iri,
        label=_label(law, iri, version),
        citation=version.citation,
        anchor=anchor,
        since=version.start,
        until=version.end,
        introduced_by=cited(law.corpus, version.introduced_by),
        strict=holds[Reading.STRICT],
        generous=holds[Reading.GENEROUS],
        express=False,
        naming=None,
        criminal_code=graph.flag(version.instrument, om("criminalCode")),
        penalty=None,
        procedure=None,
        conditions=(),
        through=(),
        widened=(),
        limits=(Limit("reading", anchor, version.citation, reasons),) if reasons else (),
        review=review_state(graph, iri, version.instrument),
        text_class=text_class(graph, [version.iri, *graph.iris(iri, om("pinpoint"))]),
        consolidated_to=consolidated_to(graph, version),
        decisions=(),
    )


def _label(law: Law, iri: str, version: Version) -> str:
    """What a provision says in our words, and at which stage of proceedings it takes hold."""
    label = law.corpus.graph.text(iri, LABEL) or version.citation
    stages = [_name(law, stage) for stage in law.corpus.graph.iris(iri, om("atStage"))]
    return f"{label} (stage: {', '.join(stages)})" if stages else label


def _name(law: Law, stage: str) -> str:
    return law.corpus.graph.text(stage, PREF_LABEL) or stage


def answers(law: Law, requirement: Requirement, territory: str) -> Exhibit:
    """The provisions that have the content required, with the words on which they rest."""
    found = tuple(_answers(law, requirement, territory))
    rows = tuple(_row(law, *answer) for answer in found)
    return Exhibit(
        left={reading: _left(law, requirement, found, reading) for reading in READINGS},
        covering=rows,
        code=where_in_the_books(rows),
        review=least_review(rows),
    )


def _left(
    law: Law, requirement: Requirement, rows: Sequence[Answer], reading: Reading
) -> tuple[str, ...]:
    """What no provision says, and at which stages of proceedings none says it."""
    if not rows:
        return (f"No provision in force says that {requirement.label}.",)
    strict = reading is Reading.STRICT
    none = "On the strict reading no provision" if strict else "No provision in force"
    if not any(holds[reading] for _, _, holds in rows):
        return (f"{none} says that {requirement.label}.",)
    return tuple(
        f"{none} says that {requirement.label}, at the stage: {_name(law, stage)}."
        for stage in _lacking(law, requirement, rows, reading)
    )
