"""A running server under requests that mean harm: clear answers in time, and nobody suffers."""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx2
import psutil
import pytest

from tests import hostile
from tests.server import COMMAND, free_port, wait_until_ready

SECONDS = 1.0
GRACE = 0.5
AT_ONCE = 3
TWO_BUSY_CORES = 0.02
"""Seconds that the scheduler may add to an ordinary query while the cores are full."""
GROWTH = 50 << 20
LOOKUP = "SELECT ?p ?o {{ <https://w3id.org/omissus/def#Finding> ?p ?o }} # {}"
DIRECT = {"Content-Type": "application/sparql-query"}
ENDS = {400, 413, 503}


@dataclass(frozen=True)
class Outcome:
    """What came back: no status where the connection was closed instead."""

    status: int | None
    kind: str
    body: bytes
    seconds: float


@pytest.fixture(scope="module")
def server(stores):
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--seconds", str(SECONDS)]
    environment = {**os.environ, "OMISSUS_CACHE": str(stores)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield port, psutil.Process(process.pid)
        process.terminate()
        process.wait(timeout=30)


CLIENT = httpx2.Client(timeout=30, headers=DIRECT)


def asked(port: int, query: str) -> Outcome:
    began = time.monotonic()
    answer = CLIENT.post(f"http://127.0.0.1:{port}/sparql", content=query.encode())
    kind = answer.headers["content-type"].partition(";")[0]
    return Outcome(answer.status_code, kind, answer.content, time.monotonic() - began)


def sent(port: int, request: bytes) -> Outcome:
    """The first answer to bytes; what follows them must not be taken for another request."""
    began = time.monotonic()
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            connection.sendall(request)
            while b"\r\n\r\n" not in got and (piece := connection.recv(65536)):
                got += piece
        except ConnectionError:
            pass
    seconds = time.monotonic() - began
    head, _, body = got.partition(b"\r\n\r\n")
    status = int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else None
    kind = next((line for line in head.lower().split(b"\r\n") if b"content-type" in line), b"")
    return Outcome(status, kind.decode().partition(": ")[2], body, seconds)


class Ordinary:
    """Somebody who asks small questions all the time, each another one."""

    def __init__(self, port: int) -> None:
        self.seconds: list[float] = []
        self.failures: list[int] = []
        self._client = httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Ordinary:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._client.close()

    def _ask(self) -> None:
        while not self._stop.wait(0.01):
            began = time.monotonic()
            answer = self._client.get("/sparql", params={"query": LOOKUP.format(began)})
            self.seconds.append(time.monotonic() - began)
            if answer.status_code != 200:
                self.failures.append(answer.status_code)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Siege:
    """What came of all hostile requests, and how it was for the others meanwhile."""

    outcomes: dict[str, Outcome]
    usual: float
    meanwhile: float
    failures: list[int]
    growth: int


@pytest.fixture(scope="module")
def siege(server, canary):
    port, process = server
    address, _ = canary
    with Ordinary(port) as before:
        time.sleep(2)
    size = process.memory_info().rss
    queries = {**hostile.HEAVY, **hostile.DEEP, **hostile.MANY}
    queries |= {name: q.replace("CANARY", address) for name, q in hostile.SERVICES.items()}
    with Ordinary(port) as meanwhile, ThreadPoolExecutor(AT_ONCE) as crowd:
        found = {name: crowd.submit(asked, port, query) for name, query in queries.items()}
        found |= {name: crowd.submit(sent, port, data) for name, data in hostile.RAW.items()}
        outcomes = {name: future.result() for name, future in found.items()}
    for name, query in queries.items():
        if outcomes[name].seconds >= SECONDS + GRACE:  # alone, in case the machine was busy
            outcomes[name] = asked(port, query)
    growth = process.memory_info().rss - size
    return Siege(outcomes, before.median, meanwhile.median, meanwhile.failures, growth)


def is_whole(outcome: Outcome) -> bool:
    """Whether a refusal is a whole problem document that tells its own status."""
    told = json.loads(outcome.body)
    return outcome.kind == "application/problem+json" and told["status"] == outcome.status


@pytest.mark.parametrize("name", hostile.HEAVY)
def test_a_query_that_asks_for_too_much_is_ended_in_time(siege, name):
    outcome = siege.outcomes[name]
    assert outcome.status in ENDS
    assert is_whole(outcome)
    assert outcome.seconds < SECONDS + GRACE


@pytest.mark.parametrize("name", hostile.DEEP)
def test_a_query_that_is_nested_too_deeply_is_refused_or_answered(siege, name):
    outcome = siege.outcomes[name]
    assert outcome.seconds < SECONDS + GRACE
    assert outcome.status == 200 or (outcome.status in ENDS and is_whole(outcome))


@pytest.mark.parametrize("name", hostile.MANY)
def test_a_long_query_is_answered_or_ended(siege, name):
    outcome = siege.outcomes[name]
    assert outcome.seconds < SECONDS + GRACE
    assert json.loads(outcome.body)


@pytest.mark.parametrize("name", hostile.SERVICES)
def test_a_query_that_would_call_another_server_is_refused(siege, canary, name):
    outcome = siege.outcomes[name]
    assert outcome.status in (400, 403)
    assert is_whole(outcome)
    assert canary[1] == []


@pytest.mark.parametrize("name", hostile.RAW)
def test_a_request_that_breaks_http_is_refused_or_cut_off(siege, name):
    outcome = siege.outcomes[name]
    assert outcome.status is None or 400 <= outcome.status < 500
    assert outcome.seconds < SECONDS + GRACE


def test_ordinary_queries_hardly_notice(siege):
    assert siege.failures == []
    assert siege.meanwhile < 2 * siege.usual + TWO_BUSY_CORES


def test_the_memory_of_the_server_comes_back(siege):
    assert siege.growth < GROWTH


def workers(process: psutil.Process) -> list[psutil.Process]:
    """The processes that the one which holds the store has forked."""
    return [child for held in process.children() for child in held.children()]


def test_a_killed_worker_takes_one_request_with_it_at_most(server):
    port, process = server
    statuses = []

    def many() -> None:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            for _ in range(100):
                query = LOOKUP.format(time.monotonic())
                statuses.append(client.get("/sparql", params={"query": query}).status_code)

    with ThreadPoolExecutor(8) as crowd:
        busy = [crowd.submit(many) for _ in range(8)]
        time.sleep(0.1)
        workers(process)[0].send_signal(signal.SIGKILL)
        for one in busy:
            one.result()
    assert len(statuses) == 800
    assert len([status for status in statuses if status != 200]) <= 1


def test_a_server_told_to_stop_answers_what_runs_and_leaves_nobody_behind(stores):
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--seconds", "1"]
    environment = {**os.environ, "OMISSUS_CACHE": str(stores)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as process:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        family = psutil.Process(process.pid).children(recursive=True)
        assert len(family) >= 3
        with ThreadPoolExecutor(1) as asker:
            endless = asker.submit(asked, port, hostile.HEAVY["cross product counted"])
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            outcome = endless.result()
        log = process.stderr.read().decode()
        process.wait(timeout=10)
    assert outcome.status == 503
    assert is_whole(outcome)
    psutil.wait_procs(family, timeout=5)
    assert [child for child in family if child.is_running()] == []
    lines = [json.loads(line) for line in log.splitlines()]
    asked_for = next(line for line in lines if line.get("path") == "/sparql")
    assert asked_for["status"] == 503
    assert len(asked_for["query"]) == 16
    assert "COUNT" not in log
