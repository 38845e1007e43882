"""What the server and a worker process say to each other."""

from __future__ import annotations

import pickle
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

LENGTH = 4
"""Bytes that tell the length of the message behind them."""

NEWS = struct.Struct("!cIi")
"""What the nurse tells the server: a letter, a process, and what it died of, as its exit code."""
READY, BORN, DEAD = b"R", b"B", b"D"


@dataclass(frozen=True)
class Job:
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


@dataclass(frozen=True)
class Answer:
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


def frame(message: object) -> bytes:
    """A message as it goes over a socket: its length, then itself."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(body).to_bytes(LENGTH, "big") + body


class Frames:
    """Messages put together from what a socket delivers, in whatever pieces."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._held = 0

    def feed(self, piece: bytes) -> Any:
        """The message that this piece makes whole, or None. Messages never overlap in a piece."""
        self._pieces.append(piece)
        self._held += len(piece)
        first = self._pieces[0]
        if len(first) < LENGTH:
            first = b"".join(self._pieces)
            if len(first) < LENGTH:
                return None
        if self._held < LENGTH + int.from_bytes(first[:LENGTH], "big"):
            return None
        whole = b"".join(self._pieces)
        self._pieces.clear()
        self._held = 0
        return pickle.loads(memoryview(whole)[LENGTH:])


def read_frame(channel: socket.socket) -> Any:
    """The next message, waiting for it. Raises EOFError when the other side has hung up."""
    frames = Frames()
    while True:
        piece = channel.recv(1 << 18)
        if not piece:
            raise EOFError
        message = frames.feed(piece)
        if message is not None:
            return message
