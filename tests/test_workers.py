"""Who answers which query, and for how long: the pool, and the life of one worker."""

from __future__ import annotations

import asyncio
import signal
import socket
from threading import Thread
from time import monotonic

from omissus.http import child
from omissus.http.jobs import Answer, Inbox, Job, frame
from omissus.http.limits import Limits
from omissus.http.metrics import Metrics
from omissus.http.pool import SOON, Pool

SECONDS = 10.0
JOB = Job("store", "ASK {}", None, None, None)


def test_each_query_of_a_worker_has_the_whole_time(monkeypatch):
    alarms = []
    for part in ("_limit", "forbid_new_files"):
        monkeypatch.setattr(child, part, lambda *_: None)
    monkeypatch.setattr(child, "answer", lambda *_: Answer("text/plain", b""))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(signal, "setitimer", lambda _, seconds: alarms.append(seconds))
    near, far = socket.socketpair()

    def ask_twice() -> None:
        inbox = Inbox(near)
        inbox.next()
        for _ in range(2):
            near.sendall(frame(tuple(JOB)))
            inbox.next()
        near.close()

    asking = Thread(target=ask_twice)
    asking.start()
    child.work(far, None, SECONDS, 1 << 30)
    asking.join()
    far.close()
    assert alarms == [SECONDS + 1, 0, SECONDS + 1, 0]


class Stub:
    """A worker as the pool sees it, which answers nothing."""

    def __init__(self) -> None:
        self.is_busy = self.runs_long = self.retires = self.is_unwanted = False
        self.since = 0.0
        self.asked = []

    def ask(self, order) -> None:
        self.is_busy, self.since = True, monotonic()
        self.asked.append(order)


def test_no_query_is_forgotten_while_a_worker_is_idle():
    """One that waits for a worker which soon should be free is given to another if it is not."""

    async def run() -> None:
        pool = Pool(Limits(), Metrics())
        slow, free = Stub(), Stub()
        pool._workers = {slow, free}
        for worker in (slow, free):
            worker.ask(None)
        waiting = pool.begin(JOB)
        slow.since = monotonic()
        free.is_busy = False
        pool._take_back(free, 0.0)
        assert free.asked == [None]
        await asyncio.sleep(20 * SOON)
        assert free.asked[1].reply is waiting

    asyncio.run(run())
