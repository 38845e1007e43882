"""What the server and a worker process say to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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
