"""The life of a worker process: its limits, and its talk with the server, one job at a time.

The server ends it when a query takes too long; the system ends it when a query takes too much
memory; it ends by itself when the server is gone.
"""

from __future__ import annotations

import re
import resource
import signal
import socket
import sys
from pathlib import Path
from time import monotonic

from omissus.http.jobs import Answer, Inbox, Job, RefusedError, as_reply, frame, memory_limit
from omissus.http.worker import Stores, answer, forbid_new_files

DEEPEST = 5000
"""Frames of Python that the slow parser may nest."""
QUICK = 0.005
"""Seconds in which no query can take much memory."""


def _memory_at_birth() -> int:
    """Bytes of memory that came from the parent and count against the limit, where known."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    found = re.search(r"^VmData:\s+(\d+) kB", status.read_text(), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _limit(most_memory: int) -> None:
    most = _memory_at_birth() + most_memory
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a full memory is not written to disk


def _peak_memory() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _outcome(stores: Stores, job: Job) -> Answer | RefusedError:
    try:
        return answer(stores, job)
    except RefusedError as refusal:
        return refusal
    except MemoryError:
        return memory_limit()
    except Exception as fault:  # the worker must live, whatever a parser stumbles on
        return RefusedError(500, "query-failed", "The query failed", f"{fault!r}.")


def work(channel: socket.socket, stores: Stores, seconds: float, most_memory: int) -> None:
    """Answer jobs until the server hangs up. The alarm ends an orphan that nobody kills.

    With each reply goes how long it took, and whether the process has grown so large that it should
    be replaced.
    """
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)  # the server decides when a running query ends
    sys.setrecursionlimit(DEEPEST)
    _limit(most_memory)
    forbid_new_files()
    large = _peak_memory() + most_memory // 2
    inbox = Inbox(channel)
    channel.sendall(frame(()))
    while True:
        try:
            job = Job(*inbox.next())
        except (EOFError, OSError):
            return
        began = monotonic()
        signal.setitimer(signal.ITIMER_REAL, seconds + 1)
        outcome = _outcome(stores, job)
        signal.setitimer(signal.ITIMER_REAL, 0)
        taken = monotonic() - began
        is_large = taken > QUICK and _peak_memory() > large
        channel.sendall(frame(as_reply(outcome, taken, is_large)))
