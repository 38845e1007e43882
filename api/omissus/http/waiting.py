"""Orders that wait for a worker, in turn."""

from __future__ import annotations

from collections import deque
from time import monotonic

from omissus.http.workers import Order


class Waiting:
    """Orders, of which the one that has waited longest comes first."""

    def __init__(self) -> None:
        self._orders: deque[tuple[float, Order]] = deque()

    def __len__(self) -> int:
        return len(self._orders)

    def add(self, order: Order) -> None:
        """Let an order wait."""
        self._orders.append((monotonic(), order))

    def next(self, seconds: float = 0.0) -> Order | None:
        """The first order still wanted, if it has waited so many seconds; it waits no more."""
        while self._orders and monotonic() - self._orders[0][0] >= seconds:
            _, order = self._orders.popleft()
            if not order.reply.done():
                return order
        return None
