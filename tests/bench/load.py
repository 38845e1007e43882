"""Requests per second of `omissus serve` and of Oxigraph's own server, on the same data in one run.

    uv run python -m tests.bench.load [--seconds 10] [--rounds 3]

Needs wrk (a Debian package of that name). Eight clients ask both servers in turn, so that other
work on the machine falls on both; the table tells the median of the rounds. The server is asked
once it has made the validation reports of the day, a minute or two after its first start.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import NamedNode, Store

from tests.server import free_port, running

HERE = Path(__file__).parent
CLIENTS = 8
KINDS = {"lookup": 0.5, "join": 0.95, "repeated": 1.0}
"""Kinds of requests, each with the share of Oxigraph's requests per second that is aimed at."""


@contextmanager
def oxigraph(store: Path) -> Iterator[str]:
    """Address of Oxigraph's own server over a store."""
    port = free_port()
    place = ("--location", str(store), "--bind", f"127.0.0.1:{port}")
    program = str(Path(sys.executable).with_name("oxigraph"))
    command = [program, "serve-read-only", *place, "--union-default-graph"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        time.sleep(2)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def measured(address: str, kind: str, subjects: Path, seconds: int) -> tuple[float, int]:
    """Requests per second that a server answers, and how many answers were errors."""
    command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "-s", str(HERE / "load.lua"), address]
    arguments = ["--", kind, str(subjects), str(HERE / "joins.rq")]
    told = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    broken = re.findall(r"(?:connect|read|write|timeout) (\d+)", told)
    assert rate, told
    return float(rate[1]), int(errors[1] if errors else 0) + sum(map(int, broken))


def subjects_of(store: Path) -> list[str]:
    """The named subjects of a store."""
    quads = Store.read_only(str(store))
    return sorted({q.subject.value for q in quads if isinstance(q.subject, NamedNode)})


def wait_for_reports(cache: Path) -> None:
    """Return when the server has made the validation reports of the day and opened them."""
    while not list((cache / "reports").glob("*.nq")):
        time.sleep(1)
    while len(list((cache / "stores").glob("20*"))) < 2:
        time.sleep(1)
    time.sleep(5)  # its workers change over


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare the load that two servers bear.")
    parser.add_argument("--seconds", type=int, default=10, help="length of one measurement")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as ours:
        wait_for_reports(Path(folder))
        store = max((Path(folder) / "stores").glob("20*"), key=lambda path: path.stat().st_mtime)
        subjects = Path(folder) / "subjects"
        names = subjects_of(store)
        subjects.write_text("\n".join(names), encoding="utf-8")
        print(f"{len(Store.read_only(str(store)))} quads, {len(names)} subjects")
        print(f"{'':10}{'ours':>9}{'theirs':>9}{'ratio':>7}{'aim':>6}{'errors':>8}  ratios")
        with oxigraph(store) as theirs:
            for kind, aim in KINDS.items():
                rounds = [
                    [measured(place, kind, subjects, asked.seconds) for place in (ours, theirs)]
                    for _ in range(asked.rounds)
                ]
                a, b = (statistics.median(pair[side][0] for pair in rounds) for side in (0, 1))
                ratios = [pair[0][0] / pair[1][0] for pair in rounds]
                errors = sum(pair[0][1] for pair in rounds)
                each = " ".join(f"{ratio:.2f}" for ratio in ratios)
                ratio = statistics.median(ratios)
                print(f"{kind:10}{a:9.0f}{b:9.0f}{ratio:7.2f}{aim:6.2f}{errors:8}  {each}")


if __name__ == "__main__":
    main()
