"""Logs as lines of JSON on standard error."""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from time import time_ns
from typing import Any, TextIO

from omissus.http.problems import ProblemError

HELD_LINES = 200
CLIENT_GONE = 499
"""Told in logs and metrics, never sent: the client left before the answer was there."""


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def configuration() -> dict[str, Any]:
    """How the server's own loggers write: what it does, and what goes wrong."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": _Lines}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "loggers": {
            name: {"handlers": ["lines"], "level": "INFO", "propagate": False}
            for name in ("uvicorn", "omissus")
        },
    }


@dataclass(slots=True)
class Visit:
    """One request on its way: its name, when it came, and what became of it."""

    name: bytes
    began: float
    refusal: ProblemError | None = None
    status: int = CLIENT_GONE
    size: int = 0
    seconds: float = 0.0


@lru_cache(maxsize=2)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    return json.dumps(text)


class AccessLog:
    """One line for each request, held back for a moment so that many are written at once.

    A query is told by a digest; its text is written only if `query_text` says so.
    """

    def __init__(self, stream: TextIO | None = None, query_text: bool = False) -> None:
        self._stream = stream
        self._lines: list[str] = []
        self._is_promised = False
        self._query_text = query_text

    def add(self, visit: Visit, client: str, method: str, path: str, query: str | None) -> bool:
        """Take a request in. Whether somebody should call `write` in a moment: nobody will yet."""
        seconds, rest = divmod(time_ns(), 1_000_000_000)
        time = f"{_second(seconds)}.{rest // 1_000_000:03}+00:00"
        told = self._told_of(query) if query is not None else ""
        self._lines.append(
            f'{{"time": "{time}", "event": "request", "id": "{visit.name.decode()}", '
            f'"client": {_quoted(client)}, "method": {_quoted(method)}, "path": {_quoted(path)}, '
            f'"status": {visit.status}, "bytes": {visit.size}, "seconds": {visit.seconds:.6f}'
            f"{told}}}"
        )
        if len(self._lines) >= HELD_LINES:
            self._flush()
        promised, self._is_promised = self._is_promised, True
        return not promised

    def _told_of(self, query: str) -> str:
        digest = hashlib.blake2s(query.encode(errors="replace"), digest_size=8).hexdigest()
        text = f', "query_text": {json.dumps(query)}' if self._query_text else ""
        return f', "query": "{digest}"{text}'

    def write(self) -> None:
        """Write what is held back."""
        self._is_promised = False
        self._flush()

    def _flush(self) -> None:
        if self._lines:
            stream = self._stream or sys.stderr
            stream.write("\n".join(self._lines) + "\n")
            stream.flush()
            self._lines.clear()
