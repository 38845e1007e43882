"""Which media type a client gets, by its Accept header and the weights in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fastapi import Request
from starlette.types import Scope

from omissus.http.problems import ProblemError

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
RANGE = re.compile(rf"{TOKEN}/{TOKEN}|\*")
ANYTHING = "*/*"


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Each media range with its weight. Raises ProblemError, 400, where one is malformed."""
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if not name and not parameters:
            continue
        if not RANGE.fullmatch(name):
            raise _malformed(part)
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                weight = _quality(value.strip(), part)
        found.append((ANYTHING if name == "*" else name.lower(), weight))
    return found


def _quality(value: str, part: str) -> float:
    if not re.fullmatch(r"0(\.\d*)?|1(\.0*)?|\.\d+", value):  # clients send .2, as in q=.2
        raise _malformed(part)
    return float(value)


def _malformed(part: str) -> ProblemError:
    detail = f"Accept: {part.strip()!r} is no media range. Write it as text/csv or text/csv;q=0.5."
    return ProblemError(400, "malformed-accept", "Malformed Accept header", detail)


def _weight(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Weight of the most specific range that holds the offer, 0 where none does."""
    kind = offer.partition("/")[0]
    by_range = dict(reversed(ranges))
    for name in (offer, f"{kind}/*", ANYTHING):
        if name in by_range:
            return by_range[name]
    return 0.0


@lru_cache(maxsize=512)
def chosen(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """The offer that the client wants most, the earlier of two alike; None where it wants none.

    Raises ProblemError, 400, where the header is malformed.
    """
    ranges = _ranges(accept or ANYTHING) or [(ANYTHING, 1.0)]
    best = max(offers, key=lambda offer: _weight(offer, ranges), default=None)
    return best if best and _weight(best, ranges) > 0 else None


def accepted(scope: Scope) -> str | None:
    """The Accept header of a request, its lines joined; None where there is none."""
    lines = [value for name, value in scope["headers"] if name == b"accept"]
    return b",".join(lines).decode("latin-1") or None


def wanted(request: Request, offers: tuple[str, ...], what: str) -> str:
    """The media type to answer in. Raises ProblemError, 406, where the client wants none of them.

    `what` names the answer in the message, as "The graph".
    """
    best = chosen(accepted(request.scope), offers)
    if best is None:
        detail = f"{what} comes as {', '.join(offers)}."
        headers = {"Vary": "Accept"}
        raise ProblemError(
            406, "not-acceptable", "Not acceptable", detail, headers, known=list(offers)
        )
    return best
