"""A worker process as the server sees it: it answers one job at a time, or it is ended."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Any, cast

from omissus.http.jobs import Answer, Frames, Job, RefusedError, frame, memory_limit

START_SECONDS = 60.0
PRELOADED = ["__main__", "omissus.http.child"]


def _work(channel: socket.socket, seconds: float, most_memory: int, store: str | None) -> None:
    from omissus.http.child import work  # only the child loads the parser and the store

    work(channel, seconds, most_memory, store)


def process_context() -> Any:
    """How processes are started: forked from a small one that holds the imports, where possible."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(PRELOADED)
    return context


def _start(far: socket.socket, seconds: float, most_memory: int, store: str | None) -> BaseProcess:
    process: BaseProcess = process_context().Process(
        target=_work, args=(far, seconds, most_memory, store), daemon=True
    )
    process.start()
    return process


def _death(exit_code: int | None) -> RefusedError:
    """What to tell of a query whose worker died by itself."""
    if sys.platform != "win32" and exit_code == -signal.SIGSEGV:
        detail = "The query is nested too deeply for the engine."
        return RefusedError(400, "too-deep", "Nested too deeply", detail)
    if sys.platform != "win32" and exit_code == -signal.SIGABRT:
        return memory_limit()
    detail = "The process that ran the query was ended from outside. Ask again."
    return RefusedError(503, "worker-lost", "Worker lost", detail, {"retry_after": 1})


class Worker(asyncio.Protocol):
    """One process. `on_idle` hears that it can take a job, `on_gone` that it never will again."""

    def __init__(
        self, on_idle: Callable[[Worker], None], on_gone: Callable[[Worker], None]
    ) -> None:
        self.ready = False
        self.long = False
        self.since = 0.0
        self._slowed = False
        self._on_idle = on_idle
        self._on_gone = on_gone
        self._gone = False
        self._frames = Frames()
        self._reply: asyncio.Future[Answer] | None = None
        self._process: BaseProcess | None = None
        self._transport: asyncio.Transport
        self.buried = asyncio.Event()
        """Set when the process is over and its remains are cleared away."""

    async def start(self, seconds: float, most_memory: int, store: str | None) -> None:
        """Start the process; `on_idle` hears when it has loaded what it needs."""
        loop = asyncio.get_running_loop()
        near, far = socket.socketpair()
        with far:
            self._process = await asyncio.to_thread(_start, far, seconds, most_memory, store)
        near.setblocking(False)
        await loop.create_connection(lambda: self, sock=near)

    def ask(self, job: Job) -> asyncio.Future[Answer]:
        """The answer to come. Raises RefusedError through it."""
        self._reply = asyncio.get_running_loop().create_future()
        self._transport.write(frame(job))
        return self._reply

    def slow_down(self) -> None:
        """Let every other process go first from now on, until this one is replaced."""
        self._slowed = True
        if sys.platform != "win32" and self._process and self._process.pid:
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 15)

    def end(self, refusal: RefusedError | None = None) -> None:
        """End the process, and the job that it runs with this refusal."""
        if self._process:
            self._process.kill()
        else:
            self.buried.set()
        if self._reply and not self._reply.done() and refusal:
            self._reply.set_exception(refusal)
        self._leave()

    def _leave(self) -> None:
        if not self._gone:
            self._gone = True
            self._on_gone(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is of another family

    def data_received(self, data: bytes) -> None:
        message = self._frames.feed(data)
        if message is None or self._gone:
            return
        if self._reply:
            reply, is_large = message
            if not self._reply.done():
                if isinstance(reply, RefusedError):
                    self._reply.set_exception(reply)
                else:
                    self._reply.set_result(reply)
            self._reply = None
            self.long = False
            if is_large or self._slowed:
                self.end()
                return
        self.ready = True
        self._on_idle(self)

    def connection_lost(self, fault: Exception | None) -> None:
        del fault
        self._leave()
        self._burial = asyncio.ensure_future(self._bury())

    async def _bury(self) -> None:
        assert self._process
        await asyncio.to_thread(self._process.join)
        self.buried.set()
        if self._reply and not self._reply.done():
            self._reply.set_exception(_death(self._process.exitcode))
