"""A few worker processes, each killed and replaced when a query outlives its time."""

from __future__ import annotations

import multiprocessing
import queue
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock

from omissus.http.jobs import Answer, Job, RefusedError, memory_limit

START_SECONDS = 60.0


@dataclass(frozen=True)
class Limits:
    """What one query may take, and how many run side by side."""

    seconds: float = 10.0
    most_bytes: int = 10_000_000
    most_memory: int = 1 << 30
    workers: int = 2
    queue_seconds: float = 5.0


def _work(connection: Connection, seconds: float, most_memory: int) -> None:
    from omissus.http.worker import work  # only the child loads the parser and the store

    work(connection, seconds, most_memory)


class _Worker:
    def __init__(self, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, far_end = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_work, args=(far_end, limits.seconds, limits.most_memory), daemon=True
        )
        self.process.start()
        far_end.close()
        self.ready = False

    def is_ready(self) -> bool:
        """Whether the process has loaded what it needs, waiting until it has."""
        try:
            if not self.ready and self.connection.poll(START_SECONDS):
                self.ready = self.connection.recv() == "ready"
        except (EOFError, ConnectionError):
            pass
        return self.ready

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


class Pool:
    """Worker processes for the queries of one server, started when the first query comes."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._idle: queue.Queue[_Worker] = queue.Queue()
        self._workers: set[_Worker] = set()
        self._lock = Lock()
        self._closed = False

    def run(self, job: Job) -> Answer:
        """The answer to a job. Raises RefusedError, 503 when time is up or no worker is free."""
        worker = self._take()
        try:
            if not worker.is_ready():
                worker.kill()
                detail = "A worker process did not start."
                raise RefusedError(500, "worker-failed", "Worker failed", detail)
            worker.connection.send(job)
            if not worker.connection.poll(self.limits.seconds):
                worker.kill()
                raise RefusedError(
                    503,
                    "time-limit",
                    "Time limit",
                    f"The query took longer than {self.limits.seconds:g} seconds and was ended. "
                    "Ask for less, or fix more of the pattern.",
                    {"retry_after": 1},
                )
            reply = worker.connection.recv()
        except (EOFError, ConnectionError):
            worker.kill()
            raise memory_limit() from None
        finally:
            self._give_back(worker)
        if isinstance(reply, RefusedError):
            raise reply
        assert isinstance(reply, Answer)
        return reply

    def _take(self) -> _Worker:
        with self._lock:
            while not self._closed and len(self._workers) < self.limits.workers:
                self._idle.put(self._started())
        try:
            return self._idle.get(timeout=self.limits.queue_seconds)
        except queue.Empty:
            detail = "All workers are busy with other queries. Ask again shortly."
            raise RefusedError(503, "busy", "Busy", detail, {"retry_after": 2}) from None

    def _started(self) -> _Worker:
        worker = _Worker(self.limits)
        self._workers.add(worker)
        return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if not worker.process.is_alive():
                self._workers.discard(worker)
                if self._closed:
                    return
                worker = self._started()
        self._idle.put(worker)

    def close(self) -> None:
        """End every worker."""
        with self._lock:
            self._closed = True
            for worker in self._workers:
                worker.kill()
            self._workers.clear()
