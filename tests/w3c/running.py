"""All suites run, and what became of each case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.w3c import evaluation as evaluating
from tests.w3c.graph_store import graph_store, not_offered
from tests.w3c.manifests import Case, cases
from tests.w3c.outcomes import FAILED, OUT, PASSED, DeviationError, Outcome
from tests.w3c.protocol import protocol, service_description
from tests.w3c.serving import Stores, served

PROTOCOLS = {
    "protocol": protocol,
    "service-description": service_description,
    "graph-store-protocol": graph_store,
}
SUITES = (*PROTOCOLS, *evaluating.SUITES)

TAGGED = "The engine keeps a language tag that all parts share; the suite wants it dropped."
LEXICAL = "The store keeps numbers by value: 1.0E6 becomes 1000000, negativeInteger integer."
ZERO_LENGTH = "The engine finds no path of length zero from a term that the data do not hold."
DEVIATIONS = {
    "aggregates/agg-groupconcat-04": TAGGED,
    "aggregates/agg-groupconcat-06": TAGGED,
    "aggregates/agg-empty-group-count-graph": (
        "The engine counts an aggregate inside GRAPH ?g over all graphs and leaves ?g unbound."
    ),
    "csv-tsv-res/csv03": LEXICAL,
    "csv-tsv-res/tsv03": LEXICAL,
    "negation/graph-minus": (
        "The engine takes the variable of GRAPH ?g for a shared one when it removes by MINUS."
    ),
    "property-path/zero_or_more_set_start": ZERO_LENGTH,
    "property-path/zero_or_more_set_end": ZERO_LENGTH,
    "property-path/zero_or_one_set_start": ZERO_LENGTH,
    "property-path/zero_or_one_set_end": ZERO_LENGTH,
}
"""Why each case fails that is known to; all these fail in pyoxigraph without a server."""


def every_case() -> tuple[Case, ...]:
    """All cases held, none where the suites are not."""
    return cases(*SUITES)


def outcomes(cache: Path) -> dict[str, Outcome]:
    """What became of every case, by its name; stores are made in a folder."""
    stores = Stores(cache)
    found = {}
    with served(stores) as client:
        for case in cases(*PROTOCOLS):
            run = PROTOCOLS[case.suite]
            found[case.id] = _outcome(case, lambda case=case, run=run: run(case, client, stores))
        evaluated = cases(*evaluating.SUITES)
        evaluating.hold_data(evaluated, stores)
        for case in evaluated:
            found[case.id] = _outcome(case, lambda case=case: evaluating.evaluation(case, client))
    return found


def _outcome(case: Case, run: Callable[[], str]) -> Outcome:
    missing = not_offered(case)
    if missing:
        return Outcome(case.id, case.title, OUT, missing)
    try:
        return Outcome(case.id, case.title, PASSED, run())
    except DeviationError as deviation:
        reason = DEVIATIONS.get(case.id, f"Unexpected: {deviation}.")
        return Outcome(case.id, case.title, FAILED, reason)
