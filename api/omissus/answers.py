"""Findings on requirements other than offences: provisions that have the content required."""

from __future__ import annotations

from collections.abc import Iterator

from omissus.corpus import Requirement, Version
from omissus.coverage import Verdict
from omissus.exhibits import Covering, Exhibit, Limit, least_review, where_in_the_books
from omissus.law import Law
from omissus.patterns import READINGS, Reading
from omissus.provenance import cited, consolidated_to, review_state, text_class
from omissus.vocabulary import LABEL, PREF_LABEL, om

Holds = dict[Reading, bool]


def _answers(
    law: Law, requirement: Requirement, territory: str
) -> Iterator[tuple[str, Version, Holds]]:
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
    """Whether a provision in force in the territory has the content required."""
    rows = list(_answers(law, requirement, territory))
    return {
        reading: Verdict.COVERED
        if any(holds[reading] for _, _, holds in rows)
        else Verdict.NOT_COVERED
        for reading in READINGS
    }


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
        criminal_code=graph.flag(version.instrument, om("criminalCode")),
        penalty=None,
        procedure=None,
        conditions=(),
        through=(),
        widened=(),
        limits=(Limit("reading", anchor, version.citation, reasons),) if reasons else (),
        review=review_state(graph, iri, version.instrument),
        text_class=text_class(graph, version),
        consolidated_to=consolidated_to(graph, version),
        decisions=(),
    )


def _label(law: Law, iri: str, version: Version) -> str:
    """What a provision says in our words, and at which stage of proceedings it takes hold."""
    label = law.corpus.graph.text(iri, LABEL) or version.citation
    stages = [
        law.corpus.graph.text(s, PREF_LABEL) or s for s in law.corpus.graph.iris(iri, om("atStage"))
    ]
    return f"{label} (stage: {', '.join(stages)})" if stages else label


def answers(law: Law, requirement: Requirement, territory: str) -> Exhibit:
    """The provisions that have the content required, with the words on which they rest."""
    rows = tuple(_row(law, *found) for found in _answers(law, requirement, territory))
    none = (f"No provision in force says that {requirement.label}.",)
    strictly = (f"On the strict reading no provision says that {requirement.label}.",)
    left = {
        Reading.STRICT: none if not rows else () if any(r.strict for r in rows) else strictly,
        Reading.GENEROUS: () if rows else none,
    }
    return Exhibit(
        left=left,
        covering=rows,
        code=where_in_the_books(rows),
        review=least_review(rows),
    )
