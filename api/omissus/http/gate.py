"""What every request passes first and last: its size, its client's rate, its name, its log line."""

from __future__ import annotations

import asyncio
import re
from itertools import count
from secrets import token_hex
from time import perf_counter

from starlette.types import Scope

from omissus.http.logs import AccessLog, Visit
from omissus.http.metrics import Metrics
from omissus.http.problems import ProblemError
from omissus.http.rate import Rate

MOST_URL = 32_768
MOST_HEADERS = 32_768
MOST_LINES = 200
MOST_BODY = 1 << 20
SAFE_NAME = re.compile(rb"[A-Za-z0-9._:-]{1,64}")
LOG_SECONDS = 0.2


class Gate:
    """Names, counts and logs requests, and says which are too large or come too often."""

    def __init__(self, metrics: Metrics, log: AccessLog | None, rate: Rate | None) -> None:
        self._metrics = metrics
        self._log = log
        self._rate = rate
        start = token_hex(4)
        self._names = (f"{start}-{n:x}".encode() for n in count(1))

    def enter(self, scope: Scope) -> Visit:
        """A request that comes in; its refusal is set where it may not pass."""
        name = b""
        headers_size = body_size = 0
        for header, value in scope["headers"]:
            headers_size += len(header) + len(value)
            if header == b"x-request-id" and SAFE_NAME.fullmatch(value):
                name = value
            elif header == b"content-length":
                body_size = int(value)  # the server has let nothing pass but digits
        visit = Visit(name or next(self._names), perf_counter())
        address_size = len(scope["raw_path"]) + len(scope["query_string"])
        if address_size > MOST_URL:
            detail = f"An address has at most {MOST_URL} bytes here. Send a long query by POST."
            visit.refusal = ProblemError(414, "address-too-long", "Address too long", detail)
        elif headers_size > MOST_HEADERS or len(scope["headers"]) > MOST_LINES:
            detail = f"At most {MOST_LINES} headers of {MOST_HEADERS} bytes together come here."
            visit.refusal = ProblemError(431, "headers-too-large", "Headers too large", detail)
        elif body_size > MOST_BODY:
            detail = f"The body of a request has at most {MOST_BODY} bytes here."
            close = {"Connection": "close"}
            visit.refusal = ProblemError(413, "body-too-large", "Body too large", detail, close)
        elif self._rate:
            visit.refusal = _too_often(self._rate.seconds_to_wait(_client(scope), visit.began))
        return visit

    def leave(self, scope: Scope, visit: Visit) -> None:
        """A request that was answered, or whose client has gone."""
        visit.seconds = perf_counter() - visit.began
        path = scope["path"]
        self._metrics.answered(path, visit.status, visit.seconds)
        if self._log is None:
            return
        query = scope.get("state", {}).get("query")
        if self._log.add(visit, _client(scope), scope["method"], path, query):
            asyncio.get_running_loop().call_later(LOG_SECONDS, self._log.write)

    def close(self) -> None:
        """Write the log lines that are held back."""
        if self._log:
            self._log.write()


def _too_often(seconds: float) -> ProblemError | None:
    if not seconds:
        return None
    detail = "You ask more often than this server answers one client."
    after = {"Retry-After": str(int(seconds) + 1)}
    return ProblemError(429, "too-many-requests", "Too many requests", detail, after)


def _client(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else "unknown"
