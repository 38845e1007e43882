"""Which media type a client gets, by its Accept header and the weights in it."""

from __future__ import annotations

from collections.abc import Sequence


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        if name:
            found.append((name.lower(), weight))
    return found


def _weight(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Weight of the most specific range that holds the offer, 0 where none does."""
    kind = offer.partition("/")[0]
    by_range = dict(reversed(ranges))
    for name in (offer, f"{kind}/*", "*/*"):
        if name in by_range:
            return by_range[name]
    return 0.0


def chosen(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that the client wants most, the earlier of two alike; None where it wants none."""
    ranges = _ranges(accept or "*/*") or [("*/*", 1.0)]
    best = max(offers, key=lambda offer: _weight(offer, ranges), default=None)
    return best if best and _weight(best, ranges) > 0 else None
