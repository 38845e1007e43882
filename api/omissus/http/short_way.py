"""The short way of plain queries: from the bytes of a request to the bytes of its answer.

A small query costs less than the framework and the server library that lead to it, and most
programs ask as plainly as can be. Their requests are answered here; everything else, and
everything doubtful, goes through the library.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from omissus.http.connection import Connection
from omissus.http.plain_requests import BEGINNING, PlainRequests
from omissus.http.transfer import lines

LONG = 1 << 16


class Answerer(Protocol):
    """Answers plain queries."""

    def takes(self, request: bytes, connection: ShortWay) -> bool:
        """Whether it sees to the answer, which `connection.answer` then gets, at once or later."""


class ShortWay(Connection):
    """A connection on which plain queries go the short way, one at a time."""

    def __init__(self, *arguments: Any, answerer: Answerer, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.gone = asyncio.Event()
        """Set when the client has left."""
        self._answerer = answerer
        self.requests = PlainRequests()
        self._is_answering = False
        self._closes = False
        self._later = b""

    def data_received(self, data: bytes) -> None:
        if self._is_answering:
            self._later += data
            self.flow.pause_reading()
        elif not self._goes_short_way(data):
            super().data_received(data)

    def _goes_short_way(self, data: bytes) -> bool:
        if not data.startswith(BEGINNING) or self._is_engaged():
            return False
        self._unset_keepalive_if_required()
        self.stop_awaiting_request()
        self._is_answering = True
        if self._answerer.takes(data, self):
            return True
        self._is_answering = False
        return False

    def _is_engaged(self) -> bool:
        """Whether the library is busy with another request, or must refuse this one."""
        is_answering = self.cycle is not None and not self.cycle.response_complete
        most = self.limit_concurrency
        is_full = most is not None and len(self.connections) >= most
        return self.is_arriving or is_answering or is_full or self.flow.write_paused

    def answer(self, status: int, headers: bytes, body: bytes) -> None:
        """Write the answer to the request, and go on to the next."""
        if self.transport.is_closing():
            return
        head = lines(self.server_state.default_headers) + headers
        if self._closes:
            head += b"connection: close\r\n"
        if len(body) < LONG:
            self.transport.write(b"%s%s\r\n%s" % (STATUS_LINE[status], head, body))
        else:
            self.transport.writelines((STATUS_LINE[status], head, b"\r\n", body))
        self._is_answering = False
        if self._closes:
            self.transport.close()
            return
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )
        if self._later:
            data, self._later = self._later, b""
            self.flow.resume_reading()
            self.data_received(data)

    def shutdown(self) -> None:
        if self._is_answering:
            self._closes = True
        else:
            super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.gone.set()
