"""The table of SHACL engines in the README: `uv run python -m tests.portability [W3C FOLDER]`.

Seconds are of processor time, on all cores, of one run each, from N-Triples in memory to results;
what an engine needs once, as its Java, has been started before.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import psutil

from omissus.data import data_root, open_corpus
from omissus.findings import Findings
from omissus.graph import turtle_files
from omissus.shape_families import FAMILIES
from tests.shacl_engines import ENGINES, n_triples, told
from tests.shacl_suite import cases
from tests.worlds import FEDERAL

PUNJAB = "https://w3id.org/omissus/id/territory/pk-pb"
STATEMENT = "<urn:a> <urn:b> <urn:c> .\n"
DAYS = (date(2018, 1, 1), date(2026, 11, 24))


def row(name: str, data: str, folder: str) -> str:
    """One line of the table: results and seconds by each engine, and whether they are the same."""
    shapes = n_triples(*sorted((data_root() / "shapes" / folder).glob("*.ttl")))
    found, cells = [], []
    for engine in ENGINES.values():
        start = _processor_seconds()
        found.append(set(engine(data, shapes)))
        cells.append(f"{len(found[-1]):,} in {_processor_seconds() - start:.1f} s")
    same = "the same" if found.count(found[0]) == len(found) else "NOT THE SAME"
    return f"| {name} | {data.count(chr(10)):,} | {' | '.join(cells)} | {same} |"


def _processor_seconds() -> float:
    """Processor time so far, of this process and those in which Java runs."""
    here = psutil.Process()
    used = [process.cpu_times() for process in (here, *here.children(recursive=True))]
    return sum(times.user + times.system for times in used)


def score(folder: Path) -> str:
    """The line of the W3C's suite: tests met, of all."""
    suite = cases(folder)
    met = [sum(case.met(engine) for case in suite) for engine in ENGINES.values()]
    cells = " | ".join(f"{number} of {len(suite)}" for number in met)
    return f"| W3C SHACL test suite | | {cells} | |"


def main() -> None:
    """Print the table."""
    for engine in ENGINES.values():
        engine(STATEMENT, STATEMENT)
    print(f"| run on | triples | {' | '.join(ENGINES)} | results |")
    print(f"| --- | ---: |{' --- |' * len(ENGINES)} --- |")
    corpus = open_corpus()
    earlier, later = (Findings(corpus, day) for day in DAYS)
    for findings in (earlier, later):
        for territory in (FEDERAL, PUNJAB):
            place = f"{corpus.label(territory)}, {findings.day}"
            quads = FAMILIES["gaps"].graph(findings, territory, None)
            print(row(f"gaps: {place}", told(quads), "gaps"), flush=True)
    for about in ("conflicts", "regressions", "orphans"):
        quads = FAMILIES[about].graph(later, FEDERAL, earlier)
        print(row(f"{about}: federal law, {later.day}", told(quads), about), flush=True)
    print(row("integrity: all data", n_triples(*turtle_files(data_root())), "integrity"))
    if sys.argv[1:]:
        print(score(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
