"""Where workers come from, as the server sees it: a process that forks them when asked."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from omissus.http.jobs import BORN, DEAD, NEWS, READY

ALLOCATION = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=127"}
"""More small pieces of memory at hand: a query takes and returns hundreds of them."""


@dataclass(frozen=True)
class Forked:
    """A worker's process, and what it dies of, when it does: minus the signal, or its code."""

    process: int
    death: asyncio.Future[int]


class Nursery:
    """A store held in memory by a process of its own, and the workers that were forked from it."""

    def __init__(self, on_lost: Callable[[Nursery], None]) -> None:
        self._on_lost = on_lost
        self._control: socket.socket
        self._process: asyncio.subprocess.Process
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._wishes: deque[asyncio.Future[Forked]] = deque()
        self._deaths: dict[int, asyncio.Future[int]] = {}
        self._news = b""
        self._retired = False

    async def open(
        self, store: Path | None, quads: Path | None, seconds: float, most_memory: int
    ) -> None:
        """Start it, and wait until the store is in memory. Raises OSError where that fails."""
        self._control, far = socket.socketpair()
        with far:
            told = (far.fileno(), seconds, most_memory, store or "", quads or "")
            command = (sys.executable, "-m", "omissus.http.nurse", *map(str, told))
            self._process = await asyncio.create_subprocess_exec(
                *command, pass_fds=[far.fileno()], env=os.environ | ALLOCATION
            )
        self._control.setblocking(False)
        asyncio.get_running_loop().add_reader(self._control, self._hear)
        await self._ready

    async def fork(self, channel: socket.socket) -> Forked:
        """A new worker at the other end of this channel. Raises OSError."""
        born: asyncio.Future[Forked] = asyncio.get_running_loop().create_future()
        self._wishes.append(born)
        socket.send_fds(self._control, [b"+"], [channel.fileno()])
        return await born

    def _hear(self) -> None:
        try:
            news = self._control.recv(NEWS.size * 64)
        except BlockingIOError:
            return
        except OSError:
            news = b""
        if not news:
            self.close()
            return
        self._news += news
        whole = len(self._news) - len(self._news) % NEWS.size
        told, self._news = self._news[:whole], self._news[whole:]
        loop = asyncio.get_running_loop()
        for letter, process, code in NEWS.iter_unpack(told):
            if letter == READY:
                self._ready.set_result(None)
            elif letter == BORN:
                death = self._deaths[process] = loop.create_future()
                wish = self._wishes.popleft()
                if not wish.done():  # else nobody holds the other end, and the worker leaves
                    wish.set_result(Forked(process, death))
            elif letter == DEAD:
                self._deaths.pop(process).set_result(code)
        if self._retired and not self._deaths:
            self.close()

    async def end(self) -> None:
        """Let it go, and wait until it has gone."""
        self.close()
        await self._process.wait()

    def retire(self) -> None:
        """Let it go when the last of its workers has died."""
        self._retired = True
        if not self._deaths:
            self.close()

    def close(self) -> None:
        """Let it go, and hear of its workers no more."""
        if self._control.fileno() < 0:
            return
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        lost = OSError("the process that holds the store has ended")
        waiting: list[asyncio.Future[Any]] = [self._ready, *self._wishes]
        for wish in waiting:
            if not wish.done():
                wish.set_exception(lost)
        for death in self._deaths.values():
            death.set_result(0)
        self._deaths.clear()
        self._on_lost(self)
