"""Logs as lines of JSON on standard error."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

HELD_LINES = 200


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


class AccessLog:
    """One line for each request, held back for a moment so that many are written at once."""

    def __init__(self, stream: TextIO | None = None, query_text: bool = False) -> None:
        self._stream = stream
        self._lines: list[str] = []
        self._is_promised = False
        self.query_text = query_text
        """Whether the text of queries is written, and not only a digest of it."""

    def add(self, **told: object) -> bool:
        """Take a request in. Whether somebody should call `write` in a moment: nobody will yet."""
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._lines.append(json.dumps({"time": time, "event": "request", **told}))
        if len(self._lines) >= HELD_LINES:
            self._flush()
        promised, self._is_promised = self._is_promised, True
        return not promised

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
