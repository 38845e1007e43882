"""A worker process as the server sees it: it answers one job at a time, or it is ended."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import NamedTuple, cast

from omissus.http.jobs import Answer, Frames, Job, RefusedError, frame, memory_limit, outcome_of
from omissus.http.nursery import Forked, Nursery

IsGone = Callable[[], Awaitable[object]]
"""Returns when nobody wants an answer any more."""


class Order(NamedTuple):
    """A job, its answer to come, and how to learn that nobody wants it any more."""

    job: Job
    reply: asyncio.Future[Answer]
    is_gone: IsGone | None


def _death(exit_code: int) -> RefusedError:
    """What to tell of a query whose worker died by itself."""
    if exit_code == -signal.SIGSEGV:
        detail = "The query is nested too deeply for the engine."
        return RefusedError(400, "too-deep", "Nested too deeply", detail)
    if exit_code == -signal.SIGABRT:
        return memory_limit()
    detail = "The process that ran the query was ended from outside. Ask again."
    return RefusedError(503, "worker-lost", "Worker lost", detail, {"retry_after": 1})


class Worker(asyncio.Protocol):
    """One process. `on_idle` hears that it can take a job, `on_gone` that it never will again.

    `on_idle` hears also how many seconds the last job took, 0 where it was the first.
    """

    def __init__(
        self, on_idle: Callable[[Worker, float], None], on_gone: Callable[[Worker], None]
    ) -> None:
        self.ready = False
        self.since = 0.0
        """When the job that it runs began, by the monotonic clock."""
        self.runs_long = False
        self.retires = False
        """Whether the process ends after the job that it runs."""
        self._on_idle = on_idle
        self._on_gone = on_gone
        self._gone = False
        self._frames = Frames()
        self._loop = asyncio.get_running_loop()
        self._order: Order | None = None
        self._watch: asyncio.Future[object] | None = None
        self._forked: Forked | None = None
        self._transport: asyncio.Transport
        self.buried = asyncio.Event()
        """Set when the process is over and its remains are cleared away."""

    async def start(self, nursery: Nursery) -> None:
        """Start the process; `on_idle` hears when it is ready. Raises OSError."""
        near, far = socket.socketpair()
        with far:
            self._forked = await nursery.fork(far)
        self._burial = asyncio.ensure_future(self._bury(self._forked.death))
        near.setblocking(False)
        await self._loop.create_connection(lambda: self, sock=near)

    def ask(self, order: Order) -> None:
        """Run a job; its reply gets an answer or RefusedError."""
        self.since = monotonic()
        self._order = order
        self._transport.write(frame(tuple(order.job)))

    @property
    def is_busy(self) -> bool:
        """Whether it runs a job."""
        return self._order is not None

    def works_on(self, reply: asyncio.Future[Answer]) -> bool:
        """Whether it runs the job that this is the reply to."""
        return self._order is not None and self._order.reply is reply

    @property
    def is_unwanted(self) -> bool:
        """Whether nobody waits any more for the answer to the job, which runs long."""
        return self._watch is not None and self._watch.done()

    def watch(self) -> None:
        """Take it that the job runs long, and see from now on whether its answer is wanted."""
        self.runs_long = True
        if self._order and self._order.is_gone:
            self._watch = asyncio.ensure_future(self._order.is_gone())

    def _unwatch(self) -> None:
        self.runs_long = False
        if self._watch:
            self._watch.cancel()
            self._watch = None

    def slow_down(self) -> None:
        """Let every other process go first from now on, until this one is replaced."""
        self.retires = True
        if self._forked:
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._forked.process, 15)

    def end(self, refusal: RefusedError | None = None) -> None:
        """End the process, and the job that it runs with this refusal."""
        if self._forked:
            with suppress(ProcessLookupError):
                os.kill(self._forked.process, signal.SIGKILL)
        else:
            self.buried.set()
        if self._order and not self._order.reply.done() and refusal:
            self._order.reply.set_exception(refusal)
        self._leave()

    def _leave(self) -> None:
        if not self._gone:
            self._gone = True
            self._unwatch()
            self._on_gone(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is of another family

    def data_received(self, data: bytes) -> None:
        message = self._frames.feed(data)
        if message is None or self._gone:
            return
        seconds = 0.0
        if self._order:
            reply, self._order = self._order.reply, None
            if not reply.done():
                outcome = outcome_of(message)
                if isinstance(outcome, RefusedError):
                    reply.set_exception(outcome)
                else:
                    reply.set_result(outcome)
            self._unwatch()
            seconds, is_large = message[:2]
            if is_large or self.retires:
                self.end()
                return
        self.ready = True
        self._on_idle(self, seconds)

    def connection_lost(self, fault: Exception | None) -> None:
        del fault
        self._leave()

    async def _bury(self, death: asyncio.Future[int]) -> None:
        code = await death
        self._leave()
        self.buried.set()
        if self._order and not self._order.reply.done():
            self._order.reply.set_exception(_death(code))
