"""One State, every demand, eight territories, girls and boys, both readings: engine and peers.

The engine starts from the loaded graph, types the corpus and compiles its terms; or, as the peers
do, from what is read and compiled already. The peers start from graphs of one day and territory in
which fact patterns are tied to offences already; making those is not counted. pySHACL has them in
memory, `shacl` and HermiT read them.
"""

from __future__ import annotations

from time import perf_counter

import pytest
import shacl

from omissus.corpus_reading import read_corpus
from omissus.findings import Findings
from omissus.gap_shapes import GAPS
from omissus.proof import prove
from omissus.rdf import rdf_graph
from omissus.shapes import read_shapes, report
from omissus.snapshot import snapshot
from tests.bench.conftest import DAY
from tests.bench.record import Row
from tests.shacl_engines import n_triples, told

SEXES = ("girl", "boy")
STATE = "all findings of one State"
ENGINE = "engine, from the loaded graph"
COMPILED = "engine, corpus read and terms compiled"


@pytest.fixture(scope="module")
def snapshots(pakistan):
    """The snapshot of each territory."""
    begun = perf_counter()
    made = [snapshot(pakistan, territory) for territory in pakistan.corpus.territories]
    return made, perf_counter() - begun


def size(findings):
    return f"{len(findings.corpus.requirements)} demands x {len(findings.corpus.territories)}"


def test_the_engine(benchmark, pakistan, record):
    graph = pakistan.corpus.graph

    def run():
        return list(Findings(read_corpus(graph), DAY).cells(sexes=SEXES))

    cells = benchmark.pedantic(run, rounds=15, warmup_rounds=2)
    seconds = benchmark.stats.stats.median
    record.add(Row(STATE, ENGINE, size(pakistan), seconds, note=f"{len(cells)} findings"))


def test_the_engine_with_a_corpus_read(benchmark, pakistan, record):
    def run():
        return list(Findings(pakistan.corpus, DAY).cells(sexes=SEXES))

    benchmark.pedantic(run, rounds=15, warmup_rounds=2)
    record.add(Row(STATE, COMPILED, size(pakistan), benchmark.stats.stats.median))


def test_pyshacl(benchmark, pakistan, snapshots, record):
    made, making = snapshots
    shapes = read_shapes(pakistan.corpus.graph.root / GAPS)
    graphs = [rdf_graph(quads) for quads in made]

    def run():
        return [report(graph, shapes) for graph in graphs]

    benchmark.pedantic(run, rounds=2)
    _peer(record, "pySHACL", pakistan, benchmark, f"snapshots in memory; {making:.0f} s to make")


def test_the_fastest_portable_engine(benchmark, pakistan, snapshots, record):
    texts = [told(quads) for quads in snapshots[0]]
    folder = pakistan.corpus.graph.root / GAPS
    shapes = shacl.Shapes.from_text(n_triples(*sorted(folder.glob("*.ttl"))), "ntriples")

    def run():
        return [shapes.validate_text(text, "ntriples") for text in texts]

    benchmark.pedantic(run, rounds=3)
    _peer(record, "shacl (Rust)", pakistan, benchmark, "reads the snapshots from memory as text")


def test_hermit(benchmark, pakistan, record):
    """Bounded: the acts of art 3(1) in the federal column alone."""
    state = pakistan.corpus.states[0].iri
    acts = [r for r in pakistan.corpus.requirements if r.citation.startswith("OPSC art 3(1)")]

    def run():
        return prove(pakistan, state, acts, sexes=SEXES)

    proofs, _ = benchmark.pedantic(run, rounds=1)
    taken = benchmark.stats.stats.median
    note = f"{len(proofs)} proofs: art 3(1) in one column, not the whole State"
    record.add(Row("acts of art 3(1), one column", "HermiT", f"{len(acts)} acts", taken, note=note))


def _peer(record, name, findings, benchmark, note):
    seconds = benchmark.stats.stats.min
    ratio = seconds / record.seconds(STATE, ENGINE)
    note += f"; {seconds / record.seconds(STATE, COMPILED):.0f} times the engine with a corpus read"
    record.add(Row(STATE, name, size(findings), seconds, ratio=ratio, note=note))
