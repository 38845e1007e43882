"""Growth with States and with offences, as a user runs it, with the memory of all processes."""

from __future__ import annotations

import gc
from time import perf_counter

import pytest

from omissus.by_state import assess_state
from omissus.corpus_reading import read_corpus
from omissus.graph import collector_paused, load
from omissus.state_files import shared_files
from omissus.synth import OFFENCES
from tests.bench.conftest import DAY
from tests.bench.record import Row

PEERS = (
    "pySHACL, shacl and HermiT are run on one State only: making its snapshots takes them longer"
)


@pytest.mark.parametrize("states", [1, 10, 178])
def test_states(benchmark, worlds, run, record, states):
    folder = worlds(states)
    peaks = []

    def gaps():
        taken, peak = run("--data", str(folder), "gaps", "--at", DAY.isoformat())
        peaks.append(peak)
        return taken

    taken = benchmark.pedantic(gaps, rounds=1)
    note = f"two processes, from the files; {PEERS}" if states > 1 else "one process, the matrix"
    record.grew("States", states, taken)
    record.add(Row("States", "omissus gaps", str(states), taken, max(peaks), note=note))


@pytest.mark.parametrize("times", [1, 2, 4, 8])
def test_offences(benchmark, state_of, record, times):
    folder = state_of(OFFENCES * times)
    shared = read_corpus(load(folder, shared_files(folder)))

    def assess():
        begun = perf_counter()
        with collector_paused():
            assess_state(shared, "t001", DAY, None, ("girl", "boy"))
        return perf_counter() - begun

    benchmark.pedantic(assess, rounds=3, setup=lambda: gc.collect() and None)
    seconds = benchmark.stats.stats.min
    record.grew("offences of one State", OFFENCES * times, seconds)
    first = record.growth["offences of one State"][OFFENCES]
    note = f"{seconds / first:.1f} times the time for {times} times the offences"
    record.add(Row("offences of one State", "engine", str(OFFENCES * times), seconds, note=note))


def test_a_cold_start(benchmark, run, record):
    peaks = []

    def gaps():
        peaks.append(run("gaps")[1])

    benchmark.pedantic(gaps, rounds=5)
    bare = min(run("--help")[0] for _ in range(3))
    seconds = benchmark.stats.stats.median
    note = f"of which {bare:.2f} s until --help is printed"
    record.add(Row("cold start", "omissus gaps", "real corpus", seconds, max(peaks), note=note))
