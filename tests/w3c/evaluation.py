"""The suites of query evaluation and of result formats, through the endpoint.

All data sets stand in one store; each request names the graphs of its own by the protocol.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import httpx2
import pyoxigraph
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
)

from tests.w3c.manifests import MF, QT, Case
from tests.w3c.outcomes import demand
from tests.w3c.serving import Stores

SUITES = (
    "aggregates",
    "csv-tsv-res",
    "exists",
    "json-res",
    "negation",
    "property-path",
)
ACCEPT = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "tsv": "text/tab-separated-values",
    "csv": "text/csv",
    "ttl": "application/sparql-results+json",
}
READ = {
    "srx": QueryResultsFormat.XML,
    "srj": QueryResultsFormat.JSON,
    "tsv": QueryResultsFormat.TSV,
}
Term = NamedNode | BlankNode | Literal
Row = dict[str, Term]
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
BINDINGS = f"""
SELECT ?solution ?variable ?value {{
  ?solution <{RS}binding> ?binding .
  ?binding <{RS}variable> ?variable ; <{RS}value> ?value .
}}"""
NUMBERS = {f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("decimal", "double", "float")}
EMPTY = "urn:x-empty"
"""The default graph of a case that has none."""


def _path(node: object) -> Path:
    return Path(str(node).removeprefix("file://"))


def hold_data(cases: tuple[Case, ...], stores: Stores) -> None:
    """Serve the data of all cases, each file as a graph of its own name."""
    names = {
        str(node)
        for case in cases
        for predicate in (QT.data, QT.graphData)
        for node in case.graph.objects(case.value(MF.action), predicate)
    }
    quads = (
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(name))
        for name in sorted(names)
        for quad in pyoxigraph.parse(
            path=str(_path(name)), format=RdfFormat.TURTLE, base_iri=name, rename_blank_nodes=True
        )
    )
    stores.hold(quads, empty=[EMPTY, *names])


def evaluation(case: Case, client: httpx2.Client) -> str:
    """Run a case. Raises DeviationError."""
    if case.kind.startswith("NegativeSyntaxTest"):
        answer = _ask(client, _path(case.value(MF.action)), {})
        demand(answer.status_code == 400, f"answered {answer.status_code}")
        demand("malformed-query" in answer.json()["type"], answer.text)
        return ""
    action, result = case.value(MF.action), _path(case.value(MF.result))
    kind = result.suffix[1:]
    dataset = {
        "default-graph-uri": [str(n) for n in case.graph.objects(action, QT.data)] or [EMPTY],
        "named-graph-uri": [str(n) for n in case.graph.objects(action, QT.graphData)],
    }
    query = _path(case.graph.value(action, QT.query))
    answer = _ask(client, query, dataset, {"Accept": ACCEPT[kind]})
    demand(answer.status_code == 200, f"answered {answer.status_code}: {answer.text}")
    demand(answer.headers["content-type"].partition(";")[0] == ACCEPT[kind], "another format")
    _compare(answer.content, result, kind)
    return ""


def _ask(
    client: httpx2.Client,
    query: Path,
    dataset: dict[str, list[str]],
    headers: dict[str, str] | None = None,
) -> httpx2.Response:
    text = f"BASE <{query.as_uri()}>\n{query.read_text(encoding='utf-8')}"
    return client.get("/sparql", params={"query": text, **dataset}, headers=headers)


def _compare(found: bytes, result: Path, kind: str) -> None:
    wanted = result.read_bytes()
    if kind == "csv":
        demand(_csv_rows(found) == _csv_rows(wanted), "other rows")
        return
    form = READ.get(kind, QueryResultsFormat.JSON)
    first = pyoxigraph.parse_query_results(found, format=form)
    if kind == "ttl":
        variables, rows = _result_set(wanted, result.as_uri())
    else:
        second = pyoxigraph.parse_query_results(wanted, format=form)
        if isinstance(second, QueryBoolean):
            same = isinstance(first, QueryBoolean) and bool(first) == bool(second)
            demand(same, "the other truth value")
            return
        variables, rows = _table(second)
    names, table = _table(first)
    demand(names == variables, "other variables")
    demand(_canonical(table) == _canonical(rows), "other rows")


def _table(solutions: object) -> tuple[set[str], list[Row]]:
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    rows = [{name: row[name] for name in names if row[name] is not None} for row in solutions]
    return set(names), rows


def _result_set(document: bytes, base: str) -> tuple[set[str], list[Row]]:
    """A table told as RDF, in the vocabulary of the first suites."""
    store = Store()
    store.load(document, format=RdfFormat.TURTLE, base_iri=base)
    rows: dict[object, Row] = {}
    for found in store.query(BINDINGS):
        rows.setdefault(found["solution"], {})[found["variable"].value] = found["value"]
    variables = store.quads_for_pattern(None, NamedNode(RS + "resultVariable"), None)
    return {quad.object.value for quad in variables}, list(rows.values())


def _csv_rows(document: bytes) -> Counter[tuple[tuple[str, str], ...]]:
    """The rows of a table; the order of columns and the labels of blank nodes are free."""
    table = csv.DictReader(io.StringIO(document.decode("utf-8"), newline=""))
    return Counter(
        tuple(sorted((name, "_:" if cell.startswith("_:") else cell) for name, cell in row.items()))
        for row in table
    )


def _canonical(rows: list[Row]) -> Dataset:
    """The rows as a graph, so that labels of blank nodes are free; equal rows are counted."""
    dataset = Dataset()
    for row in rows:
        node = BlankNode()
        dataset.add(Quad(node, NamedNode("x:row"), Literal(True)))
        for name, value in row.items():
            dataset.add(Quad(node, NamedNode(f"x:{name}"), _by_value(value)))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def _by_value(term: Term) -> Term:
    """A number as its value: 2.0 and 2.00 are one decimal."""
    if isinstance(term, Literal) and term.datatype.value in NUMBERS:
        return Literal(repr(float(term.value)), datatype=term.datatype)
    return term
