"""Findings State by State, where a folder holds the law of many: streamed, in bounded memory."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from omissus.amending import AmendedGraph
from omissus.assessing import Assessment
from omissus.corpus import Corpus
from omissus.corpus_reading import read_corpus
from omissus.graph import DataError, collector_paused, load, refuse_unknown
from omissus.law import Law
from omissus.state_files import shared_files, state_files, states_below

WORKERS = 2


class Finding(NamedTuple):
    """The finding on one requirement, territory and sex, in words; `id` names it in addresses."""

    id: str
    verdict: str
    strict: str
    generous: str
    federal: str


@dataclass(frozen=True)
class StateFindings:
    """All that was asked of one State: its short name and name, the release of its data."""

    state: str
    name: str
    release: str
    findings: tuple[Finding, ...]


def findings_by_state(
    root: Path,
    day: date,
    demands: Collection[str] | None,
    sexes: Collection[str],
    workers: int = WORKERS,
) -> Iterator[StateFindings]:
    """The findings of each State below a folder on the law of a day, in the order of the States.

    `demands` are short names of requirements, all where None. Each process holds what is read for
    every State, and the law of one State at a time. Raises DataError.
    """
    asked = partial(_assess, day, demands, sexes)
    with ProcessPoolExecutor(workers, get_context("spawn"), _open, (root,)) as pool:
        yield from pool.map(asked, states_below(root))


_shared: list[Corpus] = []
"""In a worker: the corpus of what is read for every State."""


def _open(root: Path) -> None:
    corpus = read_corpus(load(root, shared_files(root)))
    _shared[:] = [corpus]
    gc.collect()
    gc.freeze()


def _assess(
    day: date, demands: Collection[str] | None, sexes: Collection[str], state: str
) -> StateFindings:
    """One State, with nothing collected until it is done: its law is one great web of cycles."""
    with collector_paused():
        found = assess_state(_shared[0], state, day, demands, sexes)
    gc.collect()
    return found


def assess_state(
    shared: Corpus,
    state: str,
    day: date,
    demands: Collection[str] | None,
    sexes: Collection[str],
) -> StateFindings:
    """The findings of one State, laid over the corpus of what is read for every State."""
    graph = AmendedGraph(shared.graph)
    for path in state_files(graph.root, state):
        graph.read(path)
    refuse_unknown(graph, graph.touched)
    corpus = read_corpus(graph, shared, graph.stale())
    own = next((s for s in corpus.states if corpus.slug(s.iri) == state), None)
    if own is None:
        remedy = "Describe it as a territory with this short name, in om:slug."
        raise DataError(str(graph.root / "statutes"), f"no State {state!r}", remedy)
    assessment = Assessment(Law(corpus, day))
    rows = []
    for requirement in corpus.requirements:
        if demands is not None and requirement.slug not in demands:
            continue
        federal = assessment.verdicts(requirement, own.iri)
        for territory in own.territories:
            found = assessment.verdicts(requirement, territory)
            place = f"{requirement.slug}.{territory.rsplit('/', 1)[-1]}"
            for sex in sexes:
                told = (*found[sex], federal[sex].verdict)
                verdict, strict, generous, by_federal_law = map(str, told)
                rows.append(Finding(f"{place}.{sex}", verdict, strict, generous, by_federal_law))
    return StateFindings(state, own.name, graph.release, tuple(rows))
