"""A few worker processes, each killed and replaced when a query outlives its time.

A query that runs long does not stand in the way of short ones: it is slowed down, no longer counts
against the number of workers, and another worker takes its place, up to `most_workers`. When all
of these are busy and queries wait, the one that has run longest is ended, once it has had its fair
share.

While queries take less than it costs to wake a worker, one worker answers them in turn.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from omissus.http.jobs import Answer, Job, RefusedError
from omissus.http.limits import Limits, nobody_free, time_limit
from omissus.http.metrics import Metrics
from omissus.http.nursery import Nursery
from omissus.http.waiting import Waiting
from omissus.http.workers import IsGone, Order, Worker

LOGGER = logging.getLogger("omissus")

PATIENCE = 0.1
"""Seconds after which a query runs long."""
ROUND = 0.05
"""Seconds between two looks at those that run and those that wait."""
QUICK = 0.0004
"""Seconds that a query takes, of late, where it is better to wait for a worker than to wake one."""
SOON = 0.002
"""Seconds after which a query that waited for one worker is given to another after all."""
MEMORY = 64
"""About how many queries back "of late" reaches."""
REST = 1.0
"""Seconds after which something that failed is tried again."""


class Pool:
    """Worker processes for the queries of one server."""

    def __init__(self, limits: Limits, metrics: Metrics) -> None:
        self.limits = limits
        self._metrics = metrics
        self._answered = metrics.queries.labels("answered")
        self._nursery: Nursery | None = None
        self._opened: tuple[Path | None, Path | None] = None, None
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []  # the one used last is used first: its caches are warm
        self._waiting = Waiting()
        self._usual = 0.0  # seconds that a query took of late
        self._looking: asyncio.TimerHandle | None = None
        self._spreading: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

        metrics.watch(
            "omissus_workers_busy",
            "Worker processes that run a query.",
            lambda: len(self._workers) - len(self._idle),
        )
        metrics.watch("omissus_queries_waiting", "Queries that wait.", lambda: len(self._waiting))

    @property
    def ready(self) -> bool:
        """Whether a worker waits or works."""
        return any(worker.ready for worker in self._workers)

    async def open(self, store: Path | None = None, quads: Path | None = None) -> None:
        """Start workers that hold the store of this folder, of which `quads` is a copy, in memory.

        They replace those of the store opened before; other stores they read from disk, as they do
        this one where there is no copy. Raises OSError.
        """
        nursery = Nursery(self._reopen)
        await nursery.open(store, quads, self.limits.seconds, self.limits.most_memory)
        if self._nursery:
            self._nursery.retire()
        self._nursery, self._opened = nursery, (store, quads)
        for worker in list(self._workers):
            worker.retires = True
            if worker in self._idle:
                worker.end()
        self._fill()

    def _reopen(self, lost: Nursery) -> None:
        """Begin anew where the process that held the store was ended from outside."""
        if self._closed or lost is not self._nursery:
            return
        LOGGER.error("the process that holds the store has ended; another is started")
        self._nursery = None
        for worker in list(self._workers):
            worker.end(nobody_free("The server lost its store and opens it again."))
        self._keep(self._open_again(*self._opened))

    async def _open_again(self, store: Path | None, quads: Path | None) -> None:
        while True:
            await asyncio.sleep(ROUND)
            try:
                return await self.open(store, quads)
            except OSError:
                LOGGER.exception("the store could not be opened again")
                await asyncio.sleep(REST)

    async def close(self) -> None:
        """End every worker."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        workers = list(self._workers)
        for worker in workers:
            worker.end(nobody_free("The server is shutting down."))
        while order := self._waiting.next():
            order.reply.set_exception(nobody_free("The server is shutting down."))
        for worker in workers:
            await worker.buried.wait()
        if self._nursery:
            await self._nursery.end()

    def begin(self, job: Job, is_gone: IsGone | None = None) -> asyncio.Future[Answer]:
        """The answer to come to a job, or RefusedError: 503 when time is up or no worker is free.

        `is_gone` is awaited only for a query that runs long, which ends when it returns.
        """
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[Answer] = loop.create_future()
        reply.add_done_callback(self._count)
        order = Order(job, reply, is_gone)
        if self._idle and not self._is_soon_free():
            self._idle.pop().ask(order)
        elif self._closed or len(self._waiting) >= self.limits.most_waiting:
            reply.set_exception(nobody_free("Too many queries wait. Ask again shortly."))
        else:
            self._waiting.add(order)
            self._spread_soon()
        if self._looking is None:
            self._looking = loop.call_later(ROUND, self._look)
        return reply

    async def run(self, job: Job, is_gone: IsGone | None = None) -> Answer:
        """The answer to a job. Raises RefusedError, as `begin`."""
        return await self.begin(job, is_gone)

    def _count(self, reply: asyncio.Future[Answer]) -> None:
        if reply.cancelled():
            for worker in [worker for worker in self._workers if worker.works_on(reply)]:
                worker.end()
            return
        fault = reply.exception()
        if fault is None:
            self._answered.inc()
        elif isinstance(fault, RefusedError):
            self._metrics.queries.labels(fault.slug).inc()

    def _is_soon_free(self) -> bool:
        """Whether a worker has just begun a query, of which most are quick."""
        if self._usual >= QUICK:
            return False
        now = monotonic()
        return any(worker.is_busy and now - worker.since < SOON for worker in self._workers)

    def _spread(self) -> None:
        """Wake a worker for each order that has not been taken soon."""
        self._spreading = None
        while self._idle and (order := self._waiting.next(SOON)):
            self._idle.pop().ask(order)
        self._spread_soon()

    def _spread_soon(self) -> None:
        """Let no order wait for one worker while another is idle, but for a moment."""
        if self._idle and self._waiting and self._spreading is None:
            self._spreading = asyncio.get_running_loop().call_later(SOON, self._spread)

    def _look(self) -> None:
        """See to those that run long, to those that wait too long, and look again."""
        loop = asyncio.get_running_loop()
        now = monotonic()
        busy = [worker for worker in self._workers if worker.is_busy]
        for worker in busy:
            self._see_to(worker, now - worker.since)
        self._fill()
        while order := self._waiting.next(self.limits.queue_seconds):
            detail = "All workers are busy with other queries. Ask again shortly."
            order.reply.set_exception(nobody_free(detail))
        if self._waiting and len(self._workers) >= self.limits.most_workers:
            self._make_room(busy, now)
        going_on = bool(busy or self._waiting)
        self._looking = loop.call_later(ROUND, self._look) if going_on else None

    def _see_to(self, worker: Worker, seconds: float) -> None:
        if seconds >= self.limits.seconds or worker.is_unwanted:
            worker.end(time_limit(self.limits.seconds))
        elif seconds >= self.limits.fair_seconds and not worker.retires:
            worker.slow_down()
        elif seconds >= PATIENCE and not worker.runs_long:
            worker.watch()

    def _make_room(self, busy: list[Worker], now: float) -> None:
        """End the query that has run longest, where it has had its share and others wait."""
        oldest = min(busy, key=lambda worker: worker.since, default=None)
        if oldest and now - oldest.since >= self.limits.fair_seconds:
            oldest.end(nobody_free("Others wait, and this query has had its share of time."))

    def _fill(self) -> None:
        nursery = self._nursery
        if self._closed or not nursery:
            return
        long = sum(worker.runs_long for worker in self._workers)
        wanted = min(self.limits.workers + long, self.limits.most_workers)
        for _ in range(wanted - len(self._workers)):
            worker = Worker(self._take_back, self._lose)
            self._workers.add(worker)
            self._keep(self._start(worker, nursery))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)  # the loop itself does not keep it from being collected
        task.add_done_callback(self._tasks.discard)

    async def _start(self, worker: Worker, nursery: Nursery) -> None:
        try:
            await worker.start(nursery)
        except OSError:
            self._lose(worker)

    def _take_back(self, worker: Worker, seconds: float) -> None:
        self._usual += (seconds - self._usual) / MEMORY
        order = None if self._is_soon_free() else self._waiting.next()
        if order:
            worker.ask(order)
        elif len(self._idle) < self.limits.workers:
            self._idle.append(worker)
            self._spread_soon()
        else:
            worker.end()  # it stood in for one that ran long

    def _lose(self, worker: Worker) -> None:
        self._workers.discard(worker)
        self._metrics.lost_workers.inc()
        with suppress(ValueError):
            self._idle.remove(worker)
        if worker.ready:
            self._fill()
        else:  # it could not even start: not again at once
            asyncio.get_running_loop().call_later(REST, self._fill)
