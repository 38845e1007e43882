"""Answers of the SPARQL endpoint kept whole, and given again to the same question.

The data of a server change only when validation reports are added to them, so that an answer
depends on nothing but the request, those reports and, where it names no day, the day of today.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from omissus.http.days import Days
from omissus.http.metrics import Metrics

MOST_BYTES = 64 << 20
MOST_BYTES_OF_ONE = 1 << 20
PATH = "/sparql"
SAME_ON_304 = (b"etag", b"vary", b"access-control-allow-origin", b"access-control-expose-headers")
"""Headers of the answer that a client needs although it holds the answer already."""

Key = tuple[Any, ...]


@dataclass(frozen=True)
class _Kept:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes
    query: str


def _question(scope: Scope, additions: int) -> tuple[Key | None, bytes]:
    """All that an answer to this request depends on, and the entity tags that the client holds."""
    if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "GET":
        return None, b""
    accept = coding = held = host = b""
    from_elsewhere = False
    for name, value in scope["headers"]:
        if name == b"accept":
            accept += b"," + value
        elif name == b"accept-encoding":
            coding += b"," + value
        elif name == b"if-none-match":
            held += b"," + value
        elif name == b"host":
            host = value
        elif name == b"origin":
            from_elsewhere = True
        elif name == b"cookie":
            return None, b""
    place, data = (scope["scheme"], host), (date.today(), additions)
    return (scope["query_string"], accept, coding, from_elsewhere, place, data), held


class KeptAnswers:
    """Gives answers again; as many as fit into memory, those used last."""

    def __init__(self, app: ASGIApp, metrics: Metrics, days: Days) -> None:
        self.app = app
        self.metrics = metrics
        self.days = days
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key, held = _question(scope, self.days.additions)
        if key is None:
            await self.app(scope, receive, send)
            return
        kept = self._kept.get(key)
        if kept is None:
            await self._ask(key, scope, receive, send)
            return
        self._kept.move_to_end(key)
        self.metrics.kept_answers.inc()
        scope.setdefault("state", {})["query"] = kept.query
        if held and kept.tag in [tag.strip().removeprefix(b"W/") for tag in held.split(b",")]:
            headers = [header for header in kept.headers if header[0] in SAME_ON_304]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
        await send({"type": "http.response.body", "body": kept.body})

    async def _ask(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        begun: Message | None = None

        async def keeping(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = message if message["status"] == 200 else None
            elif begun and not message.get("more_body"):
                self._keep(key, begun["headers"], message["body"], scope)
                begun = None
            else:
                begun = None  # it comes in pieces, and is large
            await send(message)

        await self.app(scope, receive, keeping)

    def _keep(
        self, key: Key, headers: list[tuple[bytes, bytes]], body: bytes, scope: Scope
    ) -> None:
        tag = next((value for name, value in headers if name == b"etag"), None)
        query = scope.get("state", {}).get("query", "")
        if tag is None or len(body) > MOST_BYTES_OF_ONE or key in self._kept:
            return
        self._kept[key] = _Kept(headers, body, tag, query)
        self._bytes += _size(key, self._kept[key])
        while self._bytes > MOST_BYTES:
            self._bytes -= _size(*self._kept.popitem(last=False))


def _size(key: Key, kept: _Kept) -> int:
    return 2000 + len(key[0]) + len(kept.query) + len(kept.body)
