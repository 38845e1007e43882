"""What every request passes first: its size, its client's rate, its identifier, its log line."""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from itertools import count
from secrets import token_hex
from time import perf_counter

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from omissus.http.logs import AccessLog
from omissus.http.metrics import Metrics
from omissus.http.problems import ProblemError, document
from omissus.http.rate import Rate

MOST_URL = 32_768
MOST_HEADERS = 32_768
MOST_BODY = 1 << 20
SAFE_IDENTIFIER = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
LOG_SECONDS = 0.2
CLIENT_GONE = 499


@dataclass(frozen=True)
class _Head:
    """What the gate reads off the headers of a request."""

    identifier: bytes | None
    size: int
    body: int


def _head(headers: list[tuple[bytes, bytes]]) -> _Head:
    identifier = None
    size = body = 0
    for name, value in headers:
        size += len(name) + len(value)
        if name == b"x-request-id" and SAFE_IDENTIFIER.fullmatch(value):
            identifier = value
        elif name == b"content-length":
            body = int(value)  # the parser of the server lets digits pass, and nothing else
    return _Head(identifier, size, body)


def _too_large(scope: Scope, head: _Head) -> ProblemError | None:
    if len(scope["raw_path"]) + len(scope["query_string"]) > MOST_URL:
        detail = f"An address has at most {MOST_URL} bytes here. Send a long query by POST."
        return ProblemError(414, "address-too-long", "Address too long", detail)
    if head.size > MOST_HEADERS:
        detail = f"The headers of a request have at most {MOST_HEADERS} bytes here."
        return ProblemError(431, "headers-too-large", "Headers too large", detail)
    if head.body > MOST_BODY:
        detail = f"The body of a request has at most {MOST_BODY} bytes here."
        close = {"Connection": "close"}
        return ProblemError(413, "body-too-large", "Body too large", detail, close)
    return None


class Gate:
    """Lets requests pass to the application, or sends them away; counts and logs them all."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, log: AccessLog | None, rate: Rate | None
    ) -> None:
        self.app = app
        self.metrics = metrics
        self.log = log
        self.rate = rate
        start = token_hex(4)
        self._names = (f"{start}-{n:x}".encode() for n in count(1))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = perf_counter()
        head = _head(scope["headers"])
        identifier = head.identifier or next(self._names)
        status = CLIENT_GONE
        size = 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", identifier)]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            refusal = _too_large(scope, head) or self._too_often(scope, began)
            if refusal:
                await document(refusal)(scope, receive, sending)
            else:
                await self.app(scope, receive, sending)
        except ClientDisconnect:
            status = CLIENT_GONE
        finally:
            seconds = perf_counter() - began
            self.metrics.answered(scope["path"], status, seconds)
            if self.log:
                self._write(self.log, scope, identifier, status, size, seconds)

    def _too_often(self, scope: Scope, now: float) -> ProblemError | None:
        wait = self.rate.seconds_to_wait(_client(scope), now) if self.rate else 0
        if not wait:
            return None
        detail = "You ask more often than this server answers one client."
        after = {"Retry-After": str(int(wait) + 1)}
        return ProblemError(429, "too-many-requests", "Too many requests", detail, after)

    def _write(
        self,
        log: AccessLog,
        scope: Scope,
        identifier: bytes,
        status: int,
        size: int,
        seconds: float,
    ) -> None:
        told = {
            "id": identifier.decode(),
            "client": _client(scope),
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "bytes": size,
            "seconds": round(seconds, 6),
        }
        query = scope.get("state", {}).get("query")
        if query is not None:
            told["query"] = hashlib.blake2s(query.encode(), digest_size=8).hexdigest()
            if log.query_text:
                told["query_text"] = query
        if log.add(**told):
            asyncio.get_running_loop().call_later(LOG_SECONDS, log.write)


def _client(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else "unknown"
