"""What one query may take of the server, and how it is told that it asked for more."""

from __future__ import annotations

from dataclasses import dataclass

from omissus.http.jobs import RefusedError


@dataclass(frozen=True)
class Limits:
    """What one query may take, and how many run side by side."""

    seconds: float = 10.0
    most_bytes: int = 10_000_000
    most_memory: int = 1 << 30
    workers: int = 2
    most_workers: int = 8
    fair_seconds: float = 1.0
    queue_seconds: float = 5.0
    most_waiting: int = 256


def time_limit(seconds: float) -> RefusedError:
    """The refusal of a query whose time is up."""
    detail = (
        f"The query took longer than {seconds:g} seconds and was ended. "
        "Ask for less, or fix more of the pattern."
    )
    return RefusedError(503, "time-limit", "Time limit", detail, {"retry_after": 1})


def nobody_free(detail: str) -> RefusedError:
    """The refusal of a query that nobody has time for."""
    return RefusedError(503, "busy", "Busy", detail, {"retry_after": 2})
