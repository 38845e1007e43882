"""What the server and a worker process say to each other.

Jobs and answers are plain tuples, which `marshal` writes and reads in a fraction of a microsecond;
both ends are the same program.
"""

from __future__ import annotations

import marshal
import os
import socket
import struct
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LENGTH = 4
"""Bytes that tell the length of the message behind them."""
PIECE = 1 << 16
LOOKS = 100
"""How often a worker looks for its next job before it sleeps: a tenth of a millisecond or so."""

NEWS = struct.Struct("!cIi")
"""What the nurse tells the server: a letter, a process, and what it died of, as its exit code."""
READY, BORN, DEAD = b"R", b"B", b"D"


class Job(NamedTuple):
    """One query to one store.

    `results` and `booleans` and `graphs` are the media types wanted for SELECT, for ASK and for
    CONSTRUCT and DESCRIBE; None where the client accepts none that is defined for them.
    """

    store: str
    query: str
    results: str | None
    booleans: str | None
    graphs: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    most_bytes: int = 10_000_000


class Answer(NamedTuple):
    """The whole result, serialised."""

    media_type: str
    body: bytes


@dataclass(eq=False)
class RefusedError(Exception):
    """A query that is not answered, in the terms of a problem document."""

    status: int
    slug: str
    title: str
    detail: str
    members: dict[str, Any] = field(default_factory=dict)


def memory_limit() -> RefusedError:
    """The refusal of a query whose worker ran out of memory."""
    detail = "The query took more memory than one query may take. Ask for less."
    return RefusedError(413, "memory-limit", "Memory limit", detail)


def as_reply(outcome: Answer | RefusedError, seconds: float, is_large: bool) -> tuple[Any, ...]:
    """An outcome as a message, with the seconds it took and whether the worker is too large."""
    if isinstance(outcome, Answer):
        return (seconds, is_large, *outcome)
    told = outcome
    return seconds, is_large, told.status, told.slug, told.title, told.detail, told.members


def outcome_of(reply: tuple[Any, ...]) -> Answer | RefusedError:
    """The outcome that a message tells."""
    return Answer(*reply[2:]) if len(reply) == 4 else RefusedError(*reply[2:])


def frame(message: tuple[Any, ...]) -> bytes:
    """A message as it goes over a socket: its length, then itself."""
    body = marshal.dumps(message)
    return len(body).to_bytes(LENGTH, "big") + body


class Frames:
    """Messages put together from what a socket delivers, in whatever pieces."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._held = 0

    def feed(self, piece: bytes) -> tuple[Any, ...] | None:
        """The message that this piece makes whole, or None. No piece holds parts of two."""
        if self._pieces:
            self._pieces.append(piece)
            if len(self._pieces[0]) < LENGTH:
                self._pieces = [b"".join(self._pieces)]
        else:
            self._pieces = [piece]
        self._held += len(piece)
        first = self._pieces[0]
        if self._held < LENGTH + int.from_bytes(first[:LENGTH], "big") or self._held < LENGTH:
            return None
        whole = first if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces = []
        self._held = 0
        message: tuple[Any, ...] = marshal.loads(memoryview(whole)[LENGTH:])
        return message


class Inbox:
    """The messages that come over a socket, for a process that does nothing but wait for them.

    It looks for a message for a moment before it sleeps, giving way to others each time: in a busy
    server the next one comes at once, and to wake a sleeper costs more than a small query.
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._frames = Frames()
        self._buffer = bytearray(PIECE)

    def next(self) -> tuple[Any, ...]:
        """The next message, waiting for it. Raises EOFError when the other side has hung up."""
        while True:
            size = self._receive()
            if not size:
                raise EOFError
            message = self._frames.feed(bytes(self._buffer[:size]))
            if message is not None:
                return message

    def _receive(self) -> int:
        for _ in range(LOOKS):
            try:
                return self._channel.recv_into(self._buffer, PIECE, socket.MSG_DONTWAIT)
            except BlockingIOError:
                os.sched_yield()
        return self._channel.recv_into(self._buffer, PIECE)
