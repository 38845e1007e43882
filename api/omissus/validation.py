"""What the gap shapes find, as SHACL validation reports: one graph for each day.

A result about a demand whose law was not searched is no gap. It is counted and not told, so that no
query can take it for one; a report with nothing else in it still does not conform.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from omissus.findings import Findings
from omissus.findings_rdf import computed_quads
from omissus.gap_shapes import GAPS, GapResult, results_told
from omissus.graphs import validation_graph
from omissus.shapes import Result
from omissus.snapshot import snapshot, snapshot_iri
from omissus.statements import about, english
from omissus.vocabulary import ID, LABEL, PROV, RDF_TYPE, om

SH = "http://www.w3.org/ns/shacl#"
PATTERN = ID + "pattern/"
DESCRIBED = {
    RDF_TYPE,
    LABEL,
    *map(om, ("patternOf", "standsFor", "punishedBy", "strictlyPunishedBy")),
}
"""What is told of a fact pattern that a result is about."""


def validation_quads(findings: Findings) -> Iterator[Quad]:
    """The report of each territory, and how they were computed. Takes seconds for each."""
    graph = validation_graph(findings.day)
    told = f"validation reports on the law as at {findings.day}"
    yield from computed_quads(findings, graph, told)
    for territory in findings.corpus.territories:
        yield from report_quads(findings, territory)


def report_quads(findings: Findings, territory: str) -> Iterator[Quad]:
    """The validation report of a territory, in the graph of its day."""
    graph = NamedNode(validation_graph(findings.day))
    quads = snapshot(findings, territory)
    rows = results_told(findings, territory, GAPS, quads)
    for triple in _report(findings, territory, rows, quads):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _report(
    findings: Findings,
    territory: str,
    rows: list[tuple[Result, GapResult]],
    quads: list[Quad],
) -> Iterator[pyoxigraph.Triple]:
    report = f"{validation_graph(findings.day)}/{findings.corpus.slug(territory)}"
    assessed = [row for row, gap in rows if gap.assessed]
    place = findings.corpus.label(territory)
    shown = snapshot_iri(findings, territory)
    yield from about(
        report,
        {
            RDF_TYPE: SH + "ValidationReport",
            LABEL: english(f"{place}: what the gap shapes find in the law as at {findings.day}"),
            PROV + "wasDerivedFrom": shown,
            SH + "conforms": Literal(not rows),
            SH + "result": [f"{report}/{n}" for n in range(1, len(assessed) + 1)],
            om("resultsNotAssessed"): len(rows) - len(assessed),
        },
    )
    yield from about(
        shown,
        {
            RDF_TYPE: om("Snapshot"),
            LABEL: english(f"{place}: law as at {findings.day}"),
            om("standsAt"): findings.day,
            om("standsIn"): territory,
        },
    )
    for number, row in enumerate(assessed, 1):
        yield from _result(f"{report}/{number}", report, row)
    yield from _patterns(report, {row.focus for row in assessed}, quads)


def _result(name: str, report: str, row: Result) -> Iterator[pyoxigraph.Triple]:
    yield from about(
        name,
        {
            RDF_TYPE: SH + "ValidationResult",
            SH + "focusNode": _named(row.focus, report),
            SH + "resultSeverity": SH + row.severity,
            SH + "sourceShape": row.source,
            SH + "sourceConstraintComponent": row.component,
            SH + "resultMessage": english(row.message),
            SH + "resultPath": [row.path] if row.path else [],
        },
    )


def _named(name: str, report: str) -> str:
    """A pattern's own name: its number is one of its territory and day only."""
    return name.replace(PATTERN, f"{report}/pattern/", 1) if name.startswith(PATTERN) else name


def _patterns(report: str, wanted: set[str], quads: Iterable[Quad]) -> Iterator[pyoxigraph.Triple]:
    for quad in quads:
        subject, value = quad.subject, quad.object
        assert isinstance(subject, NamedNode)
        if (
            subject.value in wanted
            and subject.value.startswith(PATTERN)
            and quad.predicate.value in DESCRIBED
        ):
            yield pyoxigraph.Triple(NamedNode(_named(subject.value, report)), quad.predicate, value)


def write_reports(findings: Findings, path: Path) -> None:
    """Write the reports of a day as N-Quads, under another name until they are whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as draft:
        whole = Path(draft) / path.name
        pyoxigraph.serialize(validation_quads(findings), str(whole), RdfFormat.N_QUADS)
        whole.replace(path)
