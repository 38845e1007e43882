"""One changed provision against a full run: every version with an offence in force, ended today."""

from __future__ import annotations

from statistics import median, quantiles
from time import perf_counter

from omissus.amending import AmendedGraph
from omissus.changed import change
from omissus.corpus_reading import read_corpus
from omissus.findings import Findings
from omissus.graph import load
from omissus.vocabulary import NO_LONGER_IN_FORCE
from tests.bench.conftest import DAY
from tests.bench.record import Row

WHAT_IF = "one changed provision"


def ended(graph, version):
    amended = AmendedGraph(graph)
    if version.end:
        amended.remove(version.iri, NO_LONGER_IN_FORCE, version.end)
    amended.add(version.iri, NO_LONGER_IN_FORCE, DAY)
    return amended


def test_a_what_if(benchmark, pakistan, record):
    graph = pakistan.corpus.graph
    versions = {o.version.iri: o.version for o in pakistan.corpus.offences.values()}
    standing = [version for version in versions.values() if version.in_force(DAY)]
    taken = []

    def run():
        for version in standing:
            begun = perf_counter()
            list(change(pakistan, ended(graph, version)).verdicts())
            taken.append(perf_counter() - begun)

    benchmark.pedantic(run, rounds=3)
    full = median(_full(lambda: graph) for _ in range(7))
    whole = median(_full(lambda: load(graph.root, graph.files)) for _ in range(7))
    tenths = quantiles(taken, n=10)
    size = f"{len(standing)} provisions, one by one"
    record.add(Row(WHAT_IF, "full run from the loaded graph", "whole matrix", full))
    record.add(Row(WHAT_IF, "full run from the files", "whole matrix", whole))
    for told, seconds in (("median", median(taken)), ("slowest tenth", tenths[-1])):
        note = f"ratio to the full run from the files: {whole / seconds:.0f}"
        record.add(Row(WHAT_IF, f"what-if, {told}", size, seconds, ratio=full / seconds, note=note))


def _full(read):
    begun = perf_counter()
    list(Findings(read_corpus(read()), DAY).cells())
    return perf_counter() - begun
