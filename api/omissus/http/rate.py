"""How often one client may ask: a token bucket for each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST_CLIENTS = 10_000
BURST_SECONDS = 4.0
"""A client that was silent for so long may ask all that it saved up at once."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float


class Rate:
    """So many requests a second for each client, on average; the clients seen last are known."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self._most = max(1.0, per_second * BURST_SECONDS)
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def seconds_to_wait(self, client: str, now: float) -> float:
        """0 where the client may ask now, and then it has asked; `now` is in seconds."""
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = self._buckets[client] = _Bucket(self._most, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(client)
        earned = (now - bucket.filled_at) * self.per_second
        bucket.tokens = min(self._most, bucket.tokens + earned)
        bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0.0
        return (1 - bucket.tokens) / self.per_second
