"""The life of a worker process: its limits, and its talk with the server, one job at a time.

The server ends it when a query takes too long; the system ends it when a query takes too much
memory; it ends by itself when the server is gone.
"""

from __future__ import annotations

import signal
import socket
import sys

from omissus.http.jobs import Answer, Job, RefusedError, frame, memory_limit, read_frame
from omissus.http.worker import Stores, answer

DEEPEST = 5000
"""Frames of Python that the slow parser may nest."""


def _limit(most_memory: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most_memory, most_memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a full memory is not written to disk


def _peak_memory() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _alarm(seconds: float) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _reply(stores: Stores, job: Job) -> Answer | RefusedError:
    try:
        return answer(stores, job)
    except RefusedError as refusal:
        return refusal
    except MemoryError:
        return memory_limit()
    except Exception as fault:  # the worker must live, whatever a parser stumbles on
        return RefusedError(500, "query-failed", "The query failed", f"{fault!r}.")


def work(channel: socket.socket, seconds: float, most_memory: int, first_store: str | None) -> None:
    """Answer jobs until the server hangs up. The alarm ends an orphan that nobody kills.

    With each reply goes whether the process has grown so large that it should be replaced.
    """
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)  # the server decides when a running query ends
    sys.setrecursionlimit(DEEPEST)
    _limit(most_memory)
    stores = Stores()
    if first_store:
        stores.of(first_store)
    channel.sendall(frame("ready"))
    while True:
        try:
            job = read_frame(channel)
        except (EOFError, OSError):
            return
        _alarm(seconds + 1)
        reply = _reply(stores, job)
        _alarm(0)
        channel.sendall(frame((reply, _peak_memory() > most_memory // 2)))
